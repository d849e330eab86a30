/** Reads aloud what is on the screen, when the person wants it. */
import { nameOf, spoken } from "./voice.js";

/** @typedef {import('../lib/types.js').View} View */
/** @typedef {ReturnType<typeof createReader>} Reader */

/**
 * Gives the reader.
 * @param {{voice: import('./voice.js').Voice, send: import('../lib/types.js').Send, seen: () => HTMLElement, view: () => View}} parts
 */
export function createReader({ voice, send, seen, view }) {
  const read = () => voice.say(spoken(seen()), view().language);
  return {
    read,
    hush: voice.hush,
    /** A screen has appeared. */
    shown: () => {
      if (view().voice) read();
    },
    /** A control has got the focus by a key. @param {Element} element */
    focused: (element) => {
      if (view().voice) voice.say([nameOf(element)], view().language);
    },
    /** The view was changed: reading begins, ends, or cannot begin for want of a voice. @param {View} before @param {View} after */
    changed: (before, after) => {
      if (before.voice === after.voice) return;
      if (!after.voice) return voice.hush();
      if (voice.speaks(after.language)) return read();
      send({ type: "view", name: "voice", value: false });
      send({ type: "note", note: "This machine has no voice for this language yet." });
    },
  };
}
