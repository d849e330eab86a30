/** What the code of a slip looks like, and how a scanner is told from a person who types. Pure. */

/** @typedef {{text: string, at: number}} Burst  letters that came quickly one after the other, and the milliseconds of the last */

export const LONGEST = 60;
const SHAPE = /^[A-Z0-9./-]{6,60}$/;
/** Identity cards carry bars with nine or twelve figures: they are nobody's business here. */
const IDENTITY = /^(\d{9}|\d{12})$/;
const QUICK_MS = 50;
const SCANNED_LETTERS = 8;
const TYPED_LETTERS = 2;

/** @type {Burst} */
export const SILENCE = { text: "", at: Number.NEGATIVE_INFINITY };

/**
 * Gives the code in what was scanned or typed: of a link only its letters, of anything that is no code null.
 * @param {string} text
 */
export function codeOf(text) {
  const code = (text.trim().split("/b/").pop() ?? "").replace(/\/$/, "").toUpperCase();
  return SHAPE.test(code) && !IDENTITY.test(code) ? code : null;
}

/**
 * Joins a letter to the burst before it; after a pause a new one begins.
 * @param {Burst} before
 * @param {string} letter
 * @param {number} at  milliseconds
 * @returns {Burst}
 */
export function joined(before, letter, at) {
  return { text: (isQuick(before, at) ? before.text : "") + letter, at };
}

/** Tells whether no hand is as quick: Enter after such a burst presses nothing. @param {Burst} burst @param {number} at  milliseconds */
export function isByMachine(burst, at) {
  return isQuick(burst, at) && burst.text.length > TYPED_LETTERS;
}

/** Tells whether Enter at this moment ends what a scanner has read. @param {Burst} burst @param {number} at  milliseconds */
export function isScanned(burst, at) {
  return isQuick(burst, at) && burst.text.length >= SCANNED_LETTERS;
}

/** @param {Burst} burst @param {number} at */
function isQuick(burst, at) {
  return at - burst.at <= QUICK_MS;
}
