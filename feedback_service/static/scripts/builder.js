/** Dragging a question by its number; without a script the arrows do the same. A question half written asks before it is left. */

const list = document.querySelector("[data-builder]");
if (list instanceof HTMLElement) dragging(list);
const written = document.querySelector("[data-unsaved]");
if (written instanceof HTMLFormElement) holding(written);

/**
 * Has the browser ask before what was typed in a form is left behind.
 * @param {HTMLFormElement} form
 */
function holding(form) {
  let isTyped = form.dataset.unsaved === "typed";
  form.addEventListener("input", () => {
    isTyped = true;
  });
  form.addEventListener("submit", () => {
    isTyped = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });
}

/**
 * Lets the questions of a list be dragged; dropping one sends the form of its arrows.
 * @param {HTMLElement} list
 */
function dragging(list) {
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  /** @type {HTMLElement | null} */
  let dragged = null;
  for (const item of items) {
    const grip = item.querySelector("[data-grip]");
    grip?.setAttribute("draggable", "true");
    grip?.addEventListener("dragstart", (event) => {
      dragged = item;
      item.dataset.dragged = "";
      const carried = /** @type {DragEvent} */ (event).dataTransfer;
      carried?.setDragImage(item, 0, 0);
      carried?.setData("text/plain", item.id);
    });
    grip?.addEventListener("dragend", () => {
      delete item.dataset.dragged;
      unmark(items);
      dragged = null;
    });
    item.addEventListener("dragover", (event) => {
      if (dragged === null) return;
      event.preventDefault();
      unmark(items);
      mark(items, dragged, item);
    });
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged !== null && dragged !== item) place(dragged, item.dataset.place ?? "0");
    });
  }
}

/**
 * Marks the edge of a question at which the dragged one would come to stand.
 * @param {HTMLElement[]} items
 * @param {HTMLElement} dragged
 * @param {HTMLElement} item
 */
function mark(items, dragged, item) {
  if (dragged !== item) item.dataset.over = items.indexOf(dragged) < items.indexOf(item) ? "after" : "before";
}

/**
 * Takes the mark away that shows where a question would go.
 * @param {HTMLElement[]} items
 */
function unmark(items) {
  for (const item of items) delete item.dataset.over;
}

/**
 * Sends a question to another place.
 * @param {HTMLElement} item
 * @param {string} to
 */
function place(item, to) {
  const form = item.querySelector(".builder-moves form");
  const field = form?.querySelector("[name=to]");
  if (!(form instanceof HTMLFormElement && field instanceof HTMLInputElement)) return;
  field.value = to;
  form.submit();
}
