/** What the tablet tells the office of itself, once a minute. */
import { trusted } from "../lib/http.js";

/** @typedef {import('../lib/types.js').Counts} Counts */

/**
 * Sends one heartbeat.
 * @param {{http: import('../lib/http.js').Http, token: string, counts: Counts, version: string, wall: number, persisted: boolean, battery: number | null}} facts
 * @returns {Promise<'heard' | 'revoked' | 'unreachable'>}
 */
export async function beat({ http, token, ...facts }) {
  const reply = await http("/api/v1/kiosk/heartbeat", { method: "POST", token, body: bodyOf(facts) });
  if (!trusted(reply)) return "unreachable";
  return reply.status === 401 ? "revoked" : "heard";
}

/**
 * Gives the body: every rating that is still on the tablet counts, the parked ones too; the clock is the tablet's own, right or wrong.
 * @param {{counts: Counts, version: string, wall: number, persisted: boolean, battery: number | null}} facts
 */
export function bodyOf({ counts, version, wall, persisted, battery }) {
  return {
    queued: counts.open + counts.ready + counts.parked,
    last_sequence: counts.lastSequence,
    storage_persisted: persisted,
    app_version: version,
    clock: new Date(wall).toISOString(),
    battery,
  };
}

/** Gives the charge from 0 to 1, or null where the browser does not tell. @param {any} navigator */
export async function charge(navigator) {
  const battery = await navigator.getBattery?.();
  return battery?.level ?? null;
}
