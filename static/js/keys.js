// Keys: Ctrl K goes to the search box, `?` lists the keys, and data-key="b" on a button, link or field of the page
// makes that letter press or enter it. Letters can be switched off, for who dictates or types by accident.

const STORE = "arsenaal-keys";
const dialog = document.getElementById("keys");

const areLettersOn = () => {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
};

const isTyping = (target) =>
  target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");

const isShown = (element) => element.getClientRects().length > 0;

function openSearch(event) {
  const box = [...document.querySelectorAll("[data-search]")].find(isShown);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function listPageKeys() {
  const list = dialog.querySelector("[data-keys-list]");
  for (const old of list.querySelectorAll("[data-of-page]")) old.remove();
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    const key = element.dataset.key.toUpperCase();
    if (seen.has(key) || !isShown(element)) continue;
    seen.add(key);
    const name = document.createElement("dt");
    name.textContent = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.textContent.trim();
    const value = document.createElement("dd");
    const cap = document.createElement("kbd");
    cap.textContent = key;
    value.append(cap);
    for (const part of [name, value]) part.dataset.ofPage = "";
    list.append(name, value);
  }
}

export function openKeys() {
  listPageKeys();
  dialog.showModal();
}

function pressLetter(event) {
  const element = [...document.querySelectorAll("[data-key]")].find(
    (candidate) => candidate.dataset.key.toLowerCase() === event.key.toLowerCase() && isShown(candidate),
  );
  if (!element) return;
  event.preventDefault();
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    openSearch(event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape" && isTyping(event.target) && event.target.dataset.key) event.target.blur();
  if (isTyping(event.target) || document.querySelector("dialog[open]") || !areLettersOn()) return;
  if (event.key === "?" && dialog) {
    event.preventDefault();
    openKeys();
    return;
  }
  pressLetter(event);
});

const toggle = document.querySelector("[data-keys-on]");
if (toggle) {
  toggle.checked = areLettersOn();
  toggle.addEventListener("change", () => {
    try {
      localStorage.setItem(STORE, toggle.checked ? "on" : "off");
    } catch {
      // Without storage the choice cannot be kept.
    }
  });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open=keys]")) openKeys();
});
