/** The accent bar: the syllable that is being typed, with every mark and every tone, one tap away. */
import { button, make } from "../lib/dom.js";
import { BAR_HINT, SHAPE_NAMES, TONE_NAMES } from "./layout.js";
import { parted, shapes, toned, toneOf } from "./telex.js";

/** Long syllables are set smaller, so that eight of them fit in a row. @type {Record<number, string>} */
const LENGTHS = { 4: "long", 5: "long", 6: "longest", 7: "longest" };
const VOWEL = /[aeiouyăâêôơư]/i;

/**
 * Fills the bar for the text before the cursor.
 * @param {HTMLElement} bar
 * @param {string} before
 * @param {(before: string) => void} replace
 */
export function accentBar(bar, before, replace) {
  const { head, syllable } = parted(before);
  const focused =
    document.activeElement instanceof HTMLElement && bar.contains(document.activeElement)
      ? document.activeElement.dataset.name
      : null;
  const accent = (
    /** @type {string} */ name,
    /** @type {string} */ label,
    /** @type {string} */ face,
    /** @type {string} */ word,
    /** @type {boolean} */ held,
  ) =>
    button(
      "key",
      {
        "data-name": name,
        "aria-label": `${label}: ${word}`,
        "aria-pressed": String(held),
        onclick: () => replace(head + word),
      },
      face,
    );
  if (!VOWEL.test(toned(syllable, 0)) && !/[dđ]$/i.test(syllable)) {
    bar.replaceChildren(make("p", { class: "accent-hint" }, BAR_HINT));
    return;
  }
  const tone = toneOf(syllable);
  bar.dataset.length = LENGTHS[syllable.length] ?? "short";
  bar.replaceChildren(
    ...shapes(syllable).map(({ letter, word, held }) =>
      accent(letter, SHAPE_NAMES[letter] ?? letter, letter, word, held),
    ),
    make("span", { class: "accent-gap" }),
    ...(VOWEL.test(toned(syllable, 0)) ? TONE_NAMES : []).map((name, place) =>
      accent(name, name, toned(syllable, place), toned(syllable, place), place === tone),
    ),
  );
  if (focused) /** @type {HTMLElement | null} */ (bar.querySelector(`[data-name="${CSS.escape(focused)}"]`))?.focus();
}
