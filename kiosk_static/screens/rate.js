/** The main question: faces with words, all of one weight, none chosen. */
import { sentence, words } from "../i18n/index.js";
import { button, face, icon, make } from "../lib/dom.js";
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
    make(
      "h1",
      { class: "question", id: "question", "aria-describedby": state.rating?.slip && "slip" },
      words(language, question.text),
    ),
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
      state.rating?.position === 0 && slip(state, send),
      make("p", { class: "question-hint" }, sentence(language, "This rating carries no name.")),
    ),
  );
  return () => root.replaceChildren();
}

/** What one may still hand in, or that it was received. @param {import('../lib/types.js').State} state @param {import('../lib/types.js').Send} send */
function slip({ rating, view }, send) {
  const t = (/** @type {string} */ id) => sentence(view.language, id);
  if (rating?.slip)
    return make("p", { class: "slip-taken", id: "slip" }, icon("done"), t("The code of your slip was received"));
  return button(
    "button button-quiet slip",
    { onclick: () => send({ type: "slips" }) },
    icon("note"),
    t("I have an appointment slip"),
  );
}
