// The page without network: what is on this device, and a bare form to write down a visit.

import { allVisits, clockOf, currentUser, dayOf, nowFields, recentCases, writeVisit } from "./visit-store.js";

const words = document.getElementById("visit-offline-words").dataset;
const user = currentUser();

function row(record) {
  const item = document.createElement("li");
  item.className = "row-a";
  const what = document.createElement("div");
  const link = document.createElement("a");
  link.className = "rowlink";
  link.href = record.formUrl;
  link.textContent = `${words.case} ${record.number}`;
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
  const number = form.elements.number.value;
  const uuid = crypto.randomUUID();
  const [day, time] = nowFields();
  const base = `/cases/${encodeURIComponent(number)}/visits/`;
  return {
    user,
    uuid,
    number,
    draftUrl: `${base}${uuid}/draft/`,
    photoUrl: `${base}${uuid}/photos/add/`,
    action: `${base}new/?visit=${uuid}`,
    formUrl: `${base}new/?visit=${uuid}`,
    fields: {
      result: [form.elements.result.value],
      narrative: [form.elements.narrative.value],
      day: [day],
      time: [time],
      visitors: [user],
    },
    revision: 1,
    savedAt: Date.now(),
    isQueued: false,
  };
}

const recent = user ? recentCases(user) : [];
if (recent.length) {
  const form = document.querySelector("[data-offline-form]");
  document.querySelector("[data-write]").hidden = false;
  form.elements.number.append(...recent.map((number) => new Option(number, number)));
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
