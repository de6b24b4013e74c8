// The proposed life domains take the place of the list, but never under somebody's hands: not while
// the focus is in it, nor where something was ticked since the words were sent. What may mean
// danger is brought all the same (an out-of-band part of the same answer).
"use strict";

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const list = event.detail.target;
  if (list.id !== "voorstel") return;
  const ticked = (root) =>
    Array.from(root.querySelectorAll("input:checked"), (box) => box.value).sort().join();
  const answer = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  if (list.contains(document.activeElement) || ticked(list) !== ticked(answer)) {
    event.detail.swapOverride = "none";
  }
});
