/** The same thanks for every rating. */
import { quarterOf } from "../hours.js";
import { sentence } from "../i18n/index.js";
import { button, draw, make, rings } from "../lib/dom.js";

const QUARTERS = ["I", "II", "III", "IV"];

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const { language } = state.view;
  root.className = "screen screen-still screen-thanks";
  root.append(
    rings(),
    make("h1", {}, sentence(language, "Thank you very much!")),
    make("p", { class: "lead" }, recorded(state)),
    draw(
      "svg",
      { class: "countdown-line", "aria-hidden": "true" },
      draw("rect", { class: "track", width: "100%", height: "100%", rx: 4 }),
      draw("rect", { class: "bar", width: "100%", height: "100%", rx: 4 }),
    ),
    button("button", {}, sentence(language, "Done")),
  );
  // The tap that has brought this screen is still on its way up: its button is gone, so it does not count.
  const skip = (/** @type {MouseEvent} */ event) => {
    if (root.contains(/** @type {Node} */ (event.target))) send({ type: "done" });
  };
  root.addEventListener("click", skip);
  return () => {
    root.removeEventListener("click", skip);
    root.replaceChildren();
  };
}

/**
 * Moves the line on.
 * @param {HTMLElement} root
 * @param {import('../lib/types.js').State} state
 */
export function count(root, state) {
  const share = (state.secondsLeft ?? 0) / (state.configuration?.thanks_seconds || 1);
  root.querySelector(".countdown-line .bar")?.setAttribute("width", `${Math.round(share * 100)}%`);
}

/** @param {import('../lib/types.js').State} state */
function recorded({ view, device, moment }) {
  if (!device.online) return sentence(view.language, "Recorded. The machine will send it when the network is back.");
  const { quarter, year } = quarterOf(moment);
  return sentence(view.language, "Your opinion is recorded and counts in the results of quarter {quarter}/{year}.", {
    quarter: QUARTERS[quarter - 1] ?? "",
    year,
  });
}
