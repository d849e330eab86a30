/** Builds the parts of the tablet and starts them; the only file that knows all. */
import { createActs } from "./acts.js";
import { beginning, isResting } from "./beginning.js";
import { keepBelongings } from "./device/belongings.js";
import { codeIn } from "./device/enrolment.js";
import { keepGlance } from "./device/glance.js";
import { createMembership } from "./device/membership.js";
import { createRounds } from "./device/rounds.js";
import { createUpdate } from "./device/update.js";
import { next } from "./flow.js";
import { teach } from "./i18n/index.js";
import { createClock } from "./lib/clock.js";
import { watch } from "./lib/glass.js";
import { createHttp } from "./lib/http.js";
import { createWindows } from "./lib/windows.js";
import { createSender } from "./outbox/sender.js";
import { createStore } from "./outbox/store.js";
import { version } from "./precache.js";
import * as others from "./screens/late.js";
import { createScanner } from "./slip/scanner.js";
import { createReader } from "./voice/reader.js";
import { createVoice } from "./voice/voice.js";

/** @typedef {import('./lib/types.js').Event} Event */
/** @typedef {import('./lib/types.js').State} State */
/** @typedef {import('./boot.js').First} First */
/** @typedef {ReturnType<typeof build>} Parts */

const UNPAIRED = ["pairing", "stopped"];

/**
 * Starts the tablet on the first screen that stands already.
 * @param {First} first
 */
export async function start(first) {
  const code = codeIn(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname);
  Object.assign(first.scenes, others);
  const parts = build(first);
  parts.windows.live();
  parts.send({ type: "started", ...(await remembered(parts)) });
  first.take(parts.send, parts.reader.shown);
  listen(parts);
  run(parts);
  if (code && UNPAIRED.includes(parts.state().screen)) {
    parts.send({ type: "anew" });
    parts.send({ type: "pair", code });
  }
}

/** @param {First} first */
function build({ stage }) {
  const clock = createClock();
  const tab = clock.id();
  const windows = createWindows(navigator.locks, tab);
  const store = createStore({ tab });
  const http = createHttp({ ask: (path, request) => fetch(path, request), heard: clock.heard });
  const membership = createMembership({ store, lost: () => send({ type: "revoked" }) });
  const sounds = () => state.configuration?.sounds ?? {};
  const voice = createVoice({ browser: globalThis, mono: clock.mono, sounds });
  const told = (/** @type {'sent' | 'waiting' | 'stopped'} */ fact) => {
    if (fact === "stopped") return void membership.leave();
    send({ type: "device", device: { online: fact === "sent" } });
  };
  const sender = createSender({ store, http, clock, token: membership.token, alone: windows.alone, tell: told });
  const facts = () => ({ resting: isResting(state), queued: state.device.queued });
  const { serviceWorker } = navigator;
  const update = createUpdate({ serviceWorker, clock, facts, reload: () => location.reload() });

  let state = beginning();
  const send = (/** @type {Event} */ event) => {
    const before = state;
    const step = next(state, event, { at: clock.mono(), now: clock.now(), id: clock.id() });
    state = step.state;
    if (state.configuration !== before.configuration) settled(state.configuration);
    stage.show(state);
    reader.changed(before.view, state.view);
    for (const one of step.acts) act(one);
  };
  const reader = createReader({ voice, send, seen: stage.seen, view: () => state.view });
  const rounds = createRounds({ http, store, clock, send, membership, navigator, version });
  const scanner = createScanner((text) => send({ type: "slip", text }));
  const parts = { store, clock, send, membership, sender, rounds, reader, update, scanner };
  const act = createActs({ ...parts, http });
  return { ...parts, windows, voice, state: () => state };
}

/** What holds now is kept for the next start, its words, recordings and pictures too. @param {import('./lib/types.js').Configuration | null} configuration */
function settled(configuration) {
  teach(configuration?.texts);
  keepGlance(localStorage, configuration);
  keepBelongings(globalThis.caches, configuration);
}

/** What an earlier start has left; a memory that does not open stops the machine, it is never cleared. @param {Parts} parts */
async function remembered({ store, windows, membership }) {
  try {
    await store.recover(windows.lives);
    return { ...(await membership.read()), configuration: await store.read("configuration") };
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    return { broken: true };
  }
}

/** Hears the glass and the network. @param {Parts} parts */
function listen({ clock, send, state, reader, sender, scanner }) {
  const touched = () => send({ type: "touch" });
  watch({ document, mono: clock.mono, shownAt: () => state().shownAt, touched, focused: reader.focused });
  document.addEventListener("keydown", scanner.typed, { capture: true });
  addEventListener("pageshow", (event) => event.persisted && send({ type: "reset" }));
  addEventListener("hashchange", () => location.reload());
  addEventListener("online", () => sender.hurry());
}

/** Sets everything going that runs by itself. @param {Parts} parts */
function run({ clock, send, voice, update, sender, rounds }) {
  document.documentElement.dataset.fonts = "ready";
  navigator.storage?.persist?.();
  clock.every(1000, () => send({ type: voice.busy() ? "touch" : "tick" }));
  clock.every(30_000, update.consider);
  sender.start();
  rounds.start();
  update.start();
}
