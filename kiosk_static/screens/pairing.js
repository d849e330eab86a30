/** For the member of staff who sets the tablet up: the code of eight figures. */
import { sentence } from "../i18n/index.js";
import { icon, make } from "../lib/dom.js";
import { listen, numberPad } from "./pad.js";

const LENGTH = 8;
const WORDS = /** @type {Record<string, string>} */ ({
  short: "The code has eight figures.",
  wrong: "This code is not right, or it has been used, or its ten minutes are over. Please ask for a new one.",
  many: "Too many attempts. Please wait a few minutes.",
  unreachable: "The server does not answer. Please check the network, then try again.",
});

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const { language } = state.view;
  let figures = "";
  const cells = make("p", { class: "code-cells", role: "img" });
  const error = make("p", { class: "error-text", role: "alert" });
  const refresh = (/** @type {string} */ reason) => {
    const words = sentence(language, WORDS[reason] ?? "");
    error.replaceChildren(...(words ? [icon("info"), words] : []));
    cells.replaceChildren(...Array.from({ length: LENGTH }, (_, place) => cell(figures, place)).flat());
    const name = { count: figures.length, figures: [...figures].join(" ") };
    cells.setAttribute("aria-label", sentence(language, "{count} of 8 figures: {figures}", name));
  };
  const go = () => (figures.length === LENGTH ? send({ type: "pair", code: written(figures) }) : refresh("short"));
  const press = (/** @type {string} */ key) => {
    if (key === "go") return go();
    figures = key === "erase" ? figures.slice(0, -1) : (figures + key).slice(0, LENGTH);
    refresh("");
  };
  root.className = "screen screen-pairing";
  root.append(
    make("h1", { class: "question" }, sentence(language, "Pair this machine with a counter")),
    make(
      "div",
      { class: "pairing" },
      make("div", { class: "screen-part" }, steps(language), cells, error),
      numberPad(language, "Pair", press),
    ),
  );
  refresh(state.reason);
  const deaf = listen(press);
  return () => {
    deaf();
    root.replaceChildren();
  };
}

/** @param {string} figures */
function written(figures) {
  return `${figures.slice(0, LENGTH / 2)}-${figures.slice(LENGTH / 2)}`;
}

/** @param {string} language */
function steps(language) {
  const step = (/** @type {string} */ id) => make("li", {}, make("span", {}, sentence(language, id)));
  return make(
    "ol",
    { class: "steps" },
    step("On the computer of the one-stop shop, open “Tablets” and choose “Add a tablet”."),
    step("Enter the eight figures shown there. The code is good for 10 minutes and for one use."),
  );
}

/** @param {string} figures @param {number} place */
function cell(figures, place) {
  const next = place === figures.length ? " code-cell-next" : "";
  const made = make("span", { class: `code-cell${next}` }, figures.charAt(place));
  return place === LENGTH / 2 ? [make("span", { class: "code-dash" }), made] : [made];
}
