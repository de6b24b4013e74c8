// What is found while typing: arrows go through it, Escape closes it. Without this script Enter and
// the button show the same on a page.
"use strict";

(() => {
  const place = document.querySelector("[data-find]");
  if (!place) return;
  const box = place.querySelector("input[type=search]");
  const found = place.querySelector("#gevonden");
  const links = () => Array.from(found.querySelectorAll("a"));
  const close = () => found.replaceChildren();

  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!found.childElementCount) return;
      event.preventDefault();
      close();
      box.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !links().length) return;
    event.preventDefault();
    const all = [box, ...links()];
    const at = all.indexOf(document.activeElement);
    all[Math.min(Math.max(at + step, 0), all.length - 1)].focus();
  });
  // An answer that comes after the text was cleared or the focus left is late.
  place.addEventListener("htmx:beforeSwap", (event) => {
    if (!box.value.trim() || !place.contains(document.activeElement)) event.detail.shouldSwap = false;
  });
  box.addEventListener("input", () => {
    if (!box.value.trim()) close();
  });
  document.addEventListener("click", (event) => {
    if (!place.contains(event.target)) close();
  });
  place.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !place.contains(event.relatedTarget)) close();
  });
})();
