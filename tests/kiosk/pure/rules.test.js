/** The small rules: faces, hours, taps, clock, words. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { grouped, isOpen, quarterOf } from "../../../kiosk_static/hours.js";
import { sentence, words } from "../../../kiosk_static/i18n/index.js";
import { vi } from "../../../kiosk_static/i18n/vi.js";
import { corrected, uuid } from "../../../kiosk_static/lib/clock.js";
import { commentQuestion, faced, following, pruned } from "../../../kiosk_static/questions.js";
import { dateMask, dateOf } from "../../../kiosk_static/screens/number.js";
import { belated, joined } from "../../../kiosk_static/taps.js";
import { COMMENT, configuration, FIVE, PRAISE, REASONS } from "./visits.js";

const { questionnaire } = configuration();

test("five levels show five faces and three levels leave out the middle and the last", () => {
  const three = { ...FIVE, options: [3, 2, 1].map((value) => ({ value, text: {} })) };

  assert.deepEqual(
    faced(FIVE).map(({ face }) => face),
    [5, 4, 3, 2, 1],
  );
  assert.deepEqual(
    faced(three).map(({ value, face }) => [value, face]),
    [
      [3, 5],
      [2, 4],
      [1, 2],
    ],
  );
});

test("the best face stands first however the options are listed, and a face that is named is kept", () => {
  const mixed = {
    ...FIVE,
    options: [
      { value: 1, face: 1, text: {} },
      { value: 3, text: {} },
      { value: 2, text: {} },
    ],
  };

  assert.deepEqual(
    faced(mixed).map(({ value, face }) => [value, face]),
    [
      [3, 5],
      [2, 4],
      [1, 1],
    ],
  );
});

test("conditions choose the next question and drop answers that no longer fit", () => {
  assert.equal(following(questionnaire, { satisfaction: 2 }, 0), 1);
  assert.equal(following(questionnaire, { satisfaction: 5 }, 0), 2);
  assert.equal(following(questionnaire, { satisfaction: 5 }, 3), null);
  assert.deepEqual(pruned(questionnaire, { satisfaction: 5, reasons: ["papers"], praise: ["quick"] }), {
    satisfaction: 5,
    praise: ["quick"],
  });
});

test("a chain of conditions falls with its first link", () => {
  const chain = {
    id: "q",
    version: 1,
    questions: [FIVE, REASONS, { ...PRAISE, show_if: { question: "reasons", in: ["papers"] } }],
  };

  assert.deepEqual(pruned(chain, { satisfaction: 5, reasons: ["papers"], praise: ["kind"] }), { satisfaction: 5 });
});

test("the first question that asks for words is the comment", () =>
  assert.equal(commentQuestion(questionnaire), COMMENT));

const WEEK = [
  { weekdays: [1, 2, 3, 4, 5], opens: "13:30", closes: "17:00" },
  { weekdays: [1, 2, 3, 4, 5], opens: "07:30", closes: "11:30" },
  { weekdays: [6], opens: "07:30", closes: "11:30" },
];

for (const [time, open] of /** @type {[string, boolean][]} */ ([
  ["2026-10-13T00:29:59Z", false],
  ["2026-10-13T00:30:00Z", true],
  ["2026-10-13T04:30:00Z", false],
  ["2026-10-13T06:30:00Z", true],
  ["2026-10-13T10:00:00Z", false],
  ["2026-10-17T01:00:00Z", true],
  ["2026-10-17T07:00:00Z", false],
  ["2026-10-18T01:00:00Z", false],
  ["2026-10-11T23:00:00Z", false],
  ["2026-10-12T00:45:00Z", true],
])) {
  test(`the office is ${open ? "open" : "closed"} at ${time}`, () =>
    assert.equal(isOpen(WEEK, Date.parse(time)), open));
}

test("an office without hours is always open", () => assert.equal(isOpen([], 0), true));

test("hours are told day by day in order", () => {
  assert.deepEqual(
    grouped(WEEK).map(({ weekdays, spans }) => [weekdays, spans.map(({ opens }) => opens)]),
    [
      [
        [1, 2, 3, 4, 5],
        ["07:30", "13:30"],
      ],
      [[6], ["07:30"]],
    ],
  );
});

