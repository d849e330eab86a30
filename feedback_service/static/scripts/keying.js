/** Keying sheets row by row: Enter goes on to the next field, and from the last one it keeps the sheet. */

const keying = document.querySelector("[data-keying]");
if (keying instanceof HTMLFormElement) keying.addEventListener("keydown", (event) => step(keying, event));

/** Goes on to the next field. @param {HTMLFormElement} form @param {KeyboardEvent} event */
function step(form, event) {
  if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden])")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (!(next instanceof HTMLInputElement)) return;
  event.preventDefault();
  next.focus();
  next.select();
}
