// Noting defects: one tap is one save, kept on the device until the server has it. Without script each tap is a form.

import { clockOf } from "./visit-store.js";
import { flushOutbox, put, takeBack, waiting } from "./outbox.js";

const MOST_BYTES = 15 * 1024 * 1024;
const RETRY = 8000;

const root = document.querySelector("[data-inspection]");
const words = document.getElementById("inspection-words").dataset;
const { user, uuid } = root.dataset;
const status = document.querySelector("[data-outbox-status]");
const error = document.querySelector("[data-outbox-error]");
const page = location.pathname;

function say(style, iconName, text) {
  status.className = style;
  const icon = document.createElement("i");
  icon.className = `bi bi-${iconName}`;
  icon.setAttribute("aria-hidden", "true");
  const span = document.createElement("span");
  span.textContent = text;
  status.replaceChildren(icon, span);
}

function complain(message) {
  error.hidden = !message;
  error.textContent = message;
}

const itemOf = (element) => element.closest("[data-item]");
const labelOf = (item) => item?.querySelector(".what")?.textContent.trim() ?? "";

async function save(form, fields, file = null) {
  const url = file ? `${form.action}${here() ? `?room=${here()}` : ""}` : form.action;
  const entry = { user, subject: uuid, page, url, label: labelOf(itemOf(form)), fields, tap: form.dataset.tap ?? "photo" };
  entry.item = itemOf(form)?.dataset.item ?? "";
  const kept = await put(entry, file);
  if (!kept) {
    form.submit(); // nothing can be kept on this device: the plain way
    return null;
  }
  flushOutbox(user);
  return kept;
}

// Where the inspector stands: what he taps is seen there.

const here = () => root.querySelector("[data-room][aria-current]")?.dataset.room ?? "";

function goTo(link) {
  for (const other of root.querySelectorAll("[data-room]")) {
    other.classList.toggle("is-on", other === link);
    if (other === link) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  for (const field of root.querySelectorAll("[data-room-field]")) field.value = link.dataset.room;
  history.replaceState(null, "", link.dataset.room ? `?room=${link.dataset.room}` : location.pathname);
}

root.querySelector(".inspection-rooms").addEventListener("click", (event) => {
  const link = event.target.closest("[data-room]");
  if (!link) return;
  event.preventDefault();
  goTo(link);
});

function addRoom(id, name) {
  if (root.querySelector(`[data-room="${id}"]`)) return;
  const link = document.createElement("a");
  link.className = "chip";
  link.href = `?room=${id}`;
  link.dataset.room = id;
  link.dir = "auto";
  link.textContent = name;
  root.querySelector(".inspection-rooms").append(link);
  for (const place of root.querySelectorAll("[data-in-rooms]")) {
    const label = document.createElement("label");
    label.className = "chip";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = "rooms";
    box.value = id;
    const text = document.createElement("bdi");
    text.textContent = name;
    label.append(box, " ", text);
    place.append(label);
  }
}

// What a tap changes on the screen, at once.

function showCategory(item, category) {
  for (const button of item.querySelectorAll(".cat")) {
    button.setAttribute("aria-pressed", String(button.value === category));
  }
  item.classList.toggle("is-found", category !== "");
  item.querySelector("[data-more]").hidden = category === "";
  if (category === "") {
    item.querySelector("textarea").value = "";
    for (const photo of item.querySelectorAll("[data-photos] > li:not(.adder)")) photo.remove();
    for (const box of item.querySelectorAll("[name=rooms]")) box.checked = false;
  }
}

function showRoom(item, room) {
  const box = room && item.querySelector(`[name=rooms][value="${room}"]`);
  if (box) box.checked = true;
}

function apply(entry) {
  const item = entry.item && root.querySelector(`[data-item="${entry.item}"]`);
  const fields = new Map(entry.fields ?? []);
  if (entry.tap === "room") addRoom(fields.get("room"), fields.get("name"));
  else if (item && (entry.tap === "category" || entry.tap === "remove")) {
    showCategory(item, fields.get("category"));
    showRoom(item, fields.get("room"));
  } else if (item && entry.tap === "words") item.querySelector("textarea").value = fields.get("note");
}

const taps = {
  category: (form, fields, button) => {
    const pressed = button?.value ?? "";
    fields.push(["category", pressed]);
    showCategory(itemOf(form), pressed);
    showRoom(itemOf(form), here());
  },
  remove: (form) => showCategory(itemOf(form), ""),
  words: () => undefined,
  "photo-remove": (form) => form.closest("li").remove(),
  room: (form, fields) => {
    const id = crypto.randomUUID();
    fields.push(["room", id]);
    const name = form.elements.name.value.trim();
    addRoom(id, name);
    goTo(root.querySelector(`[data-room="${id}"]`));
    form.closest("details").open = false;
  },
};

root.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-photo-form]")) {
    event.preventDefault();
    return;
  }
  if (!form.dataset.tap) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // pressed as often as one likes: each tap has an id of its own
  if (form.dataset.tap === "room" && !form.elements.name.value.trim()) return;
  complain("");
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  taps[form.dataset.tap](form, fields, event.submitter);
  save(form, fields);
  if (form.dataset.tap === "room") form.reset();
}, true);

// Words are saved when one leaves the field, rooms at once.
root.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-tap=words]");
  if (form) form.requestSubmit();
});

// Photos

