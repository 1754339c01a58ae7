// Publishing: a proposed time fills its field; posts are moved in the calendar by dragging or with Alt and an arrow.
"use strict";
(() => {
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-time]");
    const field = chosen && document.getElementById("wanted");
    if (!field) return;
    field.value = chosen.dataset.time;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  const mover = document.getElementById("mover");
  if (!mover) return;

  const two = (number) => String(number).padStart(2, "0");
  const written = (at) =>
    `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}T${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;

  function move(draft, wanted) {
    mover.action = mover.dataset.action.replace("00000000-0000-0000-0000-000000000000", draft);
    mover.elements.wanted.value = wanted;
    mover.requestSubmit();
  }

  // The clock on the wall is moved, so a week later is the same time of day also when the clocks change.
  function later(slot, hours) {
    const at = new Date(`${slot.dataset.at}Z`);
    at.setUTCHours(at.getUTCHours() + hours);
    return written(at);
  }

  const steps = { ArrowLeft: -24, ArrowRight: 24, ArrowUp: -1, ArrowDown: 1 };
  document.addEventListener("keydown", (event) => {
    const slot = event.altKey && event.key in steps && event.target.closest("[data-draft]");
    if (!slot) return;
    event.preventDefault();
    const month = slot.closest(".os-month");
    const hours = month && steps[event.key] ** 2 === 1 ? steps[event.key] * 168 : steps[event.key];
    move(slot.dataset.draft, later(slot, hours));
  });

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-draft]") || null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    if (dragged && event.target.closest("[data-cell],[data-day]")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const cell = dragged && event.target.closest("[data-cell],[data-day]");
    if (!cell) return;
    event.preventDefault();
    const clock = dragged.dataset.at.slice(11);
    if (cell.dataset.day) {
      move(dragged.dataset.draft, `${cell.dataset.day}T${clock}`);
    } else {
      const same = dragged.closest("tr") === cell.closest("tr");
      move(dragged.dataset.draft, same ? `${cell.dataset.cell.slice(0, 11)}${clock}` : cell.dataset.cell);
    }
    dragged = null;
  });
})();
