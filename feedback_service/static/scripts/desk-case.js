// One suggestion by keys, templates at the cursor, and a draft that saves itself while the answer is typed.

import { listenForKeys } from "./desk-keys.js";

const QUIET_MS = 2000;
const PATIENCE_MS = 10_000;

listenForKeys({ j: () => press("#go-after"), k: () => press("#go-before"), u: () => press("#back"), ...stepKeys() });
const answer = document.querySelector("#answer-text");
const form = answer?.closest("form");
if (answer instanceof HTMLTextAreaElement && form) {
  insertTemplates(answer);
  saveByItself(answer, form);
}

/** @returns {Record<string, () => void>} */
function stepKeys() {
  const steps = [...document.querySelectorAll("[data-key]")].filter((step) => step instanceof HTMLElement);
  return Object.fromEntries(steps.map((step) => [(step.dataset.key ?? "").toLowerCase(), () => take(step)]));
}

/** @param {HTMLElement} step */
function take(step) {
  step.click();
  const target = step.getAttribute("href") ?? "";
  if (target.startsWith("#")) {
    press(target, (place) => place.focus());
  }
}

/** @param {HTMLTextAreaElement} answer */
function insertTemplates(answer) {
  for (const link of document.querySelectorAll("a[data-template]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const text = link.getAttribute("data-template") ?? "";
      answer.setRangeText(text, answer.selectionStart, answer.selectionEnd, "end");
      answer.focus();
      answer.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

/**
 * @param {HTMLTextAreaElement} answer
 * @param {HTMLFormElement} form
 */
function saveByItself(answer, form) {
  let waiting = 0;
  answer.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => save(form), QUIET_MS);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

/** @param {HTMLFormElement} form */
async function save(form) {
  const state = document.querySelector("#draft-state");
  const words = new FormData(form);
  words.delete("files");
  try {
    const reply = await fetch(form.dataset.draft ?? "", {
      method: "POST",
      body: words,
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (reply.ok && state instanceof HTMLElement) {
      const { saved_at } = await reply.json();
      state.textContent = (state.dataset.saved ?? "").replace("{time}", saved_at);
    }
  } catch (error) {
    if (state instanceof HTMLElement) {
      state.textContent = state.dataset.failed ?? String(error);
    }
  }
}

/**
 * @param {string} selector
 * @param {(place: HTMLElement) => void} act
 */
function press(selector, act = (place) => place.click()) {
  const place = document.querySelector(selector);
  if (place instanceof HTMLElement) {
    act(place);
  }
}
