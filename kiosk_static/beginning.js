/** The state in which the tablet starts, and the view with which every person begins. Pure. */

/** @typedef {import('./lib/types.js').State} State */
/** @typedef {import('./lib/types.js').Configuration} Configuration */
/** @typedef {import('./lib/types.js').View} View */

const RESTING = ["attract", "closed", "starting"];

/** Gives the state before anything is known. @returns {State} */
export function beginning() {
  return {
    screen: "starting",
    configuration: null,
    newer: null,
    view: freshView(null),
    rating: null,
    saving: false,
    before: "attract",
    touchedAt: 0,
    shownAt: 0,
    moment: 0,
    secondsLeft: null,
    warned: false,
    reason: "",
    typed: "",
    kept: false,
    note: "",
    notedAt: 0,
    device: { online: true, queued: 0, parked: 0, failing: false },
  };
}

/**
 * Gives the view with which every person begins.
 * @param {Configuration | null} configuration
 * @returns {View}
 */
export function freshView(configuration) {
  return { language: configuration?.languages[0] ?? "vi", text: "normal", contrast: false, reach: false, voice: false };
}

/** Tells whether nobody is in the middle of anything. @param {State} state */
export function isResting(state) {
  return RESTING.includes(state.screen);
}
