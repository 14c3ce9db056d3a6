// A visit, at home or in the living room: saves as you type, on the server and, as long as the server doesn't have it, on this device.
// Without script the form works too; it then saves when you press the button.

import {
  clockOf,
  forgetVisit,
  forgetWords,
  readVisit,
  rememberCase,
  rememberPlace,
  writeVisit,
} from "./visit-store.js";
import { post } from "./visit-net.js";
import { formOf } from "./visit-queue.js";
import { noPhotos, startPhotos } from "./visit-photos.js";

const SAVE_AFTER = 800;
const RETRY = 10_000;
const LONG = 18_000;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "submission_token", "as_user", "visit", "photos"]);

function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NOT_KEPT.has(name) || typeof value !== "string") continue;
    (fields[name] ??= []).push(value);
  }
  return fields;
}

function putBack(form, fields) {
  for (const control of form.elements) {
    const { name, type } = control;
    if (!name || NOT_KEPT.has(name) || type === "file" || type === "submit") continue;
    const values = fields[name] ?? [];
    if (type === "radio" || type === "checkbox") control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
}

class VisitForm {
  constructor(form) {
    this.form = form;
    this.words = document.getElementById("visit-words").dataset;
    // A visit of a case is called by the number of the case; one without a case by its label.
    const { user, uuid, number, label, draftUrl, photoUrl, revision } = form.dataset;
    Object.assign(this, { user, uuid, number, draftUrl });
    this.revision = Number(revision);
    this.isDirty = false;
    this.isSaving = false;
    this.isSubmitting = false;
    this.isQueued = false;
    this.base = { user, uuid, number, label, draftUrl, photoUrl, action: form.action, formUrl: form.action };
    this.photos = photoUrl ? startPhotos(form, this.words, (kind) => this.show(kind)) : noPhotos;
  }

  start() {
    if (!location.search.includes("visit=") && /\/visits\/new\/$/.test(location.pathname)) {
      history.replaceState(null, "", this.form.action);
    }
    const { label, newUrl, wordsField, dayField } = this.form.dataset;
    if (this.number) rememberCase(this.user, this.number);
    else rememberPlace(this.user, { label, newUrl, wordsField, dayField });
    this.restore();
    this.listen();
    this.photos.resume();
    this.showCircle();
  }

  // Which version counts: the device's when it was never sent, unless the server has gone on from another screen.
  restore() {
    const device = readVisit(this.user, this.uuid);
    if (!device || this.form.dataset.bound) return;
    if (device.revision > this.revision) {
      putBack(this.form, device.fields);
      this.revision = device.revision;
      this.isQueued = device.isQueued;
      this.isDirty = true;
      this.show("offline", device.savedAt);
      if (device.isQueued) this.submit();
      else this.save();
    } else if (JSON.stringify(device.fields) !== JSON.stringify(fieldsOf(this.form))) {
      this.offer(device);
    }
  }

  offer(device) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary btn-sm";
    button.textContent = this.words.olderPut;
    button.addEventListener("click", () => {
      putBack(this.form, device.fields);
      this.clearNotices();
      this.changed();
    });
    this.notice("warn", "phone", `${this.words.older} ${clockOf(device.savedAt)}.`, button);
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", (event) => event.target.type !== "file" && this.changed());
    form.addEventListener("change", (event) => event.target.type !== "file" && this.changed());
    form.addEventListener("focusout", () => this.isDirty && this.save());
    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("data-drop")) this.drop();
      if (event.submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      this.submit();
    });
    document.addEventListener("visibilitychange", () => this.onVisibility());
    window.addEventListener("pagehide", () => this.saveWhileClosing());
    window.addEventListener("online", () => this.again());
    this.retry = setInterval(() => this.again(), RETRY);
  }

  // The draft is thrown away: the device forgets it as well, and nothing is saved on the way out.
  drop() {
    this.stop();
    forgetVisit(this.user, this.uuid);
  }

  stop() {
    clearInterval(this.retry);
    clearTimeout(this.timer);
    this.isStopped = true;
  }

  onVisibility() {
    if (this.isStopped) return;
    if (document.visibilityState === "hidden") this.saveWhileClosing();
    else this.again();
  }

  again() {
    if (this.isStopped || this.isSubmitting) return;
    if (this.isQueued) this.submit();
    else if (this.isDirty) this.save();
    this.photos.left().then((left) => left && !this.isSubmitting && this.photos.resume());
  }

  changed() {
    this.isDirty = true;
    this.showCount();
    this.showCircle();
    this.keepOnDevice();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  record(changes = {}) {
    return {
      ...this.base,
      fields: fieldsOf(this.form),
      revision: this.revision + (this.isDirty ? 1 : 0),
      savedAt: Date.now(),
      isQueued: this.isQueued,
      ...changes,
    };
  }

  keepOnDevice(changes) {
    const record = this.record(changes);
    writeVisit(record);
    return record;
  }

  // One save at a time; what was typed meanwhile goes in the next one. The revision keeps them in order anyway.
  async save() {
    clearTimeout(this.timer);
    if (!this.isDirty || this.isSaving || this.isSubmitting || this.isQueued || this.isStopped) return;
    this.isSaving = true;
    const record = this.keepOnDevice();
    this.revision = record.revision;
    this.isDirty = false;
    this.show("saving");
    const result = await post(this.draftUrl, { revision: record.revision, fields: record.fields }, { user: this.user });
    this.isSaving = false;
    if (this.isSubmitting || this.isStopped) return;
    this.afterSave(result, record);
  }

  afterSave(result, record) {
    if (result.kind === "ok") {
      if (!this.isDirty) {
        forgetWords(this.user, this.uuid); // the server has it: no words stay behind on the device
        this.clearNotices();
      }
      this.show("saved", Date.now(), result.data.at);
      this.form.dispatchEvent(new CustomEvent("arsenaal:saved", { bubbles: true }));
      if (this.isDirty) this.save();
    } else if (result.kind === "older") {
      this.revision = Math.max(this.revision, result.data.revision);
      this.show("elsewhere");
    } else if (result.kind === "done") {
      location.assign(result.data.url);
    } else {
      this.isDirty = true;
      this.revision = record.revision - 1;
      this.show(result.kind, record.savedAt);
      if (result.kind === "away") this.tellAway();
    }
  }

  saveWhileClosing() {
    if (!this.isDirty || this.isSubmitting || this.isQueued || this.isStopped) return;
    const record = this.keepOnDevice();
    this.revision = record.revision;
    this.isDirty = false;
    post(this.draftUrl, { revision: record.revision, fields: record.fields }, { user: this.user, isClosing: true }).then(
      (result) => !this.isStopped && this.afterSave(result, record),
    );
  }

  async submit() {
    if (this.isSubmitting || this.isStopped) return;
    this.isSubmitting = true;
    clearTimeout(this.timer);
    this.isDirty = true;
    this.isQueued = true;
    const record = this.keepOnDevice();
    this.revision = record.revision;
    this.button(this.words.saving, true);
    await this.photos.settled();
    if (await this.photos.left()) await this.photos.resume();
    const result = (await this.photos.left())
      ? { kind: this.photos.lastKind() }
      : await post(this.base.action, formOf(record), { user: this.user });
    await this.afterSubmit(result, record);
  }

  async afterSubmit(result, record) {
    if (result.kind === "ok") {
      this.stop();
      await forgetVisit(this.user, this.uuid);
      location.assign(result.data.url);
      return;
    }
    this.isSubmitting = false;
    this.button(this.words.button, false);
    this.clearNotices();
    if (result.kind === "offline") {
      this.show("offline", record.savedAt);
      this.notice("warn", "wifi-off", `${this.words.queuedTitle} ${this.words.queued}`);
      this.button(this.words.waiting, false);
    } else if (result.kind === "away") {
      this.isQueued = false;
      this.keepOnDevice({ isQueued: false });
      this.show("away", record.savedAt);
      this.tellAway();
    } else {
      this.isQueued = false;
      this.keepOnDevice({ isQueued: false });
      if (result.kind === "wrong" && result.text) this.showMistakes(result.text);
      else this.notice("stop", "x-octagon-fill", this.words.failed);
    }
  }

  // The server's page with the mistakes beside the fields takes the place of this form; what was typed is in it.
  showMistakes(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("form[data-visit]");
    const sum = page.querySelector("[data-error-sum]");
    if (!fresh) return;
    this.stop();
    document.querySelector("[data-error-sum]")?.remove();
    fresh.dataset.revision = String(this.revision);
    this.form.replaceWith(fresh);
    if (sum) fresh.before(sum);
    const next = new VisitForm(fresh);
    next.start();
    next.isDirty = true;
    next.save();
    (sum ?? fresh).focus();
    (sum ?? fresh).scrollIntoView({ block: "start" });
  }

  tellAway() {
    if (document.querySelector("#visit-notices [data-away]")) return;
    const link = document.createElement("a");
    link.href = this.words.loginUrl;
    link.target = "_blank";
    link.rel = "noopener";
    link.dataset.away = "";
    link.textContent = this.words.awayLink;
    this.notice("warn", "lock-fill", `${this.words.awayTitle} ${this.words.awayText}`, link);
  }

  button(label, isBusy) {
    const button = this.form.querySelector("[data-save]");
    button.textContent = label;
    button.setAttribute("aria-disabled", String(isBusy));
  }

  clearNotices() {
    document.getElementById("visit-notices").replaceChildren();
  }

  notice(kind, iconName, words, extra) {
    this.clearNotices();
    const item = document.createElement("div");
    item.className = `notice notice-${kind}`;
    const icon = document.createElement("i");
    icon.className = `bi bi-${iconName}`;
    icon.setAttribute("aria-hidden", "true");
    const text = document.createElement("div");
    text.className = "text";
    text.append(words);
    if (extra) text.append(" ", extra);
    item.append(icon, text);
    document.getElementById("visit-notices").append(item);
    item.scrollIntoView({ block: "nearest" });
  }

  show(kind, moment, at) {
    const said = {
      saving: ["saving", "arrow-repeat", this.words.saving, this.words.saving],
      saved: ["saved", "cloud-check", this.words.saved, `${this.words.savedAt} ${at ?? ""}`],
      offline: ["offline", "phone", `${this.words.offline} ${clockOf(moment ?? Date.now())}`],
      away: ["offline", "lock", `${this.words.away} ${clockOf(moment ?? Date.now())}`],
      elsewhere: ["offline", "window-stack", this.words.elsewhere],
    }[kind] ?? ["offline", "phone", this.words.refused];
    const [style, icon, long, short = ""] = said;
    this.say(document.querySelector("[data-visit-status]"), style, icon, long);
    this.say(this.form.querySelector("[data-visit-status-small]"), style, "check2", style === "offline" ? "" : short);
  }

  say(place, style, iconName, words) {
    if (!place) return;
    place.className = style;
    place.replaceChildren();
    if (!words) return;
    const icon = document.createElement("i");
    icon.className = `bi bi-${iconName}`;
    icon.setAttribute("aria-hidden", "true");
    const text = document.createElement("span");
    text.textContent = words;
    place.append(icon, text);
  }

  showCount() {
    const place = this.form.querySelector("[data-count]");
    if (!place) return;
    const { length } = this.form.elements.narrative.value;
    place.hidden = length < LONG;
    if (!place.hidden) place.textContent = `${length.toLocaleString("nl-BE")} ${this.words.count}`;
  }

  // Says in which circle this will land: chosen, or as always; nobody home and nothing written is for everybody.
  showCircle() {
    if (!this.form.querySelector("[data-circle-now]")) return; // a visit without circles
    const chosen = [...this.form.querySelectorAll("[name=circle]")].find((radio) => radio.checked);
    const usual = this.form.querySelector(`[name=circle][value="${this.form.dataset.usualCircle}"]`);
    const isNothing = this.form.elements.result.value === "nobody_home" && this.saysNothing();
    const counts = chosen?.value ? chosen : usual;
    const isShared = counts?.value === "shared" || (!chosen?.value && isNothing);
    this.form.querySelector("[data-circle-now]").textContent = isShared
      ? this.words.circleShared
      : `${this.words.circle} ${counts?.dataset.label ?? ""}`;
    this.form.querySelector(".visit-circle .now").className = `bi bi-${isShared ? "people" : "lock"} now`;
  }

  saysNothing() {
    const { narrative, agreed, present } = this.form.elements;
    const isWritten = [narrative, agreed, present].some((field) => field.value.trim());
    return !isWritten && !this.form.querySelector("[name^=sightings-]:checked:not([value=''])");
  }
}

const form = document.querySelector("form[data-visit]");
if (form) new VisitForm(form).start();

// Back through the browser's history: the page is old, so look again at what the server and the device have.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
