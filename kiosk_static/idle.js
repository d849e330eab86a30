/** What time alone does: the warning, the way back to the start, opening and closing. Pure. */
import { freshView, isResting } from "./beginning.js";
import { isOpen } from "./hours.js";

/** @typedef {import('./lib/types.js').State} State */
/** @typedef {import('./lib/types.js').Configuration} Configuration */
/** @typedef {import('./lib/types.js').Effect} Effect */
/** @typedef {import('./lib/types.js').Facts} Facts */
/** @typedef {{state: State, acts: Effect[]}} Step */

const WATCHED = ["question", "language", "unsaved"];
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
  if (!state.configuration) return { state, acts: [] };
  if (state.screen === "thanks") return thanking(state, state.configuration, facts);
  if (isResting(state)) return resting(state, state.configuration, facts);
  if (state.warned) return warned(state, state.configuration, facts);
  if (!WATCHED.includes(state.screen) || facts.at - state.touchedAt < patience(state)) return { state, acts: [] };
  return {
    state: { ...state, warned: true, touchedAt: facts.at, secondsLeft: state.configuration.warning_seconds },
    acts: [],
  };
}

/** Milliseconds before the warning: twice as long where one types. @param {State} state */
export function patience(state) {
  if (!state.configuration) return Number.POSITIVE_INFINITY;
  const question = state.rating && state.configuration.questionnaire.questions[state.rating.position];
  const slow = state.screen === "question" && question && SLOW_KINDS.includes(question.kind);
  return state.configuration.idle_seconds * 1000 * (slow ? 2 : 1);
}

/** @param {State} state @param {Configuration} configuration @param {Facts} facts @returns {Step} */
function thanking(state, configuration, facts) {
  const secondsLeft = secondsOf(configuration.thanks_seconds, facts.at - state.shownAt);
  return secondsLeft > 0 ? { state: { ...state, secondsLeft }, acts: [] } : rested(state, facts);
}

/** @param {State} state @param {Configuration} configuration @param {Facts} facts @returns {Step} */
function warned(state, configuration, facts) {
  const secondsLeft = secondsOf(configuration.warning_seconds, facts.at - state.touchedAt);
  return secondsLeft > 0 ? { state: { ...state, secondsLeft }, acts: [] } : left(state, facts);
}

/** @param {State} state @param {Configuration} configuration @param {Facts} facts @returns {Step} */
function resting(state, configuration, facts) {
  const turned = isOpen(configuration.opening_hours, facts.now) !== (state.screen === "attract");
  const { language, text, contrast, reach, voice } = freshView(configuration);
  const view = state.view;
  const changed =
    view.language !== language ||
    view.text !== text ||
    view.contrast !== contrast ||
    view.reach !== reach ||
    view.voice !== voice;
  const forgotten = changed && facts.at - state.touchedAt >= configuration.idle_seconds * 1000;
  return turned || forgotten ? rested(state, facts) : { state, acts: [] };
}

/** @param {number} whole  seconds @param {number} gone  milliseconds */
function secondsOf(whole, gone) {
  return Math.ceil(whole - gone / 1000);
}
