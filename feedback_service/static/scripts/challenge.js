/**
 * The field for the confirmation code, with JavaScript: the work is done unseen while the citizen reads, the sound plays
 * in place, another code comes without leaving the page, and whoever cannot read it lets the device work longer instead.
 */

import { canWork, handsFree, solved } from "./work.js";

const RIPE_MS = 2100;
const PATIENCE_MS = 15_000;
const STEP_MS = 250;
const MOST_TRIES = 3000;
const USUAL_TRIES_PER_SECOND = 300;

/** @typedef {{token: string, work: string, picture: string, sound: string}} Challenge */

/** One field of one form; it begins to work at once. */
class ChallengeField {
  /** @param {HTMLFormElement} form @param {HTMLElement} field */
  constructor(form, field) {
    this.form = form;
    this.field = field;
    this.triesPerSecond = USUAL_TRIES_PER_SECOND;
    this.isLong = false;
    this.isWaiting = false;
    this.isReady = false;
    this.isSent = false;
    this.stop = new AbortController();
    this.ripe = pause(RIPE_MS);
    /** @type {Promise<void>} */
    this.renewal = Promise.resolve();
    this.work = this.begin(field.dataset.ladder === "code" ? "" : workAt(field.dataset.work ?? ""));
  }

  /** Puts the buttons to use that need JavaScript. */
  settle() {
    this.part("sound").hidden = true;
    this.part("listen").hidden = false;
    this.part("listen").addEventListener("click", () => this.listen());
    this.part("another").addEventListener("click", (event) => {
      event.preventDefault();
      this.renewal = this.renew(false);
    });
    this.form.addEventListener("submit", (event) => this.hold(event));
    if (!canWork()) return;
    this.part("unreadable").hidden = false;
    this.part("unreadable").addEventListener("click", () => {
      this.renewal = this.renew(true);
    });
    this.part("back").addEventListener("click", () => {
      this.renewal = this.renew(false);
    });
    const needsCode = this.field.dataset.ladder !== "work" || this.field.classList.contains("field-wrong");
    this.part("code").hidden = !needsCode;
    this.part("title").hidden = !needsCode;
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    const found = this.field.querySelector(`[data-${name}]`);
    if (!(found instanceof HTMLElement)) throw new Error(`the field has no ${name}`);
    return found;
  }

  /** @param {string} name @returns {HTMLInputElement} */
  input(name) {
    const found = this.form.elements.namedItem(name);
    if (!(found instanceof HTMLInputElement)) throw new Error(`the form has no ${name}`);
    return found;
  }

  listen() {
    const sound = this.part("sound");
    if (!(sound instanceof HTMLAudioElement)) return;
    sound.currentTime = 0;
    sound.play().catch(() => this.say("failed"));
  }

  /** Does the work; without it the form is sent all the same and draws on a smaller budget. @param {string | Promise<string>} task */
  async begin(task) {
    const signal = this.stop.signal;
    const worker = this.field.dataset.worker ?? "";
    try {
      const asked = await task;
      if (!asked || !canWork() || signal.aborted) return;
      const done = await solved(asked, { worker, hands: this.isLong ? handsFree() : 1, signal });
      this.input("work").value = done.payload;
      this.triesPerSecond = done.triesPerSecond;
    } catch {
      if (this.isLong && !signal.aborted) this.say("failed");
    }
  }

  /** Lets the form go once the work is done and a person could have read the page. @param {SubmitEvent} event */
  async hold(event) {
    if (event.submitter === this.part("another")) return;
    if (this.isReady && !this.isSent) {
      this.isSent = true;
      return;
    }
    event.preventDefault();
    if (this.isWaiting || this.isSent) return;
    this.isWaiting = true;
    this.say("checking");
    await this.settled();
    await pause(0); // when all was done before, we are still inside the first submit event, which ignores a second one
    this.say("");
    this.isWaiting = false;
    this.isReady = true;
    this.form.requestSubmit();
  }

  /** Waits for the work of whichever challenge stands at the end: another one may come while this waits. */
  async settled() {
    await this.renewal;
    const work = this.work;
    await Promise.all([work, this.ripe]);
    if (work !== this.work) await this.settled();
  }

  /** Asks for another challenge and shows it. @param {boolean} isLong */
  async renew(isLong) {
    const challenge = await this.asked(isLong);
    if (!challenge) return;
    this.stop.abort();
    this.stop = new AbortController();
    this.isLong = isLong;
    this.isReady = this.isSent = false;
    this.ripe = pause(RIPE_MS);
    this.show(challenge);
    this.work = this.begin(isLong || this.field.dataset.ladder !== "code" ? challenge.work : "");
    if (isLong) this.accompany(this.stop.signal);
  }

  /** @param {Challenge} challenge */
  show(challenge) {
    if (!this.isWaiting) this.say("");
    this.input("form_token").value = challenge.token;
    this.input("work").value = "";
    this.input("challenge_answer").value = "";
    this.forgive();
    this.part("running").hidden = false;
    this.part("code").hidden = this.isLong;
    this.part("long-work").hidden = !this.isLong;
    this.part("title").hidden = false;
    if (this.isLong) {
      this.part("long-work").focus();
      return;
    }
    this.part("picture").setAttribute("src", challenge.picture);
    this.part("sound").setAttribute("src", challenge.sound);
    this.input("challenge_answer").focus();
  }

  /** Takes away what was said about an earlier code. */
  forgive() {
    const code = this.input("challenge_answer");
    this.field.classList.remove("field-wrong");
    code.removeAttribute("aria-invalid");
    code.removeAttribute("aria-describedby");
    document.getElementById(`${code.id}-error`)?.remove();
    const summary = document.querySelector(".error-summary");
    summary?.querySelector(`a[href="#${code.id}"]`)?.closest("li")?.remove();
    if (summary && !summary.querySelector("li")) summary.remove();
  }

  /** Shows how far the longer work has come: at most this long, on average half. @param {AbortSignal} signal */
  accompany(signal) {
    const bar = this.field.querySelector("progress");
    if (!bar) return;
    const mostSteps = (1000 * MOST_TRIES) / this.triesPerSecond / handsFree() / STEP_MS;
    bar.value = 0;
    const ticking = setInterval(() => {
      bar.value = Math.min(97, bar.value + 100 / mostSteps);
    }, STEP_MS);
    signal.addEventListener("abort", () => clearInterval(ticking));
    this.work.then(() => {
      clearInterval(ticking);
      const isDone = this.input("work").value !== "" && !signal.aborted;
      if (!isDone) return;
      bar.value = 100;
      this.part("running").hidden = true;
      this.say("done");
    });
  }

  /** @param {boolean} isLong @returns {Promise<Challenge | null>} */
  async asked(isLong) {
    try {
      const response = await fetch("/challenges", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ form: this.field.dataset.form, long_work: isLong }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (response.ok) return await response.json();
    } catch {
      this.say("failed");
      return null;
    }
    this.say("failed");
    return null;
  }

  /** Says one of the sentences that came with the page, or nothing. @param {"checking" | "done" | "failed" | ""} sentence */
  say(sentence) {
    const place = this.part("said");
    place.textContent = sentence ? (place.dataset[sentence] ?? "") : "";
  }
}

/** Returns the work that belongs to the page, "" where there is none to be had. @param {string} address */
async function workAt(address) {
  if (!canWork()) return "";
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return response.ok ? response.text() : "";
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

for (const field of document.querySelectorAll("[data-challenge]")) {
  const form = field.closest("form");
  if (form && field instanceof HTMLElement) new ChallengeField(form, field).settle();
}
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
