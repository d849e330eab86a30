/** The code of a slip: how it looks, how a scanner is heard, and what becomes of it on the tablet. */
import assert from "node:assert/strict";
import test from "node:test";
import { codeOf } from "../../../kiosk_static/slip/code.js";
import { createScanner } from "../../../kiosk_static/slip/scanner.js";
import { configuration, Visit } from "./visits.js";

const CODE = "H56.14-261001-0001";
const NIGHT = [{ weekdays: [1], opens: "00:00", closes: "00:00" }];

globalThis.HTMLTextAreaElement = class {};

/** Types letters at an even pace, then Enter; gives what was heard, and the keys that were kept from pressing anything. */
function typed(text, { pace = 5, last = pace, more = {} } = {}) {
  const heard = [];
  const kept = [];
  const scanner = createScanner((code) => heard.push(code));
  let timeStamp = 1000;
  for (const key of [...text, "Enter"]) {
    timeStamp += key === "Enter" ? last : pace;
    scanner.typed({ key, timeStamp, preventDefault: () => kept.push(key), ...more });
  }
  return { heard, kept };
}

test("a code is that of a dossier or the letters of a link, in capitals", () => {
  assert.equal(codeOf(` ${CODE.toLowerCase()} `), CODE);
  assert.equal(codeOf("000.00.12.H56-261001-0001"), "000.00.12.H56-261001-0001");
  assert.equal(codeOf("https://danhgia.example.vn/b/abcd2345efgh6789"), "ABCD2345EFGH6789");
  assert.equal(codeOf("https://danhgia.example.vn/b/ABCD-2345-EFGH-6789/"), "ABCD-2345-EFGH-6789");
});

test("what is no code is refused, an identity card above all", () => {
  for (const text of [
    "",
    "H56.1",
    "A".repeat(61),
    "045082001234",
    "190123456",
    "https://example.vn/",
    "Phiếu hẹn số 1",
  ])
    assert.equal(codeOf(text), null, text);
  assert.equal(codeOf("045082001234||Nguyễn Văn An|01011982|Nam|Đông Hà|01012022"), null);
});

test("a scanner is heard and presses nothing, however its letters are shifted", () => {
  assert.deepEqual(typed(CODE).heard, [CODE]);
  assert.deepEqual(typed(CODE, { pace: 50 }).heard, [CODE]);
  assert.ok(typed(CODE).kept.includes("Enter"));
  assert.ok(typed("AB CD EF GH").kept.includes(" "));
});

test("a person who types is not taken for a scanner, and Enter stays Enter", () => {
  assert.deepEqual(typed(CODE, { pace: 51 }), { heard: [], kept: [] });
  assert.deepEqual(typed(CODE, { last: 400 }).heard, []);
  assert.equal(typed(CODE, { last: 400 }).kept.includes("Enter"), false);
  assert.deepEqual(typed("H"), { heard: [], kept: [] });
});

test("seven letters, a key that is held down, a command and a field for words are no scan", () => {
  assert.deepEqual(typed("H56.14-").heard, []);
  for (const more of [{ repeat: true }, { ctrlKey: true }, { altKey: true }, { target: new HTMLTextAreaElement() }])
    assert.deepEqual(typed(CODE, { more }), { heard: [], kept: [] });
});

test("a scanner that sends no Enter leaves nothing for the next person", () => {
  const heard = [];
  const scanner = createScanner((code) => heard.push(code));
  for (const key of CODE) scanner.typed({ key, timeStamp: 1, preventDefault: () => undefined });

  scanner.forget();
  scanner.typed({ key: "Enter", timeStamp: 2, preventDefault: () => undefined });

  assert.deepEqual(heard, []);
});

test("a slip that is scanned at rest begins a rating, which carries it from the first tap", () => {
  for (const config of [configuration(), configuration({ opening_hours: NIGHT })]) {
    const visit = new Visit({ config }).send({ type: "slip", text: CODE.toLowerCase() });
    assert.equal(visit.asked, "satisfaction");

    visit.choose(4);

    assert.equal(visit.stored.ballot, CODE);
  }
});

