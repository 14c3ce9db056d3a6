// Sets light or dark before the page is drawn: what the person chose in the profile, or else what the device says.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      return localStorage.getItem("arsenaal-theme");
    } catch {
      return null;
    }
  };

  const apply = () => {
    const theme = chosen() ?? (dark.matches ? "dark" : "light");
    root.dataset.bsTheme = theme === "dark" ? "dark" : "light";
  };

  apply();
  dark.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  window.addEventListener("beforeprint", () => {
    root.dataset.bsTheme = "light";
  });
  window.addEventListener("afterprint", apply);

  document.addEventListener("DOMContentLoaded", () => {
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
    for (const radio of document.querySelectorAll("input[data-theme]")) {
      radio.checked = radio.dataset.theme === (chosen() ?? "auto");
      radio.addEventListener("change", () => {
        try {
          if (radio.dataset.theme === "auto") localStorage.removeItem("arsenaal-theme");
          else localStorage.setItem("arsenaal-theme", radio.dataset.theme);
        } catch {
          // Without storage the choice holds for this page only.
        }
        apply();
      });
    }
  });
})();
