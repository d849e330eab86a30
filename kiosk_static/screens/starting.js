/** The machine waits for its first configuration. */
import { sentence } from "../i18n/index.js";
import { make, rings } from "../lib/dom.js";

/** @type {import('../lib/types.js').Show} */
export function show(root, state) {
  const t = (/** @type {string} */ id) => sentence(state.view.language, id);
  root.className = "screen screen-still";
  root.append(
    rings(),
    make("h1", {}, t("One moment, please")),
    make("p", { class: "lead" }, t("The machine is fetching its questions.")),
  );
  return () => root.replaceChildren();
}
