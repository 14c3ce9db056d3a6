// The one map of the program. It draws our own border and streets; a tile server is only asked when one is set.
// Show: points with a small window, gathered where they lie close. Pick: tap, or move the cross with the arrows and
// press Enter. Beside every map stands a list or a form that does the same without script.

/* global L */

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const ICON = /^[a-z0-9-]+$/;
const TONE = /^(cohesion|housing|safety|stop|warn|ok)$/;
const NEAR_STREET = 60; // metres; as cases.maps.NEAR_STREET

async function read(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function pin(kind, size = 34) {
  const icon = ICON.test(kind.icon) ? kind.icon : "geo-alt";
  const tone = TONE.test(kind.tone) ? kind.tone : "cohesion";
  return L.divIcon({
    className: `map-pin tone-${tone}`,
    html: `<i class="bi bi-${icon}" aria-hidden="true"></i>`,
    iconAnchor: [size / 2, size / 2],
    iconSize: [size, size],
    popupAnchor: [0, -size / 2],
  });
}

// Made of text nodes: nothing that anybody typed is ever read as markup.
function small(kind, title, detail, url) {
  const box = document.createElement("div");
  const name = document.createElement(url ? "a" : "b");
  if (url) name.href = url;
  name.textContent = title;
  name.dir = "auto";
  const line = document.createElement("span");
  line.textContent = [kind.label, detail].filter(Boolean).join(" · ");
  line.dir = "auto";
  box.append(name, line);
  return box;
}

function draw(map, drawing) {
  map.createPane("names").classList.add("map-names"); // below the points
  const layer = L.geoJSON(drawing, {
    interactive: false,
    pointToLayer: (feature, at) => L.circleMarker(at, { className: "map-mark", radius: 4 }),
    style: (feature) => ({ className: `map-${feature.properties.kind}` }),
  });
  const named = new Set();
  layer.eachLayer((part) => {
    const { kind, name } = part.feature.properties;
    if (!name || !["street", "mark"].includes(kind) || named.has(name)) return;
    named.add(name);
    const words = document.createElement("span");
    words.textContent = name;
    part.bindTooltip(words, { className: "map-name", direction: "center", pane: "names", permanent: true });
  });
  layer.addTo(map);
  const border = L.featureGroup(layer.getLayers().filter((part) => part.feature.properties.kind === "border"));
  return border.getLayers().length ? border.getBounds() : layer.getBounds();
}

// Shows as many names of streets as have room: the first one to want a place has it.
function spread(canvas) {
  const shown = [];
  for (const name of canvas.querySelectorAll(".map-name")) {
    name.classList.remove("is-crowded");
    const box = name.getBoundingClientRect();
    const meets = (other) =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    if (shown.some(meets)) name.classList.add("is-crowded");
    else shown.push(box);
  }
}

function cluster(box) {
  const words = box.dataset.wordTogether;
  return L.markerClusterGroup({
    animate: !calm,
    chunkedLoading: true,
    iconCreateFunction: (found) => {
      const count = found.getChildCount();
      const size = count < 10 ? 38 : count < 100 ? 44 : 52;
      return L.divIcon({
        className: "map-cluster",
        html: `<span aria-hidden="true">${count}</span><span class="visually-hidden">${count} ${words}</span>`,
        iconSize: [size, size],
      });
    },
    maxClusterRadius: 48,
    polygonOptions: { className: "map-gathered" },
    showCoverageOnHover: false,
  });
}

async function showPoints(box, map) {
  const { kinds, points } = await read(box.dataset.points);
  const gathered = cluster(box);
  const unknown = { icon: "geo-alt", label: "", tone: "cohesion" };
  gathered.addLayers(
    points.map(([lat, lng, code, title, detail, url]) => {
      const kind = kinds[code] || unknown;
      const marker = L.marker([lat, lng], { icon: pin(kind), title: [kind.label, title].filter(Boolean).join(": ") });
      return marker.bindPopup(() => small(kind, title, detail, url));
    }),
  );
  map.addLayer(gathered);
  box.dataset.shown = String(points.length);
  return points.length ? L.latLngBounds(points.map(([lat, lng]) => [lat, lng])) : null;
}

// --- picking a point -------------------------------------------------------------------------------------------------
function linesOf(drawing) {
  return drawing.features
    .filter(({ properties }) => properties.kind === "street" && properties.name)
    .flatMap(({ geometry, properties }) => {
      const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
      return lines.map((line) => ({ line: line.map(([lng, lat]) => L.latLng(lat, lng)), name: properties.name }));
    });
}

function streetNear(map, streets, at) {
  const zoom = 19;
  const point = map.project(at, zoom);
  let best = { metres: NEAR_STREET, name: "" };
  for (const { line, name } of streets) {
    for (let n = 1; n < line.length; n += 1) {
      const near = L.LineUtil.closestPointOnSegment(point, map.project(line[n - 1], zoom), map.project(line[n], zoom));
      const metres = map.distance(at, map.unproject(near, zoom));
      if (metres < best.metres) best = { metres, name };
    }
  }
  return best.name;
}

function halfWay(map, line) {
  const lengths = line.slice(1).map((at, n) => map.distance(line[n], at));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [n, length] of lengths.entries()) {
    if (left <= length && length) {
      const part = left / length;
      return L.latLng(
        line[n].lat + (line[n + 1].lat - line[n].lat) * part,
        line[n].lng + (line[n + 1].lng - line[n].lng) * part,
      );
    }
    left -= length;
  }
  return line[0];
}

