// The queue by keys: move, choose, open, act on what is chosen. Without this file everything works by mouse and Tab.

import { keySheet, listenForKeys } from "./desk-keys.js";

const rows = [...document.querySelectorAll("tr[data-row]")];
const bulk = /** @type {HTMLFormElement | null} */ (document.querySelector("#bulk"));
const boxes = rows.flatMap((row) => [...row.querySelectorAll("input")]);
let here = -1;

listenForKeys({
  j: () => move(1),
  k: () => move(-1),
  x: toggle,
  g: () => actOnChosen("assign"),
  c: () => actOnChosen("transfer"),
  m: () => actOnChosen("merge"),
  z: () => submit("#undo"),
  "/": () => focusOn("#q"),
  "?": keySheet(),
  Escape: chooseNone,
});
for (const box of boxes) {
  box.addEventListener("change", showChosen);
}
bulk?.addEventListener("reset", (event) => {
  event.preventDefault();
  chooseNone();
});
showChosen();

/** @param {number} step */
function move(step) {
  rows[here]?.classList.remove("here");
  here = Math.min(Math.max(here + step, 0), rows.length - 1);
  rows[here]?.classList.add("here");
  rows[here]?.querySelector("a")?.focus();
}

function toggle() {
  const box = rows[here]?.querySelector("input");
  if (box) {
    box.checked = !box.checked;
    showChosen();
  }
}

/** @param {string} act */
function actOnChosen(act) {
  if (!boxes.some((box) => box.checked)) {
    toggle();
  }
  const button = bulk?.querySelector(`button[value="${act}"]`);
  if (boxes.some((box) => box.checked) && button instanceof HTMLButtonElement) {
    bulk?.requestSubmit(button);
  }
}

function chooseNone() {
  for (const box of boxes) {
    box.checked = false;
  }
  showChosen();
}

function showChosen() {
  for (const row of rows) {
    row.setAttribute("aria-selected", String(row.querySelector("input")?.checked ?? false));
  }
  const words = bulk?.querySelector("strong");
  const count = boxes.filter((box) => box.checked).length;
  if (bulk && words) {
    bulk.hidden = count === 0;
    words.textContent = (words.dataset.count ?? "").replace("{count}", String(count));
  }
}

/** @param {string} selector */
function submit(selector) {
  const form = document.querySelector(selector);
  if (form instanceof HTMLFormElement) {
    form.requestSubmit();
  }
}

/** @param {string} selector */
function focusOn(selector) {
  const field = document.querySelector(selector);
  if (field instanceof HTMLElement) {
    field.focus();
  }
}
