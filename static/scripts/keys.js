// Keys on pages of staff: "/" to search, J and K through lists, O to open, letters of the page's own
// actions (data-hotkey), "?" for what there is. Never while somebody types, and they can be turned off.
"use strict";

(() => {
  const dialog = document.getElementById("toetsen");
  if (!dialog) return;
  const OFF = "toetsen-uit";
  const use = dialog.querySelector("input[type=checkbox]");
  let from = null;
  use.checked = !localStorage.getItem(OFF);
  use.addEventListener("change", () => {
    if (use.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });

  const shown = (element) => element.getClientRects().length > 0;
  const withKey = (key) =>
    Array.from(document.querySelectorAll(`[data-hotkey="${CSS.escape(key)}"]`)).find(shown);
  // What was found while typing lies over the page, so its list comes before those of the page.
  function items() {
    const found = document.querySelectorAll("#gevonden [data-list]");
    const lists = Array.from(found.length ? found : document.querySelectorAll("main [data-list]"));
    return lists
      .flatMap((list) => Array.from(list.querySelectorAll("tbody > tr, :scope > li")))
      .map((row) => row.querySelector("a[href]"))
      .filter((link) => link && shown(link));
  }
  const rowOf = (element) => element && element.closest("tr, li");
  const current = (links) => links.findIndex((link) => rowOf(link) === rowOf(document.activeElement));

  function help() {
    const there = { list: items().length > 0 };
    for (const row of dialog.querySelectorAll("[data-for]")) {
      const key = row.dataset.for;
      row.hidden = key in there ? !there[key] : !withKey(key);
    }
    from = document.activeElement;
    dialog.showModal();
  }
  dialog.addEventListener("close", () => {
    if (from && from.isConnected) from.focus();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", help);
  }

  function step(by) {
    const links = items();
    if (!links.length) return false;
    const at = current(links);
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
    const link = links[Math.min(Math.max(next, 0), links.length - 1)];
    link.focus();
    link.scrollIntoView({ block: "nearest" });
    return true;
  }
  function open() {
    const links = items();
    const at = current(links);
    if (at < 0) return false;
    links[at].click();
    return true;
  }
  function act(key) {
    const target = withKey(key);
    if (!target) return false;
    if (target.matches("input")) {
      target.focus();
      target.select();
    } else {
      target.click();
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (dialog.open || !use.checked) return;
    const key = event.key.toLowerCase();
    // The two keys of the desk's page are its own.
    if (document.querySelector(`[data-key="${CSS.escape(key)}"]`)) return;
    const done =
      key === "?" ? (help(), true) :
      key === "j" ? step(1) :
      key === "k" ? step(-1) :
      key === "o" ? open() :
      act(key);
    if (done) event.preventDefault();
  });
})();
