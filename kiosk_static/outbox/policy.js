/** When to send, what an answer of the server means, and how much the tablet may hold. Pure. */
import { trusted } from "../lib/http.js";

/** @typedef {import('../lib/types.js').StoredRating} StoredRating */
/** @typedef {import('../lib/types.js').Reply} Reply */

export const CAP = 5000;
export const BATCH = 50;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
const LONGEST_ASKED_MS = 3_600_000;

/**
 * What to do after an answer: "settled" removes the acknowledged and parks the refused; "smaller" tries fewer at once;
 * "later" waits; "stopped" means that the token no longer counts.
 * @typedef {{kind: 'settled', stored: string[], parked: {id: string, problem: unknown}[]} | {kind: 'smaller'} |
 *   {kind: 'later', retryAfter: number | null} | {kind: 'stopped'}} Outcome
 */

/** Tells whether one more rating may be taken. @param {number} held  open, ready and parked ones */
export function hasRoom(held) {
  return held < CAP;
}

/**
 * Gives the body of one request. A record of any released schema is read here.
 * @param {StoredRating[]} batch
 */
export function bodyOf(batch) {
  return { ratings: batch.map(wired) };
}

/**
 * Reads the server's answer to a batch. Only words of our own server count: a captive portal's page is a fault of the network.
 * @param {StoredRating[]} batch
 * @param {Reply} reply
 * @returns {Outcome}
 */
export function outcomeOf(batch, reply) {
  const retryAfter = reply.kind === "answer" ? reply.retryAfter : null;
  if (!trusted(reply)) return { kind: "later", retryAfter };
  if (reply.status === 200) return verdicts(batch, reply.body);
  if (reply.status === 401) return { kind: "stopped" };
  if (reply.status === 429 || reply.status >= 500) return { kind: "later", retryAfter };
  if (batch.length > 1) return { kind: "smaller" };
  return { kind: "settled", stored: [], parked: batch.map(({ id }) => ({ id, problem: reply.body })) };
}

/**
 * Gives the size of the next batch: halved when a whole batch was refused, doubled again after each success.
 * @param {number} size
 * @param {Outcome} outcome
 */
export function sizeAfter(size, outcome) {
  if (outcome.kind === "smaller") return Math.max(1, Math.floor(size / 2));
  return outcome.kind === "settled" ? Math.min(BATCH, size * 2) : size;
}

/**
 * Gives the milliseconds to wait: doubling from 2 s to 5 min, spread by chance so that forty tablets do not come at once;
 * never sooner than the server asked, within an hour.
 * @param {number} failures  in a row, at least 1
 * @param {number | null} retryAfter  seconds
 * @param {number} chance  0 to 1
 */
export function waitAfter(failures, retryAfter, chance) {
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20));
  const asked = Math.min(LONGEST_ASKED_MS, (retryAfter ?? 0) * 1000);
  return asked + backoff * (0.5 + chance / 2);
}

/**
 * Tells whether a new version of the application may take over: nobody is rating, and the queue is empty or has been stuck for ten minutes.
 * @param {{resting: boolean, queued: number, waitedMs: number}} facts
 */
export function mayUpdate({ resting, queued, waitedMs }) {
  return resting && (queued === 0 || waitedMs >= 600_000);
}

/** @param {StoredRating} record */
function wired(record) {
  const { id, sequence, questionnaire, version, answered_at, language, answers } = record;
  const rating = { id, sequence, questionnaire, version, answered_at, language, answers };
  return {
    ...rating,
    ...(record.comment ? { comment: record.comment } : {}),
    ...(record.ballot ? { ballot: record.ballot } : {}),
  };
}

/** @param {StoredRating[]} batch @param {any} body @returns {Outcome} */
function verdicts(batch, body) {
  const results = Array.isArray(body?.results) ? body.results : [];
  const mine = results.filter((/** @type {any} */ result) => batch.some(({ id }) => id === result?.id));
  const of = (/** @type {string[]} */ ...outcomes) =>
    mine.filter((/** @type {any} */ { outcome }) => outcomes.includes(outcome));
  const stored = of("stored", "repeated").map((/** @type {any} */ { id }) => id);
  const parked = of("refused").map((/** @type {any} */ { id, problem }) => ({ id, problem: problem ?? null }));
  if (stored.length + parked.length === 0) return { kind: "later", retryAfter: null };
  return { kind: "settled", stored, parked };
}
