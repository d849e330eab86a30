/** The row under a question: skip, back, send. Always in the same places. */
import { sentence } from "../i18n/index.js";
import { button, icon, make } from "../lib/dom.js";

/**
 * Makes the row.
 * @param {import('../lib/types.js').State} state
 * @param {import('../lib/types.js').Send} send
 * @param {(() => void) | null} submit  null where a choice goes on by itself
 */
export function actions(state, send, submit) {
  const t = (/** @type {string} */ id) => sentence(state.view.language, id);
  const path = state.rating?.path ?? [];
  return make(
    "div",
    { class: "screen-actions" },
    button("button skip", { "data-name": "skip", onclick: () => send({ type: "skip" }) }, t("Skip")),
    path.length > 0 &&
      button(
        "button button-quiet",
        { "data-name": "back", onclick: () => send({ type: "back" }) },
        icon("back"),
        t("Back"),
      ),
    submit && button("button button-main", { "data-name": "send", onclick: submit }, t("Send"), " ", icon("next")),
  );
}
