/** One way to the server: same origin, no cookie, a limit of time, and never an exception for a broken network. */

/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {{method?: string, token?: string | null, body?: unknown, etag?: string | null}} Asked */
/** @typedef {(path: string, asked?: Asked) => Promise<Reply>} Http */

const LIMIT_MS = 15_000;

/**
 * Gives the function that asks the server; a fault of the network is the reply "unreachable".
 * @param {{ask: (path: string, request: RequestInit) => Promise<Response>, heard: (server: number | null) => void}} parts
 * @returns {Http}
 */
export function createHttp({ ask, heard }) {
  return async (path, asked = {}) => {
    try {
      const response = await ask(path, request(asked));
      const reply = await read(response);
      if (trusted(reply)) heard(reply.date);
      return reply;
    } catch (fault) {
      if (fault instanceof TypeError || fault instanceof DOMException) return { kind: "unreachable" };
      throw fault;
    }
  };
}

/**
 * Tells whether our own server speaks, not a hotel's sign-in page or a proxy.
 * @param {Reply} reply
 * @returns {reply is Extract<Reply, {kind: 'answer'}>}
 */
export function trusted(reply) {
  if (reply.kind !== "answer") return false;
  return reply.problem || reply.status === 204 || reply.status === 304 || (reply.status < 300 && reply.body !== null);
}

/** @param {Asked} asked @returns {RequestInit} */
function request({ method = "GET", token, body, etag }) {
  const headers = new Headers({ accept: "application/json" });
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (etag) headers.set("if-none-match", etag);
  if (body !== undefined) headers.set("content-type", "application/json");
  return {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    credentials: "omit",
    redirect: "error",
    cache: "no-store",
    signal: AbortSignal.timeout(LIMIT_MS),
  };
}

/** @param {Response} response @returns {Promise<Extract<Reply, {kind: 'answer'}>>} */
async function read(response) {
  const type = response.headers.get("content-type") ?? "";
  const text = await response.text();
  const date = Date.parse(response.headers.get("date") ?? "");
  return {
    kind: "answer",
    status: response.status,
    body: /\bjson\b/.test(type) ? parsed(text) : null,
    problem: type.startsWith("application/problem+json"),
    retryAfter: seconds(response.headers.get("retry-after")),
    etag: response.headers.get("etag"),
    date: Number.isNaN(date) ? null : date,
  };
}

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}

/** @param {string | null} header  seconds; a date is not sent by our server @returns {number | null} */
function seconds(header) {
  const value = Number(header ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
