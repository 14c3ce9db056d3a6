// The page without network: what is on this device, and a bare form to write down a visit.

import { allVisits, clockOf, currentUser, dayOf, nowFields, placesOf, recentCases, writeVisit } from "./visit-store.js";

const words = document.getElementById("visit-offline-words").dataset;
const user = currentUser();

function row(record) {
  const item = document.createElement("li");
  item.className = "row-a";
  const what = document.createElement("div");
  const link = document.createElement("a");
  link.className = "rowlink";
  link.href = record.formUrl;
  link.textContent = record.label ?? `${words.case} ${record.number}`;
  const more = document.createElement("div");
  more.className = "soft small";
  more.textContent = `${dayOf(record.savedAt)} · ${record.isQueued ? words.wait : words.draft}`;
  what.append(link, more);
  item.append(what);
  return item;
}

function list() {
  const records = user ? allVisits(user) : [];
  document.querySelector("[data-device-list]").replaceChildren(...records.map(row));
  document.querySelector("[data-device-empty]").hidden = records.length > 0;
}

function newRecord(form) {
  const chosen = form.elements.number.value;
  const place = places.find((one) => one.newUrl === chosen);
  const uuid = crypto.randomUUID();
  const [day, time] = nowFields();
  const base = place ? place.newUrl.replace(/new\/$/, "") : `/cases/${encodeURIComponent(chosen)}/visits/`;
  const said = form.elements.narrative.value;
  return {
    user,
    uuid,
    ...(place ? { label: place.label } : { number: chosen, photoUrl: `${base}${uuid}/photos/add/` }),
    draftUrl: `${base}${uuid}/draft/`,
    action: `${base}new/?visit=${uuid}`,
    formUrl: `${base}new/?visit=${uuid}`,
    fields: place
      ? { [place.wordsField]: [said], [place.dayField]: [day] }
      : { result: [form.elements.result.value], narrative: [said], day: [day], time: [time], visitors: [user] },
    revision: 1,
    savedAt: Date.now(),
    isQueued: false,
  };
}

const recent = user ? recentCases(user) : [];
const places = user ? placesOf(user) : [];
if (recent.length || places.length) {
  const form = document.querySelector("[data-offline-form]");
  document.querySelector("[data-write]").hidden = false;
  form.elements.number.append(...recent.map((number) => new Option(`${words.case} ${number}`, number)));
  form.elements.number.append(...places.map((place) => new Option(place.label, place.newUrl)));
  const showResult = () => {
    const isOfCase = recent.includes(form.elements.number.value);
    form.elements.result.closest(".field").hidden = !isOfCase;
  };
  form.addEventListener("change", showResult);
  form.addEventListener("reset", () => setTimeout(showResult));
  showResult();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const record = newRecord(form);
    if (!writeVisit(record)) return;
    form.reset();
    const said = form.querySelector("[data-offline-said]");
    said.textContent = `${said.dataset.words} ${clockOf(record.savedAt)}`;
    list();
  });
}

list();
document.querySelector("[data-retry]").addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});

// Shown in the place of another page: goes on to it by itself as soon as the server answers, unless somebody is writing.
const isInPlaceOfAnother = location.pathname !== "/offline/";

async function goOn() {
  const isWriting = document.getElementById("off-text").value.trim() !== "";
  if (!isInPlaceOfAnother || isWriting || document.visibilityState !== "visible") return;
  try {
    const answer = await fetch("/sw.js", { method: "HEAD", cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // Still no network.
  }
}

window.addEventListener("online", goOn);
setInterval(goOn, 3000);
