/** Builds the parts of the tablet and starts them; the only file that knows all. */
import { createActs } from "./acts.js";
import { codeIn } from "./device/enrolment.js";
import { createMembership } from "./device/membership.js";
import { beginning, next } from "./flow.js";
import { createClock } from "./lib/clock.js";
import { styled } from "./lib/dom.js";
import { watch } from "./lib/glass.js";
import { createHttp } from "./lib/http.js";
import { createWindows } from "./lib/windows.js";
import { createStore } from "./outbox/store.js";
import * as attract from "./screens/attract.js";
import { createStage } from "./stage.js";

/** @typedef {import('./lib/types.js').Event} Event */

const clock = createClock();
const tab = clock.id();
const windows = createWindows(navigator.locks, tab);
const store = createStore({ tab });
const http = createHttp({ ask: (path, request) => fetch(path, request), heard: clock.heard });
const membership = createMembership({ store, lost: () => send({ type: "revoked" }) });
/** @type {import('./stage.js').Scenes} */
const scenes = { attract };
const stage = createStage({ document, scenes, send, shown });
const act = createActs({
  store,
  http,
  clock,
  send,
  membership,
  stored: counted,
  finished,
  wiped,
  configure: () => late?.rounds.now(),
  speak,
});

/** @type {Awaited<ReturnType<typeof load>> | null} */
let late = null;
let state = beginning();

/** Brings an event to the state, shows it and does what it asks for. @param {Event} event */
function send(event) {
  const before = state;
  const step = next(state, event, { at: clock.mono(), now: clock.now(), id: clock.id() });
  state = step.state;
  if (late || scenes[state.screen]) stage.show(state);
  if (state.view.voice !== before.view.voice) late?.listened(state.view);
  for (const one of step.acts) act(one);
}

/** Fetches what is not needed before the first tap. */
async function load() {
  const styles = ["/kiosk/styles/screens.css", "/kiosk/styles/keyboard.css"].map(styled);
  const [others, parts] = await Promise.all([import("./screens/late.js"), import("./late.js"), ...styles]);
  Object.assign(scenes, others);
  return parts.createLate({ store, http, clock, send, membership, windows, stage, state: () => state });
}

async function counted() {
  const { ready, parked, open } = await store.counts();
  send({ type: "device", device: { queued: ready + open, parked } });
}

async function finished() {
  await counted();
  await late?.sender.wake();
  await counted();
}

function wiped() {
  getSelection()?.removeAllRanges();
  late?.rested();
}

/** @param {HTMLElement} screen */
function shown(screen) {
  if (state.view.voice) late?.read(screen, state.view.language);
}

function speak() {
  late?.read(stage.seen(), state.view.language);
}

async function start() {
  windows.live();
  watch({
    document,
    mono: clock.mono,
    shownAt: () => state.shownAt,
    touched: () => send({ type: "touch" }),
    focused: (element) => state.view.voice && late?.name(element, state.view.language),
  });
  addEventListener("pageshow", (event) => event.persisted && send({ type: "reset" }));
  const code = codeIn(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname);
  const known = await remembered();
  send({ type: "started", ...known });
  late = await load();
  stage.show(state);
  late.start();
  clock.every(1000, () => send({ type: "tick" }));
  if (code && state.screen === "pairing") send({ type: "pair", code });
}

/** What an earlier start has left; a memory that does not open stops the machine, it is never cleared. */
async function remembered() {
  try {
    await store.recover(windows.lives);
    return { ...(await membership.read()), configuration: await store.read("configuration") };
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    return { broken: true };
  }
}

start();
