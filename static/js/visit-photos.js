// The photos of the visit form: shown at once, sent at once, kept on the device until the server has them.

import { dropPhoto, keepPhoto, photosOf } from "./visit-store.js";
import { post, sendPhoto } from "./visit-net.js";

const MOST_BYTES = 15 * 1024 * 1024;

/** For a visit that takes no photos. */
export const noPhotos = {
  resume: async () => undefined,
  settled: async () => undefined,
  left: async () => false,
  lastKind: () => "ok",
};

export function startPhotos(form, words, onState) {
  const { user, uuid, photoUrl } = form.dataset;
  const list = form.querySelector("[data-photos]");
  const adder = list.querySelector(".visit-add");
  const input = adder.querySelector("input[type=file]");
  const error = form.querySelector("[data-photo-error]");
  const sending = new Set();
  let lastKind = "offline"; // how the last photo went

  function say(message) {
    error.hidden = !message;
    error.querySelector("span").textContent = message;
  }

  function tile(source) {
    const item = document.createElement("li");
    item.className = "is-waiting";
    const image = document.createElement("img");
    image.src = source;
    image.alt = `${words.photo} ${list.querySelectorAll("li:not(.visit-add)").length + 1}`;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", image.alt);
    item.append(image, bar, remover());
    list.insertBefore(item, adder);
    return item;
  }

  function remover() {
    const button = document.createElement("button");
    button.type = "submit";
    button.formNoValidate = true;
    button.className = "remove";
    button.dataset.remove = "";
    button.setAttribute("aria-label", words.photoRemove);
    const icon = document.createElement("i");
    icon.className = "bi bi-x-lg";
    icon.setAttribute("aria-hidden", "true");
    button.append(icon);
    return button;
  }

  async function send(item, file, name, id) {
    const bar = item.querySelector("progress");
    const result = await sendPhoto(photoUrl, file, name, { user, onProgress: (part) => bar && (bar.value = part) });
    lastKind = result.kind;
    if (result.kind !== "ok" && result.kind !== "wrong") {
      onState(result.kind); // it stays on the device
      return;
    }
    await dropPhoto(id);
    delete item.dataset.waiting;
    if (result.kind !== "ok") {
      item.remove();
      say(result.data?.message ?? words.photoBig);
      return;
    }
    if (list.querySelector(`[data-photo="${result.data.uuid}"]`)) {
      item.remove(); // the same photo once more
      return;
    }
    bar?.remove();
    item.classList.remove("is-waiting");
    item.dataset.photo = result.data.uuid;
    item.querySelector("[data-remove]").setAttribute("formaction", result.data.remove);
  }

  function track(work) {
    sending.add(work);
    return work.finally(() => sending.delete(work));
  }

  async function add(file) {
    if (file.size > MOST_BYTES) {
      say(words.photoBig);
      return;
    }
    const id = crypto.randomUUID?.() ?? String(Math.random());
    const item = tile(URL.createObjectURL(file));
    item.dataset.waiting = id;
    await keepPhoto(user, uuid, id, file);
    await send(item, file, file.name, id);
  }

  input.addEventListener("change", () => {
    say("");
    const files = [...input.files];
    input.value = "";
    for (const file of files) track(add(file));
  });

  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    if (item.dataset.waiting) {
      await dropPhoto(item.dataset.waiting);
      item.remove();
    } else {
      const result = await post(button.getAttribute("formaction"), {}, { user });
      if (result.kind === "ok" || result.kind === "refused") item.remove();
      else onState(result.kind);
    }
    input.focus();
  });

  /** Show and send what is still on the device from an earlier time. */
  async function resume() {
    for (const photo of await photosOf(user, uuid)) {
      let item = list.querySelector(`[data-waiting="${photo.id}"]`);
      if (!item) {
        item = tile(URL.createObjectURL(photo.blob));
        item.dataset.waiting = photo.id;
      }
      await send(item, photo.blob, photo.name, photo.id);
    }
  }

  return {
    resume: () => track(resume()),
    settled: () => Promise.allSettled([...sending]),
    lastKind: () => lastKind,
    left: async () => (await photosOf(user, uuid)).length,
  };
}
