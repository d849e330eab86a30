/** The only place that reads the time and draws chance; everything else is given this. */

const TRUST_MS = 120_000;

/**
 * Gives the time of the server where it is known and the tablet's own clock is more than two minutes off.
 * @param {{server: number, wall: number, mono: number} | null} anchor  the last moment heard from the server
 * @param {number} wall  milliseconds by the tablet's clock
 * @param {number} mono  milliseconds that only run forward
 * @returns {number}
 */
export function corrected(anchor, wall, mono) {
  if (!anchor) return wall;
  const jumped = Math.abs(wall - anchor.wall - (mono - anchor.mono)) > TRUST_MS;
  const astray = Math.abs(anchor.server - anchor.wall) > TRUST_MS;
  return astray && !jumped ? wall + (anchor.server - anchor.wall) : wall;
}

/** @typedef {ReturnType<typeof createClock>} Clock */

/** Gives the clock and the chance of this browser. */
export function createClock() {
  /** @type {{server: number, wall: number, mono: number} | null} */
  let anchor = null;
  return {
    /** Milliseconds that only run forward, for spans. */
    mono: () => performance.now(),
    /** What the tablet's own clock says, right or wrong. */
    wall: () => Date.now(),
    /** The best known time, in milliseconds since 1970. */
    now: () => corrected(anchor, Date.now(), performance.now()),
    /** Takes note of the time that stood on an answer of the server. @param {number | null} server */
    heard: (server) => {
      if (server !== null) anchor = { server, wall: Date.now(), mono: performance.now() };
    },
    /** A number from 0 to 1. */
    chance: () => Math.random(),
    /** A fresh UUID (version 4); works without a secure context too. */
    id: () => uuid(crypto.getRandomValues(new Uint8Array(16))),
    /** Calls once, later; the result calls it off. @param {number} ms @param {() => void} act */
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    /** Calls again and again; the result calls it off. @param {number} ms @param {() => void} act */
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      return () => clearInterval(timer);
    },
  };
}

/**
 * Writes sixteen bytes as a UUID of version 4.
 * @param {Uint8Array} bytes
 */
export function uuid(bytes) {
  const marked = [...bytes].map((byte, place) =>
    place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  const hex = marked.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
