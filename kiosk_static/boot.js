/** Shows the first screen before the rest of the application has arrived, and keeps what is tapped meanwhile. */
import { beginning, freshView } from "./beginning.js";
import { glance } from "./device/glance.js";
import { styled } from "./lib/dom.js";
import * as attract from "./screens/attract.js";
import * as pairing from "./screens/pairing.js";
import { createStage } from "./stage.js";

/** @typedef {import('./lib/types.js').Event} Event */
/** @typedef {{stage: import('./stage.js').Stage, scenes: import('./stage.js').Scenes, take: (send: (event: Event) => void, shown: (screen: HTMLElement) => void) => void}} First */

const STYLES = ["/kiosk/styles/screens.css", "/kiosk/styles/keyboard.css"];
const AGAIN_MS = 5_000;

/** @type {Event[]} */
const early = [];
/** @type {(event: Event) => void} */
let send = (event) => early.push(event);
/** @type {(screen: HTMLElement) => void} */
let shown = () => undefined;

/** @type {import('./stage.js').Scenes} */
const scenes = { attract, pairing };
const stage = createStage({ document, scenes, send: (event) => send(event), shown: (screen) => shown(screen) });
const configuration = glance(localStorage);
const screen = configuration ? "attract" : "pairing";
stage.show({ ...beginning(), screen, configuration, view: freshView(configuration) });

Promise.all([import("./main.js"), ...STYLES.map(styled)]).then(([{ start }]) => start({ stage, scenes, take }), again);

/** The network broke before everything had arrived: only a fresh page asks for a missing module again. */
function again() {
  setTimeout(() => location.reload(), AGAIN_MS);
}

/** Hands over to the whole application, with the taps it has missed. @type {First["take"]} */
function take(sendNow, shownNow) {
  send = sendNow;
  shown = shownNow;
  for (const event of early.splice(0)) send(event);
}
