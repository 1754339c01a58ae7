// The desk while it is open: news, who else is here, checks as one writes. Without it a reload shows the same.
"use strict";
(() => {
  const csrf = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  const root = document.querySelector("[data-live]");

  async function fetched(address, options) {
    const answer = await fetch(address, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" }, ...options });
    return answer.ok && !answer.redirected ? answer.text() : null;
  }

  function parsed(html) {
    return new DOMParser().parseFromString(html, "text/html");
  }

  function put(id, from) {
    const here = document.getElementById(id);
    if (here && from && here.innerHTML !== from.innerHTML) here.replaceChildren(...from.childNodes);
  }

  // News of the desk: at most one question a second, a little apart from what other desks ask.
  let waiting = null;
  function ask() {
    if (waiting || !root.dataset.news) return;
    waiting = setTimeout(async () => {
      waiting = null;
      const html = await fetched(root.dataset.news);
      if (html === null) return;
      const found = parsed(html);
      put("rail-counts", found.getElementById("rail-counts"));
      found.getElementById("rail-counts")?.remove();
      put("news", found.body);
    }, 150 + Math.random() * 500);
  }

  async function look() {
    if (!root.dataset.here) return;
    const html = await fetched(root.dataset.here);
    const place = document.getElementById("here");
    if (html !== null && place && !place.contains(document.activeElement)) place.replaceChildren(...parsed(html).body.childNodes);
  }

  if (root && "EventSource" in window) {
    const stream = new EventSource(root.dataset.live);
    const offline = document.getElementById("offline");
    stream.addEventListener("desk", ask);
    stream.addEventListener("again", () => {
      ask();
      look();
    });
    stream.addEventListener("presence", look);
    stream.addEventListener("here", () => {
      const arrived = document.querySelector("[data-arrived]");
      if (arrived) arrived.hidden = false;
      look();
    });
    stream.addEventListener("open", () => {
      if (offline) offline.hidden = true;
      ask();
      look();
    });
    stream.addEventListener("error", () => {
      if (offline && stream.readyState !== EventSource.OPEN) offline.hidden = false;
    });
    addEventListener("pagehide", () => stream.close());
  }

  // What is chosen in the list: the acts on it show when something is.
  const bulk = document.querySelector("[data-bulk]");
  function chosen() {
    const count = document.querySelectorAll("[data-pick]:checked").length;
    bulk.hidden = !count;
    bulk.querySelector("[data-chosen-count]").textContent = count ? ` (${count})` : "";
  }
  if (bulk) {
    document.addEventListener("change", (event) => event.target.matches("[data-pick]") && chosen());
    addEventListener("pageshow", chosen);
    chosen();
  }

  // The preview follows the row that has focus.
  const peek = document.getElementById("peek");
  let shown = null;
  let soon = null;
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest("[data-peek]");
    if (!peek || !link || link.dataset.peek === shown || peek.offsetParent === null) return;
    clearTimeout(soon);
    soon = setTimeout(async () => {
      const html = await fetched(link.dataset.peek);
      if (html === null || document.activeElement !== link) return;
      shown = link.dataset.peek;
      peek.replaceChildren(...parsed(html).body.childNodes);
      document.querySelectorAll(".os-item[data-now]").forEach((row) => row.removeAttribute("data-now"));
      link.closest(".os-item").setAttribute("data-now", "");
      document.querySelectorAll("[data-peek][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      write();
    }, 150);
  });

  // The reply: counted and checked as it is written; it is kept as a draft, and holds sending.
  let last = "";
  let checking = null;
  function form() {
    return document.querySelector("form[data-answer]");
  }
  function write() {
    const text = form()?.querySelector("textarea");
    last = text ? text.value : "";
  }
  function count(text) {
    const shownCount = form()?.querySelector("[data-count]");
    // Where the channel counts in its own way, the number comes with the checks.
    if (shownCount && shownCount.dataset.count !== "checked") shownCount.textContent = [...text.value].length;
  }
  async function check() {
    const one = form();
    if (!one) return;
    const passed = one.querySelector("#passed");
    const kept = passed ? passed.value : "";
    const focused = passed && passed === document.activeElement;
    const html = await fetched(one.dataset.check, { method: "POST", body: new FormData(one) });
    if (html === null) return;
    document.getElementById("checks")?.replaceChildren(...parsed(html).body.childNodes);
    const length = one.querySelector("[data-length]")?.dataset.length;
    if (length) one.querySelector("[data-count]").textContent = length;
    const again = one.querySelector("#passed");
    if (again) {
      again.value = kept;
      if (focused) again.focus();
    }
  }
  document.addEventListener("input", (event) => {
    if (!event.target.matches("form[data-answer] textarea")) return;
    count(event.target);
    clearTimeout(checking);
    checking = setTimeout(() => {
      if (event.target.value !== last) {
        last = event.target.value;
        check();
      }
    }, 600);
  });
  document.addEventListener("change", (event) => {
    const one = event.target;
    if (one.matches("[data-suggestion]")) {
      const field = form().querySelector("textarea");
      field.value = one.dataset.suggestion;
      form().querySelector("[name=response]").value = one.dataset.kind;
      count(field);
      last = field.value;
      check();
    } else if (one.matches("form[data-answer] [name=response]")) {
      check();
    } else if (one.matches("[data-submits]")) {
      one.form.requestSubmit();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const one = event.target.closest("form") || form();
      const button = one?.querySelector("[data-main]") || one?.querySelector("button[type=submit]:not([data-variant])");
      if (button) {
        event.preventDefault();
        button.click();
      }
    }
  });

  // A sign of life, so that others see who is here: every twenty seconds, and only while the page is looked at.
  setInterval(() => {
    const one = form();
    if (!one || document.hidden) return;
    const data = new FormData();
    data.append("csrfmiddlewaretoken", csrf());
    fetched(one.dataset.present, { method: "POST", body: data });
  }, 20000);

  document.documentElement.dataset.script = "on";
})();
