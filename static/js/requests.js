// What htmx fetches: say it when there is no network, no session or no answer, and keep the place while a list grows.

function say(what) {
  const notices = document.getElementById("notices");
  const template = document.getElementById(`notice-${what}`);
  if (!notices || !template || notices.querySelector(`[data-notice="${what}"]`)) return;
  notices.append(template.content.cloneNode(true));
  notices.scrollIntoView({ block: "nearest" });
}

function unsay() {
  for (const notice of document.querySelectorAll("#notices [data-notice]")) notice.remove();
}

document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));
document.addEventListener("htmx:responseError", () => say("failed"));

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const isAway = xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith("/accounts/login");
  if (isAway) {
    event.detail.shouldSwap = false;
    say("logged-out");
  } else if (xhr.status < 400) {
    unsay();
  }
});

// A form with words in it: look first whether it can arrive. If not, it stays on the page. (A session can end at any
// moment: elsewhere on this device, by a new password, by an administrator.) The page that is asked for is a light one
// that everybody has.
const OWN_PAGE = "/accounts/profile/";

async function whetherItCanArrive() {
  try {
    const answer = await fetch(OWN_PAGE);
    if (answer.redirected) return "logged-out";
    if (!answer.ok) return "yes"; // let the form's own answer tell what is wrong
    return takeOverToken(await answer.text()) ? "yes" : "logged-out";
  } catch {
    return "offline";
  }
}

// Logged in again in another tab, the token is a new one. Somebody else who logged in there is not the one who wrote.
function takeOverToken(text) {
  const { body } = new DOMParser().parseFromString(text, "text/html");
  const headers = body.getAttribute("hx-headers");
  if (!headers || body.dataset.user !== document.body.dataset.user) return false;
  document.body.setAttribute("hx-headers", headers);
  const token = JSON.parse(headers)["X-CSRFToken"];
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const isLooked = form.dataset.looked === "yes";
    delete form.dataset.looked;
    if (isLooked || !form.matches("form[data-warn]:not([hx-post])")) return;
    const { submitter } = event;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.looking) return;
    form.dataset.looking = "yes";
    const answer = await whetherItCanArrive();
    delete form.dataset.looking;
    if (answer === "yes") {
      form.dataset.looked = "yes";
      form.requestSubmit(submitter);
    } else {
      say(answer);
    }
  },
  { capture: true },
);

// Back from the tab where one logged in again: say that all is well.
window.addEventListener("focus", async () => {
  if (!document.querySelector('#notices [data-notice="logged-out"]')) return;
  if ((await whetherItCanArrive()) === "yes") unsay();
});

// "Meer laden": the first new row gets the focus, so that who reads by ear or keyboard goes on where he was.
// (The link itself is replaced by the answer, so what is needed of it is kept here.)
let growing = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const rows = document.getElementById(event.target.dataset?.more ?? "");
  growing = rows ? { rows, length: rows.children.length } : null;
});
document.addEventListener("htmx:afterSettle", () => {
  const first = growing?.rows.children[growing.length];
  growing = first ? null : growing;
  if (!first) return;
  const target = first.querySelector("a, button") ?? first;
  if (target === first) first.tabIndex = -1;
  target.focus({ preventScroll: true });
});