test("a slip that comes at the first question belongs to the rating that has begun", () => {
  const visit = new Visit().begin();
  const { id } = visit.state.rating;

  visit.send({ type: "slip", text: CODE }).choose(2).send({ type: "mark", value: "waiting" });

  assert.deepEqual([visit.stored.id, visit.stored.ballot], [id, CODE]);
});

test("whoever goes back to the face may still hand in the slip, and it is stored at once", () => {
  const visit = new Visit().begin().choose(1).send({ type: "back" });

  visit.send({ type: "slips" }).send({ type: "slip", text: CODE });

  assert.equal(visit.asked, "satisfaction");
  assert.deepEqual([visit.stored.ballot, visit.stored.answers], [CODE, { satisfaction: 1 }]);
});

test("a slip that comes later, or while nobody can take it, changes nothing", () => {
  const later = new Visit().begin().choose(5);
  const saving = new Visit({ slow: true }).begin().choose(5);
  const thanked = new Visit().begin().choose(3).send({ type: "skip" });

  for (const visit of [later, saving, thanked]) {
    const before = visit.state;
    assert.deepEqual(visit.send({ type: "slip", text: CODE }).state, before);
    assert.deepEqual(visit.send({ type: "slips" }).state, before);
  }
  assert.equal(later.stored.ballot, undefined);
});

test("what is no code is said calmly, and the rating goes on without it", () => {
  const visit = new Visit().begin().send({ type: "slip", text: "045082001234" });

  assert.equal(visit.state.note, "This is not the code of an appointment slip.");
  assert.equal(visit.choose(4).stored.ballot, undefined);
});

test("a slip wakes the screen that was about to go", () => {
  const visit = new Visit().begin().wait(32);
  assert.equal(visit.state.warned, true);

  visit.send({ type: "slip", text: CODE });

  assert.deepEqual([visit.state.warned, visit.asked], [false, "satisfaction"]);
  assert.equal(visit.wait(25).asked, "satisfaction");
});

test("a slip is typed, may be skipped, and the way back keeps the view", () => {
  const typing = new Visit().send({ type: "slips" }).send({ type: "typing", text: CODE });
  assert.deepEqual([typing.state.screen, typing.state.typed], ["slip", CODE]);
  typing.send({ type: "languages" }).send({ type: "language", language: "en" });
  assert.deepEqual([typing.state.screen, typing.state.typed], ["slip", CODE]);

  const skipped = new Visit().send({ type: "slips" }).send({ type: "typing", text: CODE }).send({ type: "skip" });
  assert.deepEqual([skipped.asked, skipped.choose(4).stored.ballot], ["satisfaction", undefined]);

  typing.send({ type: "back" });
  assert.deepEqual([typing.state.screen, typing.state.view.language, typing.state.typed], ["attract", "en", ""]);
});

test("skipping the slip of a rating that has one keeps the one it has", () => {
  const visit = new Visit().begin().send({ type: "slip", text: CODE }).send({ type: "slips" }).send({ type: "skip" });

  assert.equal(visit.choose(4).stored.ballot, CODE);
});

test("nothing of a slip is left in what the tablet knows when the person has gone", () => {
  const walked = new Visit().send({ type: "slips" }).send({ type: "typing", text: CODE }).wait(61).wait(21);
  const thanked = new Visit().send({ type: "slip", text: CODE }).choose(3).send({ type: "skip" });
  const revoked = new Visit().send({ type: "slip", text: CODE }).send({ type: "revoked" });
  const reset = new Visit().send({ type: "slip", text: CODE }).send({ type: "reset" });

  assert.equal(walked.state.screen, "attract");
  for (const { state } of [walked, thanked, revoked, reset]) assert.equal(JSON.stringify(state).includes(CODE), false);
});
