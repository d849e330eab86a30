/** Brings complete ratings to the server: one window at a time, in order, patient. */
import { BATCH, bodyOf, outcomeOf, sizeAfter, waitAfter } from "./policy.js";

/** @typedef {import('../lib/clock.js').Clock} Clock */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {{store: Store, http: import('../lib/http.js').Http, clock: Clock, token: () => string | null,
 *   alone: (work: () => Promise<void>) => Promise<boolean>, tell: (fact: 'sent' | 'waiting' | 'stopped') => void}} Parts */
/** @typedef {ReturnType<typeof createSender>} Sender */

const LOOK_MS = 5_000;
const TOLD = /** @type {const} */ ({ settled: "sent", smaller: "sent", later: "waiting", stopped: "stopped" });

/**
 * Gives the sender; it rests until it is woken.
 * @param {Parts} parts  alone runs the work unless another window is sending, and tells whether it ran
 */
export function createSender(parts) {
  const { store, http, clock, token, alone, tell } = parts;
  let size = BATCH;
  let failures = 0;
  let dueAt = 0;
  let busy = false;

  const judged = (/** @type {import('./policy.js').Outcome} */ outcome) => {
    size = sizeAfter(size, outcome);
    failures = outcome.kind === "later" ? failures + 1 : 0;
    if (outcome.kind === "later") dueAt = clock.mono() + waitAfter(failures, outcome.retryAfter, clock.chance());
    tell(TOLD[outcome.kind]);
    return outcome.kind === "settled" || outcome.kind === "smaller";
  };
  /** @returns {Promise<boolean>} whether more may be waiting */
  const exchange = async () => {
    const batch = await store.ready(size);
    if (batch.length === 0) return false;
    const reply = await http("/api/v1/ratings", { method: "POST", token: token(), body: bodyOf(batch) });
    const outcome = outcomeOf(batch, reply);
    if (outcome.kind === "settled") await store.settle(outcome);
    return judged(outcome);
  };
  const empty = async () => {
    let more = true;
    while (more) more = await exchange();
  };
  const round = async () => {
    if (busy || token() === null || clock.mono() < dueAt) return;
    busy = true;
    try {
      await alone(empty);
    } finally {
      busy = false;
    }
  };

  return {
    /** Sends now if something is ready and the waiting time is over. */
    wake: round,
    /** Forgets the waiting time, as when the network has come back. */
    hurry: () => {
      dueAt = 0;
      return round();
    },
    /** Looks every five seconds; the result ends it. */
    start: () => clock.every(LOOK_MS, round),
  };
}
