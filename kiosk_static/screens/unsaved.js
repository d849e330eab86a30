/** Something could not be stored: never a false thanks. */
import { sentence } from "../i18n/index.js";
import { button, icon, make } from "../lib/dom.js";

const WORDS = /** @type {Record<string, {heading: string, lead: string}>} */ ({
  full: { heading: "The machine is full", lead: "Please tell an officer. This rating was not recorded." },
  storage: { heading: "The machine cannot record now", lead: "Please tell an officer. This rating was not recorded." },
  more: {
    heading: "Your rating is recorded",
    lead: "What you added just now could not be stored. Please tell an officer.",
  },
});

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const t = (/** @type {string} */ id) => sentence(state.view.language, id);
  const { heading, lead } = WORDS[state.reason] ?? {
    heading: "The machine cannot record now",
    lead: "Please tell an officer. This rating was not recorded.",
  };
  root.className = "screen screen-still screen-unsaved";
  root.append(
    make("div", { class: "alarm", "aria-hidden": "true" }, icon("overdue")),
    make("h1", {}, t(heading)),
    make("p", { class: "lead", role: "alert" }, t(lead)),
    button("button button-main", { onclick: () => send({ type: "done" }) }, t("Back to the start")),
  );
  return () => root.replaceChildren();
}
