/** What comes next: every event and what it changes. Pure; main.js performs the acts and tells the outcome as another event. */
import { isResting } from "./beginning.js";
import { left, passed, rested } from "./idle.js";
import { commentQuestion, following, pruned, questionOf } from "./questions.js";
import { codeOf } from "./slip/code.js";

/** @typedef {import('./lib/types.js').State} State */
/** @typedef {import('./lib/types.js').Rating} Rating */
/** @typedef {import('./lib/types.js').Question} Question */
/** @typedef {import('./lib/types.js').Configuration} Configuration */
/** @typedef {import('./lib/types.js').Event} Event */
/** @typedef {import('./lib/types.js').Facts} Facts */
/** @typedef {import('./idle.js').Step} Step */
/** @typedef {State & {configuration: Configuration, rating: Rating}} Asking */
/** @typedef {(state: State, event: Event, facts: Facts) => Step} Rule */

/** @type {Record<string, Rule>} */
const RULES = {
  started: (state, event, facts) => {
    if (event.broken || event.revoked)
      return step({ ...state, screen: "stopped", reason: event.broken ? "storage" : "revoked" });
    if (!event.enrolled) return step({ ...state, screen: "pairing" });
    return rested({ ...state, configuration: event.configuration }, facts);
  },
  pair: (state, event) => step({ ...state, saving: true, reason: "" }, { act: "enrol", code: event.code }),
  paired: (state, _event, facts) => {
    const { state: after, acts } = rested({ ...state, configuration: null }, facts);
    return step(after, ...acts, { act: "configure" });
  },
  unpaired: (state, event) => step({ ...state, saving: false, reason: event.reason }),
  anew: (state) => step({ ...state, screen: "pairing", reason: "", kept: false }),
  configured: (state, event, facts) => {
    const after = { ...state, newer: event.configuration };
    return isResting(state) ? rested(after, facts) : step(after);
  },
  revoked: (state, _event, facts) => {
    const kept = state.rating?.stored ?? false;
    const { state: after, acts } = left(state, facts);
    return step({ ...after, screen: "stopped", reason: "revoked", kept }, ...acts);
  },
  device: (state, event) => step({ ...state, device: { ...state.device, ...event.device } }),

  begin: (state, _event, facts) => first(state, facts),
  slips: (state) => step(takesSlip(state) ? { ...state, screen: "slip" } : state),
  typing: (state, event) => step(state.screen === "slip" ? { ...state, typed: event.text } : state),
  slip: (state, event, facts) => slipped(state, codeOf(event.text), facts),
  choose: (state, event) => asking(state, (now, question) => answered(now, question, event.value)),
  mark: (state, event) => asking(state, (now, question) => marked(now, question, event.value)),
  draft: (state, event) => asking(state, (now) => step(withRating(now, { draft: event.text }))),
  send: (state, event) => asking(state, (now, question) => sent(now, question, event.value)),
  skip: (state, _event, facts) =>
    state.screen === "slip" ? first(state, facts) : asking(state, (now, question) => skipped(now, question, facts)),
  back: (state, _event, facts) =>
    state.screen === "slip" ? withoutSlip(state, facts) : asking(state, (now) => step(backwards(now))),

  kept: (state, event) => {
    if (!isAsking(state) || state.rating.id !== event.id) return step(state);
    const after = { ...state, rating: { ...state.rating, stored: true } };
    return state.saving && !event.quiet ? advanced(after) : step(after);
  },
  lost: (state, event) => {
    if (!isAsking(state) || state.rating.id !== event.id) return step(state);
    const reason = state.rating.stored ? "more" : event.reason;
    return step({ ...state, saving: false, screen: "unsaved", reason });
  },
  reset: (state, _event, facts) => (state.rating ? left(state, facts) : step(state)),
  repeat: (state) => step(state, { act: "speak" }),
  note: (state, event, facts) => step({ ...state, note: event.note, notedAt: facts.at }),
  done: (state, _event, facts) => (state.screen === "unsaved" ? left(state, facts) : rested(state, facts)),

  languages: (state) => {
    if (state.saving) return step(state);
    if (state.screen === "language") return step({ ...state, screen: state.before });
    return step({ ...state, before: state.screen, screen: "language" });
  },
  language: (state, event) =>
    step({ ...state, screen: state.before, view: { ...state.view, language: event.language } }),
  view: (state, event) => step({ ...state, view: { ...state.view, [event.name]: event.value } }),

  touch: (state, _event, facts) => step(state.warned ? state : { ...state, touchedAt: facts.at }),
  stay: (state, _event, facts) => step({ ...state, warned: false, secondsLeft: null, touchedAt: facts.at }),
  tick: (state, _event, facts) => passed(state, facts),
};

/**
 * Gives the state after an event, and what has to be done outside.
 * @param {State} state
 * @param {Event} event
 * @param {Facts} facts
 * @returns {Step}
 */
export function next(state, event, facts) {
  const rule = RULES[event.type];
  if (!rule) throw new RangeError(`no rule for ${event.type}`);
  const after = rule(state, event, facts);
  const same = after.state.screen === state.screen && after.state.rating?.position === state.rating?.position;
  return same ? after : { ...after, state: { ...after.state, shownAt: facts.at, moment: facts.now } };
}

/** @param {State} state @param {...import('./lib/types.js').Effect} acts @returns {Step} */
function step(state, ...acts) {
  return { state, acts };
}

/** @param {State} state @returns {state is Asking} */
function isAsking(state) {
  return state.screen === "question" && state.rating !== null && state.configuration !== null;
}

