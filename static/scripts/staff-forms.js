// Forms of staff: a draft while typing, a warning before the session ends, a counter below long texts.
// What can't be sent at the moment is kept in this browser, encrypted with a key that only pages for
// the same user hold. Without this script the server keeps each form that it had to refuse.
"use strict";

(() => {
  const settings = document.getElementById("formulieren");
  if (!settings) return;
  const said = settings.dataset;
  const PREFIX = "concept:";
  const KEPT_FOR = 5 * 24 * 3600 * 1000;
  const LARGEST = 3 * 1024 * 1024; // bytes; the server reads 4 MB
  // A form that was refused is shown by an address of its own; its drafts are those of the page.
  const page = location.pathname + location.search.replace(/([?&])opnieuw=[^&]*&?/, "$1").replace(/[?&]$/, "");
  const seen = "BroadcastChannel" in window ? new BroadcastChannel("voordeur-seen") : null;
  const subtle = window.crypto && window.crypto.subtle;

  // --- What this browser keeps -----------------------------------------------------------------
  const bytes = (text) => new TextEncoder().encode(text);
  const key = subtle
    ? subtle.importKey(
        "raw",
        Uint8Array.from(said.key.match(/../g), (pair) => parseInt(pair, 16)),
        "AES-GCM",
        false,
        ["encrypt", "decrypt"],
      )
    : null;
  const nameOf = async (action) => {
    const hash = new Uint8Array(await subtle.digest("SHA-256", bytes(`${said.key}\n${page}\n${action}`)));
    return PREFIX + Array.from(hash, (one) => one.toString(16).padStart(2, "0")).join("");
  };
  const pack = (list) => btoa(Array.from(list, (one) => String.fromCharCode(one)).join(""));
  const unpack = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

  async function keepHere(action, pairs) {
    if (!key) return;
    const iv = window.crypto.getRandomValues(new Uint8Array(12));
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, await key, bytes(JSON.stringify(pairs)));
    try {
      localStorage.setItem(
        await nameOf(action),
        JSON.stringify({ at: Date.now(), iv: pack(iv), text: pack(new Uint8Array(sealed)) }),
      );
    } catch {
      // Full: the server's copy has to do.
    }
  }
  async function readHere(action) {
    if (!key) return null;
    const found = localStorage.getItem(await nameOf(action));
    if (!found) return null;
    try {
      const { iv, text } = JSON.parse(found);
      const opened = await subtle.decrypt({ name: "AES-GCM", iv: unpack(iv) }, await key, unpack(text));
      return JSON.parse(new TextDecoder().decode(opened));
    } catch {
      return null;
    }
  }
  const forgetHere = async (action) => key && localStorage.removeItem(await nameOf(action));
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    let at = 0;
    try {
      ({ at } = JSON.parse(localStorage.getItem(name)));
    } catch {
      // Not ours any more.
    }
    if (Date.now() - at > KEPT_FOR) localStorage.removeItem(name);
  }

  // --- Drafts ----------------------------------------------------------------------------------
  const known = new WeakSet();
  const found = () => Array.from(document.querySelectorAll("form")).filter(
    (form) =>
      !known.has(form) &&
      form.method === "post" &&
      form.elements.namedItem("form_key") &&
      form.querySelector("textarea, select, input:not([type=hidden])") &&
      !form.closest(".vd-rail, .vd-topbar, .vd-find"),
  );
  // `form.action` may be a field of that name.
  const actionOf = (form) => {
    const to = new URL(form.getAttribute("action") || page, location.href);
    return to.pathname + to.search;
  };
  function pairsOf(form) {
    const secret = new Set(Array.from(form.querySelectorAll("input[type=password]"), (one) => one.name));
    return Array.from(new FormData(form)).filter(
      ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && !secret.has(name),
    );
  }
  function send(action, pairs, options) {
    const body = new URLSearchParams(pairs);
    body.set("draft_page", page);
    body.set("draft_action", action);
    return fetch(said.save, { method: "POST", body, credentials: "same-origin", ...options });
  }

  class Draft {
    constructor(form) {
      this.form = form;
      this.action = actionOf(form);
      this.changes = 0;
      this.saved = 0;
      this.timer = 0;
      this.wait = 2000;
      this.offline = false;
      this.sending = false;
      this.line = null;
      form.addEventListener("input", () => this.changed());
      form.addEventListener("change", () => this.changed());
      form.addEventListener("submit", (event) => this.submitted(event));
    }
    say(text) {
      if (!this.line) {
        this.line = document.createElement("p");
        this.line.className = "vd-draft-line vd-muted";
        this.line.setAttribute("role", "status");
        this.form.append(this.line);
      }
      if (this.line.textContent !== text) this.line.textContent = text;
    }
    changed() {
      this.changes += 1;
      this.sending = false;
      clearTimeout(this.local);
      this.local = setTimeout(() => this.keep(), 200);
      this.later();
    }
    async keep() {
      const at = this.changes;
      await keepHere(this.action, pairsOf(this.form));
      if (this.saved >= at) await forgetHere(this.action);
    }
    later() {
      if (!this.timer) this.timer = setTimeout(() => this.save(), this.wait);
    }
    async save(options) {
      clearTimeout(this.timer);
      this.timer = 0;
      if (this.sending || this.saved === this.changes || !this.form.isConnected) return;
      const at = this.changes;
      this.abort = new AbortController();
      try {
        const answer = await send(this.action, pairsOf(this.form), { signal: this.abort.signal, ...options });
        const told = await answer.json().catch(() => ({}));
        if (answer.ok) {
          this.saved = at;
          this.wait = 2000;
          if (this.saved === this.changes) await forgetHere(this.action);
          this.offline = false;
          if (told.text) this.say(told.text);
          if (told.state === "kept") alive();
        } else if (answer.status >= 500) {
          this.again(said.notSaved);
        }
      } catch (error) {
        if (error.name !== "AbortError") {
          this.offline = true;
          this.again(said.offline);
        }
      }
      if (this.saved !== this.changes && !this.sending && !this.timer && at !== this.changes) this.later();
    }
    again(text) {
      this.say(text);
      this.wait = Math.min(this.wait * 2, 30000);
      this.later();
    }
    submitted(event) {
      if (event.defaultPrevented) return;
      const size = pairsOf(this.form).reduce((sum, [, value]) => sum + encodeURIComponent(value).length, 0);
      if (size > LARGEST || this.offline || navigator.onLine === false) {
        event.preventDefault();
        this.say(size > LARGEST ? said.tooLarge : said.offline);
        this.line.scrollIntoView({ block: "center" });
        if (size <= LARGEST) this.save();
        return;
      }
      // A draft that arrives after the form would be one too many.
      this.sending = true;
      clearTimeout(this.timer);
      this.timer = 0;
      if (this.abort) this.abort.abort();
    }
  }

  const drafts = [];
  function watch() {
    for (const form of found()) {
      known.add(form);
      drafts.push(new Draft(form));
    }
  }
  watch();
  // A form that htmx put in the place of another one.
  document.addEventListener("htmx:afterSwap", watch);
  const saveAll = (options) => drafts.forEach((draft) => draft.save(options));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveAll({ keepalive: true });
  });
  window.addEventListener("online", () => {
    for (const draft of drafts.filter((one) => one.offline)) {
      draft.offline = false;
      draft.say(said.back);
      draft.save();
    }
  });
  // Back from a page that never came: the form may be sent again.
  window.addEventListener("pageshow", () => drafts.forEach((draft) => (draft.sending = false)));
  document.addEventListener("htmx:sendError", () => saveAll());

  const typedIn = (pairs) => JSON.stringify(pairs.filter(([name]) => name !== "form_key"));
  // What this browser kept goes to the server, which puts it into the form; or it was sent already.
  async function bringBack() {
    let reload = false;
    for (const draft of drafts) {
      const kept = await readHere(draft.action);
      if (!kept || draft.changes) continue;
      try {
        const answer = await send(draft.action, [...kept, ["draft_late", "1"]]);
        const told = await answer.json().catch(() => ({}));
        if (answer.ok || answer.status === 403) await forgetHere(draft.action);
        // A form that was refused stands there with it already.
        reload = reload || (told.state === "kept" && typedIn(kept) !== typedIn(pairsOf(draft.form)));
      } catch {
        return;
      }
    }
    // The answer to a POST holds it already, and must not be sent again.
    if (reload && said.method === "GET" && drafts.every((draft) => !draft.changes)) location.reload();
  }
  if (key) bringBack();

  // --- The end of the session ------------------------------------------------------------------
  const region = document.getElementById("bijna-uitgelogd");
  const WARN = 5 * 60;
  let idleEnd = 0;
  let dayEnd = Date.now() / 1000 + Number(said.left);
  function alive(tell = true) {
    // The server writes "seen" once a minute.
    idleEnd = Date.now() / 1000 + Number(said.idle) - 60;
    region.replaceChildren();
    if (tell && seen) seen.postMessage({ left: dayEnd });
  }
  function show(id) {
    if (region.dataset.shown === id && region.childElementCount) return;
    region.dataset.shown = id;
    region.replaceChildren(document.getElementById(id).content.cloneNode(true));
    const button = region.querySelector("button");
    if (button) button.addEventListener("click", stay);
  }
  async function stay() {
    try {
      const answer = await fetch(said.stay, {
        method: "POST",
        headers: { "X-CSRFToken": said.csrf },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.ok) {
        const { left } = await answer.json();
        dayEnd = Date.now() / 1000 + left;
        alive();
        return;
      }
    } catch {
      region.firstElementChild.textContent = said.offline;
      return;
    }
    tell(said.out);
  }
  function tell(text) {
    if (region.textContent === text) return;
    const line = document.createElement("p");
    line.textContent = text;
    region.replaceChildren(line);
  }
  function look() {
    const now = Date.now() / 1000;
    const end = Math.min(idleEnd, dayEnd);
    if (now >= end) {
      tell(said.out);
      return;
    }
    if (end - now > WARN) return;
    saveAll();
    // Saving tells the server that somebody is here.
    if (Math.min(idleEnd, dayEnd) - now <= WARN) show(dayEnd <= idleEnd ? "dag-voorbij-tekst" : "bijna-uitgelogd-tekst");
  }
  if (seen) seen.addEventListener("message", () => alive(false));
  alive();
  setInterval(look, 10000);
  document.addEventListener("visibilitychange", look);

  // --- Counters --------------------------------------------------------------------------------
  for (const field of document.querySelectorAll("textarea[data-limit]")) {
    const limit = Number(field.dataset.limit);
    const number = (n) => n.toLocaleString(document.documentElement.lang || "nl");
    const visible = document.createElement("p");
    visible.className = "vd-counter vd-muted";
    visible.setAttribute("aria-hidden", "true");
    const spoken = document.createElement("span");
    spoken.className = "vd-visually-hidden";
    spoken.setAttribute("role", "status");
    field.after(visible, spoken);
    let timer = 0;
    const text = () => {
      // As the server counts: characters, not halves of them.
      const n = Array.from(field.value.trim()).length;
      const over = n > limit;
      visible.classList.toggle("vd-counter--over", over);
      return (over ? said.over : said.counter)
        .replace("{n}", number(over ? n - limit : n))
        .replace("{limit}", number(limit));
    };
    const count = () => {
      visible.textContent = text();
      clearTimeout(timer);
      // Spoken when it begins to matter, and only after a pause.
      if (field.value.length > limit * 0.9) {
        timer = setTimeout(() => (spoken.textContent = text()), 1500);
      }
    };
    field.addEventListener("input", count);
    count();
  }
})();
