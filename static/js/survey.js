// A questionnaire: what isn't asked is out of sight at once, and one press sends it once. The server decides the same.

for (const survey of document.querySelectorAll("[data-survey]")) {
  const conditional = [...survey.querySelectorAll("[data-when]")];
  const answers = (name) =>
    [...survey.querySelectorAll(`input[name="${CSS.escape(name)}"]:checked`)]
      .filter((input) => !input.closest("[hidden]"))
      .map((input) => input.value);
  // In order: a question that disappears takes along those that wait for its answer. What was typed stays.
  const show = () => {
    for (const question of conditional) {
      const given = answers(question.dataset.when);
      question.hidden = !question.dataset.whenValues.split(" ").some((value) => given.includes(value));
    }
  };
  for (const hint of survey.querySelectorAll("[data-when-says]")) hint.hidden = true;
  survey.addEventListener("change", show);
  show();
}

for (const form of document.querySelectorAll("[data-survey-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

document.querySelector("[data-survey] [data-error-sum]")?.focus();
