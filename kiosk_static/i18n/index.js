/** Words in the language of the person. The message id is the English sentence itself. */
import { en } from "./en.js";
import { vi } from "./vi.js";

/** @typedef {{name: string, locale: string, messages: Record<string, string>}} Language */
/** @typedef {import('../lib/types.js').Words} Words */

/**
 * The languages of the province. The office uploads the questions in Bru-Vân Kiều and Pa Kô; what the machine itself says
 * stays Vietnamese there, because no text in these languages has been checked by those who speak them.
 * @type {Record<string, Language>}
 */
const LANGUAGES = {
  vi,
  en,
  bru: { ...vi, name: "Bru-Vân Kiều" },
  pac: { ...vi, name: "Pa Kô" },
};

/** @type {Record<string, Record<string, string>>} */
let office = {};

/** Takes over what the office has written for the machine's own sentences. @param {Record<string, Record<string, string>> | undefined} texts  by language and English sentence */
export function teach(texts) {
  office = texts ?? {};
}

/** Gives a language by its code; Vietnamese for a code that is not known. @param {string} code @returns {Language} */
export function languageOf(code) {
  return LANGUAGES[code] ?? vi;
}

/**
 * Gives a sentence of the machine; {name} is replaced by the value of that name.
 * @param {string} code  the language
 * @param {string} id  the English sentence
 * @param {Record<string, string | number>} [values]
 */
export function sentence(code, id, values = {}) {
  const text = office[code]?.[id] ?? languageOf(code).messages[id] ?? id;
  return text.replace(/\{(\w+)\}/g, (_whole, name) => String(values[name] ?? ""));
}

/**
 * Gives a text of the office: in the language asked for, else in Vietnamese, else in any.
 * @param {string} code
 * @param {Words | null | undefined} words
 */
export function words(code, words) {
  return words?.[code] || words?.vi || Object.values(words ?? {})[0] || "";
}
