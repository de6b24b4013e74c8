// Solves the challenge of the page in busy times (ALTCHA, PBKDF2) and sends its form. Without
// crypto.subtle, or after a minute, the page stays as it is: wait, and press the button.
"use strict";

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const derived = async (parameters, counter) => {
  const nonce = bytesOf(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = {
    name: "PBKDF2",
    hash: "SHA-256",
    salt: bytesOf(parameters.salt),
    iterations: parameters.cost,
  };
  return hexOf(new Uint8Array(await crypto.subtle.deriveBits(how, key, parameters.keyLength * 8)));
};

const solve = async (form) => {
  const challenge = JSON.parse(form.dataset.proof);
  const until = Date.now() + 60_000;
  for (let counter = 0; Date.now() < until; counter += 1) {
    const derivedKey = await derived(challenge.parameters, counter);
    if (derivedKey.startsWith(challenge.parameters.keyPrefix)) {
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    }
  }
  return "";
};

const form = document.querySelector("form[data-proof]");
if (form && globalThis.crypto?.subtle) {
  const status = form.querySelector("[role=status]");
  const waiting = status.textContent;
  status.textContent = form.dataset.working;
  solve(form)
    .catch(() => "")
    .then((proof) => {
      form.elements.altcha.value = proof;
      status.textContent = proof ? form.dataset.done : waiting;
      if (proof) form.submit();
    });
}
