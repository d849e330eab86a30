/** The office is closed; who was served late may still rate. */
import { grouped } from "../hours.js";
import { sentence } from "../i18n/index.js";
import { button, icon, make, rings } from "../lib/dom.js";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** @type {import('../lib/types.js').Show} */
export function show(root, state, send) {
  const t = (/** @type {string} */ id, /** @type {Record<string, string>} */ values = {}) =>
    sentence(state.view.language, id, values);
  const hours = grouped(state.configuration?.opening_hours ?? []);
  root.className = "screen screen-still screen-closed";
  root.append(
    rings(),
    make("h1", {}, t("The counter is closed now")),
    make(
      "table",
      { class: "hours" },
      make("caption", {}, t("Opening hours")),
      make("tbody", {}, ...hours.flatMap(({ weekdays, spans }) => rows(days(weekdays, t), spans))),
    ),
    make("p", { class: "lead" }, t("You can also write to us from home, at {address}", { address: location.host })),
    button(
      "button",
      { onclick: () => send({ type: "begin" }) },
      t("I was served today and want to rate"),
      " ",
      icon("next"),
    ),
  );
  return () => root.replaceChildren();
}

/** @param {string} name @param {import('../lib/types.js').OpeningHours[]} spans */
function rows(name, spans) {
  return spans.map(({ opens, closes }, index) =>
    make(
      "tr",
      {},
      index === 0 && make("th", { scope: "rowgroup", rowspan: spans.length }, name),
      make("td", {}, `${opens} – ${closes}`),
    ),
  );
}

/** @param {number[]} weekdays @param {(id: string, values?: Record<string, string>) => string} t */
function days(weekdays, t) {
  const names = weekdays.map((day) => t(DAYS[day - 1] ?? ""));
  const inRow = weekdays.every((day, index) => index === 0 || day === (weekdays[index - 1] ?? 0) + 1);
  if (names.length < 3 || !inRow) return names.join(", ");
  return t("{first} to {last}", { first: names[0] ?? "", last: names[names.length - 1] ?? "" });
}
