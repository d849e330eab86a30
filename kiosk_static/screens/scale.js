/** A scale from 0 to 10, or as many steps as the question names. */

import { sentence, words } from "../i18n/index.js";
import { button, make } from "../lib/dom.js";
import { questionOf } from "../questions.js";
import { actions } from "./actions.js";

const STEPS = Array.from({ length: 11 }, (_, value) => ({ value, text: {} }));

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const question = /** @type {import('../lib/types.js').Question} */ (questionOf(state));
  const { language } = state.view;
  const steps = question.options?.length ? question.options : STEPS;
  const given = state.rating?.answers[question.id];
  root.className = "screen screen-scale";
  root.append(
    make("h1", { class: "question", id: "question" }, words(language, question.text)),
    make(
      "p",
      { class: "question-hint" },
      words(language, question.help) || sentence(language, "From the lowest to the highest."),
    ),
    make(
      "div",
      { class: "scale", role: "group", "aria-labelledby": "question" },
      ...steps.map(({ value, text }) =>
        button(
          "scale-step",
          {
            "data-name": value,
            "aria-pressed": String(value === given),
            onclick: () => send({ type: "choose", value }),
          },
          words(language, text) || String(value),
        ),
      ),
    ),
    actions(state, send, null),
  );
  return () => root.replaceChildren();
}
