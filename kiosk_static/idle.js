/** What time alone does: the warning, the way back to the start, opening and closing. Pure. */
import { freshView, isResting } from "./beginning.js";
import { isOpen } from "./hours.js";

/** @typedef {import('./lib/types.js').State} State */
/** @typedef {import('./lib/types.js').Configuration} Configuration */
/** @typedef {import('./lib/types.js').Effect} Effect */
/** @typedef {import('./lib/types.js').Facts} Facts */
/** @typedef {import('./lib/types.js').View} View */
/** @typedef {{state: State, acts: Effect[]}} Step */

const STANDING = ["pairing", "stopped"];
const IDLE_SECONDS = 30;
const WATCHED = ["question", "slip", "language", "unsaved"];
const NOTE_MS = 6_000;
const SLOW_KINDS = ["text", "number", "date"];

/**
 * Brings the screen back to its start, without a trace of the person before.
 * @param {State} state
 * @param {Facts} facts
 * @returns {Step}
 */
export function rested(state, facts) {
  const configuration = state.newer ?? state.configuration;
  const open = configuration !== null && isOpen(configuration.opening_hours, facts.now);
  const screen = configuration === null ? "starting" : open ? "attract" : "closed";
  return {
    state: {
      ...state,
      configuration,
      screen,
      newer: null,
      view: freshView(configuration),
      rating: null,
      saving: false,
      warned: false,
      secondsLeft: null,
      reason: "",
      typed: "",
      kept: false,
      note: "",
      touchedAt: facts.at,
    },
    acts: [{ act: "wipe" }],
  };
}

/**
 * Brings the screen back to its start; a stored rating is complete with that.
 * @param {State} state
 * @param {Facts} facts
 * @returns {Step}
 */
export function left(state, facts) {
  const { state: after, acts } = rested(state, facts);
  const begun = state.rating && (state.rating.stored || state.saving);
  return { state: after, acts: begun ? [{ act: "finish", id: state.rating?.id }, ...acts] : acts };
}

/**
 * Lets a moment pass.
 * @param {State} before
 * @param {Facts} facts
 * @returns {Step}
 */
export function passed(before, facts) {
  const state = before.note && facts.at - before.notedAt >= NOTE_MS ? { ...before, note: "" } : before;
  if (STANDING.includes(state.screen)) return standing(state, facts);
  if (!state.configuration) return { state, acts: [] };
  if (state.screen === "thanks") return thanking(state, state.configuration, facts);
  if (isResting(state)) return resting(state, state.configuration, facts);
  return watched(state, state.configuration, facts);
}

/** Milliseconds before the warning: twice as long where one types. @param {State} state */
export function patience(state) {
  if (!state.configuration) return Number.POSITIVE_INFINITY;
  const question = state.rating && state.configuration.questionnaire.questions[state.rating.position];
  const typing = state.screen === "question" && question && SLOW_KINDS.includes(question.kind);
  const slow = typing || state.screen === "slip";
  return state.configuration.idle_seconds * 1000 * (slow ? 2 : 1);
}

/** Pairing and stopped stand until staff comes; only the view goes back. @param {State} state @param {Facts} facts @returns {Step} */
function standing(state, facts) {
  return { state: isForgotten(state, facts) ? { ...state, view: freshView(state.configuration) } : state, acts: [] };
}

/** @param {State} state @param {Configuration} configuration @param {Facts} facts @returns {Step} */
function thanking(state, configuration, facts) {
  const secondsLeft = secondsOf(configuration.thanks_seconds, facts.at - state.shownAt);
  return secondsLeft > 0 ? { state: { ...state, secondsLeft }, acts: [] } : rested(state, facts);
}

/** @param {State} state @param {Configuration} configuration @param {Facts} facts @returns {Step} */
function watched(state, configuration, facts) {
  if (state.warned) return warned(state, configuration, facts);
  if (!WATCHED.includes(state.screen) || facts.at - state.touchedAt < patience(state)) return { state, acts: [] };
  const secondsLeft = configuration.warning_seconds;
  return { state: { ...state, warned: true, touchedAt: facts.at, secondsLeft }, acts: [] };
}

/** @param {State} state @param {Configuration} configuration @param {Facts} facts @returns {Step} */
function warned(state, configuration, facts) {
  const secondsLeft = secondsOf(configuration.warning_seconds, facts.at - state.touchedAt);
  return secondsLeft > 0 ? { state: { ...state, secondsLeft }, acts: [] } : left(state, facts);
}

/** @param {State} state @param {Configuration} configuration @param {Facts} facts @returns {Step} */
function resting(state, configuration, facts) {
  const turned = isOpen(configuration.opening_hours, facts.now) !== (state.screen === "attract");
  return turned || isForgotten(state, facts) ? rested(state, facts) : { state, acts: [] };
}

/** Tells whether somebody has changed the view and gone. @param {State} state @param {Facts} facts */
function isForgotten({ view, configuration, touchedAt }, facts) {
  const fresh = freshView(configuration);
  const changed = /** @type {(keyof View)[]} */ (Object.keys(fresh)).some((name) => fresh[name] !== view[name]);
  return changed && facts.at - touchedAt >= (configuration?.idle_seconds ?? IDLE_SECONDS) * 1000;
}

/** @param {number} whole  seconds @param {number} gone  milliseconds */
function secondsOf(whole, gone) {
  return Math.ceil(whole - gone / 1000);
}
