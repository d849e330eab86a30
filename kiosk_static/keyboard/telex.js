/**
 * Vietnamese typing: Telex, VNI and the accent bar. Pure; works on the syllable that stands before the cursor.
 * Rules: domain notes, section 6. A tone stands on the letter with a mark, else on the middle of three vowels, the second of two
 * before a consonant, the first of two at the end (old style: hòa, thủy).
 */

/** @typedef {'telex' | 'vni' | 'tap'} Method */

/** Tone marks in the order of the keys: level, sắc, huyền, hỏi, ngã, nặng. */
export const TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];
const TELEX_TONES = "zsfrxj";
const MARKS = /** @type {Record<string, string>} */ ({ "(": "\u0306", "^": "\u0302", "+": "\u031b" });
const MARKED = /** @type {Record<string, string>} */ ({ "^": "aeo", "+": "ou", "(": "a" });
const VNI_MARKS = /** @type {Record<string, string>} */ ({ 6: "^", 7: "+", 8: "(" });
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
const MARK = /[\u0302\u0306\u031b]/g;
const SYLLABLE = /^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?([aeiouyăâêôơư]*)(ch|ng|nh|[cmnpt])?$/i;
const NUCLEI = new Set(
  (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu eu ia iê iêu ie ieu iu oa oai oao oay oă oe oeo oi oo ôi ơi ua uâ uây uay ue uê ui uo uô uôi uoi uơ uơi uou " +
    "uy uya uyê uye uyu ưa ưi ươ ươi ươu ưu ưo uu yê ye yêu yeu ya"
  ).split(" "),
);
const UNCLOSED = new Set(["ơ", "uơ"]);

/**
 * Gives the text before the cursor after a key.
 * @param {string} before
 * @param {string} key  one character
 * @param {Method} method
 */
export function typed(before, key, method) {
  const { head, syllable } = parted(before);
  if (method === "tap" || !/^[a-z0-9]$/i.test(key)) return head + settled(syllable + key, syllable);
  const lower = key.toLowerCase();
  const changed = method === "telex" ? telex(syllable, lower, key) : vni(syllable, lower);
  return head + (changed ?? settled(syllable + key, syllable));
}

/**
 * Gives the parts of a text: what is done, and the syllable that is still being typed.
 * @param {string} text
 */
export function parted(text) {
  const syllable = /[\p{L}\p{M}]*$/u.exec(text)?.[0] ?? "";
  return { head: text.slice(0, text.length - syllable.length), syllable: syllable.normalize("NFC") };
}

/**
 * Gives a syllable with another tone.
 * @param {string} syllable
 * @param {number} tone  0 level, 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng
 */
export function toned(syllable, tone) {
  const plain = without(syllable, TONE);
  const place = toneSeat(plain);
  if (place === null) return plain;
  return (plain.slice(0, place) + plain.charAt(place) + TONES[tone] + plain.slice(place + 1)).normalize("NFC");
}

/** Gives the tone of a syllable, 0 to 5. @param {string} syllable */
export function toneOf(syllable) {
  const found = /[\u0300\u0301\u0303\u0309\u0323]/.exec(syllable.normalize("NFD"))?.[0];
  return found ? TONES.indexOf(found) : 0;
}

/**
 * Gives the text before the cursor after one letter was taken back; the tone finds its new seat.
 * @param {string} before
 */
export function erased(before) {
  const { head, syllable } = parted(before);
  if (syllable === "") return [...before].slice(0, -1).join("");
  return head + settled([...syllable].slice(0, -1).join(""), syllable);
}

/**
 * Gives the other shapes of a syllable, for the accent bar: "chua" offers ư, â; "duong" offers đ, ô, ơ. A held mark is taken back.
 * @param {string} syllable
 * @returns {{letter: string, word: string, held: boolean}[]}
 */
