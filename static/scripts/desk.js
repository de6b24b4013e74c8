// The desk by keyboard: a group of boxes is one stop of Tab, in which the arrows move; Ctrl and Enter
// send the form from any field; whose question it is about shows what it needs; and Back from what
// was saved comes to what was saved. Without this script everything is there with Tab and Enter.
"use strict";

(() => {
  const boxes = (group) => Array.from(group.querySelectorAll("input[type=checkbox]"));
  const group = (element) => element.closest("[data-one-stop] .vd-options:not(.vd-options .vd-options)");
  const ARROWS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  function oneStop(root) {
    for (const list of root.querySelectorAll("[data-one-stop] .vd-options:not(.vd-options .vd-options)")) {
      const all = boxes(list);
      const stop = all.find((box) => box.checked) || all[0];
      for (const box of all) box.tabIndex = box === stop ? 0 : -1;
    }
  }
  oneStop(document);
  document.body.addEventListener("htmx:afterSwap", () => oneStop(document));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      const button = form && form.querySelector("[data-send]");
      if (button) {
        event.preventDefault();
        button.click();
      }
      return;
    }
    const list = event.target.type === "checkbox" && event.key in ARROWS ? group(event.target) : null;
    if (!list) return;
    event.preventDefault();
    const all = boxes(list);
    const to = all[(all.indexOf(event.target) + ARROWS[event.key] + all.length) % all.length];
    for (const box of all) box.tabIndex = box === to ? 0 : -1;
    to.focus();
  });

  const about = document.querySelector("select[name=about]");
  const knows = document.querySelector("[data-about-another]");
  if (about && knows) {
    const show = () => {
      knows.hidden = about.value === "self";
    };
    about.addEventListener("change", show);
    show();
  }

  const answer = document.querySelector("form[data-saved]");
  if (answer) {
    answer.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.hasAttribute("formaction")) return;
      history.replaceState(null, "", answer.dataset.saved);
    });
  }
})();
