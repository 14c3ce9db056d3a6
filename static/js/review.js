// The review: Ctrl Enter saves a decision.

for (const form of document.querySelectorAll("[data-submit-keys]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
