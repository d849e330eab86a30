/** The service worker: it keeps the application on the tablet; a new version waits until nobody is rating. */
import { mayUpdate } from "../outbox/policy.js";

const LOOK_MS = 600_000;

/**
 * Gives the update; consider is called whenever the screen rests.
 * @param {{serviceWorker: ServiceWorkerContainer | undefined, clock: import('../lib/clock.js').Clock, facts: () => {resting: boolean, queued: number}, reload: () => void}} parts
 */
export function createUpdate({ serviceWorker, clock, facts, reload }) {
  /** @type {ServiceWorkerRegistration | null} */
  let registration = null;
  /** @type {number | null} */
  let waitingSince = null;
  let replaced = false;
  let controlled = false;

  const consider = () => {
    if (replaced && facts().resting) return reload();
    const waiting = registration?.waiting;
    if (!waiting) return;
    waitingSince ??= clock.mono();
    if (mayUpdate({ ...facts(), waitedMs: clock.mono() - waitingSince })) waiting.postMessage("take over");
  };
  const changed = () => {
    replaced = controlled;
    controlled = true;
    consider();
  };

  return {
    consider,
    start: async () => {
      if (!serviceWorker) return;
      controlled = serviceWorker.controller !== null;
      serviceWorker.addEventListener("controllerchange", changed);
      registration = await serviceWorker.register("/kiosk/sw.js", {
        type: "module",
        scope: "/kiosk/",
        updateViaCache: "none",
      });
      clock.every(LOOK_MS, () => look(registration));
    },
    /** Asks the server for a new version now. */
    look: () => look(registration),
  };
}

/** Without network the look is in vain, and harmless. @param {ServiceWorkerRegistration | null} registration */
async function look(registration) {
  try {
    await registration?.update();
  } catch (fault) {
    if (!(fault instanceof TypeError || fault instanceof DOMException)) throw fault;
    return;
  }
}
