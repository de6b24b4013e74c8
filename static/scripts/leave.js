// Keeps the Back button from showing the page that somebody left by "Snel weg". The exit takes the
// place of the page in the history of the browser: Back asks for the exit again, and that leads to
// the neutral page again. A page that the browser kept in memory is asked for anew, so that what was
// wiped doesn't come back. Without this script Back asks for the page too, and finds it empty.
"use strict";

(() => {
  const form = document.querySelector(".vd-leave");
  if (!form) return;
  form.addEventListener("submit", () => history.replaceState(null, "", form.action));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
