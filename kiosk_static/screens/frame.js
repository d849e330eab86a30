/** The two bars that stand on every screen: where you are, and how you want it. */

import { isResting } from "../beginning.js";
import { sentence } from "../i18n/index.js";
import { button, draw, icon, make } from "../lib/dom.js";

/** @typedef {import('../lib/types.js').State} State */
/** @typedef {import('../lib/types.js').Configuration} Configuration */
/** @typedef {import('../lib/types.js').Send} Send */
/** @typedef {import('../lib/types.js').TextSize} TextSize */

/** @type {TextSize[]} */
const SIZES = ["normal", "large", "largest"];

/**
 * Makes the upper bar.
 * @param {State} state
 * @param {Send} send
 */
export function counterBar(state, send) {
  const { configuration, view } = state;
  return make(
    "header",
    { class: "counter-bar" },
    place(state),
    configuration?.demo && make("p", { class: "demo-mark" }, sentence(view.language, "Demo data")),
    view.voice && voiceControls(view.language, send),
    isResting(state) && unsent(state),
    configuration && counterName(configuration, view.language),
  );
}

/**
 * Makes the lower bar: the same six on every screen, in the same order.
 * @param {State} state
 * @param {Send} send
 */
export function utilityBar({ view }, send) {
  const t = (/** @type {string} */ id) => sentence(view.language, id);
  const size = SIZES.indexOf(view.text);
  const resize = (/** @type {number} */ step) => () => {
    const text = SIZES[Math.min(SIZES.length - 1, Math.max(0, size + step))];
    send({ type: "view", name: "text", value: text });
  };
  const toggle = (/** @type {'contrast' | 'voice' | 'reach'} */ name) => ({
    "data-name": name,
    "aria-pressed": String(view[name]),
    onclick: () => send({ type: "view", name, value: !view[name] }),
  });
  return make(
    "footer",
    { class: "utility-bar", "aria-label": t("Ways to use this screen") },
    utility("language", t("Language"), { "data-name": "language", onclick: () => send({ type: "languages" }) }),
    utility("text-smaller", t("Smaller text"), { "data-name": "smaller", onclick: resize(-1) }),
    utility("text-bigger", t("Bigger text"), { "data-name": "bigger", onclick: resize(1) }),
    utility("contrast", t("High contrast"), toggle("contrast")),
    utility("read-aloud", t("Read aloud"), toggle("voice")),
    utility("reach", t("Low reach"), toggle("reach")),
  );
}

/** @param {State} state */
function place({ configuration }) {
  const mark = draw(
    "svg",
    { class: "mark", "aria-hidden": "true" },
    draw("use", { href: "/static/art/icons.svg#mark" }),
  );
  return make(
    "div",
    { class: "place" },
    picture(configuration?.office.logo, "logo", mark) ?? mark,
    configuration && make("div", {}, configuration.office.name, make("strong", {}, configuration.unit.name)),
  );
}

/** @param {Configuration} configuration @param {string} language */
function counterName({ counter, officer }, language) {
  const name = make("p", { class: "counter-name" }, counter?.name);
  if (officer) name.append(make("span", {}, sentence(language, "Officer: {name}", { name: officer.name })));
  return make("div", { class: "officer" }, name, picture(officer?.photo, "portrait"));
}

/** A picture of the office; one that does not come leaves the place to what stands there otherwise. @param {string | null | undefined} src @param {string} name @param {Node} [otherwise] */
function picture(src, name, otherwise) {
  const missing = (/** @type {globalThis.Event} */ { currentTarget }) => {
    /** @type {HTMLElement} */ (currentTarget).replaceWith(otherwise ?? "");
  };
  return src ? make("img", { class: name, src, alt: "", draggable: "false", onerror: missing }) : null;
}

/** What staff should see from afar: the network is gone and ratings wait. @param {State} state */
function unsent({ device, view }) {
  if (device.online || device.queued === 0) return null;
  const words = sentence(view.language, "{count} ratings wait for the network", { count: device.queued });
  return make("p", { class: "unsent" }, icon("paused"), words);
}

/** @param {string} language @param {Send} send */
function voiceControls(language, send) {
  return make(
    "div",
    { class: "voice-controls" },
    button(
      "button",
      { "data-name": "repeat", onclick: () => send({ type: "repeat" }) },
      icon("again"),
      sentence(language, "Say again"),
    ),
    button(
      "button",
      { "data-name": "silence", onclick: () => send({ type: "view", name: "voice", value: false }) },
      icon("close"),
      sentence(language, "Stop reading"),
    ),
  );
}

/** @param {string} name @param {string} words @param {Record<string, any>} properties */
function utility(name, words, properties) {
  return button("utility", properties, icon(name), words);
}
