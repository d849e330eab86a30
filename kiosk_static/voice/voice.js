/** Reads the screen aloud with the voice of the browser. */
import { languageOf } from "../i18n/index.js";

/** @typedef {ReturnType<typeof createVoice>} Voice */

/**
 * Gives the voice; without a speaker of the language it stays silent and says so.
 * @param {{browser: {speechSynthesis?: SpeechSynthesis, SpeechSynthesisUtterance?: typeof SpeechSynthesisUtterance}, mono: () => number}} parts
 */
export function createVoice({ browser, mono }) {
  const { speechSynthesis: speech, SpeechSynthesisUtterance: Utterance } = browser;
  let saidAt = Number.NEGATIVE_INFINITY;
  const speaker = (/** @type {string} */ language) => {
    const wanted = languageOf(language).locale.slice(0, 2);
    return speech?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(wanted)) ?? null;
  };
  return {
    /** Whether this machine has a voice for the language. @param {string} language */
    speaks: (language) => speaker(language) !== null,
    /** Whether something is being read; some browsers forget to say that they have ended, hence two minutes at most. */
    busy: () => (speech?.speaking ?? false) && mono() - saidAt < 120_000,
    /** Reads sentences one after the other, in place of what is being read. @param {string[]} sentences @param {string} language */
    say: (sentences, language) => {
      const voice = speaker(language);
      speech?.cancel();
      if (!speech || !Utterance || !voice) return;
      saidAt = mono();
      for (const text of sentences) {
        const utterance = new Utterance(text);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        utterance.rate = 0.95;
        speech.speak(utterance);
      }
    },
    hush: () => speech?.cancel(),
  };
}

/**
 * Gives what a screen says: its heading, its explanation, then everything one can press, in order.
 * @param {ParentNode} screen
 * @returns {string[]}
 */
export function spoken(screen) {
  const parts = screen.querySelectorAll("h1, h2, p:not(.code-cells), caption, tbody tr, main button, .idle button");
  const keyboard = (/** @type {Element} */ part) => part.closest(".keyboard, .number-pad") !== null;
  return [...parts]
    .filter((part) => !keyboard(part))
    .map(nameOf)
    .filter(Boolean);
}

/** Gives the name of one thing on the screen. @param {Element} part */
export function nameOf(part) {
  return (part.getAttribute("aria-label") ?? part.textContent ?? "").replace(/\s+/g, " ").trim();
}
