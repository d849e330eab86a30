/** The machine may not go on: what the citizen does instead, and what the staff does. */
import { sentence } from "../i18n/index.js";
import { button, icon, make, rings } from "../lib/dom.js";

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const t = (/** @type {string} */ id) => sentence(state.view.language, id);
  const revoked = state.reason === "revoked";
  root.className = "screen screen-still screen-stopped";
  root.append(
    rings(),
    make("h1", {}, t("This machine takes no ratings at present")),
    ...(state.kept ? [make("p", { class: "lead" }, t("Your rating is kept."))] : []),
    make("p", { class: "lead" }, t("Please use the machine at the next counter. Earlier ratings are kept.")),
    make(
      "p",
      { class: "notice" },
      icon("info"),
      make(
        "span",
        {},
        t(
          revoked
            ? "Staff: the right of this machine was withdrawn. Open “Tablets” and pair it again."
            : "Staff: the memory of this machine does not open. Restart it; if that does not help, call support. Do not clear its data.",
        ),
      ),
    ),
    ...(revoked ? [button("button", { onclick: () => send({ type: "anew" }) }, t("Enter a new code"))] : []),
  );
  return () => root.replaceChildren();
}
