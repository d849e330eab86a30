/** Plays the recordings of the office, one at a time. */

/** @typedef {ReturnType<typeof createRecordings>} Recordings */

/**
 * Gives the player; a browser without one plays nothing and goes on.
 * @param {typeof Audio | undefined} Player
 */
export function createRecordings(Player) {
  /** @type {HTMLAudioElement | null} */
  let playing = null;
  return {
    /** Plays one, then goes on; one that cannot be played is passed over. @param {string} address @param {() => void} then */
    play: (address, then) => {
      if (!Player) return then();
      playing = new Player(address);
      playing.onended = then;
      playing.play().catch(then);
    },
    stop: () => {
      playing?.pause();
      playing = null;
    },
    busy: () => playing?.paused === false,
  };
}
