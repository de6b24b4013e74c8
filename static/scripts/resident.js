// Reads the page aloud with a voice that lives on this device only: another one would send what
// stands on the page to whoever offers it. Without such a voice there is no button.
"use strict";

(() => {
  const speech = window.speechSynthesis;
  const button = document.querySelector(".vd-read");
  const main = document.querySelector("main");
  if (!speech || !button || !main || !window.SpeechSynthesisUtterance) return;
  const BLOCKS =
    "h1, h2, h3, p, li, dt, dd, legend, label, summary, td, th, figcaption, blockquote, button, a.nl-button";
  const label = button.querySelector("span");
  const start = label.textContent;
  const marks = window.Highlight && CSS.highlights ? new Highlight() : null;
  if (marks) CSS.highlights.set("spoken", marks);
  let queue = [];
  let reading = false;

  const voiceFor = (language) =>
    speech
      .getVoices()
      .find((one) => one.localService && one.lang.toLowerCase().startsWith(language.slice(0, 2)));

  // A block inside another is read on its own.
  const textsOf = (block) => {
    const found = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent.closest(BLOCKS) === block && node.data.trim() && shown(parent)) found.push(node);
    }
    return found;
  };

  const shown = (element) =>
    element.getClientRects().length > 0 &&
    !element.closest("[hidden], [aria-hidden='true'], .vd-read, select, textarea, script");

  const sentencesOf = (text, language) => {
    if (window.Intl && Intl.Segmenter) {
      const cutter = new Intl.Segmenter(language, { granularity: "sentence" });
      return Array.from(cutter.segment(text), (one) => [one.index, one.segment]);
    }
    return [[0, text]];
  };

  const collect = () => {
    const found = [];
    for (const block of main.querySelectorAll(BLOCKS)) {
      const nodes = textsOf(block);
      if (!nodes.length) continue;
      const language = block.closest("[lang]").lang;
      const text = nodes.map((node) => node.data).join(" ");
      for (const [from, sentence] of sentencesOf(text, language)) {
        if (/[\p{L}\p{N}]/u.test(sentence)) {
          const words = sentence.replace(/\s+/g, " ").trim();
          found.push({ words, language, block, nodes, from, to: from + sentence.length });
        }
      }
    }
    return found;
  };

  const place = (nodes, offset) => {
    let left = offset;
    for (const node of nodes) {
      if (left <= node.data.length) return [node, left];
      left -= node.data.length + 1;
    }
    const last = nodes[nodes.length - 1];
    return [last, last.data.length];
  };

  const mark = (sentence) => {
    main.querySelectorAll(".vd-spoken").forEach((one) => one.classList.remove("vd-spoken"));
    if (marks) marks.clear();
    if (!sentence) return;
    if (marks) {
      const range = new Range();
      range.setStart(...place(sentence.nodes, sentence.from));
      range.setEnd(...place(sentence.nodes, sentence.to));
      marks.add(range);
    } else {
      sentence.block.classList.add("vd-spoken");
    }
    const box = sentence.block.getBoundingClientRect();
    if (box.top < 0 || box.bottom > window.innerHeight) sentence.block.scrollIntoView({ block: "center" });
  };

  const stop = () => {
    reading = false;
    queue = [];
    speech.cancel();
    mark(null);
    label.textContent = start;
  };

  const next = () => {
    const sentence = queue.shift();
    if (!reading || !sentence) return stop();
    const voice = voiceFor(sentence.language);
    if (!voice) return next();
    const said = new SpeechSynthesisUtterance(sentence.words);
    said.voice = voice;
    said.lang = voice.lang;
    said.onstart = () => reading && mark(sentence);
    said.onend = () => reading && next();
    said.onerror = () => reading && stop();
    speech.speak(said);
  };

  button.addEventListener("click", () => {
    if (reading) return stop();
    speech.cancel();
    reading = true;
    label.textContent = button.dataset.stop;
    queue = collect();
    next();
  });
  window.addEventListener("pagehide", stop);
  document.addEventListener("submit", stop);

  const show = () => {
    button.hidden = !voiceFor(document.documentElement.lang || "nl");
  };
  show();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", show);
})();

// Back after "Snel weg" leads away again (intake/ask/views/leave.py).
(() => {
  const form = document.querySelector(".vd-leave");
  if (!form) return;
  form.addEventListener("submit", () => history.replaceState(null, "", form.action));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
