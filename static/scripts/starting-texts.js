// A text to start from is put in its field at once, behind what stands there. Without this script
// its link opens the page again with the text in the field.
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-starting-text]");
  if (!link) return;
  const field = document.querySelector(`[name="${link.dataset.field}"]`);
  if (!field) return;
  event.preventDefault();
  const before = field.value.trimEnd();
  field.value = before ? `${before} ${link.dataset.startingText}` : link.dataset.startingText;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
