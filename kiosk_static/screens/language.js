/** Which language: each written in itself. */
import { languageOf, sentence } from "../i18n/index.js";
import { button, make } from "../lib/dom.js";

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const codes = state.configuration?.languages ?? ["vi", "en"];
  root.className = "screen screen-language";
  root.append(
    make("h1", { class: "question", id: "question" }, sentence(state.view.language, "Choose your language")),
    make(
      "div",
      { class: "languages", role: "group", "aria-labelledby": "question" },
      ...codes.map((code) =>
        button(
          "language",
          {
            lang: code,
            "data-name": code,
            "aria-pressed": String(code === state.view.language),
            onclick: () => send({ type: "language", language: code }),
          },
          languageOf(code).name,
        ),
      ),
    ),
    make(
      "div",
      { class: "screen-actions" },
      button("button", { onclick: () => send({ type: "languages" }) }, sentence(state.view.language, "Back")),
    ),
  );
  return () => root.replaceChildren();
}
