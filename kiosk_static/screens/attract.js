/** Nobody is here: the invitation. */
import { languageOf, sentence } from "../i18n/index.js";
import { button, icon, make, rings } from "../lib/dom.js";

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const t = (/** @type {string} */ id) => sentence(state.view.language, id);
  root.className = "screen screen-still";
  root.append(
    rings(),
    make("h1", {}, t("How were you served today?")),
    make("p", { class: "lead" }, t("Your opinion helps the one-stop shop to serve better. Two taps are enough.")),
    make(
      "div",
      { class: "beginnings" },
      button(
        "button button-main begin",
        { onclick: () => send({ type: "begin" }) },
        t("Tap to rate"),
        " ",
        icon("next"),
      ),
      button("button slip", { onclick: () => send({ type: "slips" }) }, icon("note"), t("I have an appointment slip")),
    ),
    make(
      "ul",
      { class: "promises", role: "list" },
      make("li", {}, icon("hide"), t("No name is asked, no picture is taken")),
      make("li", {}, icon("lock"), t("The officer at the counter cannot see single ratings")),
      make("li", {}, icon("language"), languageNames(state.configuration?.languages ?? [])),
    ),
  );
  return () => root.replaceChildren();
}

/** @param {string[]} codes */
function languageNames(codes) {
  const names = make("span", {});
  codes.forEach((code, index) => {
    names.append(index > 0 ? ", " : "", make("span", { lang: code }, languageOf(code).name));
  });
  return names;
}
