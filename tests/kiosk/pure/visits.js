/** A counter, its questions and a person who uses them; for the stories of the pure tests. */
import { beginning } from "../../../kiosk_static/beginning.js";
import { next } from "../../../kiosk_static/flow.js";

const option = (value, vi, en, face) => ({ value, text: { vi, en }, ...(face ? { face } : {}) });

export const FIVE = {
  id: "satisfaction",
  kind: "faces",
  required: true,
  show_if: null,
  text: { vi: "Hài lòng không?", en: "Satisfied?" },
  options: [5, 4, 3, 2, 1].map((value) => option(value, `mức ${value}`, `level ${value}`)),
};
export const REASONS = {
  id: "reasons",
  kind: "multiple",
  required: false,
  show_if: { question: "satisfaction", in: [1, 2] },
  text: { vi: "Vì sao?", en: "Why?" },
  options: [option("waiting", "Chờ lâu", "Long wait"), option("papers", "Nhiều giấy tờ", "Papers")],
};
export const PRAISE = {
  id: "praise",
  kind: "multiple",
  required: false,
  show_if: { question: "satisfaction", in: [4, 5] },
  text: { vi: "Điều gì?", en: "What?" },
  options: [option("quick", "Nhanh", "Quick"), option("kind", "Thân thiện", "Kind")],
};
export const COMMENT = {
  id: "comment",
  kind: "text",
  required: false,
  show_if: null,
  text: { vi: "Ý kiến khác", en: "Anything else" },
  options: [],
};

/** A configuration of an office that never closes. */
export function configuration(changes = {}) {
  return {
    kiosk_id: "1",
    unit: { code: "19333", name: "Phường Đông Hà" },
    counter: { id: 3, name: "Quầy 3" },
    officer: null,
    languages: ["vi", "en"],
    idle_seconds: 30,
    warning_seconds: 20,
    thanks_seconds: 4,
    opening_hours: [],
    office: { name: "Một cửa", logo: null },
    questionnaire: { id: "kiosk-5", version: 1, questions: [FIVE, REASONS, PRAISE, COMMENT] },
    ...changes,
  };
}

/** An answer of the server as lib/http.js gives it. */
export const answer = (status, body = null, more = {}) => ({
  kind: "answer",
  status,
  body,
  problem: status >= 400,
  retryAfter: null,
  etag: null,
  date: null,
  ...more,
});

/** A tablet in the lobby: time passes only when told, the disk answers at once unless it is said to be slow. */
export class Visit {
  constructor({ config = configuration(), now = Date.UTC(2026, 9, 13, 1, 30), slow = false } = {}) {
    this.state = beginning();
    this.at = 0;
    this.now = now;
    this.slow = slow;
    this.acts = [];
    this.ids = 0;
    this.send({ type: "started", enrolled: true, configuration: config });
  }

  send(event) {
    this.ids += 1;
    const step = next(this.state, event, { at: this.at, now: this.now, id: `id-${this.ids}` });
    this.state = step.state;
    for (const act of step.acts) {
      this.acts.push(act);
      if (act.act === "keep" && !this.slow) this.send({ type: "kept", id: act.rating.id, quiet: Boolean(act.quiet) });
    }
    return this;
  }

  /** Lets seconds pass, one tick each. */
  wait(seconds) {
    for (let second = 0; second < seconds; second += 1) {
      this.at += 1000;
      this.now += 1000;
      this.send({ type: "tick" });
    }
    return this;
  }

  begin() {
    return this.send({ type: "begin" });
  }

  choose(value) {
    return this.send({ type: "choose", value });
  }

  /** The question on the screen, by its id. */
  get asked() {
    return this.state.screen === "question"
      ? this.state.configuration.questionnaire.questions[this.state.rating.position].id
      : null;
  }

  /** What was last stored. */
  get stored() {
    return this.acts.filter(({ act }) => act === "keep").at(-1)?.rating;
  }

  /** The ids that were declared complete. */
  get finished() {
    return this.acts.filter(({ act }) => act === "finish").map(({ id }) => id);
  }
}
