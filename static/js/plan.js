// Dragging a step of the plan. Each step also has buttons; dragging presses the same form, so both do one thing.

/* global Sortable, htmx */

function moved({ item }) {
  const form = item.querySelector("form");
  const after = item.nextElementSibling;
  form.elements.before.value = after ? after.dataset.step : "";
  htmx.trigger(form, "submit");
}

function start() {
  const list = document.querySelector("[data-plan-order]:not([data-sortable])");
  if (!list || !window.Sortable) return;
  list.dataset.sortable = "yes";
  Sortable.create(list, {
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    chosenClass: "sortable-chosen",
    // The same with a finger and a mouse.
    forceFallback: true,
    ghostClass: "sortable-ghost",
    handle: "[data-handle]",
    onEnd: (event) => event.oldIndex !== event.newIndex && moved(event),
  });
}

start();
document.addEventListener("htmx:afterSwap", start);
