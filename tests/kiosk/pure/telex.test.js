/** Vietnamese typing, by the vectors of the domain notes and by more than two hundred further words. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { erased, parted, shapes, toned, toneOf, typed } from "../../../kiosk_static/keyboard/telex.js";

const WORDS = JSON.parse(readFileSync(new URL("words.json", import.meta.url), "utf8"));
const TELEX_MARKS = { "\u0302": "double", "\u0306": "w", "\u031b": "w" };
const VNI_MARKS = { "\u0302": "6", "\u0306": "8", "\u031b": "7" };

const write = (keys, method, before = "") => [...keys].reduce((text, key) => typed(text, key, method), before);

/** A word as letters with what belongs to each: base, mark, bar; and its tone. */
function taken(word) {
  const tone = toneOf(word);
  const letters = [...toned(word, 0)].map((letter) => {
    const [base, mark = ""] = letter.normalize("NFD");
    return { base: base === "đ" ? "d" : base, mark, bar: base === "đ" };
  });
  return { letters, tone };
}

/** The keys of a typist who sets each mark at once and the tone last. */
function telexKeys(word) {
  const { letters, tone } = taken(word);
  const marks = letters.map(({ base, mark, bar }) => {
    const key = TELEX_MARKS[mark] === "double" ? base : (TELEX_MARKS[mark] ?? "");
    return base + (bar ? "d" : key);
  });
  return marks.join("") + ["", "s", "f", "r", "x", "j"][tone];
}

/** The keys of a typist who writes the bare syllable first and every mark afterwards. */
function vniKeysAfterwards(word) {
  const { letters, tone } = taken(word);
  const marks = [...new Set(letters.map(({ mark }) => VNI_MARKS[mark] ?? ""))].join("");
  const bar = letters[0].bar ? "9" : "";
  return letters.map(({ base }) => base).join("") + bar + marks + (tone || "");
}

const VECTORS = {
  "tieengs vieejt": "tiếng việt",
  "ddoong haf": "đông hà",
  quyr: "quỷ",
  giaf: "già",
  nghieeng: "nghiêng",
  khuyur: "khuỷu",
  thuowngr: "thưởng",
  uyr: "ủy",
  duongw: "dương",
  dduwowngf: "đường",
  toans: "toán",
  hoanf: "hoàn",
  ngoaif: "ngoài",
  xoays: "xoáy",
  hoaf: "hòa",
  thuyr: "thủy",
  quys: "quý",
  gif: "gì",
  aaa: "aa",
  ass: "as",
  ddd: "dd",
  uww: "uw",
  hoasz: "hoa",
};

for (const [keys, text] of Object.entries(VECTORS)) {
  test(`${keys} typed in Telex gives ${text}`, () => assert.equal(write(keys, "telex"), text));
}

const VNI = {
  "tie61ng vie65t": "tiếng việt",
  "d9o6ng ha2": "đông hà",
  d9u7o7ng2: "đường",
  duong7: "dương",
  thuong73: "thưởng",
  uy3: "ủy",
  "ha2 no65i": "hà nội",
  a66: "a6",
  a11: "a1",
  hoa20: "hoa",
  "quay so61 3": "quay số 3",
  2026: "2026",
};

for (const [keys, text] of Object.entries(VNI)) {
  test(`${keys} typed in VNI gives ${text}`, () => assert.equal(write(keys, "vni"), text));
}

test("the list holds more than two hundred words", () => assert.ok(WORDS.length > 200));

for (const word of WORDS) {
  test(`a citizen can write ${word} in Telex, in VNI and by tapping accents`, () => {
    assert.equal(write(telexKeys(word), "telex"), word);
    assert.equal(write(vniKeysAfterwards(word), "vni"), word);
    assert.equal(tapped(word), word);
  });
}

/** Writes the bare letters, then takes from the bar the mark that brings the word nearer, then the tone. */
function tapped(word) {
  const bare = taken(word)
    .letters.map(({ base }) => base)
    .join("");
  const level = toned(word, 0);
  let text = write(bare, "tap");
  for (let taps = 0; taps < 3 && text !== level; taps += 1) {
    const offered = shapes(text)
      .filter(({ held }) => !held)
      .map((shape) => shape.word);
    text = offered.sort((one, other) => distance(one, level) - distance(other, level))[0] ?? text;
  }
  return toned(text, toneOf(word));
}

function distance(one, other) {
  return [...one].filter((letter, place) => letter !== [...other][place]).length;
}

test("capital letters stay capital", () => {
  assert.equal(write("DDUWOWNGF", "telex"), "ĐƯỜNG");
  assert.equal(write("Quangr Trij", "telex"), "Quảng Trị");
});

test("a tone moves to its seat when letters follow it", () => {
  assert.equal(write("hoafn", "telex"), "hoàn");
  assert.equal(write("tieesng", "telex"), "tiếng");
});

test("what is not Vietnamese is left as it is typed", () => {
  assert.equal(write("facebook", "telex"), "facebook");
});

test("taking a letter back brings the tone home", () => {
  assert.equal(erased("hoàn"), "hòa");
  assert.equal(erased("Đông Hà"), "Đông H");
  assert.equal(erased("xong "), "xong");
  assert.equal(erased(""), "");
});

test("only the syllable before the cursor is touched", () => {
  assert.deepEqual(parted("Quầy 3 han"), { head: "Quầy 3 ", syllable: "han" });
  assert.equal(typed("Quầy 3 hoan", "f", "telex"), "Quầy 3 hoàn");
});

test("the accent bar offers what the syllable can become, and takes a held mark back", () => {
  assert.deepEqual(
    shapes("chua").map(({ word }) => word),
    ["chưa", "chuâ"],
  );
  assert.deepEqual(shapes("tân"), [
    { letter: "ă", word: "tăn", held: false },
    { letter: "â", word: "tan", held: true },
  ]);
});

test("text that comes decomposed leaves composed", () => {
  assert.equal(typed("vie\u0302\u0323", "t", "telex"), "việt");
});

test("every tone of a syllable can be set and read again", () => {
  for (const word of WORDS) for (let tone = 0; tone < 6; tone += 1) assert.equal(toneOf(toned(word, tone)), tone);
});
