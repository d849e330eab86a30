/** Reasons, praise and every other question with options in words: equal chips, none chosen. */

import { sentence, words } from "../i18n/index.js";
import { button, icon, make } from "../lib/dom.js";
import { questionOf } from "../questions.js";
import { actions } from "./actions.js";

/** @typedef {import('../lib/types.js').Option} Option */

const SEVERAL = "You may choose several, or skip. Your rating is recorded.";
const ONE = "Choose one, or skip. Your rating is recorded.";

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const question = /** @type {import('../lib/types.js').Question} */ (questionOf(state));
  const { language } = state.view;
  const several = question.kind === "multiple";
  const given = state.rating?.answers[question.id];
  const chosen = Array.isArray(given) ? given : [given];
  const chips = (question.options ?? []).map((option) =>
    chip(option, words(language, option.text), chosen.includes(option.value), several, send),
  );
  root.className = "screen screen-choices";
  root.append(
    make("h1", { class: "question", id: "question" }, words(language, question.text)),
    make(
      "p",
      { class: "question-hint" },
      words(language, question.help) || sentence(language, several ? SEVERAL : ONE),
    ),
    make("div", { class: "reasons", role: "group", "aria-labelledby": "question" }, ...chips),
    actions(state, send, several ? () => send({ type: "send" }) : null),
  );
  return () => root.replaceChildren();
}

/**
 * Makes one chip: among several it is marked and unmarked, alone it goes on.
 * @param {Option} option
 * @param {string} text
 * @param {boolean} pressed
 * @param {boolean} several
 * @param {import('../lib/types.js').Send} send
 */
function chip({ value }, text, pressed, several, send) {
  const press = (/** @type {MouseEvent} */ event) => {
    const chip = /** @type {HTMLElement} */ (event.currentTarget);
    if (several) chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    send({ type: several ? "mark" : "choose", value });
  };
  return button(
    several ? "reason" : "reason reason-single",
    { "data-name": value, "aria-pressed": String(pressed), onclick: press },
    make("span", { class: "reason-box" }, icon("done")),
    text,
  );
}
