/** What comes next on the tablet, told as visits. */
import assert from "node:assert/strict";
import test from "node:test";
import { configuration, FIVE, REASONS, Visit } from "./visits.js";

test("two taps and a rating is stored, before anybody is thanked", () => {
  const visit = new Visit({ slow: true }).begin().choose(4);

  assert.equal(visit.asked, "satisfaction");
  assert.deepEqual(visit.stored.answers, { satisfaction: 4 });
  visit.send({ type: "kept", id: visit.stored.id });
  assert.equal(visit.asked, "praise");
});

test("the id of a rating is made when the question is shown", () => {
  const visit = new Visit().begin();

  const shown = visit.state.rating.id;
  visit.choose(5);

  assert.equal(visit.stored.id, shown);
});

test("low scores are asked for reasons, high ones for praise, a middle one for neither", () => {
  assert.equal(new Visit().begin().choose(1).asked, "reasons");
  assert.equal(new Visit().begin().choose(5).asked, "praise");
  assert.equal(new Visit().begin().choose(3).asked, "comment");
});

test("tapping while the disk is busy counts once", () => {
  const visit = new Visit({ slow: true }).begin();

  for (let tap = 0; tap < 20; tap += 1) visit.choose(2);

  assert.equal(visit.acts.filter(({ act }) => act === "keep").length, 1);
});

test("marked reasons are stored one by one, and unmarked again", () => {
  const visit = new Visit().begin().choose(1);

  visit
    .send({ type: "mark", value: "waiting" })
    .send({ type: "mark", value: "papers" })
    .send({ type: "mark", value: "waiting" });

  assert.deepEqual(visit.stored.answers, { satisfaction: 1, reasons: ["papers"] });
  assert.equal(visit.asked, "reasons");
});

test("skipping after marking takes the marks away", () => {
  const visit = new Visit().begin().choose(1).send({ type: "mark", value: "waiting" });

  visit.send({ type: "skip" });

  assert.deepEqual(visit.stored.answers, { satisfaction: 1 });
  assert.equal(visit.asked, "comment");
});

test("a comment is stored when it is sent, composed and without margins", () => {
  const visit = new Visit().begin().choose(3).send({ type: "draft", text: "  To\u0302\u0301t  " });

  visit.send({ type: "send" });

  assert.equal(visit.stored.comment, "Tốt");
  assert.equal(visit.state.screen, "thanks");
});

test("a comment that was not sent is not stored", () => {
  const visit = new Visit().begin().choose(3).send({ type: "draft", text: "bỏ dở" });

  visit.send({ type: "skip" });

  assert.equal(visit.stored.comment, undefined);
  assert.equal(visit.finished.length, 1);
});

test("the way back leads to the face, and another face changes the same rating", () => {
  const visit = new Visit().begin().choose(1).send({ type: "mark", value: "waiting" });
  const first = visit.stored.id;

  visit.send({ type: "back" }).choose(5);

  assert.equal(visit.stored.id, first);
  assert.deepEqual(visit.stored.answers, { satisfaction: 5 });
});

test("skipping the faces stores nothing", () => {
  const visit = new Visit().begin().send({ type: "skip" });

  assert.equal(visit.state.screen, "attract");
  assert.equal(visit.stored, undefined);
});

test("the thanks stand four seconds, the same for every face", () => {
  const scenes = [1, 3, 5].map((value) => {
    const visit = new Visit().begin().choose(value).send({ type: "skip" });
    if (visit.asked) visit.send({ type: "skip" });
    const { rating, screen, secondsLeft, reason, note } = visit.state;
    return { rating, screen, secondsLeft, reason, note };
  });
  assert.deepEqual(scenes[0], scenes[1]);
  assert.deepEqual(scenes[1], scenes[2]);

  const visit = new Visit().begin().choose(3).send({ type: "skip" });
  assert.equal(visit.wait(3).state.screen, "thanks");
  assert.equal(visit.wait(1).state.screen, "attract");
});

test("whoever walks away is warned after thirty seconds and forgotten after twenty more", () => {
  const visit = new Visit().begin().choose(2).send({ type: "mark", value: "papers" });

  assert.equal(visit.wait(29).state.warned, false);
  assert.equal(visit.wait(1).state.warned, true);
  assert.equal(visit.wait(5).state.secondsLeft, 15);
  visit.wait(15);

  assert.equal(visit.state.screen, "attract");
  assert.equal(visit.state.rating, null);
  assert.deepEqual(visit.finished, [visit.stored.id]);
  assert.deepEqual(visit.stored.answers.reasons, ["papers"]);
});

test("more time can be asked for again and again", () => {
  const visit = new Visit().begin();

  for (let time = 0; time < 5; time += 1) {
    visit.wait(45);
    assert.equal(visit.state.warned, true);
    visit.send({ type: "stay" });
  }

  assert.equal(visit.asked, "satisfaction");
});

test("whoever types has sixty seconds", () => {
  const visit = new Visit().begin().choose(3);

  assert.equal(visit.wait(59).state.warned, false);
  assert.equal(visit.wait(1).state.warned, true);
});