test("a quarter begins at midnight of the office", () => {
  assert.deepEqual(quarterOf(Date.parse("2026-09-30T16:59:59Z")), { quarter: 3, year: 2026 });
  assert.deepEqual(quarterOf(Date.parse("2026-12-31T17:00:00Z")), { quarter: 1, year: 2027 });
});

test("the second tap of a double tap presses nothing on the next screen", () => {
  const first = joined(null, { x: 100, y: 100, at: 1000, screen: 500 });
  const second = joined(first, { x: 104, y: 98, at: 1150, screen: 1020 });
  const third = joined(second, { x: 102, y: 99, at: 1300, screen: 1020 });

  assert.deepEqual([belated(second, 1020), belated(third, 1020)], [true, true]);
});

test("a tap elsewhere, or after half a second, is meant", () => {
  const first = joined(null, { x: 100, y: 100, at: 1000, screen: 500 });

  assert.equal(belated(joined(first, { x: 300, y: 100, at: 1100, screen: 1020 }), 1020), false);
  assert.equal(belated(joined(first, { x: 100, y: 100, at: 1500, screen: 1020 }), 1020), false);
  assert.equal(belated(joined(first, { x: 100, y: 100, at: 1100, screen: 500 }), 500), false);
});

const DAY = 86_400_000;

test("a clock two days behind is set right by the server's time", () => {
  const anchor = { server: 10 * DAY, wall: 8 * DAY, mono: 5000 };

  assert.equal(corrected(anchor, 8 * DAY + 60_000, 65_000), 10 * DAY + 60_000);
});

test("a clock that is nearly right is left alone, and so is one that somebody has set since", () => {
  assert.equal(corrected({ server: 1_000_000, wall: 1_060_000, mono: 0 }, 1_070_000, 10_000), 1_070_000);
  assert.equal(corrected({ server: 10 * DAY, wall: 8 * DAY, mono: 0 }, 10 * DAY + 5000, 5000), 10 * DAY + 5000);
  assert.equal(corrected(null, 42, 0), 42);
});

test("an id is a UUID of version 4", () => {
  assert.equal(uuid(new Uint8Array(16).fill(255)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  assert.match(uuid(new Uint8Array(16)), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a date is read as it is said", () => {
  assert.equal(dateOf("13102026"), "2026-10-13");
  assert.equal(dateOf("31022026"), null);
  assert.equal(dateOf("1310"), null);
  assert.equal(dateOf(""), undefined);
  assert.equal(dateMask("131020"), "13/10/20");
});

test("every sentence of the tablet has its Vietnamese, and none is left over", () => {
  const folder = new URL("../../../kiosk_static/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".js") && !path.includes("vendor") && !path.startsWith("i18n"))
    .map((path) => readFileSync(new URL(path, folder), "utf8"))
    .join("\n");
  const said = [
    ...sources.matchAll(
      /(?:\bt|\bsentence|\bstep|\bcommand|\bnumberPad)\(\s*(?:(?:state\.view\.|view\.)?language,\s*|"\w+",\s*)?"((?:[^"\\]|\\.)+)"/g,
    ),
  ].map((match) => match[1]);

  assert.ok(said.length > 40);
  assert.deepEqual(
    said.filter((id) => /^[A-Z{]/.test(id) && !(id in vi.messages)),
    [],
  );
  assert.deepEqual(
    Object.keys(vi.messages).filter((id) => !sources.includes(id)),
    [],
  );
});

test("no sentence addresses a person without respect", () => {
  assert.deepEqual(
    Object.values(vi.messages).filter((text) => /(^|\s)(bạn|mày|không hợp lệ)(\s|$)/i.test(text)),
    [],
  );
});

test("texts of the office fall back to Vietnamese, sentences of the machine to English", () => {
  assert.equal(words("bru", { vi: "Chào", en: "Hello" }), "Chào");
  assert.equal(words("en", null), "");
  assert.equal(sentence("pac", "Skip"), "Bỏ qua");
  assert.equal(sentence("en", "{seconds} seconds left", { seconds: 14 }), "14 seconds left");
});
