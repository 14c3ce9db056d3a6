// What a device keeps of a visit until the server has it: words in localStorage (written at once, also while a page
// closes), photos in IndexedDB. Always by user and by visit, so that nobody's words ever turn up elsewhere.

const PREFIX = "arsenaal.visit.";
const RECENT = "arsenaal.recent.";
const PLACES = "arsenaal.places.";
const USER = "arsenaal.user";
const MOST_RECENT = 8;
const KEEP_DAYS = 30;

const ZONE = "Europe/Brussels";

/** The time of a moment as people here read it: "10:41". */
export const clockOf = (moment) =>
  new Date(moment).toLocaleTimeString("nl-BE", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });

/** The same with its day: "maandag 23 november 10:41". */
export const dayOf = (moment) =>
  `${new Date(moment).toLocaleDateString("nl-BE", { weekday: "long", day: "numeric", month: "long", timeZone: ZONE })} ${clockOf(moment)}`;

/** Day and time of now as the form's fields hold them. */
export const nowFields = () => new Date().toLocaleString("sv-SE", { timeZone: ZONE }).slice(0, 16).split(" ");

const keyOf = (user, uuid) => `${PREFIX}${user}.${uuid}`;

export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function get(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function set(key, value) {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false; // full, or switched off
  }
}

export const readVisit = (user, uuid) => parse(get(keyOf(user, uuid)));

export const writeVisit = (record) => set(keyOf(record.user, record.uuid), JSON.stringify(record));

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

export const forgetWords = (user, uuid) => forget(keyOf(user, uuid));

export function forgetVisit(user, uuid) {
  forgetWords(user, uuid);
  return dropPhotos(user, uuid);
}

export function keys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/**
 * The visits of this user on this device: only what the server doesn't have yet, newest first. What nobody came back to
 * for a month is forgotten.
 */
export function allVisits(user) {
  const oldest = Date.now() - KEEP_DAYS * 24 * 3600 * 1000;
  const found = [];
  for (const key of keys().filter((name) => name.startsWith(`${PREFIX}${user}.`))) {
    const record = parse(get(key));
    if (record?.uuid && record.savedAt > oldest) found.push(record);
    else if (record?.uuid) forgetVisit(user, record.uuid);
    else localStorage.removeItem(key);
  }
  return found.sort((a, b) => b.savedAt - a.savedAt);
}

/** At logging out: nothing of this user stays behind, unless there is something that the server doesn't have yet. */
export function clearTraces(user) {
  if (allVisits(user).length || keys().some((name) => name.startsWith(`arsenaal.outbox.${user}.`))) return;
  try {
    localStorage.removeItem(RECENT + user);
    localStorage.removeItem(PLACES + user);
    localStorage.removeItem(USER);
  } catch {
    // Nothing was kept either.
  }
}

export const currentUser = () => get(USER) ?? "";

export const rememberUser = (user) => set(USER, user);

/** Where this user can write without a case: its name, the address of a new one, and which fields take words and day. */
export const placesOf = (user) => parse(get(PLACES + user)) ?? [];

export function rememberPlace(user, place) {
  const rest = placesOf(user).filter((other) => other.newUrl !== place.newUrl);
  set(PLACES + user, JSON.stringify([place, ...rest].slice(0, MOST_RECENT)));
}

export const recentCases = (user) => parse(get(RECENT + user)) ?? [];

/** Only the number of a case is kept, to be able to write about it without network. */
export function rememberCase(user, number) {
  const rest = recentCases(user).filter((other) => other !== number);
  set(RECENT + user, JSON.stringify([number, ...rest].slice(0, MOST_RECENT)));
}

// Photos. Without IndexedDB they are sent at once or not at all.

let opening = null;

function database() {
  opening ??= new Promise((resolve) => {
    let request;
    try {
      request = indexedDB.open("arsenaal", 1);
    } catch {
      resolve(null);
      return;
    }
    request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return opening;
}

async function inStore(mode, work) {
  const db = await database();
  if (!db) return undefined;
  return new Promise((resolve) => {
    const transaction = db.transaction("photos", mode);
    const request = work(transaction.objectStore("photos"));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => resolve(undefined);
    transaction.onabort = () => resolve(undefined);
  });
}

export const keepPhoto = (user, uuid, id, file) =>
  inStore("readwrite", (store) => store.put({ id, owner: keyOf(user, uuid), name: file.name, blob: file }));

export const dropPhoto = (id) => inStore("readwrite", (store) => store.delete(id));

export async function photosOf(user, uuid) {
  const all = (await inStore("readonly", (store) => store.getAll())) ?? [];
  return all.filter((photo) => photo.owner === keyOf(user, uuid));
}

async function dropPhotos(user, uuid) {
  for (const photo of await photosOf(user, uuid)) await dropPhoto(photo.id);
}
