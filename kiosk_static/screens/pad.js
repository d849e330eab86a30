/** The number pad: ten figures, one to erase, one to go on. */
import { sentence } from "../i18n/index.js";
import { button, make } from "../lib/dom.js";

/**
 * Makes a pad.
 * @param {string} language
 * @param {string} go  the message id on the last key
 * @param {(key: string) => void} press  gets a figure, "erase" or "go"
 */
export function numberPad(language, go, press) {
  const figure = (/** @type {string} */ key) => button("key", { "data-name": key, onclick: () => press(key) }, key);
  return make(
    "div",
    { class: "number-pad", role: "group", "aria-label": sentence(language, "Number pad") },
    ...[..."123456789"].map(figure),
    button("key key-command", { "data-name": "erase", onclick: () => press("erase") }, sentence(language, "Erase")),
    figure("0"),
    button("key key-command key-go", { "data-name": "go", onclick: () => press("go") }, sentence(language, go)),
  );
}

/**
 * Reads a real keyboard for a screen with a pad; the result stops it.
 * @param {(key: string) => void} press
 * @param {RegExp} allowed
 */
export function listen(press, allowed = /^[0-9]$/) {
  const heard = (/** @type {KeyboardEvent} */ event) => {
    if (allowed.test(event.key)) press(event.key);
    else if (event.key === "Backspace") press("erase");
  };
  document.addEventListener("keydown", heard);
  return () => document.removeEventListener("keydown", heard);
}
