/** Hears a scanner that types like a keyboard, and keeps its keys from pressing anything. */
import { isByMachine, isScanned, joined, SILENCE } from "./code.js";

/** @typedef {ReturnType<typeof createScanner>} Scanner */

/**
 * Gives the scanner.
 * @param {(text: string) => void} heard  gets what was read, as it was read
 */
export function createScanner(heard) {
  let burst = SILENCE;
  const forget = () => {
    burst = SILENCE;
  };
  const ended = (/** @type {KeyboardEvent} */ event) => {
    const { text } = burst;
    const [byMachine, scanned] = [isByMachine(burst, event.timeStamp), isScanned(burst, event.timeStamp)];
    forget();
    if (byMachine) event.preventDefault();
    if (scanned) heard(text);
  };
  return {
    /** Hears a key wherever nobody writes words. @param {KeyboardEvent} event */
    typed: (event) => {
      if (isOther(event)) return forget();
      if (event.key === "Enter") return ended(event);
      if (event.key.length !== 1) return;
      burst = joined(burst, event.key, event.timeStamp);
      if (isByMachine(burst, event.timeStamp)) event.preventDefault();
    },
    forget,
  };
}

/** Tells what no scanner sends, and words that somebody writes. @param {KeyboardEvent} event */
function isOther({ ctrlKey, altKey, metaKey, repeat, target }) {
  return ctrlKey || altKey || metaKey || repeat || target instanceof HTMLTextAreaElement;
}
