/** The keyboard on the glass. It writes into one field, learns nothing and suggests nothing. */
import { sentence } from "../i18n/index.js";
import { button, icon, make } from "../lib/dom.js";
import { accentBar } from "./accents.js";
import { LATIN, METHOD_NAMES, VIETNAMESE } from "./layout.js";
import { erased, typed } from "./telex.js";

/** @typedef {import('./layout.js').Key} Key */
/** @typedef {import('./telex.js').Method} Method */

/** @type {Method[]} */
const METHODS = ["tap", "telex", "vni"];
const LIMIT = 1000;
const BAR_NAME = "Accents of the syllable being typed";

/** @typedef {{page: 'letters' | 'figures', method: Method, capital: boolean}} Held */

/** @type {Record<string, (held: Held) => Partial<Held>>} */
const COMMANDS = {
  shift: ({ capital }) => ({ capital: !capital }),
  figures: () => ({ page: "figures" }),
  letters: () => ({ page: "letters" }),
  method: ({ method }) => ({ method: METHODS[(METHODS.indexOf(method) + 1) % METHODS.length] ?? "tap" }),
};

/**
 * Makes a keyboard for a field.
 * @param {HTMLTextAreaElement} field
 * @param {string} language
 * @param {(text: string) => void} changed
 */
export function keyboard(field, language, changed) {
  const vietnamese = language !== "en";
  const bar = make("div", { class: "accent-bar", role: "group", "aria-label": sentence(language, BAR_NAME) });
  const rows = make("div", { class: "key-rows" });
  const refresh = () => vietnamese && accentBar(bar, before(field), replace);
  const replace = (/** @type {string} */ text) => {
    if (!placed(field, text)) return;
    changed(field.value);
    refresh();
  };
  /** @type {Held} */
  let held = { page: "letters", method: "tap", capital: field.value === "" };
  const hold = (/** @type {Partial<Held>} */ change) => {
    held = { ...held, ...change };
    redraw(rows, (vietnamese ? VIETNAMESE : LATIN)[held.page], held, language, press);
  };
  const write = (/** @type {string} */ key) => {
    replace(typed(before(field), key, held.method));
    if (held.capital) hold({ capital: false });
  };
  const erase = () => replace(isChosen(field) ? before(field) : erased(before(field)));
  const press = (/** @type {string} */ key) => {
    const command = COMMANDS[key];
    if (command) return hold(command(held));
    return key === "erase" ? erase() : write(held.capital ? key.toLocaleUpperCase("vi") : key);
  };
  listen(field, refresh, changed, write);
  hold({});
  refresh();
  const name = { role: "group", "aria-label": sentence(language, "Keyboard") };
  return make("div", { class: "keyboard", ...name, onmousedown: stay }, vietnamese && bar, rows);
}

/**
 * Hears what comes from a real keyboard, and where the cursor goes.
 * @param {HTMLTextAreaElement} field
 * @param {() => void} refresh
 * @param {(text: string) => void} changed
 * @param {(text: string) => void} write
 */
function listen(field, refresh, changed, write) {
  field.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "insertText" || event.data?.length !== 1) return;
    event.preventDefault();
    write(event.data);
  });
  field.addEventListener("input", () => {
    changed(field.value);
    refresh();
  });
  field.addEventListener("selectionchange", refresh);
}

/** Puts a text in place of what stands before the cursor and of what is selected; refuses what is too long. @param {HTMLTextAreaElement} field @param {string} text */
function placed(field, text) {
  const after = field.value.slice(field.selectionEnd);
  if (text.length + after.length > LIMIT) return false;
  field.value = text + after;
  field.setSelectionRange(text.length, text.length);
  return true;
}

/** @param {HTMLTextAreaElement} field */
function isChosen(field) {
  return field.selectionStart < field.selectionEnd;
}

/** Gives the text before the cursor. @param {HTMLTextAreaElement} field */
function before(field) {
  return field.value.slice(0, field.selectionStart);
}

/** Keeps the cursor in the field. @param {Event} event */
function stay(event) {
  event.preventDefault();
}

/**
 * @param {HTMLElement} rows
 * @param {Key[][]} keys
 * @param {{method: Method, capital: boolean}} held
 * @param {string} language
 * @param {(key: string) => void} press
 */
function redraw(rows, keys, held, language, press) {
  const focused =
    document.activeElement instanceof HTMLElement && rows.contains(document.activeElement)
      ? document.activeElement.dataset.name
      : null;
  rows.replaceChildren(
    ...keys.map((row) => make("div", { class: "key-row" }, ...row.map((key) => cap(key, held, language, press)))),
  );
  if (focused) /** @type {HTMLElement | null} */ (rows.querySelector(`[data-name="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {Key} key @param {{method: Method, capital: boolean}} held @param {string} language @param {(key: string) => void} press */
function cap(key, held, language, press) {
  const text = textOf(key, held, language);
  const properties = {
    "data-name": key.key,
    "aria-label": labelOf(key, text, language),
    "aria-pressed": key.key === "shift" ? String(held.capital) : null,
    onclick: () => press(key.key),
  };
  return button(`key ${key.className ?? ""}`.trim(), properties, key.icon ? icon(key.icon) : text);
}

/** @param {Key} key @param {{method: Method, capital: boolean}} held @param {string} language */
function textOf(key, { method, capital }, language) {
  if (key.key === "method") return METHOD_NAMES[method];
  if (key.text) return sentence(language, key.text);
  return capital ? key.key.toLocaleUpperCase("vi") : key.key;
}

/** A name that is spoken begins with what is seen, so that it can also be said to a voice control. @param {Key} key @param {string} text @param {string} language */
function labelOf(key, text, language) {
  if (key.key === "method") return sentence(language, "Typing method: {name}", { name: text });
  const label = key.label && sentence(language, key.label);
  return label && key.text ? `${text}: ${label}` : label;
}
