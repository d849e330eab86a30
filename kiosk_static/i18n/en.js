/** English: the ids are the sentences, so there is nothing to say twice. */

/** @type {import('./index.js').Language} */
export const en = { name: "English", locale: "en-GB", messages: {} };
