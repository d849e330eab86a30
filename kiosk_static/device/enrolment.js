/** How a tablet gets its right to send: a code of eight figures for a token. */
import { trusted } from "../lib/http.js";

/** @typedef {import('../lib/types.js').Reply} Reply */
/** @typedef {{outcome: 'paired', token: string, kioskId: string} | {outcome: 'refused', reason: string}} Enrolment */

/**
 * Exchanges the code that staff made for this counter.
 * @param {import('../lib/http.js').Http} http
 * @param {string} code  XXXX-XXXX
 * @returns {Promise<Enrolment>}
 */
export async function enrol(http, code) {
  return enrolmentOf(await http("/api/v1/kiosk/enrolment", { method: "POST", body: { code } }));
}

/** Reads the server's answer. @param {Reply} reply @returns {Enrolment} */
export function enrolmentOf(reply) {
  if (!trusted(reply) || reply.status >= 500) return { outcome: "refused", reason: "unreachable" };
  if (reply.status === 201) return { outcome: "paired", token: reply.body.token, kioskId: String(reply.body.kiosk_id) };
  return { outcome: "refused", reason: reply.status === 429 ? "many" : "wrong" };
}

/** Gives the code that a QR put behind the address, or null. @param {string} hash */
export function codeIn(hash) {
  const found = /^#(?:code=)?(\d{4})-?(\d{4})$/.exec(hash);
  return found ? `${found[1]}-${found[2]}` : null;
}
