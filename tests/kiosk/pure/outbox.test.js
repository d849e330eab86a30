/** What the outbox and the talk with the server promise, without a browser. */
import assert from "node:assert/strict";
import test from "node:test";
import {
  BATCH,
  bodyOf,
  CAP,
  hasRoom,
  mayUpdate,
  outcomeOf,
  sizeAfter,
  waitAfter,
} from "../../../kiosk_static/outbox/policy.js";
import { createSender } from "../../../kiosk_static/outbox/sender.js";
import { answer } from "./visits.js";

const record = (number) => ({
  schema: 1,
  id: `id-${number}`,
  sequence: number,
  standing: "ready",
  tab: "one",
  questionnaire: "kiosk-5",
  version: 1,
  answered_at: "2026-10-13T01:30:00.000Z",
  language: "vi",
  answers: { satisfaction: 4 },
});
const stored = (...ids) => answer(200, { results: ids.map((id) => ({ id, outcome: "stored" })) });

test("the body of a batch carries what the contract names and nothing else", () => {
  const [plain, spoken] = bodyOf([record(1), { ...record(2), comment: "Tốt", ballot: "B1" }]).ratings;

  assert.deepEqual(Object.keys(plain), [
    "id",
    "sequence",
    "questionnaire",
    "version",
    "answered_at",
    "language",
    "answers",
  ]);
  assert.deepEqual([spoken.comment, spoken.ballot], ["Tốt", "B1"]);
});

test("stored and repeated leave the tablet, refused is parked, unnamed stays", () => {
  const results = [
    { id: "id-1", outcome: "stored" },
    { id: "id-2", outcome: "repeated" },
    { id: "id-3", outcome: "refused", problem: { code: "x" } },
    { id: "stranger", outcome: "stored" },
  ];

  const outcome = outcomeOf([1, 2, 3, 4].map(record), answer(200, { results }));

  assert.deepEqual(outcome, {
    kind: "settled",
    stored: ["id-1", "id-2"],
    parked: [{ id: "id-3", problem: { code: "x" } }],
  });
});

for (const [name, reply] of Object.entries({
  "no network": { kind: "unreachable" },
  "the page of a captive portal": answer(200, null),
  "a sign-in page of a proxy": answer(401, null, { problem: false }),
  "an error page in HTML": answer(502, null, { problem: false }),
  "an empty list of results": answer(200, { results: [] }),
  nonsense: answer(200, { hello: 1 }),
})) {
  test(`${name} changes nothing: the ratings wait`, () => assert.equal(outcomeOf([record(1)], reply).kind, "later"));
}

test("the server's own 401 stops the tablet", () => assert.equal(outcomeOf([record(1)], answer(401)).kind, "stopped"));

test("too many requests and an overloaded server are waited for as long as they ask", () => {
  assert.deepEqual(outcomeOf([record(1)], answer(429, null, { retryAfter: 30 })), { kind: "later", retryAfter: 30 });
  assert.deepEqual(outcomeOf([record(1)], answer(503, null, { retryAfter: 7 })), { kind: "later", retryAfter: 7 });
});

test("a batch that is refused whole is tried in halves until the one bad rating stands alone and is parked", () => {
  let size = BATCH;
  while (size > 1)
    size = sizeAfter(
      size,
      outcomeOf(
        Array.from({ length: size }, (_, place) => record(place)),
        answer(413),
      ),
    );

  assert.deepEqual(outcomeOf([record(9)], answer(413, { status: 413 })), {
    kind: "settled",
    stored: [],
    parked: [{ id: "id-9", problem: { status: 413 } }],
  });
  assert.equal(sizeAfter(1, { kind: "settled", stored: [], parked: [] }), 2);
  assert.equal(sizeAfter(BATCH, { kind: "settled", stored: [], parked: [] }), BATCH);
});

