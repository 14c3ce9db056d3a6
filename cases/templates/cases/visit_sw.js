// The service worker: keeps what looks the same for everybody (styles, scripts, fonts, the page without network) and
// nothing else. Pages of people never end up here.
const CACHE = "arsenaal-{{ version }}";
const OFFLINE = "{{ offline_url }}";
const STATIC = "{{ static_url }}";
const KEEP = [{% for url in keep %}"{{ url|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

async function fill() {
  const cache = await caches.open(CACHE);
  // Without cookies: the page is the same for everybody and must stay that way.
  await cache.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit", cache: "reload" }));
  await Promise.allSettled(KEEP.map((url) => cache.add(url)));
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith("arsenaal-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function fromStatic(event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request);
  const fresh = fetch(event.request).then((response) => {
    if (response.ok && response.type === "basic") cache.put(event.request, response.clone());
    return response;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}

async function fromNetwork(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(fromNetwork(event.request));
  else if (event.request.method === "GET" && url.pathname.startsWith(STATIC)) event.respondWith(fromStatic(event));
});