function picker(box, map, drawing) {
  const form = box.closest("form");
  const { lat, lng, street } = form.elements;
  const says = box.querySelector("[data-map-says]");
  const clear = box.querySelector("[data-map-clear]");
  const streets = drawing ? linesOf(drawing) : [];
  const kind = { icon: "geo-alt-fill", tone: "cohesion" };
  let marker = null;
  let guessed = "";

  function put(at, words) {
    if (!marker) marker = L.marker(at, { icon: pin(kind, 40), interactive: false, keyboard: false }).addTo(map);
    marker.setLatLng(at);
    says.textContent = words;
  }

  function choose(at) {
    lat.value = at.lat.toFixed(6);
    lng.value = at.lng.toFixed(6);
    const name = streetNear(map, streets, at);
    if (name && (!street.value || street.value === guessed)) {
      street.value = name;
      guessed = name;
    }
    put(at, name ? `${box.dataset.wordChosen} ${name}` : box.dataset.wordChosen);
    clear.hidden = false;
    lat.dispatchEvent(new Event("change", { bubbles: true }));
  }

  map.on("click", (event) => choose(event.latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    choose(map.getCenter());
  });
  clear.addEventListener("click", () => {
    lat.value = lng.value = "";
    if (marker) marker.remove();
    marker = null;
    clear.hidden = true;
    says.textContent = box.dataset.wordCleared;
    street.focus();
  });
  // Typing a street shows where that is; the server does the same when nobody tapped.
  street.addEventListener("change", () => {
    const wanted = street.value.trim().toLowerCase();
    const found = streets.filter(({ name }) => name.toLowerCase() === wanted);
    if (lat.value || !found.length) return;
    const longest = found.reduce((one, other) => (other.line.length > one.line.length ? other : one));
    const at = halfWay(map, longest.line);
    put(at, box.dataset.wordStreet);
    map.setView(at, Math.max(map.getZoom(), 17), { animate: !calm });
  });
  if (lat.value && lng.value) {
    const at = L.latLng(Number(lat.value.replace(",", ".")), Number(lng.value.replace(",", ".")));
    put(at, box.dataset.wordChosen);
    clear.hidden = false;
    return L.latLngBounds([at]);
  }
  return null;
}

// --- start -----------------------------------------------------------------------------------------------------------
async function start(box) {
  box.hidden = false;
  const canvas = box.querySelector(".map-canvas");
  const map = L.map(canvas, {
    // On a phone one finger scrolls the page and two move the map.
    dragging: !matchMedia("(pointer: coarse)").matches,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    maxZoom: 19,
    minZoom: 11,
    // The wheel scrolls the page until the map was pressed.
    scrollWheelZoom: false,
    zoomAnimation: !calm,
    zoomControl: false,
    zoomSnap: 0.25,
  });
  L.control.zoom({ zoomInTitle: box.dataset.wordIn, position: "topright", zoomOutTitle: box.dataset.wordOut }).addTo(map);
  map.attributionControl.setPrefix(false);
  map.setView([51.0167, 4.4886], 15);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  const names = () => spread(canvas);
  map.on("zoomend", () => requestAnimationFrame(names));
  if (box.dataset.tiles) {
    const thanks = document.createElement("span");
    thanks.textContent = box.dataset.thanks;
    L.tileLayer(box.dataset.tiles, { attribution: thanks.innerHTML, maxZoom: 19 }).addTo(map);
    canvas.classList.add("has-tiles");
  }
  let bounds = null;
  let drawing = null;
  try {
    if (box.dataset.drawing) {
      drawing = await read(box.dataset.drawing);
      bounds = draw(map, drawing);
    }
    const points = box.dataset.points ? await showPoints(box, map) : null;
    if (points && (!bounds || box.dataset.fit === "points")) bounds = points;
  } catch {
    box.querySelector("[data-map-failed]").hidden = false;
  }
  const chosen = box.dataset.map === "pick" ? picker(box, map, drawing) : null;
  if (chosen) map.setView(chosen.getCenter(), 17);
  else if (bounds && bounds.isValid()) map.fitBounds(bounds, { maxZoom: 17, padding: [12, 12] });
  names();
  box.dataset.ready = "yes";
}

if (window.L) document.querySelectorAll("[data-map]").forEach(start);
