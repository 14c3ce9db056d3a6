// Small saves in order: each is kept on the device until the server has it, and sent once it can be. One press is one
// entry with an id of its own, so that sending it again does nothing twice.
// Words are in localStorage, photos beside those of visits in IndexedDB; keys hold the user.

import { dropPhoto, forget, get, keepPhoto, keys, parse, photosOf, set } from "./visit-store.js";
import { post, sendPhoto } from "./visit-net.js";

const PREFIX = "arsenaal.outbox.";
let last = 0;

const keyOf = (entry) => `${PREFIX}${entry.user}.${entry.order}`;

/** Everything of this user that the server doesn't have yet, oldest first. */
export function waiting(user) {
  return keys()
    .filter((name) => name.startsWith(`${PREFIX}${user}.`))
    .map((name) => parse(get(name)))
    .filter(Boolean)
    .sort((a, b) => (a.order < b.order ? -1 : 1));
}

// Later presses sort after earlier ones, also from two tabs.
function nextOrder() {
  last = Math.max(last + 1, Date.now() * 1000);
  return String(last).padStart(20, "0");
}

/** Keep one save. `entry`: user, subject, page, label, url, and fields or a file. Returns it, or null when it can't be. */
export async function put(entry, file = null) {
  const kept = { ...entry, id: crypto.randomUUID(), order: nextOrder(), savedAt: Date.now(), isPhoto: file !== null };
  if (file) {
    await keepPhoto(kept.user, kept.id, kept.id, file);
    kept.name = file.name;
  }
  return set(keyOf(kept), JSON.stringify(kept)) ? kept : null;
}

/** Take back what wasn't sent. */
export async function takeBack(entry) {
  forget(keyOf(entry));
  if (entry.isPhoto) await dropPhoto(entry.id);
}

async function send(entry) {
  if (!entry.isPhoto) {
    const form = new FormData();
    for (const [name, value] of entry.fields) form.append(name, value);
    form.set("submission_token", entry.id);
    form.set("as_user", entry.user);
    return post(entry.url, form, { user: entry.user });
  }
  const [photo] = await photosOf(entry.user, entry.id);
  return photo ? sendPhoto(entry.url, photo.blob, photo.name, { user: entry.user }) : { kind: "ok", data: {} };
}

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`arsenaal:outbox-${name}`, { detail }));

// Stops at the first that can't be sent now: what comes after it may build on it.
async function sendAll(user) {
  for (const entry of waiting(user)) {
    if (entry.problem) continue;
    tell("sending", { entry });
    const result = await send(entry);
    const isLater = result.kind === "offline" || result.kind === "away" || result.status >= 500;
    if (isLater) {
      tell("waits", { entry, kind: result.kind === "away" ? "away" : "offline" });
      return;
    }
    if (result.kind === "ok") {
      await takeBack(entry);
      tell("sent", { entry, data: result.data ?? {} });
      continue;
    }
    // The server will never take it: say why, and keep what was written until its writer has seen it.
    entry.problem = result.data?.message ?? String(result.status ?? "");
    set(keyOf(entry), JSON.stringify(entry));
    tell("refused", { entry, message: entry.problem });
  }
}

let running = null;
let isAsked = false;

/** Send what waits, one after the other, in one tab at a time. */
export function flushOutbox(user) {
  if (running) {
    isAsked = true;
    return running;
  }
  const work = () => sendAll(user);
  running = (navigator.locks ? navigator.locks.request(`arsenaal-outbox-${user}`, work) : work()).finally(() => {
    running = null;
    if (!isAsked) return undefined;
    isAsked = false;
    return flushOutbox(user);
  });
  return running;
}
