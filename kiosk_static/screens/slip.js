/** The code of an appointment slip: typed on the glass, or seen by the camera where there is one. */
import { sentence } from "../i18n/index.js";
import { button, icon, make } from "../lib/dom.js";
import { canLook, look } from "../slip/camera.js";
import { codeOf, LONGEST } from "../slip/code.js";
import { listen } from "./pad.js";

/** @typedef {(id: string, values?: Record<string, string>) => string} Say */

const ROWS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM."];
const KEYS = /^[0-9a-z.-]$/i;
const EXAMPLE = "H56.14-261001-0001";

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  /** @type {Say} */
  const t = (id, values = {}) => sentence(state.view.language, id, values);
  let typed = state.typed;
  const shown = make("output", { class: "figures slip-code", "aria-live": "polite" });
  const error = make("p", { class: "error-text", role: "alert" });
  const refresh = (words = "") => {
    shown.textContent = typed || "–";
    error.replaceChildren(...(words ? [icon("info"), words] : []));
  };
  const press = (/** @type {string} */ key) => {
    typed = key === "erase" ? typed.slice(0, -1) : (typed + key.toUpperCase()).slice(0, LONGEST);
    refresh();
    send({ type: "typing", text: typed });
  };
  const go = () =>
    codeOf(typed)
      ? send({ type: "slip", text: typed })
      : refresh(t("The code has at least six letters and figures, and is not that of an identity card."));
  const entry = make("div", { class: "slip-entry" }, shown, error);
  root.className = "screen screen-slip";
  root.append(
    make("h1", { class: "question" }, t("Enter the code of your appointment slip")),
    make(
      "p",
      { class: "question-hint" },
      t("It stands on the slip, like {example}. It only makes sure that each dossier counts once.", {
        example: EXAMPLE,
      }),
    ),
    entry,
    choices(state, t, send, go),
    keys(t, press),
  );
  refresh();
  const deaf = listen(press, KEYS);
  const blind = camera(root, entry, t, { found: (text) => send({ type: "slip", text }), failed: refresh });
  return () => {
    deaf();
    blind();
    root.replaceChildren();
  };
}

/** @param {import('../lib/types.js').State} state @param {Say} t @param {import('../lib/types.js').Send} send @param {() => void} go */
function choices(state, t, send, go) {
  return make(
    "div",
    { class: "screen-actions" },
    button("button", { "data-name": "skip", onclick: () => send({ type: "skip" }) }, t("Skip")),
    !state.rating && button("button button-quiet", { onclick: () => send({ type: "back" }) }, icon("back"), t("Back")),
    button("button button-main", { "data-name": "go", onclick: go }, t("Done")),
  );
}

/** @param {Say} t @param {(key: string) => void} press */
function keys(t, press) {
  const key = (/** @type {string} */ name) => button("key", { "data-name": name, onclick: () => press(name) }, name);
  const erase = button(
    "key key-erase key-command",
    { "data-name": "erase", "aria-label": t("Erase one letter"), onclick: () => press("erase") },
    icon("erase"),
  );
  const rows = ROWS.map((row, place) =>
    make("div", { class: "key-row" }, ...[...row].map(key), place === ROWS.length - 1 && erase),
  );
  return make("div", { class: "keyboard", role: "group", "aria-label": t("Letters and figures") }, ...rows);
}

/**
 * Offers the camera where it can be used; the result stops it.
 * @param {HTMLElement} root
 * @param {HTMLElement} entry
 * @param {Say} t
 * @param {{found: (code: string) => void, failed: (words: string) => void}} told
 */
function camera(root, entry, t, { found, failed }) {
  const browser = /** @type {import('../slip/camera.js').Browser} */ (/** @type {unknown} */ (globalThis));
  const video = make("video", { class: "viewfinder", autoplay: true, playsinline: true, "aria-hidden": "true" });
  video.muted = true;
  let stop = () => undefined;
  const close = () => {
    stop();
    video.remove();
    open.replaceChildren(icon("camera"), t("Scan with the camera"));
    delete root.dataset.looking;
  };
  const begin = () => {
    root.dataset.looking = "";
    entry.append(video);
    open.replaceChildren(icon("close"), t("Stop the camera"));
    const broken = () => {
      close();
      failed(t("The camera does not open. Please enter the code."));
    };
    stop = /** @type {() => undefined} */ (look({ browser, video, found, failed: broken }));
  };
  const toggle = () => (root.dataset.looking === undefined ? begin() : close());
  const open = button("button slip-camera", { "data-name": "camera", onclick: toggle });
  close();
  canLook(browser).then((can) => can && entry.isConnected && entry.append(open));
  return close;
}
