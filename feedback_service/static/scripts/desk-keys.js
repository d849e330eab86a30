// Keys of the desk: single letters that act on the page, never while somebody types.

/**
 * @param {Record<string, () => void>} acts what each key does; keys as `KeyboardEvent.key` names them, letters small
 * @param {Document} page
 */
export function listenForKeys(acts, page = document) {
  page.addEventListener("keydown", (event) => {
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || isSheetOpen(page)) {
      return;
    }
    event.preventDefault();
    act();
  });
}

/**
 * @param {Document} page
 * @returns {() => void} opens the sheet of keys
 */
export function keySheet(page = document) {
  const sheet = page.querySelector("dialog.keys");
  const show = () => sheet instanceof HTMLDialogElement && sheet.showModal();
  page.querySelector("#show-keys")?.addEventListener("click", show);
  return show;
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
function isTyping(target) {
  return target instanceof Element && target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

/**
 * @param {Document} page
 * @returns {boolean}
 */
function isSheetOpen(page) {
  return page.querySelector("dialog[open]") !== null;
}