export function shapes(syllable) {
  const plain = without(syllable, TONE);
  const tone = toneOf(syllable);
  const marked = [...plain].flatMap((letter, seat) =>
    Object.keys(MARKS)
      .filter(
        (mark) =>
          MARKED[mark]?.includes(base(letter).toLowerCase()) && !/^u.*o/i.test(base(plain.slice(seat, seat + 2))),
      )
      .map((mark) => shaped(plain, seat, mark)),
  );
  const whole = marked
    .filter(({ word, held }) => held || (isVietnamese(word) && !/ưa\p{L}/iu.test(word)))
    .map((shape) => ({ ...shape, word: toned(shape.word, tone) }));
  return /^[dđ]/i.test(plain) ? [barred(syllable), ...whole] : whole;
}

/** @param {string} plain @param {number} seat @param {string} mark */
function shaped(plain, seat, mark) {
  const letter = (base(plain.charAt(seat)) + MARKS[mark]).normalize("NFC");
  const held = plain.charAt(seat) === letter;
  const word = held ? unmarked(plain, seat) : paired(unmarked(plain, seat), seat, letter);
  return { letter: letter.toLowerCase(), word, held };
}

/** A horn on o asks for one on the u before it: ươ. @param {string} plain @param {number} seat @param {string} spot */
function paired(plain, seat, spot) {
  const head = plain.slice(0, seat);
  const closing = plain.slice(seat + 1);
  const joined =
    closing !== "" && /ơ/i.test(spot) && !/q[uư]$/i.test(head) ? head.replace(/u$/, "ư").replace(/U$/, "Ư") : head;
  return joined + spot + closing;
}

/** @param {string} syllable */
function barred(syllable) {
  const held = /^đ/i.test(syllable);
  const first = { d: "đ", D: "Đ", đ: "d", Đ: "D" }[syllable.charAt(0)] ?? "";
  return { letter: "đ", word: first + syllable.slice(1), held };
}

/** @param {string} syllable @param {string} key  lower case @param {string} raw @returns {string | null} */
function telex(syllable, key, raw) {
  const tone = TELEX_TONES.indexOf(key);
  if (tone !== -1) return withTone(syllable, tone, raw);
  if (key === "d") return withBar(syllable, raw);
  if (key === "w") return withMark(syllable, "(", raw) ?? withMark(syllable, "+", raw) ?? hornAlone(syllable, raw);
  return "aeo".includes(key) ? withMark(syllable, "^", raw, key) : null;
}

/** @param {string} syllable @param {string} key @returns {string | null} */
function vni(syllable, key) {
  if (key >= "0" && key <= "5") return withTone(syllable, Number(key), key);
  if (key === "9") return withBar(syllable, key);
  return VNI_MARKS[key] ? withMark(syllable, VNI_MARKS[key] ?? "", key) : null;
}

/** @param {string} syllable @param {number} tone @param {string} raw @returns {string | null} */
function withTone(syllable, tone, raw) {
  const plain = without(syllable, TONE);
  if (!isVietnamese(plain) || toneSeat(plain) === null) return null;
  if (tone === 0) return toneOf(syllable) === 0 ? null : plain;
  return toneOf(syllable) === tone ? plain + raw : toned(plain, tone);
}

/** @param {string} syllable @param {string} raw @returns {string | null} */
function withBar(syllable, raw) {
  if (/^đ/i.test(syllable)) return `${barred(syllable).word}${raw}`;
  return /^d[^d]*$/i.test(syllable) && isVietnamese(without(syllable, TONE)) ? barred(syllable).word : null;
}

/**
 * Puts a mark on the last letter that takes it; the same mark a second time is taken back and the key stands as a letter.
 * @param {string} syllable @param {string} mark @param {string} raw @param {string} [only]  the letter that Telex doubles
 * @returns {string | null}
 */
