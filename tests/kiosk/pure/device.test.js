/** What the tablet and the server say to each other besides ratings: enrolment, configuration, heartbeat. */
import assert from "node:assert/strict";
import test from "node:test";
import { configure, isConfiguration } from "../../../kiosk_static/device/configuration.js";
import { codeIn, enrolmentOf } from "../../../kiosk_static/device/enrolment.js";
import { glance, keepGlance } from "../../../kiosk_static/device/glance.js";
import { bodyOf as beatOf } from "../../../kiosk_static/device/heartbeat.js";
import { createMembership } from "../../../kiosk_static/device/membership.js";
import { createHttp, trusted } from "../../../kiosk_static/lib/http.js";
import { answer, configuration } from "./visits.js";

test("what only our own server can say is believed", () => {
  assert.equal(trusted(answer(204, null)), true);
  assert.equal(trusted(answer(200, null)), false);
  assert.equal(trusted(answer(404, null, { problem: false })), false);
  assert.equal(trusted({ kind: "unreachable" }), false);
});

test("asking the server never carries a cookie, never follows a redirection and always has a limit", async () => {
  const asked = [];
  const http = createHttp({
    ask: async (path, request) => {
      asked.push({ path, ...request });
      return new Response("{}", {
        headers: { "content-type": "application/json", date: "Tue, 13 Oct 2026 01:30:00 GMT" },
      });
    },
    heard: (server) => asked.push(server),
  });

  const reply = await http("/api/v1/kiosk/configuration", { token: "t", etag: '"1"' });

  assert.equal(asked[0].credentials, "omit");
  assert.equal(asked[0].redirect, "error");
  assert.ok(asked[0].signal instanceof AbortSignal);
  assert.equal(asked[0].headers.get("authorization"), "Bearer t");
  assert.equal(asked[0].headers.get("if-none-match"), '"1"');
  assert.equal(asked[1], Date.UTC(2026, 9, 13, 1, 30));
  assert.equal(reply.status, 200);
});

test("a broken network is a reply, not an exception", async () => {
  const broken = async () => {
    throw new TypeError("failed");
  };

  assert.deepEqual(await createHttp({ ask: broken, heard: () => undefined })("/x"), { kind: "unreachable" });
});

test("a pairing code is understood in every answer of the server", () => {
  assert.deepEqual(enrolmentOf(answer(201, { kiosk_id: 7, token: "t" })), {
    outcome: "paired",
    token: "t",
    kioskId: "7",
  });
  assert.equal(enrolmentOf(answer(422)).reason, "wrong");
  assert.equal(enrolmentOf(answer(429)).reason, "many");
  assert.equal(enrolmentOf(answer(503)).reason, "unreachable");
  assert.equal(enrolmentOf({ kind: "unreachable" }).reason, "unreachable");
});

test("the code in a QR address is found with and without its dash", () => {
  assert.equal(codeIn("#1234-5678"), "1234-5678");
  assert.equal(codeIn("#12345678"), "1234-5678");
  assert.equal(codeIn("#elsewhere"), null);
});

/** A memory of facts. */
function memory(facts = {}) {
  return { facts, read: async (key) => facts[key], write: async (more) => Object.assign(facts, more) };
}

test("a new configuration is kept with its mark, an unchanged one is not asked for again", async () => {
  const store = memory();
  const asked = [];
  const http = async (_path, request) => {
    asked.push(request.etag);
    return request.etag ? answer(304, null, { problem: false }) : answer(200, configuration(), { etag: '"a"' });
  };

  assert.equal((await configure({ http, store, token: "t" })).outcome, "new");
  assert.equal((await configure({ http, store, token: "t" })).outcome, "same");

  assert.deepEqual(asked, [undefined, '"a"']);
  assert.equal(store.facts.configuration.kiosk_id, "1");
});

test("a configuration that cannot be shown does not replace the one before", async () => {
  const store = memory({ configuration: "before" });

  const { outcome } = await configure({ http: async () => answer(200, { hello: 1 }), store, token: "t" });

  assert.equal(outcome, "unreachable");
  assert.equal(store.facts.configuration, "before");
  assert.equal(isConfiguration({ ...configuration(), languages: [] }), false);
});

test("a heartbeat counts every rating that is still on the tablet", () => {
  const body = beatOf({
    counts: { open: 1, ready: 2, parked: 3, lastSequence: 9 },
    version: "v",
    wall: 0,
    persisted: true,
    battery: null,
  });

  assert.equal(body.queued, 6);
  assert.equal(body.last_sequence, 9);
  assert.equal(body.clock, "1970-01-01T00:00:00.000Z");
});

test("a window whose token was replaced by another window takes the new one", async () => {
  const store = memory({ token: "old" });
  let stopped = 0;
  const membership = createMembership({ store, lost: () => (stopped += 1) });
  await membership.read();
  store.facts.token = "new";

  await membership.leave();
  assert.deepEqual([membership.token(), stopped], ["new", 0]);
  await membership.leave();

  assert.deepEqual([membership.token(), stopped, store.facts.revoked], [null, 1, true]);
});

test("the copy for the first screen holds the configuration, and goes with it", () => {
  const facts = new Map();
  const storage = {
    getItem: (name) => facts.get(name) ?? null,
    setItem: (name, text) => facts.set(name, text),
    removeItem: (name) => facts.delete(name),
  };
  assert.equal(glance(storage), null);

  keepGlance(storage, configuration());
  assert.equal(glance(storage).unit.code, "19333");
  keepGlance(storage, null);

  assert.equal(glance(storage), null);
});
