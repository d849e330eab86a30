/** A survey page by page: answers stay on this device until they are sent; without a script it is one long page. */

const done = document.querySelector("[data-answered]");
if (done instanceof HTMLElement) forget(done.dataset.answered ?? "");
const form = document.querySelector("[data-survey]");
if (form instanceof HTMLFormElement) survey(form);

/** @typedef {Record<string, string[]>} Answers */

/** Turns one long page into pages. @param {HTMLFormElement} form */
function survey(form) {
  const key = form.dataset.survey ?? "";
  const groups = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-group]")]);
  if (!("kept" in form.dataset)) restore(form, key);
  const mark = () => {
    for (const question of missing(form)) if (has(question)) settle(question);
    ask(form);
    keep(form, key);
  };
  form.addEventListener("input", mark);
  quiet(form);
  ask(form);
  const wrong = groups.findIndex((group) => group.querySelector(".field-wrong"));
  const current = () => groups[here] ?? form;
  let here = wrong >= 0 ? wrong : "kept" in form.dataset ? groups.length - 1 : Number(form.dataset.page) - 1;
  /** @param {number} to @param {boolean} moves */
  const turn = (to, moves) => {
    here = Math.min(Math.max(to, 0), groups.length - 1);
    show(form, groups, here);
    if (!moves) return;
    current().focus();
    current().scrollIntoView();
  };
  const go = (/** @type {number} */ to) => {
    turn(to, true);
    history.pushState(null, "", `${form.dataset.base}/${here + 1}`);
  };
  on(form, "[data-next]", () => complete(current(), form.dataset.needed ?? "") && go(here + 1));
  on(form, "[data-before]", () => go(here - 1));
  twice(form, "[data-forget]", () => {
    forget(key);
    for (const field of fields(form)) {
      if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox"))
        field.checked = false;
      else field.value = "";
    }
    ask(form);
    go(0);
  });
  form.addEventListener("submit", (event) => {
    const last = here === groups.length - 1;
    if (complete(current(), form.dataset.needed ?? "") && last && reaches(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!last && !current().querySelector(".field-wrong")) go(here + 1);
  });
  addEventListener("popstate", () => turn(Number(location.pathname.split("/").pop()) - 1 || 0, true));
  turn(here, false);
}

/** Shows one page with its progress and buttons. @param {HTMLFormElement} form @param {HTMLElement[]} groups @param {number} here */
function show(form, groups, here) {
  const last = here === groups.length - 1;
  for (const [place, group] of groups.entries()) group.hidden = place !== here;
  for (const [name, hidden] of /** @type {[string, boolean][]} */ ([
    ["[data-last]", !last],
    ["[data-send]", !last],
    ["[data-next]", last],
    ["[data-before]", here === 0],
    ["[data-progress]", groups.length === 1],
    ["[data-device]", false],
  ])) {
    const part = form.querySelector(name);
    if (part instanceof HTMLElement) part.hidden = hidden;
  }
  const words = form.querySelector("[data-words]");
  const bar = form.querySelector(".survey-progress progress");
  if (!(words instanceof HTMLElement && bar instanceof HTMLProgressElement)) return;
  const told = { page: here + 1, pages: groups.length };
  words.textContent = (words.dataset.words ?? "").replace("{page}", `${told.page}`).replace("{pages}", `${told.pages}`);
  bar.max = told.pages;
  bar.value = told.page;
}

/** Shows the questions that are asked after what was chosen, and sends no other. @param {HTMLFormElement} form */
function ask(form) {
  for (const question of /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-after]")])) {
    const wanted = (question.dataset.values ?? "").split(" ");
    const name = CSS.escape(question.dataset.after ?? "");
    const chosen = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`[name="${name}"]:checked`)]);
    const asked = chosen.some((field) => !field.disabled && wanted.includes(field.value));
    question.hidden = !asked;
    for (const field of fields(question)) field.disabled = !asked;
  }
}

