/** A copy of the configuration that can be read in an instant, so that the first screen need not wait. The truth is in the outbox's memory. */

/** @typedef {import('../lib/types.js').Configuration} Configuration */

const NAME = "configuration";

/**
 * Gives what was configured last, or null.
 * @param {Storage} storage
 * @returns {Configuration | null}
 */
export function glance(storage) {
  return JSON.parse(storage.getItem(NAME) ?? "null");
}

/**
 * Keeps the copy; null removes it.
 * @param {Storage} storage
 * @param {Configuration | null} configuration
 */
export function keepGlance(storage, configuration) {
  if (configuration === null) storage.removeItem(NAME);
  else storage.setItem(NAME, JSON.stringify(configuration));
}
