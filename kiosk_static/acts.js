/** Does what flow.js asks for: stores, enrols, forgets; tells the outcome as an event. */
import { enrol } from "./device/enrolment.js";
import { Full } from "./outbox/store.js";

/** @typedef {import('./lib/types.js').Effect} Effect */
/** @typedef {import('./lib/types.js').Send} Send */
/** @typedef {{store: import('./outbox/store.js').Store, http: import('./lib/http.js').Http, clock: import('./lib/clock.js').Clock, send: Send,
 *   membership: import('./device/membership.js').Membership, stored: () => void, finished: () => void, wiped: () => void, configure: () => void, speak: () => void}} Parts */

/**
 * Gives the function that performs acts: those on the disk one after the other, in the order in which they were asked for.
 * @param {Parts} parts
 */
export function createActs(parts) {
  let line = Promise.resolve();
  const inLine = (/** @type {() => Promise<void>} */ work) => {
    line = line.then(work);
  };
  /** @type {Record<string, (act: Effect) => void>} */
  const acts = {
    keep: (act) => inLine(() => keep(parts, act)),
    finish: (act) => inLine(() => finish(parts, act)),
    enrol: (act) => {
      pair(parts, act.code);
    },
    configure: parts.configure,
    wipe: parts.wiped,
    speak: parts.speak,
  };
  return (/** @type {Effect} */ act) => acts[act.act]?.(act);
}

/** @param {Parts} parts @param {Effect} act */
async function keep({ store, clock, send, stored }, { rating, quiet }) {
  try {
    await store.keep(rating, new Date(clock.now()).toISOString());
    send({ type: "kept", id: rating.id, quiet: Boolean(quiet) });
    stored();
  } catch (fault) {
    send({ type: "lost", id: rating.id, reason: fault instanceof Full ? "full" : "storage" });
  }
}

/** A rating that could not be declared complete is completed at the next start. @param {Parts} parts @param {Effect} act */
async function finish({ store, send, finished }, { id }) {
  try {
    await store.finish(id);
    finished();
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    send({ type: "device", device: { failing: true } });
  }
}

/** @param {Parts} parts @param {string} code */
async function pair({ http, membership, send }, code) {
  const enrolment = await enrol(http, code);
  if (enrolment.outcome === "refused") return send({ type: "unpaired", reason: enrolment.reason });
  await membership.join(enrolment.token, enrolment.kioskId);
  send({ type: "paired" });
}
