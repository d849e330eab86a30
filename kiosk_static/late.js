/** The parts that are not needed before the first tap: sender, rounds, update, voice. */
import { createRounds } from "./device/rounds.js";
import { createUpdate } from "./device/update.js";
import { isResting } from "./idle.js";
import { createSender } from "./outbox/sender.js";
import { version } from "./precache.js";
import { createVoice, nameOf, spoken } from "./voice/voice.js";

/** @typedef {{store: import('./outbox/store.js').Store, http: import('./lib/http.js').Http, clock: import('./lib/clock.js').Clock, send: import('./lib/types.js').Send,
 *   membership: import('./device/membership.js').Membership, windows: ReturnType<typeof import('./lib/windows.js').createWindows>,
 *   stage: {seen: () => HTMLElement}, state: () => import('./lib/types.js').State}} Parts */

/**
 * Builds the late parts.
 * @param {Parts} parts
 */
export function createLate({ store, http, clock, send, membership, windows, stage, state }) {
  const voice = createVoice({
    speech: globalThis.speechSynthesis,
    Utterance: globalThis.SpeechSynthesisUtterance,
    mono: clock.mono,
  });
  const told = (/** @type {'sent' | 'waiting' | 'stopped'} */ fact) => {
    if (fact === "stopped") return void membership.leave();
    send({ type: "device", device: { online: fact === "sent" } });
  };
  const sender = createSender({ store, http, clock, token: membership.token, alone: windows.alone, tell: told });
  const rounds = createRounds({ http, store, clock, send, membership, navigator, version });
  const update = createUpdate({
    serviceWorker: navigator.serviceWorker,
    clock,
    facts: () => ({ resting: isResting(state()), queued: state().device.queued }),
    reload: () => location.reload(),
  });
  const read = (/** @type {HTMLElement} */ screen, /** @type {string} */ language) =>
    voice.say(spoken(screen), language);

  return {
    sender,
    rounds,
    read,
    /** Says the name of what has the focus. @param {Element} element @param {string} language */
    name: (element, language) => voice.say([nameOf(element)], language),
    /** The reading has been switched on or off. @param {import('./lib/types.js').View} view */
    listened: (view) => {
      if (!view.voice) return voice.hush();
      if (voice.speaks(view.language)) return read(stage.seen(), view.language);
      send({ type: "view", name: "voice", value: false });
      send({ type: "note", note: "This machine has no voice for this language yet." });
    },
    rested: () => {
      voice.hush();
      update.consider();
    },
    start: () => {
      document.documentElement.dataset.fonts = "ready";
      navigator.storage?.persist?.();
      addEventListener("online", () => sender.hurry());
      clock.every(1000, () => voice.busy() && send({ type: "touch" }));
      clock.every(30_000, update.consider);
      sender.start();
      rounds.start();
      update.start();
    },
  };
}