/** @param {State} state @param {(now: Asking, question: Question) => Step} rule @returns {Step} */
function asking(state, rule) {
  const question = questionOf(state);
  if (!isAsking(state) || !question || state.saving) return step(state);
  return rule(state, question);
}

/** @param {Asking} state @param {Partial<Rating>} change @returns {Asking} */
function withRating(state, change) {
  return { ...state, rating: { ...state.rating, ...change } };
}

/** Shows the first question, of a new rating where none is being given. @param {State} state @param {Facts} facts @returns {Step} */
function first(state, facts, slip = state.rating?.slip ?? "") {
  if (!state.configuration) return step(state);
  const fresh = { id: facts.id, position: 0, path: [], answers: {}, comment: "", draft: "", stored: false };
  const now = { ...state, screen: /** @type {const} */ ("question"), typed: "", touchedAt: facts.at };
  return step({ ...now, rating: { ...(state.rating ?? fresh), slip } });
}

/** Tells whether a slip may come now: before the first question is answered, nobody has to start again for it. @param {State} state */
function takesSlip(state) {
  if (!state.configuration || state.saving) return false;
  return isResting(state) || state.screen === "slip" || (state.screen === "question" && state.rating?.position === 0);
}

/** @param {State} state @param {string | null} code @param {Facts} facts @returns {Step} */
function slipped(state, code, facts) {
  if (!takesSlip(state)) return step(state);
  const awake = { ...state, warned: false, secondsLeft: null, touchedAt: facts.at };
  if (code === null) return step({ ...awake, note: "This is not the code of an appointment slip.", notedAt: facts.at });
  const { state: after } = first({ ...awake, note: "" }, facts, code);
  return isAsking(after) && after.rating.stored ? step(after, { ...storage(after), quiet: true }) : step(after);
}

/** Leads from the slip to where one came from; how the person wants the screen stays. @param {State} state @param {Facts} facts @returns {Step} */
function withoutSlip(state, facts) {
  if (state.rating) return first(state, facts);
  const { state: after, acts } = rested(state, facts);
  return step({ ...after, view: state.view }, ...acts);
}

/** Stores what the rating now holds, and waits for the disk before going on. @param {Asking} state @returns {Step} */
function storing(state) {
  return step({ ...state, saving: true }, storage(state));
}

/** @param {Asking} state @returns {import('./lib/types.js').Effect} */
function storage({ rating, view, configuration }) {
  const { id, version } = configuration.questionnaire;
  const rated = { id: rating.id, questionnaire: id, version, language: view.language, answers: rating.answers };
  const added = { ...(rating.comment && { comment: rating.comment }), ...(rating.slip && { ballot: rating.slip }) };
  return { act: "keep", rating: { ...rated, ...added } };
}

/** @param {Asking} state @param {Question} question @param {import('./lib/types.js').Answer} value @returns {Step} */
function answered(state, question, value) {
  const { questionnaire } = state.configuration;
  return storing(
    withRating(state, { answers: pruned(questionnaire, { ...state.rating.answers, [question.id]: value }) }),
  );
}

/** @param {Asking} state @param {Question} question @param {import('./lib/types.js').Value} value @returns {Step} */
function marked(state, question, value) {
  const { [question.id]: given, ...others } = state.rating.answers;
  const before = Array.isArray(given) ? given : [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const now = withRating(state, { answers: after.length > 0 ? { ...others, [question.id]: after } : others });
  return step(now, { ...storage(now), quiet: true });
}

/** @param {Asking} state @param {Question} question @param {import('./lib/types.js').Answer} [value] @returns {Step} */
function sent(state, question, value) {
  if (commentQuestion(state.configuration.questionnaire) === question) {
    const comment = state.rating.draft.trim().normalize("NFC");
    return comment === state.rating.comment ? advanced(state) : storing(withRating(state, { comment }));
  }
  if (question.kind === "text") return worded(state, question);
  return value === undefined ? advanced(state) : answered(state, question, value);
}

/** @param {Asking} state @param {Question} question @returns {Step} */
function worded(state, question) {
  const words = state.rating.draft.trim().normalize("NFC");
  return words ? answered(state, question, words) : advanced(state);
}

/** @param {Asking} state @param {Question} question @param {Facts} facts @returns {Step} */
function skipped(state, question, facts) {
  if (!state.rating.stored) return rested(state, facts);
  const { [question.id]: given, ...answers } = state.rating.answers;
  const spoken = commentQuestion(state.configuration.questionnaire) === question && state.rating.comment !== "";
  if (state.rating.position === 0 || (given === undefined && !spoken)) return advanced(state);
  return storing(withRating(state, { answers, comment: spoken ? "" : state.rating.comment }));
}

/** @param {Asking} state @returns {Step} */
function advanced(state) {
  const { rating, configuration } = state;
  const position = following(configuration.questionnaire, rating.answers, rating.position);
  const now = { ...state, saving: false };
  if (position !== null)
    return step(withRating(now, { position, path: [...rating.path, rating.position], draft: rating.comment }));
  const secondsLeft = configuration.thanks_seconds;
  return step({ ...now, screen: "thanks", rating: null, secondsLeft }, { act: "finish", id: rating.id });
}

/** @param {Asking} state @returns {State} */
function backwards(state) {
  const { path } = state.rating;
  const before = path[path.length - 1];
  if (before === undefined) return state;
  return withRating(state, { position: before, path: path.slice(0, -1), draft: state.rating.comment });
}
