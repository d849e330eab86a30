/** Does what flow.js asks for: stores, enrols, forgets; tells the outcome as an event. */
import { enrol } from "./device/enrolment.js";
import { Full } from "./outbox/store.js";

/** @typedef {import('./lib/types.js').Effect} Effect */
/** @typedef {import('./lib/types.js').Send} Send */
/** @typedef {{store: import('./outbox/store.js').Store, http: import('./lib/http.js').Http, clock: import('./lib/clock.js').Clock, send: Send,
 *   membership: import('./device/membership.js').Membership, sender: {wake: () => Promise<void>}, rounds: {now: () => Promise<void>},
 *   reader: {read: () => void, hush: () => void}, update: {consider: () => void}, scanner: {forget: () => void}}} Parts */

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
    configure: () => {
      parts.rounds.now();
    },
    wipe: () => wipe(parts),
    speak: parts.reader.read,
  };
  return (/** @type {Effect} */ act) => acts[act.act]?.(act);
}

/** @param {Parts} parts @param {Effect} act */
async function keep(parts, { rating, quiet }) {
  const { store, clock, send } = parts;
  try {
    await store.keep(rating, new Date(clock.now()).toISOString());
  } catch (fault) {
    return send({ type: "lost", id: rating.id, reason: fault instanceof Full ? "full" : "storage" });
  }
  send({ type: "kept", id: rating.id, quiet: Boolean(quiet) });
  await count(parts);
}

/** A rating that could not be declared complete is completed at the next start. @param {Parts} parts @param {Effect} act */
async function finish(parts, { id }) {
  const { store, send } = parts;
  try {
    await store.finish(id);
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    return send({ type: "device", device: { failing: true } });
  }
  deliver(parts);
}

/** Sends beside the line: nobody waits for the network. @param {Parts} parts */
async function deliver(parts) {
  await count(parts);
  await parts.sender.wake();
  await count(parts);
  parts.update.consider();
}

/** @param {Parts} parts @param {string} code */
async function pair({ http, membership, send }, code) {
  const enrolment = await enrol(http, code);
  if (enrolment.outcome === "refused") return send({ type: "unpaired", reason: enrolment.reason });
  await membership.join(enrolment.token, enrolment.kioskId);
  send({ type: "paired" });
}

/** @param {Parts} parts */
async function count({ store, send }) {
  const { open, ready, parked } = await store.counts();
  send({ type: "device", device: { queued: open + ready, parked } });
}

/** Nothing of the person before stays: no selection, no voice, no scanned letter; a new version may come now. @param {Parts} parts */
function wipe({ reader, update, scanner }) {
  getSelection()?.removeAllRanges();
  reader.hush();
  scanner.forget();
  update.consider();
}
