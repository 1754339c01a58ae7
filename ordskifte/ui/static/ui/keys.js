// Single keys, outside fields and dialogs only (WCAG 2.1.4); off when the person has turned them off.
"use strict";
(() => {
  const field = "input, textarea, select, [contenteditable]";
  const steps = () => [...document.querySelectorAll("[data-step]")].filter((one) => one.offsetParent !== null);

  function move(by) {
    const all = steps();
    if (!all.length) return;
    const now = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
    const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  const acts = {
    "/": () => (document.querySelector("main [data-find]") || document.querySelector("[data-find]"))?.focus(),
    j: () => move(1),
    k: () => move(-1),
    z: () => document.querySelector("[data-key=z]")?.click(),
    "?": () => document.getElementById("keys")?.togglePopover(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.os-menu[open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      if (event.target.matches(field)) event.target.blur();
      return;
    }
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(field) || event.target.closest("[popover]")) return;
    const act = acts[event.key.toLowerCase()];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // A menu closes when one looks elsewhere.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.os-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // The drop zone names the files it was given.
  document.addEventListener("change", (event) => {
    const said = event.target.matches("input[type=file][data-names]") && document.getElementById(event.target.dataset.names);
    if (said) said.textContent = [...event.target.files].map((file) => file.name).join(", ");
  });
})();
