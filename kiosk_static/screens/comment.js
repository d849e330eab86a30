/** A question that asks for words: the field and the keyboard. */

import { sentence, words } from "../i18n/index.js";
import { keyboard } from "../keyboard/keyboard.js";
import { make } from "../lib/dom.js";
import { questionOf } from "../questions.js";
import { actions } from "./actions.js";

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const question = /** @type {import('../lib/types.js').Question} */ (questionOf(state));
  const { language } = state.view;
  const field = make("textarea", {
    class: "input",
    id: "comment",
    "aria-describedby": "comment-hint",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    inputmode: "none",
    "data-name": "comment",
  });
  field.value = state.rating?.draft ?? "";
  root.className = "screen screen-comment";
  root.append(
    make("h1", { class: "question" }, make("label", { for: "comment" }, words(language, question.text))),
    make(
      "p",
      { class: "question-hint", id: "comment-hint" },
      sentence(language, "Please do not type an identity number or a telephone number unless you want to be called."),
    ),
    make(
      "div",
      { class: "comment" },
      field,
      actions(state, send, () => send({ type: "send" })),
    ),
    keyboard(field, language, (text) => send({ type: "draft", text })),
  );
  field.focus();
  return () => {
    field.value = "";
    root.replaceChildren();
  };
}
