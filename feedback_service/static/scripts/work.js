/** Work instead of trust: tries numbers in the background until one fits (altcha, PBKDF2). */

const LONGEST_MS = 10 * 60 * 1000;

/** @typedef {{counter: number, derivedKey: string, time: number}} Solution */
/** @typedef {{payload: string, triesPerSecond: number}} Done */

/** Whether this browser can do the work: only pages reached over https or on the machine itself may. */
export function canWork() {
  return globalThis.isSecureContext && "Worker" in globalThis && "subtle" in globalThis.crypto;
}

/**
 * Returns the solution of `asked` as the form sends it, and how fast this device is. Rejects when a worker fails or when `signal` ends the work.
 * @param {string} asked JSON as the page carries it
 * @param {{worker: string, hands: number, signal: AbortSignal}} how
 * @returns {Promise<Done>}
 */
export function solved(asked, { worker, hands, signal }) {
  const challenge = JSON.parse(asked);
  return new Promise((resolve, reject) => {
    /** @type {Worker[]} */
    const workers = [];
    const end = () => {
      for (const one of workers) one.terminate();
    };
    /** @param {Solution | {error: unknown} | null} found */
    const heard = (found) => {
      end();
      if (found && "derivedKey" in found) resolve({ payload: payload(challenge, found), triesPerSecond: speed(found) });
      else reject(new Error("the work was not finished"));
    };
    signal.addEventListener("abort", () => heard(null), { once: true });
    for (let hand = 0; hand < hands; hand++) workers.push(hired(worker, heard));
    workers.forEach((one, hand) => {
      one.postMessage({ type: "work", challenge, counterStart: hand, counterStep: hands, timeout: LONGEST_MS });
    });
  });
}

/** How many workers may share a long work. */
export function handsFree() {
  return Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));
}

/**
 * @param {string} address
 * @param {(found: Solution | {error: unknown} | null) => void} heard
 */
function hired(address, heard) {
  const worker = new Worker(address);
  worker.addEventListener("message", (message) => heard(message.data));
  worker.addEventListener("error", () => heard(null));
  return worker;
}

/** @param {object} challenge @param {Solution} solution */
function payload(challenge, solution) {
  return btoa(JSON.stringify({ challenge, solution }));
}

/** @param {Solution} solution */
function speed({ counter, time }) {
  return (1000 * (counter + 1)) / Math.max(1, time);
}
