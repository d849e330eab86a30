/** Which taps are meant. Pure. */

const BURST_MS = 500;
const BURST_PIXELS = 24;

/** @typedef {{x: number, y: number, at: number, screen: number}} Tap  screen is the moment since which the screen stands */

/**
 * Joins a tap to the burst before it: quick taps on one spot keep the screen on which the burst began.
 * @param {Tap | null} before
 * @param {Tap} tap
 * @returns {Tap}
 */
export function joined(before, tap) {
  const same =
    before !== null && tap.at - before.at < BURST_MS && Math.hypot(tap.x - before.x, tap.y - before.y) < BURST_PIXELS;
  return same ? { ...tap, screen: before.screen } : tap;
}

/**
 * Tells whether a tap was meant for an earlier screen: the second of a double tap must not press what has just appeared.
 * @param {Tap} tap  already joined
 * @param {number} screen  the moment since which the present screen stands
 */
export function belated(tap, screen) {
  return tap.screen < screen;
}
