/** When the office is open. Pure. */

/** @typedef {import('./lib/types.js').OpeningHours} OpeningHours */

/** Vietnam keeps UTC+7 all year, so a tablet with a wrong time zone still knows the hour. */
const OFFICE_OFFSET_MS = 7 * 3_600_000;

/**
 * Tells whether the office is open; without any hours it always is.
 * @param {OpeningHours[]} hours
 * @param {number} now  milliseconds since 1970
 */
export function isOpen(hours, now) {
  if (hours.length === 0) return true;
  const local = new Date(now + OFFICE_OFFSET_MS);
  const weekday = local.getUTCDay() || 7;
  const time = local.toISOString().slice(11, 16);
  return hours.some((span) => span.weekdays.includes(weekday) && span.opens <= time && time < span.closes);
}

/**
 * Groups the spans by the days they hold for, days in order, spans by opening time.
 * @param {OpeningHours[]} hours
 * @returns {{weekdays: number[], spans: OpeningHours[]}[]}
 */
export function grouped(hours) {
  const groups = new Map();
  for (const span of [...hours].sort((one, other) => one.opens.localeCompare(other.opens))) {
    const weekdays = [...span.weekdays].sort();
    const key = weekdays.join();
    groups.set(key, { weekdays, spans: [...(groups.get(key)?.spans ?? []), span] });
  }
  return [...groups.values()].sort((one, other) => one.weekdays[0] - other.weekdays[0]);
}

/**
 * Gives the quarter of a moment in office time.
 * @param {number} now  milliseconds since 1970
 * @returns {{quarter: number, year: number}}
 */
export function quarterOf(now) {
  const local = new Date(now + OFFICE_OFFSET_MS);
  return { quarter: Math.floor(local.getUTCMonth() / 3) + 1, year: local.getUTCFullYear() };
}
