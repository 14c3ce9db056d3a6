// Sending to the server, with one word for how it went:
//   ok       done; `data` is the answer
//   offline  no network, or no answer in time: keep it and try again
//   away     logged out, or somebody else logged in: keep it until the same person is back
//   wrong    the form has mistakes (422); `text` is the page with them, `data` when it was JSON
//   older    the server has something newer
//   done     the visit was saved before
//   refused  anything else

const TIMEOUT = 30_000;

function csrfToken() {
  const found = document.cookie.match(/(?:^|;\s*)(?:__Host-)?arsenaal_csrf=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : "";
}

const OUTCOMES = { 401: "away", 404: "refused", 410: "done", 422: "wrong" };

async function outcome(response) {
  if (response.type === "opaqueredirect" || response.status === 0) return { kind: "away" };
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const data = isJson ? await response.json().catch(() => null) : null;
  const text = isJson ? "" : await response.text();
  if (response.ok) return { kind: isJson ? "ok" : "refused", data, text };
  if (data?.state === "other_user") return { kind: "away", data };
  if (data?.state === "older") return { kind: "older", data };
  if ([502, 503, 504].includes(response.status)) return { kind: "offline" };
  return { kind: OUTCOMES[response.status] ?? "refused", status: response.status, data, text };
}

export async function post(url, body, { user, isClosing = false, timeout = TIMEOUT } = {}) {
  const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", "X-As-User": String(user ?? "") };
  let sent = body;
  if (!(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    sent = JSON.stringify(body);
  }
  const abort = new AbortController();
  const timer = isClosing ? 0 : setTimeout(() => abort.abort(), timeout);
  try {
    const response = await fetch(url, {
      method: "POST",
      body: sent,
      headers,
      credentials: "same-origin",
      redirect: "manual",
      keepalive: isClosing,
      signal: isClosing ? undefined : abort.signal,
    });
    return await outcome(response);
  } catch {
    return { kind: "offline" };
  } finally {
    clearTimeout(timer);
  }
}

/** Send one photo, telling how far it is (0 to 1). */
export function sendPhoto(url, file, name, { user, onProgress } = {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = 4 * TIMEOUT;
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("X-Requested-With", "fetch");
    request.setRequestHeader("X-As-User", String(user ?? ""));
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onerror = () => resolve({ kind: "offline" });
    request.ontimeout = () => resolve({ kind: "offline" });
    request.onload = () => {
      let data = null;
      try {
        data = JSON.parse(request.responseText);
      } catch {
        // A page instead of an answer: the login page, or an error.
      }
      if (request.status === 200 && data?.state === "kept") resolve({ kind: "ok", data });
      else if (request.status === 422 || request.status === 413) resolve({ kind: "wrong", data });
      else if (data?.state === "other_user" || (request.status === 200 && !data)) resolve({ kind: "away" });
      else if ([502, 503, 504].includes(request.status)) resolve({ kind: "offline" });
      else resolve({ kind: "refused", data, status: request.status });
    };
    const form = new FormData();
    form.append("photo", file, name);
    request.send(form);
  });
}
