// On every page: what is still on this device is sent when there is network, and told about. The worker that shows
// the page without network is started here too.

import {
  allVisits,
  clearTraces,
  clockOf,
  dropPhoto,
  forgetVisit,
  forgetWords,
  photosOf,
  readVisit,
  rememberCase,
  rememberUser,
  writeVisit,
} from "./visit-store.js";
import { post, sendPhoto } from "./visit-net.js";
import { flushOutbox, takeBack, waiting } from "./outbox.js";

const box = document.getElementById("visit-queue");
const user = box?.dataset.user || "";
const RETRY = 20_000;

export function formOf(record) {
  const form = new FormData();
  for (const [name, values] of Object.entries(record.fields)) {
    for (const value of values) form.append(name, value);
  }
  form.set("visit", record.uuid);
  form.set("as_user", record.user);
  return form;
}

/** Send the photos that are still on the device. Returns "ok", or what stopped it. */
export async function sendPhotos(record) {
  for (const photo of await photosOf(record.user, record.uuid)) {
    const result = await sendPhoto(record.photoUrl, photo.blob, photo.name, { user: record.user });
    if (result.kind === "ok" || result.kind === "wrong") await dropPhoto(photo.id);
    if (result.kind !== "ok") return result;
  }
  return { kind: "ok" };
}

/** Send the visit itself when it was saved without network, or else its draft. */
async function sendOne(record) {
  const photos = await sendPhotos(record);
  if (photos.kind !== "ok") return photos;
  if (record.isQueued) return post(record.action, formOf(record), { user: record.user });
  return post(record.draftUrl, { revision: record.revision, fields: record.fields }, { user: record.user });
}

const isOpenHere = (uuid) => document.querySelector(`form[data-visit][data-uuid="${uuid}"]`) !== null;

async function settle(record) {
  const wasQueued = record.isQueued;
  const result = await sendOne(record);
  const now = readVisit(record.user, record.uuid);
  if (!now || now.revision !== record.revision) return; // written to meanwhile, by the form in another tab
  if (result.kind === "ok" && wasQueued) {
    await forgetVisit(record.user, record.uuid);
    tellSent(result.data.url);
  } else if (result.kind === "ok") {
    forgetWords(record.user, record.uuid); // the server has it: no words stay behind on the device
  } else if (result.kind === "done") {
    await forgetVisit(record.user, record.uuid);
  } else if (result.kind === "wrong" || result.kind === "refused") {
    writeVisit({ ...record, isQueued: false }); // its writer has to look at it
  }
}

function notice(kind, iconName, words, url, label) {
  const notices = document.getElementById("notices");
  if (!notices) return;
  const item = document.createElement("div");
  item.className = `notice notice-${kind}`;
  item.dataset.visitNotice = "";
  const icon = document.createElement("i");
  icon.className = `bi bi-${iconName}`;
  icon.setAttribute("aria-hidden", "true");
  const text = document.createElement("div");
  text.className = "text";
  const link = document.createElement("a");
  link.href = url;
  link.textContent = label;
  text.append(words, " ", link);
  item.append(icon, text);
  notices.append(item);
}

const tellSent = (url) => notice("ok", "check-circle-fill", box.dataset.sent, url, box.dataset.sentLink);

function tellLeft() {
  for (const old of document.querySelectorAll("#notices [data-visit-notice].notice-warn")) old.remove();
  for (const record of allVisits(user).filter((one) => !isOpenHere(one.uuid))) {
    const words = record.isQueued ? box.dataset.leftQueued : box.dataset.left;
    notice("warn", "phone", `${words} ${record.label ?? record.number}, ${clockOf(record.savedAt)}.`, record.formUrl, box.dataset.resume);
  }
}

// What the server will never take stays until its writer has read why.
function understood(entries) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet btn-sm";
  button.textContent = box.dataset.outboxSeen;
  button.addEventListener("click", async () => {
    for (const entry of entries.filter((one) => one.problem)) await takeBack(entry);
    tellOutbox();
  });
  return button;
}

// Small saves of an inspection that this page doesn't show: told with a way to go and look.
function tellOutbox() {
  for (const old of document.querySelectorAll("#notices [data-outbox-notice]")) old.remove();
  const here = document.querySelector("[data-inspection]")?.dataset.uuid;
  const left = waiting(user).filter((one) => one.subject !== here);
  const pages = new Map(left.map((one) => [one.page, one]));
  for (const [page, one] of pages) {
    const words = one.problem ? `${box.dataset.outboxProblem} ${one.label}: ${one.problem}` : box.dataset.outbox;
    notice(one.problem ? "stop" : "warn", one.problem ? "x-octagon-fill" : "phone", words, page, box.dataset.outboxLink);
    const item = document.querySelector("#notices .notice:last-child");
    item.dataset.outboxNotice = "";
    if (one.problem) item.querySelector(".text").append(" ", understood(left.filter((other) => other.page === page)));
  }
}

async function flushAll() {
  for (const record of allVisits(user).filter((one) => !isOpenHere(one.uuid))) await settle(record);
  tellLeft();
}

let isBusy = false;
export async function flush() {
  if (!user || isBusy) return;
  if (waiting(user).length) {
    await flushOutbox(user);
    tellOutbox();
  }
  if (!allVisits(user).length) return;
  isBusy = true;
  try {
    if (navigator.locks) await navigator.locks.request("arsenaal-visits", flushAll);
    else await flushAll();
  } finally {
    isBusy = false;
  }
}

if (user) {
  rememberUser(user);
  const number = location.pathname.match(/^\/cases\/([A-Z]{2,6}-\d{4}-\d{4,})\//)?.[1];
  if (number) rememberCase(user, number);
  flush();
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  setInterval(flush, RETRY);
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action, location.href).pathname === "/accounts/logout/") clearTraces(user);
  });
}

if (box?.dataset.worker && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(box.dataset.worker, { scope: "/" }).catch(() => undefined);
}
