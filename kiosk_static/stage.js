/** Puts the screen that the state names on the glass, and moves the focus with it. */

import { languageOf, sentence, teach } from "./i18n/index.js";
import { questionOf } from "./questions.js";
import { counterBar, utilityBar } from "./screens/frame.js";

/** @typedef {import('./lib/types.js').State} State */
/** @typedef {import('./lib/types.js').Send} Send */
/** @typedef {import('./lib/types.js').Show} Show */
/** @typedef {{show: Show, count?: (root: HTMLElement, state: State) => void}} Scene */
/** @typedef {Record<string, Scene>} Scenes  by the name that sceneOf gives */
/** @typedef {ReturnType<typeof createStage>} Stage */

const KINDS = /** @type {Record<string, string>} */ ({
  faces: "rate",
  single: "choices",
  multiple: "choices",
  scale: "scale",
  text: "comment",
  number: "number",
  date: "number",
});

/** Names the scene of a state. @param {State} state */
export function sceneOf(state) {
  return state.screen === "question" ? (KINDS[questionOf(state)?.kind ?? ""] ?? "rate") : state.screen;
}

/**
 * Gives the stage: it draws only what has changed.
 * @param {{document: Document, scenes: Scenes, send: Send, shown: (screen: HTMLElement) => void}} parts
 */
export function createStage({ document, scenes, send, shown }) {
  const root = document.documentElement;
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const over = /** @type {HTMLElement} */ (document.getElementById("over"));
  let drawn = { screen: "", frame: "", warned: false };
  /** @type {() => void} */
  let undo = nothing;
  /** @type {() => void} */
  let undoIdle = nothing;

  const screen = (/** @type {State} */ state) => {
    const before = focusedName(document);
    undo();
    main.replaceChildren();
    undo = scenes[sceneOf(state)]?.show(main, state, send) ?? nothing;
    document.title = main.querySelector("h1")?.textContent ?? "";
    refocus(document, main, before);
    shown(main);
  };
  const frame = (/** @type {State} */ state) => {
    const before = focusedName(document);
    document.querySelector(".counter-bar")?.replaceWith(counterBar(state, send));
    document.querySelector(".utility-bar")?.replaceWith(utilityBar(state, send));
    named(document, before)?.focus();
  };
  const idle = (/** @type {State} */ state) => {
    const before = document.activeElement;
    undoIdle();
    for (const part of document.querySelectorAll("header, main, footer")) part.toggleAttribute("inert", state.warned);
    undoIdle = state.warned ? warned(scenes.idle, over, state, send, before) : nothing;
    if (state.warned) shown(over);
  };
  const count = (/** @type {State} */ state) => {
    if (state.warned) scenes.idle?.count?.(over, state);
    else scenes[sceneOf(state)]?.count?.(main, state);
  };

  return {
    /** @param {State} state */
    show: (state) => {
      const now = { screen: screenKey(state), frame: frameKey(state), warned: state.warned };
      teach(state.configuration?.texts);
      dress(root, state.view);
      note(document, state);
      if (now.frame !== drawn.frame) frame(state);
      if (now.screen !== drawn.screen) screen(state);
      if (now.warned !== drawn.warned) idle(state);
      drawn = now;
      count(state);
    },
    /** What is read aloud now. */
    seen: () => (drawn.warned ? over : main),
  };
}

/**
 * Lays the warning over the screen; the result takes it away and gives the focus back.
 * @param {Scene | undefined} scene
 * @param {HTMLElement} over
 * @param {State} state
 * @param {Send} send
 * @param {Element | null} before  what had the focus
 */
function warned(scene, over, state, send, before) {
  const undo = scene?.show(over, state, send) ?? nothing;
  return () => {
    undo();
    for (const part of document.querySelectorAll("[inert]")) part.removeAttribute("inert");
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}

function nothing() {
  return undefined;
}

/** @param {State} state */
function screenKey({ screen, rating, view, configuration, reason }) {
  const asked = rating && screen === "question" ? `${rating.id} ${rating.position} ${rating.slip !== ""}` : "";
  return [
    screen,
    asked,
    view.language,
    reason,
    configuration &&
      JSON.stringify([
        configuration.questionnaire.version,
        configuration.opening_hours,
        configuration.languages,
        configuration.texts,
      ]),
  ].join("|");
}

/** @param {State} state */
function frameKey({ view, configuration, device, screen }) {
  const { unit, counter, officer, office, demo, texts } = configuration ?? {};
  const unsent = screen === "attract" || screen === "closed" ? !device.online && device.queued : 0;
  return JSON.stringify([view, unit, counter, officer, office, demo, texts, unsent]);
}

/** Touches the root only where it changes: every style below it hangs on it. @param {HTMLElement} root @param {import('./lib/types.js').View} view */
function dress(root, { language, text, contrast, reach }) {
  const lang = languageOf(language).locale.slice(0, 2);
  const wanted = { text, contrast: contrast ? "high" : "normal", reach: reach ? "low" : "normal" };
  if (root.lang !== lang) root.lang = lang;
  for (const [name, value] of Object.entries(wanted)) if (root.dataset[name] !== value) root.dataset[name] = value;
}

/** @param {Document} document @param {State} state */
function note(document, { note, view }) {
  const place = document.getElementById("note");
  const text = note && sentence(view.language, note);
  if (place && place.textContent !== text) place.textContent = text;
}

/** @param {Document} document */
function focusedName(document) {
  const focused = document.activeElement;
  return focused instanceof HTMLElement ? (focused.dataset.name ?? null) : null;
}

/** @param {ParentNode} part @param {string | null} name @returns {HTMLElement | null} */
function named(part, name) {
  return name === null ? null : part.querySelector(`[data-name="${CSS.escape(name)}"]`);
}

/** Keeps the focus on a switch of the frame, else begins each screen at its heading. @param {Document} document @param {HTMLElement} main @param {string | null} before */
function refocus(document, main, before) {
  const inFrame = document.querySelector(".utility-bar, .counter-bar")?.contains(document.activeElement);
  if (inFrame && named(document, before)) return;
  if (main.contains(document.activeElement)) return;
  const heading = main.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}
