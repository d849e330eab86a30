/** What the office has set for this tablet: asked every minute, the last answer kept for days without network. */
import { trusted } from "../lib/http.js";

/** @typedef {import('../lib/types.js').Configuration} Configuration */
/** @typedef {import('../outbox/store.js').Store} Store */

/**
 * Asks for the configuration; stores and gives a new one.
 * @param {{http: import('../lib/http.js').Http, store: Store, token: string}} parts
 * @returns {Promise<{outcome: 'new', configuration: Configuration} | {outcome: 'same' | 'revoked' | 'unreachable'}>}
 */
export async function configure({ http, store, token }) {
  const reply = await http("/api/v1/kiosk/configuration", { token, etag: await store.read("etag") });
  if (!trusted(reply)) return { outcome: "unreachable" };
  if (reply.status === 401) return { outcome: "revoked" };
  if (reply.status === 304) return { outcome: "same" };
  if (reply.status !== 200 || !isConfiguration(reply.body)) return { outcome: "unreachable" };
  await store.write({ configuration: reply.body, etag: reply.etag });
  return { outcome: "new", configuration: reply.body };
}

/** Tells whether this can be shown: a page of a captive portal cannot. @param {any} body @returns {body is Configuration} */
export function isConfiguration(body) {
  const questions = body?.questionnaire?.questions;
  return (
    Array.isArray(questions) &&
    questions[0]?.kind === "faces" &&
    Array.isArray(body.languages) &&
    body.languages.length > 0
  );
}
