// Passkeys: the page holds the question, the browser answers it, the form carries the answer to the server.

const form = document.querySelector("form[data-passkey]");

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The standard's JSON has text where the browser wants bytes; not every browser turns it around by itself yet.
function question(options) {
  const known = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = known(options.allowCredentials);
  return asked;
}

function answer(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = text(key.response[name]);
  }
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(),
    response,
  });
}

function tell(trouble) {
  for (const line of form.querySelectorAll("[data-passkey-trouble]")) {
    line.hidden = line.dataset.passkeyTrouble !== trouble;
  }
}

async function ask() {
  const publicKey = question(JSON.parse(form.dataset.options));
  const isNew = form.dataset.passkey === "create";
  return isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
}

form?.addEventListener("submit", async (event) => {
  const field = form.elements.namedItem("answer");
  if (field.value) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.disabled) return;
  tell("");
  const name = form.elements.namedItem("name");
  if (!window.PublicKeyCredential) {
    tell("unknown");
    return;
  }
  if (name && !name.value.trim()) {
    form.submit(); // the server says beside the field what is missing
    return;
  }
  if (button) button.disabled = true;
  try {
    field.value = answer(await ask());
    form.submit();
  } catch (error) {
    tell(error.name === "InvalidStateError" ? "known" : "stopped");
    if (button) button.disabled = false;
  }
});