/** Says whether every question of a page that needs an answer has one, and marks those that have none. @param {HTMLElement} group @param {string} words */
function complete(group, words) {
  /** @type {HTMLElement | null} */
  let first = null;
  for (const question of /** @type {HTMLElement[]} */ ([...group.querySelectorAll("[data-required]:not([hidden])")])) {
    settle(question);
    if (has(question)) continue;
    question.querySelector(".field")?.classList.add("field-wrong");
    const said = document.createElement("p");
    said.className = "error-text";
    said.dataset.missing = "";
    said.textContent = words;
    (question.querySelector("legend, label") ?? question).after(said);
    first ??= /** @type {HTMLElement | null} */ (question.querySelector("input, textarea"));
  }
  first?.focus();
  return first === null;
}

/** Leaves out the words of conditions: here a question is only seen when it is asked. @param {HTMLElement} form */
function quiet(form) {
  for (const words of /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-condition]")])) {
    words.textContent = "";
    words.hidden = true;
  }
}

/** The questions that are marked for want of an answer. @param {HTMLElement} place */
function missing(place) {
  return /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-required]:has([data-missing])")]);
}

/** Says whether a question has an answer. @param {HTMLElement} question */
function has(question) {
  return fields(question).some((field) =>
    field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")
      ? field.checked
      : field.value.trim() !== "",
  );
}

/** Takes the mark off a question. @param {HTMLElement} question */
function settle(question) {
  question.querySelector(".field")?.classList.remove("field-wrong");
  question.querySelector("[data-missing]")?.remove();
}

/** Says whether there is a network to send by, and tells whoever has none. @param {HTMLElement} form */
function reaches(form) {
  const told = form.querySelector("[data-offline]");
  if (told instanceof HTMLElement) told.hidden = navigator.onLine;
  return navigator.onLine;
}

/** The fields in which people answer. @param {HTMLElement} place @returns {(HTMLInputElement | HTMLTextAreaElement)[]} */
function fields(place) {
  return [...place.querySelectorAll('[name^="q-"]')].filter(
    (field) => field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement,
  );
}

/** Keeps the answers on this device. @param {HTMLFormElement} form @param {string} key */
function keep(form, key) {
  /** @type {Answers} */
  const kept = {};
  for (const [name, value] of new FormData(form)) {
    if ((name.startsWith("q-") || name === "submission_id") && typeof value === "string" && value !== "") {
      kept[name] = [...(kept[name] ?? []), value];
    }
  }
  stored((storage) => storage.setItem(key, JSON.stringify(kept)));
}

/** Fills in what this device has kept. @param {HTMLFormElement} form @param {string} key */
function restore(form, key) {
  const kept = /** @type {Answers} */ (JSON.parse(stored((storage) => storage.getItem(key)) ?? "{}"));
  for (const field of fields(form)) put(field, kept[field.name]);
  const id = form.querySelector("[name=submission_id]");
  if (id instanceof HTMLInputElement) put(id, kept.submission_id);
}

/** Puts into a field what was kept of it. @param {HTMLInputElement | HTMLTextAreaElement} field @param {string[] | undefined} values */
function put(field, values) {
  if (!values) return;
  if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
    field.checked = values.includes(field.value);
  } else field.value = values[0] ?? "";
}

/** Forgets what was kept. @param {string} key */
function forget(key) {
  stored((storage) => storage.removeItem(key));
}

/**
 * Uses the storage of this browser; where it is forbidden or full, answers live as long as the page.
 * @template Found
 * @param {(storage: Storage) => Found} use
 */
function stored(use) {
  try {
    return use(localStorage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Does something when a part is pressed twice; in between it says so. @param {HTMLElement} form @param {string} name @param {() => unknown} act */
function twice(form, name, act) {
  const button = form.querySelector(name);
  if (!(button instanceof HTMLElement)) return;
  const words = button.textContent;
  let pressed = false;
  const say = (/** @type {boolean} */ asks) => {
    pressed = asks;
    button.textContent = (asks && button.dataset.again) || words;
  };
  button.addEventListener("blur", () => say(false));
  button.addEventListener("click", () => {
    if (pressed) act();
    say(!pressed);
  });
}

/** Does something when a part is pressed. @param {HTMLElement} form @param {string} name @param {() => unknown} act */
function on(form, name, act) {
  form.querySelector(name)?.addEventListener("click", act);
}