function tile(source, id) {
  const item = document.createElement("li");
  item.className = "is-waiting";
  item.dataset.waiting = id;
  const image = document.createElement("img");
  image.src = source;
  image.alt = words.photo;
  item.append(image);
  return item;
}

async function addPhoto(form, file) {
  if (file.size > MOST_BYTES) {
    complain(words.photoBig);
    return;
  }
  if (!itemOf(form).classList.contains("is-found")) {
    complain(words.first);
    return;
  }
  complain("");
  const kept = await save(form, [], file);
  if (kept && !form.closest("ul").querySelector(`[data-waiting="${kept.id}"]`)) {
    form.closest("li").before(tile(URL.createObjectURL(file), kept.id));
  }
}

root.addEventListener("change", (event) => {
  const form = event.target.closest("[data-photo-form]");
  if (!form || event.target.type !== "file") return;
  const files = [...event.target.files];
  event.target.value = "";
  for (const file of files) addPhoto(form, file);
});

function photoSent(entry, data) {
  const item = root.querySelector(`[data-item="${entry.item}"]`);
  const list = item?.querySelector("[data-photos]");
  if (!list || !data.uuid) return;
  let photo = list.querySelector(`[data-waiting="${entry.id}"]`);
  if (list.querySelector(`[data-photo="${data.uuid}"]`)) {
    photo?.remove(); // the same photo once more
    return;
  }
  if (!photo) {
    photo = tile(`${data.url}?size=small`, entry.id);
    list.querySelector(".adder").before(photo);
  }
  photo.classList.remove("is-waiting");
  delete photo.dataset.waiting;
  photo.dataset.photo = data.uuid;
  const form = document.createElement("form");
  form.method = "post";
  form.action = data.remove;
  form.dataset.tap = "photo-remove";
  const button = document.createElement("button");
  button.className = "remove";
  button.type = "submit";
  button.setAttribute("aria-label", words.photoRemove);
  const icon = document.createElement("i");
  icon.className = "bi bi-x-lg";
  icon.setAttribute("aria-hidden", "true");
  button.append(icon);
  form.append(button);
  photo.append(form);
}

// How it goes

document.addEventListener("arsenaal:outbox-sending", () => say("saving", "arrow-repeat", words.saving));
document.addEventListener("arsenaal:outbox-waits", (event) => {
  const { entry, kind } = event.detail;
  say("offline", kind === "away" ? "lock" : "phone", `${kind === "away" ? words.away : words.offline} ${clockOf(entry.savedAt)}`);
});
document.addEventListener("arsenaal:outbox-sent", (event) => {
  const { entry, data } = event.detail;
  if (entry.isPhoto && entry.subject === uuid) photoSent(entry, data);
  say("saved", "cloud-check", `${words.saved} ${data.at ?? clockOf(Date.now())}`);
});
document.addEventListener("arsenaal:outbox-refused", async (event) => {
  const { entry, message } = event.detail;
  complain(`${entry.label}: ${message}`);
  root.querySelector(`[data-waiting="${entry.id}"]`)?.remove();
  await takeBack(entry); // it was said here, beside what was pressed
  say("offline", "exclamation-triangle", message);
});

// Signing comes after everything is with the server: what arrives later would be refused.
root.querySelector("[data-finish]").addEventListener("click", async (event) => {
  if (!waiting(user).some((entry) => entry.subject === uuid)) return;
  event.preventDefault();
  const { href } = event.currentTarget;
  await flushOutbox(user);
  if (waiting(user).some((entry) => entry.subject === uuid)) complain(words.notYet);
  else location.assign(href);
});

// Searching

const search = document.getElementById("item-search");
const onlyFound = root.querySelector("[data-only-found]");

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function filter() {
  const wanted = plain(search.value).split(/\s+/).filter(Boolean);
  const isOnlyFound = onlyFound.getAttribute("aria-pressed") === "true";
  let shown = 0;
  for (const item of root.querySelectorAll("[data-item]")) {
    const text = plain(item.dataset.text);
    const isHit = wanted.every((word) => text.includes(word)) && (!isOnlyFound || item.classList.contains("is-found"));
    item.hidden = !isHit;
    shown += Number(isHit);
  }
  for (const box of root.querySelectorAll("[data-group], [data-part]")) {
    box.hidden = !box.querySelector("[data-item]:not([hidden])");
  }
  root.querySelector("[data-nothing]").hidden = shown > 0;
}

search.addEventListener("input", filter);
onlyFound.addEventListener("click", () => {
  onlyFound.setAttribute("aria-pressed", String(onlyFound.getAttribute("aria-pressed") !== "true"));
  filter();
});

// Start: what is still on this device is shown as it was pressed, and sent.

for (const button of root.querySelectorAll("[data-hide-with-script]")) button.hidden = true;
const left = waiting(user).filter((entry) => entry.subject === uuid && !entry.problem);
for (const entry of waiting(user).filter((one) => one.subject === uuid && one.problem)) {
  complain(`${entry.label}: ${entry.problem}`);
  takeBack(entry);
}
left.forEach(apply);
if (left.length) say("offline", "phone", `${words.offline} ${clockOf(left[0].savedAt)}`);
flushOutbox(user);
window.addEventListener("online", () => flushOutbox(user));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flushOutbox(user));
setInterval(() => waiting(user).length && flushOutbox(user), RETRY);
root.dataset.ready = "yes";
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
