/** The surface itself: what a touch or a key may do, whatever screen is shown. */
import { belated, joined } from "../taps.js";

/** @typedef {{document: Document, mono: () => number, shownAt: () => number, touched: () => void, focused: (element: Element) => void}} Parts */

const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
/** What stands in one place over several screens may be tapped twice. */
const LASTING = ".skip, .utility-bar, .counter-bar";
const EDITING = ["a", "c", "v", "x", "z"];

/**
 * Watches the surface: a double tap presses nothing on the next screen, no menu, no dragging, no zooming, no command of the browser;
 * arrows move the focus as Tab does.
 * @param {Parts} parts
 */
export function watch({ document, mono, shownAt, touched, focused }) {
  /** @type {import('../taps.js').Tap | null} */
  let last = null;
  const click = (/** @type {MouseEvent} */ event) => {
    if (event.detail === 0) return;
    last = joined(last, { x: event.clientX, y: event.clientY, at: mono(), screen: shownAt() });
    const target = /** @type {Element} */ (event.target);
    if (belated(last, shownAt()) && !target.closest(LASTING)) stop(event);
  };
  document.addEventListener("click", click, { capture: true });
  for (const name of ["contextmenu", "dragstart", "gesturestart"]) document.addEventListener(name, stop);
  document.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, touched, { capture: true });
  document.addEventListener("keydown", (event) => typed(document, event));
  document.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.matches("button:focus-visible")) focused(target);
  });
}

/** @param {Document} document @param {KeyboardEvent} event */
function typed(document, event) {
  const inField = document.activeElement instanceof HTMLTextAreaElement;
  if (STEPS[event.key] && !inField) return moved(document, event, STEPS[event.key] ?? 0);
  const command = event.ctrlKey || event.metaKey || /^F([1-4]|[6-9]|1[0-2])$/.test(event.key);
  const allowed = event.key.toLowerCase() === "r" || (inField && EDITING.includes(event.key.toLowerCase()));
  if (command && !allowed) event.preventDefault();
}

/** @param {Document} document @param {KeyboardEvent} event @param {number} step */
function moved(document, event, step) {
  const all = [...document.querySelectorAll("button, textarea")].filter((element) => !element.closest("[inert]"));
  const at = all.indexOf(/** @type {Element} */ (document.activeElement));
  const first = all.findIndex((element) => element.closest("main, .idle"));
  const place = at === -1 ? Math.max(0, first) : (at + step + all.length) % all.length;
  /** @type {HTMLElement | undefined} */ (all[place])?.focus();
  event.preventDefault();
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
