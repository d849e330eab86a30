/** The main question: faces with words, all of one weight, none chosen. */
import { sentence, words } from "../i18n/index.js";
import { button, face, make } from "../lib/dom.js";
import { faced, questionOf } from "../questions.js";

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const question = /** @type {import('../lib/types.js').Question} */ (questionOf(state));
  const { language } = state.view;
  const options = faced(question);
  const choose = (/** @type {import('../lib/types.js').Value} */ value) => (/** @type {MouseEvent} */ event) => {
    /** @type {HTMLElement} */ (event.currentTarget).dataset.tapped = "";
    send({ type: "choose", value });
  };
  root.className = "screen screen-rate";
  root.append(
    make("h1", { class: "question", id: "question" }, words(language, question.text)),
    make(
      "div",
      { class: options.length <= 3 ? "faces faces-three" : "faces", role: "group", "aria-labelledby": "question" },
      ...options.map((option) =>
        button(
          "face",
          { "data-level": option.face, "data-name": option.value, onclick: choose(option.value) },
          face(option.face),
          make("span", { class: "face-words" }, words(language, option.text)),
        ),
      ),
    ),
    make(
      "div",
      { class: "after-faces" },
      button("button skip", { onclick: () => send({ type: "skip" }) }, sentence(language, "Skip")),
      make("p", { class: "question-hint" }, sentence(language, "This rating carries no name.")),
    ),
  );
  return () => root.replaceChildren();
}