test("waiting doubles from two seconds to five minutes, is spread by chance, and respects what the server asks", () => {
  assert.equal(waitAfter(1, null, 1), 2000);
  assert.equal(waitAfter(2, null, 1), 4000);
  assert.equal(waitAfter(50, null, 1), 300_000);
  assert.equal(waitAfter(1, null, 0), 1000);
  assert.ok(waitAfter(1, 30, 0) >= 30_000);
  assert.ok(waitAfter(1, 1e9, 1) <= 3_602_000);
});

test("five thousand ratings are the most", () => {
  assert.equal(hasRoom(CAP - 1), true);
  assert.equal(hasRoom(CAP), false);
});

test("a new version waits for an idle screen and an empty queue, but not for ever", () => {
  assert.equal(mayUpdate({ resting: false, queued: 0, waitedMs: 1e9 }), false);
  assert.equal(mayUpdate({ resting: true, queued: 3, waitedMs: 0 }), false);
  assert.equal(mayUpdate({ resting: true, queued: 0, waitedMs: 0 }), true);
  assert.equal(mayUpdate({ resting: true, queued: 3, waitedMs: 600_000 }), true);
});

/** A queue in memory, a server that answers what it is told, and time that only moves when told. */
function post(replies, queue) {
  const facts = { mono: 0, told: [], asked: [], queue: [...queue], parked: [] };
  const store = {
    ready: async (limit) => facts.queue.slice(0, limit),
    settle: async ({ stored: gone, parked }) => {
      facts.parked.push(...parked);
      const away = new Set([...gone, ...parked.map(({ id }) => id)]);
      facts.queue = facts.queue.filter(({ id }) => !away.has(id));
    },
  };
  const http = async (_path, { body }) => {
    facts.asked.push(body.ratings.map(({ sequence }) => sequence));
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    return typeof reply === "function" ? reply(body.ratings) : reply;
  };
  const clock = { mono: () => facts.mono, chance: () => 1, every: () => () => undefined };
  const alone = async (work) => {
    await work();
    return true;
  };
  const sender = createSender({ store, http, clock, token: () => "t", alone, tell: (fact) => facts.told.push(fact) });
  return { facts, sender };
}

const yes = (ratings) => stored(...ratings.map(({ id }) => id));

test("a hundred and twenty ratings go in order, fifty at a time", async () => {
  const { facts, sender } = post(
    [yes],
    Array.from({ length: 120 }, (_, place) => record(place + 1)),
  );

  await sender.wake();

  assert.deepEqual(
    facts.asked.map((batch) => batch.length),
    [50, 50, 20],
  );
  assert.deepEqual(
    facts.asked.flat(),
    Array.from({ length: 120 }, (_, place) => place + 1),
  );
  assert.equal(facts.queue.length, 0);
});

test("without network nothing is lost and nobody hammers the server", async () => {
  const { facts, sender } = post([{ kind: "unreachable" }], [record(1)]);

  for (let second = 0; second < 60; second += 1) {
    facts.mono = second * 1000;
    await sender.wake();
  }

  assert.equal(facts.queue.length, 1);
  assert.equal(facts.asked.length, 5);
});

test("when the network is back the waiting is over", async () => {
  const { facts, sender } = post([{ kind: "unreachable" }, yes], [record(1)]);
  await sender.wake();

  await sender.wake();
  assert.equal(facts.queue.length, 1);
  await sender.hurry();

  assert.equal(facts.queue.length, 0);
});

test("a withdrawn token ends the sending and keeps the queue", async () => {
  const { facts, sender } = post([answer(401)], [record(1), record(2)]);

  await sender.wake();

  assert.deepEqual(facts.told, ["stopped"]);
  assert.deepEqual([facts.asked.length, facts.queue.length], [1, 2]);
});

test("one bad rating never blocks the others", async () => {
  const server = (ratings) => (ratings.some(({ id }) => id === "id-7") ? answer(422) : yes(ratings));
  const { facts, sender } = post(
    [server],
    Array.from({ length: 20 }, (_, place) => record(place + 1)),
  );

  await sender.wake();

  assert.equal(facts.queue.length, 0);
  assert.deepEqual(
    facts.parked.map(({ id }) => id),
    ["id-7"],
  );
});
