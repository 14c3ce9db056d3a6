// Forms: one press is one submit, what is typed isn't lost by accident, and mistakes are read first.

const GUARDED = "form[data-once]";
const WARNED = "form[data-warn]";
const dirty = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  dirty.delete(form);
  if (!form.matches(GUARDED)) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After the browser has read the form, so that the button's own name and value go along.
  setTimeout(() => {
    if (event.defaultPrevented && !form.matches("[hx-post], [data-hx-post]")) {
      release(form);
      return;
    }
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
  });
});

export function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
}

// Going back restores what was typed, in a page with a new token. The step in the history keeps the old one: what was
// saved already and is sent again as it was, is no second one.
for (const token of document.querySelectorAll("input[name=submission_token]")) {
  token.value = history.state?.submission ?? token.value;
  history.replaceState({ ...history.state, submission: token.value }, "");
}

// Back from the next page, or from a request that ended: the form can be used again.
window.addEventListener("pageshow", () => document.querySelectorAll(GUARDED).forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.(GUARDED);
  if (form) release(form);
});

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(WARNED);
  if (form) dirty.add(form);
});

window.addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll(WARNED)].some((form) => dirty.has(form));
  if (open) event.preventDefault();
});

// A page that saves by itself says so: then leaving costs nothing.
document.addEventListener("arsenaal:saved", (event) => dirty.delete(event.target));

function focusMistakes(root) {
  root.querySelector("[data-error-sum]")?.focus();
}
focusMistakes(document);
document.addEventListener("htmx:afterSettle", (event) => focusMistakes(event.target));

// Shows a value elsewhere: the demo accounts on the login page.
document.addEventListener("click", (event) => {
  const filler = event.target.closest("[data-fill]");
  if (!filler) return;
  for (const [id, value] of Object.entries(JSON.parse(filler.dataset.fill))) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  document.querySelector("main button[type=submit]")?.focus();
});