function withMark(syllable, mark, raw, only = MARKED[mark] ?? "") {
  const plain = without(syllable, TONE);
  const takes = (/** @type {string} */ letter) => only.includes(base(letter).toLowerCase()) && !/[đ]/i.test(letter);
  const letters = [...plain];
  const seat = mark === "+" ? hornSeat(letters, takes) : letters.findLastIndex(takes);
  if (seat < 0 || (/^q$/i.test(plain.charAt(seat - 1)) && /u/i.test(plain.charAt(seat)))) return null;
  const letter = (base(plain.charAt(seat)) + MARKS[mark]).normalize("NFC");
  if (plain.charAt(seat) === letter) return toned(unmarked(plain, seat), toneOf(syllable)) + raw;
  const marked = paired(plain, seat, letter);
  return isVietnamese(marked) ? toned(marked, toneOf(syllable)) : null;
}

/** In "uo" the horn goes to the o, and the u follows when the syllable is closed. @param {string[]} letters @param {(letter: string) => boolean} takes */
function hornSeat(letters, takes) {
  const last = letters.findLastIndex(takes);
  const before = letters[last - 1] ?? "";
  const onFirst = /u/i.test(base(letters[last] ?? "")) && /[uo]/i.test(base(before)) && takes(before);
  return onFirst ? last - 1 : last;
}

/** @param {string} plain @param {number} seat */
function unmarked(plain, seat) {
  const head = plain.slice(0, seat).replace(/ư$/, "u").replace(/Ư$/, "U");
  return head + base(plain.charAt(seat)) + plain.slice(seat + 1);
}

/** Telex writes ư by w alone. @param {string} syllable @param {string} raw @returns {string | null} */
function hornAlone(syllable, raw) {
  const letter = raw === "W" ? "Ư" : "ư";
  if (/[ư]$/i.test(syllable)) return null;
  return isVietnamese(syllable + letter) ? syllable + letter : null;
}

/** Moves the tone, and closes ươ, when a letter has been added. @param {string} syllable @param {string} before */
function settled(syllable, before) {
  const plain = without(syllable, TONE);
  if (plain === syllable && !/uơ/i.test(syllable)) return syllable;
  const closed = plain.replace(/(^|[^q])u(ơ[a-z])$/i, (_whole, head, rest) => `${head}ư${rest}`);
  if (!isVietnamese(closed)) return syllable;
  return toned(matched(closed, plain), toneOf(before));
}

/** @param {string} closed @param {string} plain */
function matched(closed, plain) {
  return [...closed]
    .map((letter, place) => (/\p{Lu}/u.test(plain.charAt(place)) ? letter.toUpperCase() : letter))
    .join("");
}

/** Tells whether this may be a Vietnamese syllable or the beginning of one. @param {string} plain  without tone */
function isVietnamese(plain) {
  const parts = SYLLABLE.exec(plain.toLowerCase());
  if (!parts) return false;
  const nucleus = parts[2] ?? "";
  return nucleus === "" || NUCLEI.has(nucleus) || UNCLOSED.has(nucleus);
}

/** Gives the place of the letter that carries the tone, or null without a vowel. @param {string} plain @returns {number | null} */
function toneSeat(plain) {
  const letters = [...plain.toLowerCase()];
  const marked = letters.findLastIndex((letter) => "ăâêôơư".includes(letter));
  const run = vowels(letters);
  if (run.length === 0) return null;
  const [first = 0, second = 0] = run;
  if (letters[marked] === "ư" && letters[marked + 1] === "ơ") return marked + 1;
  if (marked !== -1) return marked;
  if (run.length === 1) return first;
  const closed = (run[run.length - 1] ?? 0) < letters.length - 1;
  return run.length > 2 || closed ? second : first;
}

/** The vowels that can carry the tone: the u of qu and the i of gi belong to the consonant when a vowel follows. @param {string[]} letters */
function vowels(letters) {
  const places = letters.flatMap((letter, place) => ("aeiouyăâêôơư".includes(letter) ? [place] : []));
  const onset = letters.slice(0, 2).join("");
  return (onset === "qu" || onset === "gi") && places.length > 1 ? places.slice(1) : places;
}

/** @param {string} letter */
function base(letter) {
  return without(without(letter, TONE), MARK);
}

/** @param {string} text @param {RegExp} what */
function without(text, what) {
  return text.normalize("NFD").replace(what, "").normalize("NFC");
}
