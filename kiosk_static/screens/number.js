/** A number, or a date in the order in which one says it: day, month, year. */

import { sentence, words } from "../i18n/index.js";
import { make } from "../lib/dom.js";
import { questionOf } from "../questions.js";
import { actions } from "./actions.js";
import { listen, numberPad } from "./pad.js";

const NUMBER_LENGTH = 9;

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const question = /** @type {import('../lib/types.js').Question} */ (questionOf(state));
  const { language } = state.view;
  const dated = question.kind === "date";
  const length = dated ? 8 : NUMBER_LENGTH;
  let figures = state.rating?.draft.slice(0, length).replace(/\D/g, "") ?? "";
  const shown = make("output", { class: "figures", "aria-live": "polite" });
  const error = make("p", { class: "error-text", role: "alert" });
  const refresh = () => {
    shown.textContent = (dated ? dateMask(figures) : figures) || "–";
    error.textContent = "";
  };
  const submit = () => {
    const value = dated ? dateOf(figures) : figures === "" ? undefined : Number(figures);
    if (value === null)
      error.textContent = sentence(language, "This day does not exist. Please check day, month and year.");
    else send({ type: "send", value });
  };
  const press = (/** @type {string} */ key) => {
    if (key === "go") return submit();
    figures = key === "erase" ? figures.slice(0, -1) : (figures + key).slice(0, length);
    refresh();
    send({ type: "draft", text: figures });
  };
  root.className = "screen screen-number";
  root.append(
    make("h1", { class: "question", id: "question" }, words(language, question.text)),
    (dated &&
      make("p", { class: "question-hint" }, sentence(language, "Day, month, year: two, two and four figures."))) ||
      "",
    make(
      "div",
      { class: "number-entry" },
      make("div", { class: "screen-part" }, shown, error),
      numberPad(language, "Send", press),
    ),
    actions(state, send, null),
  );
  refresh();
  const deaf = listen(press);
  return () => {
    deaf();
    root.replaceChildren();
  };
}

/** @param {string} figures */
export function dateMask(figures) {
  return [figures.slice(0, 2), figures.slice(2, 4), figures.slice(4)].filter(Boolean).join("/");
}

/**
 * Reads eight figures as a date.
 * @param {string} figures  DDMMYYYY
 * @returns {string | null | undefined} YYYY-MM-DD; undefined when nothing was typed, null when there is no such day
 */
export function dateOf(figures) {
  if (figures === "") return undefined;
  const written = `${figures.slice(4)}-${figures.slice(2, 4)}-${figures.slice(0, 2)}`;
  const day = new Date(`${written}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(written)
    ? written
    : null;
}
