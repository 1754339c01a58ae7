/* Passkeys: asks our server what to ask the browser for, and hands the answer back.
   <form data-passkey="get|create" data-complete="URL" action="URL of begin"> with a button and a [data-error] line. */
(() => {
  "use strict";
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ask = {
    get: (options) =>
      navigator.credentials.get({
        publicKey: {
          ...options,
          challenge: bytes(options.challenge),
          allowCredentials: known(options.allowCredentials),
        },
      }),
    create: (options) =>
      navigator.credentials.create({
        publicKey: {
          ...options,
          challenge: bytes(options.challenge),
          user: { ...options.user, id: bytes(options.user.id) },
          excludeCredentials: known(options.excludeCredentials),
        },
      }),
  };

  const answer = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: {},
    };
  };

  const send = async (url, body, headers) => {
    const response = await fetch(url, { method: "POST", body, headers, credentials: "same-origin" });
    const value = (response.headers.get("Content-Type") || "").includes("json") ? await response.json() : {};
    if (!response.ok) throw new Error(value.error || "");
    return value;
  };

  const run = async (form) => {
    const error = form.querySelector("[data-error]");
    error.textContent = "";
    try {
      const data = new FormData(form);
      const token = data.get("csrfmiddlewaretoken");
      const begun = await send(form.action, data, { "X-CSRFToken": token });
      const credential = await ask[form.dataset.passkey](begun.publicKey || begun);
      const body = JSON.stringify({ credential: answer(credential), name: data.get("name") || "" });
      const done = await send(form.dataset.complete, body, { "X-CSRFToken": token, "Content-Type": "application/json" });
      location.assign(done.next);
    } catch (problem) {
      const cancelled = problem instanceof DOMException || !problem.message;
      error.textContent = cancelled ? form.dataset.cancelled : problem.message;
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form);
    });
  }
})();
