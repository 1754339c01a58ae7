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

  // Choose the row that has focus, or is shown beside the list; with Shift all that are like it.
  function pick(alike) {
    const row = document.activeElement?.closest(".os-item") || document.querySelector(".os-item[data-now]");
    const one = row?.querySelector("[data-pick]");
    if (!one) return;
    const all = alike ? [...document.querySelectorAll("[data-pick]")].filter((box) => box.dataset.pick === one.dataset.pick) : [one];
    const on = !one.checked;
    all.forEach((box) => (box.checked = on));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const acts = {
    "/": () => (document.querySelector("main [data-find]") || document.querySelector("[data-find]"))?.focus(),
    j: () => move(1),
    k: () => move(-1),
    z: () => document.querySelector("[data-key=z]")?.click(),
    "?": () => document.getElementById("keys")?.togglePopover(),
  };

  // What a page names with data-key: a field is entered, a fold opened, anything else pressed.
  function press(one) {
    const picked = one.matches("[data-picks]") ? String(getSelection()).trim() : "";
    if (picked) {
      // Marked words are put on a line of their own; nothing is sent until the person says so.
      one.value = [one.value.trim(), picked.replace(/\s+/g, " ")].filter(Boolean).join("\n");
      one.form.querySelector("input[name=field][value=words]").checked = true;
      one.focus();
    } else if (one.matches("summary")) {
      one.parentElement.open = true;
      one.parentElement.querySelector("select, textarea, input:not([type=hidden])")?.focus();
    } else if (one.matches("fieldset")) {
      // A pair of answers: the other one.
      [...one.querySelectorAll("input[type=radio]")].find((answer) => !answer.checked)?.click();
    } else if (one.matches("textarea, select, input:not([type=radio], [type=checkbox])")) {
      one.focus();
    } else {
      one.click();
      if (one.matches("input") && !one.closest("[data-item]")) one.focus();
    }
  }

  // A fold that an address names is open.
  function unfold() {
    const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named && named.matches("details")) {
      named.open = true;
      named.querySelector("select, textarea, input:not([type=hidden])")?.focus();
    }
  }
  addEventListener("hashchange", unfold);
  addEventListener("DOMContentLoaded", unfold);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.os-menu[open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      if (event.target.matches(field)) event.target.blur();
      else document.querySelector("[data-key=Escape]")?.click();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const send = document.querySelector("[data-submit]");
      if (send) {
        event.preventDefault();
        send.click();
      }
      return;
    }
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if ((event.target.closest(field) && !event.target.matches("[data-pick]")) || event.target.closest("[popover]")) return;
    const key = event.key.toLowerCase();
    if (key === "x" && document.querySelector("[data-pick]")) {
      event.preventDefault();
      pick(event.shiftKey);
      return;
    }
    const near = document.activeElement.closest("[data-item]");
    const named = near ? [...near.querySelectorAll("[data-key]")] : [];
    const own = key !== "z" && [...named, ...document.querySelectorAll("[data-key]")].find(
      (one) => one.dataset.key === key && one.offsetParent !== null,
    );
    if (own) {
      event.preventDefault();
      press(own);
    } else if (acts[key]) {
      event.preventDefault();
      acts[key]();
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
