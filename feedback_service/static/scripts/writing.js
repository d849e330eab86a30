/** Forms in which people write: letters that are left, and files that are sent and checked while they still write. */

const PATIENCE_MS = 10 * 60 * 1000;

/** @typedef {{id: string, name: string, size: number}} KeptFile */
/** @typedef {{token: string, files: KeptFile[]}} Kept */

/** Counts the letters of a text field as the server does, and says it aloud when few are left. @param {HTMLTextAreaElement} field */
function count(field) {
  const most = Number(field.dataset.letters);
  const place = field.form?.querySelector("[data-left]");
  const told = field.form?.querySelector("[data-told]");
  if (!(place instanceof HTMLElement) || !most) return;
  const show = () => {
    const left = most - Array.from(field.value.normalize("NFC").replace(/\r\n?/g, "\n").trim()).length;
    const words = left < 0 ? place.dataset.over : place.dataset.left;
    place.textContent = (words ?? "").replace(
      /\{(left|over)\}/,
      Math.abs(left).toLocaleString(document.documentElement.lang),
    );
    place.classList.toggle("over", left < 0);
    if (told && (left < 0 || left === 100)) told.textContent = place.textContent;
  };
  field.addEventListener("input", show);
  show();
}

/** The files of one form. */
class Files {
  /** @param {HTMLFormElement} form @param {HTMLElement} field */
  constructor(form, field) {
    this.form = form;
    this.field = field;
    this.isSending = false;
    /** @type {HTMLElement | null} */
    this.waiting = null;
    this.chooser = this.input("files");
    this.token = this.input("kept_files");
    this.said = this.found("[data-chosen]");
    this.sending = this.found("[data-sending]", form);
  }

  settle() {
    this.chooser.addEventListener("change", () => this.choose());
    this.field.addEventListener("click", (event) => this.remove(event));
    this.form.addEventListener("submit", (event) => this.hold(event), { capture: true });
  }

  /** @param {string} name @returns {HTMLInputElement} */
  input(name) {
    const found = this.form.elements.namedItem(name);
    if (!(found instanceof HTMLInputElement)) throw new Error(`the form has no ${name}`);
    return found;
  }

  /** @param {string} selector @param {ParentNode} inside @returns {HTMLElement} */
  found(selector, inside = this.field) {
    const found = inside.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`the form has no ${selector}`);
    return found;
  }

  /** A form that is sent while files are still on their way goes as soon as they have arrived. @param {SubmitEvent} event */
  hold(event) {
    if (!this.isSending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.waiting = event.submitter instanceof HTMLElement ? event.submitter : this.form;
  }

  choose() {
    const chosen = Array.from(this.chooser.files ?? []);
    const large = chosen.find((file) => file.size > Number(this.field.dataset.mostBytes));
    const many = chosen.length + this.list().length > Number(this.field.dataset.mostFiles);
    if (large) this.refuse((this.field.dataset.tooLarge ?? "").replace("{name}", large.name));
    else if (many) this.refuse(this.field.dataset.tooMany ?? "");
    else if (chosen.length) this.send(chosen, "");
  }

  /** @param {MouseEvent} event */
  remove(event) {
    const button = event.target instanceof Element ? event.target.closest("button[name=drop_file]") : null;
    if (!(button instanceof HTMLButtonElement) || this.isSending) return;
    event.preventDefault();
    this.send([], button.value);
  }

  /** @param {string} words */
  refuse(words) {
    this.chooser.value = "";
    this.said.textContent = words;
    this.said.classList.add("error-text");
  }

  /** @param {File[]} chosen @param {string} dropped */
  async send(chosen, dropped) {
    this.isSending = true;
    this.sending.hidden = false;
    this.say(this.sending.dataset.busy ?? "");
    const body = new FormData();
    body.set("csrf_token", this.input("csrf_token").value);
    body.set("kept_files", this.token.value);
    if (dropped) body.set("drop_file", dropped);
    for (const file of chosen) body.append("files", file);
    const answer = await this.posted(body);
    this.isSending = false;
    this.sending.hidden = true;
    this.take(answer);
    this.resume();
  }

  /** @param {{status: number, content: any}} answer */
  take({ status, content }) {
    const isKept = content?.files && (content.token || !content.files.length);
    if (isKept) {
      this.chooser.value = "";
      this.show(content);
    }
    if (isKept && status === 200) return;
    const refusals = content?.errors?.map((/** @type {{detail: string}} */ one) => one.detail).join(" ");
    const words = refusals || content?.detail || this.sending.dataset.failed || "";
    if (status) this.refuse(words);
    else this.said.textContent = words;
  }

  resume() {
    const submitter = this.waiting;
    this.waiting = null;
    if (submitter) this.form.requestSubmit(submitter === this.form ? null : submitter);
  }

  /** @param {Kept} kept */
  show(kept) {
    this.token.value = kept.token;
    this.said.classList.remove("error-text");
    this.said.textContent = kept.files.length ? "" : (this.field.dataset.none ?? "");
    const before = this.field.querySelector(".kept-files");
    const list = document.createElement("ul");
    list.className = "kept-files";
    list.setAttribute("role", "list");
    for (const file of kept.files) list.append(this.line(file));
    if (before) before.replaceWith(list);
    else this.chooser.before(list);
  }

  /** @param {KeptFile} file */
  line(file) {
    const line = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = file.name;
    const button = document.createElement("button");
    button.className = "button-link";
    button.name = "drop_file";
    button.value = file.id;
    button.formNoValidate = true;
    button.textContent = this.field.dataset.remove ?? "";
    const which = document.createElement("span");
    which.className = "visually-hidden";
    which.textContent = ` ${file.name}`;
    button.append(which);
    line.append(name, " ", button);
    return line;
  }

  list() {
    return Array.from(this.field.querySelectorAll(".kept-files li"));
  }

  /** @param {string} words */
  say(words) {
    this.found("[data-said]", this.sending).textContent = words;
  }

  /** Sends with a bar that shows how far it has come. @param {FormData} body @returns {Promise<{status: number, content: any}>} */
  posted(body) {
    const bar = this.sending.querySelector("progress");
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.timeout = PATIENCE_MS;
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (bar && event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("loadend", () => resolve({ status: request.status, content: request.response }));
      request.open("POST", this.form.dataset.keep ?? "/suggestions/files");
      request.send(body);
    });
  }
}

for (const form of document.querySelectorAll("form[data-writing]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  for (const field of form.querySelectorAll("textarea")) count(field);
  const field = form.querySelector("[data-files]");
  if (field instanceof HTMLElement) new Files(form, field).settle();
}