test("nothing of the person before is left after a reset", () => {
  const visit = new Visit()
    .begin()
    .send({ type: "view", name: "contrast", value: true })
    .send({ type: "view", name: "text", value: "largest" });
  visit
    .send({ type: "languages" })
    .send({ type: "language", language: "en" })
    .choose(3)
    .send({ type: "draft", text: "bí mật" });

  visit.wait(100);

  assert.deepEqual(visit.state.view, { language: "vi", text: "normal", contrast: false, reach: false, voice: false });
  assert.ok(!JSON.stringify(visit.state).includes("bí mật"));
});

test("what someone switched at the start screen is forgotten too", () => {
  const visit = new Visit().send({ type: "view", name: "contrast", value: true });

  assert.equal(visit.wait(29).state.view.contrast, true);
  assert.equal(visit.wait(1).state.view.contrast, false);
});

test("a new configuration waits until the person has gone", () => {
  const visit = new Visit().begin().choose(1);
  const questionnaire = { id: "kiosk-5", version: 2, questions: [FIVE] };

  visit.send({ type: "configured", configuration: configuration({ questionnaire }) });

  assert.equal(visit.asked, "reasons");
  visit.wait(50);
  assert.equal(visit.state.configuration.questionnaire.version, 2);
});

test("a rating keeps the version of the questions that were asked", () => {
  const visit = new Visit().begin();

  visit
    .send({
      type: "configured",
      configuration: configuration({ questionnaire: { id: "kiosk-5", version: 2, questions: [FIVE] } }),
    })
    .choose(4);

  assert.equal(visit.stored.version, 1);
});

test("a tablet without a token asks for its code, and begins when it is paired", () => {
  const visit = new Visit();
  visit.state = { ...visit.state, configuration: null };
  visit.send({ type: "started", enrolled: false });
  assert.equal(visit.state.screen, "pairing");

  visit.send({ type: "pair", code: "1234-5678" }).send({ type: "unpaired", reason: "wrong" });
  assert.equal(visit.state.reason, "wrong");
  visit.send({ type: "paired" });
  assert.equal(visit.state.screen, "starting");
  visit.send({ type: "configured", configuration: configuration() });

  assert.equal(visit.state.screen, "attract");
});

test("a tablet whose right is withdrawn in mid-rating keeps the rating and says so", () => {
  const visit = new Visit().begin().choose(1);

  visit.send({ type: "revoked" });

  assert.equal(visit.state.screen, "stopped");
  assert.equal(visit.state.kept, true);
  assert.deepEqual(visit.finished, [visit.stored.id]);
});

test("a stopped tablet forgets the view of whoever looked at it", () => {
  const visit = new Visit().send({ type: "revoked" }).send({ type: "view", name: "contrast", value: true });

  visit.wait(30);

  assert.equal(visit.state.view.contrast, false);
  assert.equal(visit.state.screen, "stopped");
});

test("a full tablet says so and thanks nobody", () => {
  const visit = new Visit({ slow: true }).begin().choose(5);

  visit.send({ type: "lost", id: visit.stored.id, reason: "full" });

  assert.equal(visit.state.screen, "unsaved");
  assert.equal(visit.state.reason, "full");
  assert.equal(visit.send({ type: "done" }).state.screen, "attract");
  assert.deepEqual(visit.finished, []);
});

test("when only the addition could not be stored the rating still counts", () => {
  const visit = new Visit().begin().choose(1);
  visit.slow = true;

  visit.send({ type: "mark", value: "waiting" }).send({ type: "lost", id: visit.stored.id, reason: "storage" });

  assert.equal(visit.state.reason, "more");
  visit.send({ type: "done" });
  assert.equal(visit.finished.length, 1);
});

test("whoever walks away while the disk is busy loses nothing", () => {
  const visit = new Visit({ slow: true }).begin().choose(5);

  visit.wait(50);

  assert.deepEqual(visit.finished, [visit.stored.id]);
});

test("outside opening hours the screen says closed, and late guests may still rate", () => {
  const opening_hours = [{ weekdays: [1, 2, 3, 4, 5], opens: "07:30", closes: "17:00" }];
  const visit = new Visit({ config: configuration({ opening_hours }), now: Date.UTC(2026, 9, 13, 9, 59, 58) });
  assert.equal(visit.state.screen, "attract");

  assert.equal(visit.wait(2).state.screen, "closed");
  assert.equal(visit.begin().asked, "satisfaction");
  visit.choose(3).send({ type: "skip" }).wait(4);

  assert.equal(visit.state.screen, "closed");
});

test("the language can be changed in the middle and the screen is the same one", () => {
  const visit = new Visit().begin().choose(2);

  visit.send({ type: "languages" }).send({ type: "language", language: "en" });

  assert.equal(visit.asked, "reasons");
  visit.send({ type: "mark", value: "papers" });
  assert.equal(visit.stored.language, "en");
});

test("a single choice goes on by itself", () => {
  const single = { ...REASONS, kind: "single", show_if: null };
  const config = configuration({ questionnaire: { id: "q", version: 1, questions: [FIVE, single] } });

  const visit = new Visit({ config }).begin().choose(3).choose("papers");

  assert.equal(visit.state.screen, "thanks");
  assert.deepEqual(visit.stored.answers, { satisfaction: 3, reasons: "papers" });
});

test("an event without a rule is a mistake of ours", () =>
  assert.throws(() => new Visit().send({ type: "unheard" }), RangeError));
