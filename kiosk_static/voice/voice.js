/** Reads the screen aloud: by the recordings of the office, else with the voice of the browser. */
import { languageOf } from "../i18n/index.js";
import { createRecordings } from "./recordings.js";

/** @typedef {ReturnType<typeof createVoice>} Voice */
/** @typedef {{speechSynthesis?: SpeechSynthesis, SpeechSynthesisUtterance?: typeof SpeechSynthesisUtterance, Audio?: typeof Audio}} Browser */

const LONGEST_MS = 120_000;

/**
 * Gives the voice; without a recording and without a speaker of the language it stays silent and says so.
 * @param {{browser: Browser, mono: () => number, sounds: () => import('../lib/types.js').Sounds}} parts
 */
export function createVoice({ browser, mono, sounds }) {
  const { speechSynthesis: speech, SpeechSynthesisUtterance: Utterance } = browser;
  const recordings = createRecordings(browser.Audio);
  let saidAt = Number.NEGATIVE_INFINITY;
  let turn = 0;
  const speaker = (/** @type {string} */ language) => speakerOf(speech, language);
  const hush = () => {
    turn += 1;
    recordings.stop();
    speech?.cancel();
  };
  /** @param {string} text @param {SpeechSynthesisVoice | null} voice @param {() => void} then */
  const speak = (text, voice, then) => {
    if (!speech || !Utterance || !voice) return then();
    speech.speak(Object.assign(new Utterance(text), { voice, lang: voice.lang, rate: 0.95, onend: then }));
  };
  /** Recorded or read, one after the other, until something else is to be said. @param {string[]} sentences @param {Record<string, string>} recorded @param {SpeechSynthesisVoice | null} voice @returns {void} */
  const inTurn = ([text, ...rest], recorded, voice) => {
    if (text === undefined) return;
    const mine = turn;
    const then = () => mine === turn && inTurn(rest, recorded, voice);
    const address = recorded[text];
    if (address) recordings.play(address, then);
    else speak(text, voice, then);
  };
  return {
    /** Whether anything can be heard in the language. @param {string} language */
    speaks: (language) => Object.keys(sounds()[language] ?? {}).length > 0 || speaker(language) !== null,
    /** Whether something is being read; some browsers forget to say that they have ended, hence two minutes at most. */
    busy: () => ((speech?.speaking ?? false) || recordings.busy()) && mono() - saidAt < LONGEST_MS,
    /** Reads sentences one after the other, in place of what is being read. @param {string[]} sentences @param {string} language */
    say: (sentences, language) => {
      const [recorded, voice] = [sounds()[language], speaker(language)];
      hush();
      saidAt = mono();
      if (recorded) inTurn(sentences, recorded, voice);
      else for (const text of sentences) speak(text, voice, () => undefined);
    },
    hush,
  };
}

/** @param {SpeechSynthesis | undefined} speech @param {string} language */
function speakerOf(speech, language) {
  const wanted = languageOf(language).locale.slice(0, 2);
  return speech?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(wanted)) ?? null;
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
