/** Several windows of the tablet at once: only one sends, and each can tell whether another still lives. */

/**
 * Gives the understanding among windows by Web Locks; an old browser without them is taken to have one window.
 * @param {LockManager | undefined} locks
 * @param {string} tab  the name of this window
 */
export function createWindows(locks, tab) {
  const name = (/** @type {string} */ one) => `kiosk-window-${one}`;
  return {
    /** Shows the others that this window lives, as long as it does. */
    live: () => {
      locks?.request(name(tab), () => new Promise(() => undefined));
    },
    /** Whether another window still lives. @param {string} other */
    lives: async (/** @type {string} */ other) => {
      const held = (await locks?.query())?.held ?? [];
      return held.some((lock) => lock.name === name(other));
    },
    /** Runs the work unless another window is at it; tells whether it ran. @param {() => Promise<void>} work */
    alone: async (/** @type {() => Promise<void>} */ work) => {
      if (!locks) {
        await work();
        return true;
      }
      return locks.request("kiosk-sender", { ifAvailable: true }, async (lock) => {
        if (lock) await work();
        return lock !== null;
      });
    },
  };
}
