/** What the tablet does by itself, minute by minute: asks for its configuration, tells how it is, looks for a new version. */

import { configure } from "./configuration.js";
import { beat, charge } from "./heartbeat.js";

/** @typedef {import('../lib/types.js').Send} Send */
/** @typedef {{http: import('../lib/http.js').Http, store: import('../outbox/store.js').Store, clock: import('../lib/clock.js').Clock, send: Send,
 *   membership: import('./membership.js').Membership, navigator: Navigator, version: string}} Parts */

const MINUTE_MS = 60_000;

/**
 * Gives the rounds; nothing runs before start.
 * @param {Parts} parts
 */
export function createRounds(parts) {
  const { clock, membership, send } = parts;
  const online = (/** @type {boolean} */ heard) => send({ type: "device", device: { online: heard } });
  const configuration = async () => {
    const token = membership.token();
    if (token === null) return;
    const answer = await configure({ ...parts, token });
    online(answer.outcome !== "unreachable");
    if (answer.outcome === "new") send({ type: "configured", configuration: answer.configuration });
    if (answer.outcome === "revoked") await membership.leave();
  };
  const heartbeat = async () => {
    const token = membership.token();
    if (token === null) return;
    const { navigator, store, version, http } = parts;
    const persisted = (await navigator.storage?.persisted?.()) ?? false;
    const facts = {
      counts: await store.counts(),
      version,
      wall: clock.wall(),
      persisted,
      battery: await charge(navigator),
    };
    if ((await beat({ http, token, ...facts })) === "revoked") await membership.leave();
  };
  const round = async () => {
    await configuration();
    await heartbeat();
  };
  return {
    /** One round now. */
    now: round,
    /** Begins now and goes on every minute; the result ends it. */
    start: () => {
      round();
      return clock.every(MINUTE_MS, round);
    },
  };
}
