/** Are you still there? One big way to stay; any touch will do. */
import { sentence } from "../i18n/index.js";
import { button, draw, make } from "../lib/dom.js";

const ROUND = 326.7;

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const t = (/** @type {string} */ id) => sentence(state.view.language, id);
  const stored = state.rating?.stored ?? false;
  const stay = button("button button-main", {}, t("I need more time"));
  root.append(
    make(
      "div",
      { class: "idle-scrim", onclick: () => send({ type: "stay" }) },
      make(
        "div",
        {
          class: "idle",
          role: "alertdialog",
          "aria-modal": "true",
          "aria-labelledby": "idle-title",
          "aria-describedby": "idle-text",
        },
        clock(),
        make("h2", { id: "idle-title" }, t("Are you still there?")),
        make(
          "p",
          { id: "idle-text" },
          t(
            stored
              ? "The screen will soon return to the start. What you chose is kept."
              : "The screen will soon return to the start.",
          ),
        ),
        stay,
      ),
    ),
  );
  count(root, state);
  stay.focus();
  return () => root.replaceChildren();
}

/**
 * Shows the seconds that are left.
 * @param {HTMLElement} root
 * @param {import('../lib/types.js').State} state
 */
export function count(root, state) {
  const left = state.secondsLeft ?? 0;
  const share = left / (state.configuration?.warning_seconds || 1);
  root.querySelector(".left")?.setAttribute("stroke-dasharray", `${(ROUND * share).toFixed(1)} ${ROUND}`);
  root
    .querySelector(".countdown")
    ?.setAttribute("aria-label", sentence(state.view.language, "{seconds} seconds left", { seconds: left }));
  const text = root.querySelector(".countdown text");
  if (text) text.textContent = String(left);
}

function clock() {
  const circle = { cx: 60, cy: 60, r: 52, fill: "none", "stroke-width": 10 };
  return draw(
    "svg",
    { class: "countdown", viewBox: "0 0 120 120", role: "img", "aria-label": "" },
    draw("circle", { class: "track", ...circle }),
    draw("circle", { class: "left", ...circle, "stroke-linecap": "round", transform: "rotate(-90 60 60)" }),
    draw("text", { x: 60, y: 72 }),
  );
}
