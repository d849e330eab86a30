/** What is asked, in which order, beside which face. Pure. */

/** @typedef {import('./lib/types.js').Questionnaire} Questionnaire */
/** @typedef {import('./lib/types.js').Question} Question */
/** @typedef {import('./lib/types.js').Option} Option */
/** @typedef {import('./lib/types.js').Answer} Answer */

/** One face has one meaning: three levels leave out the middle and the last. */
const FACES = /** @type {Record<number, number[]>} */ ({
  5: [5, 4, 3, 2, 1],
  4: [5, 4, 2, 1],
  3: [5, 4, 2],
  2: [5, 1],
});

/**
 * Tells whether a question is asked after these answers.
 * @param {Question} question
 * @param {Record<string, Answer>} answers
 */
export function isAsked(question, answers) {
  const condition = question.show_if;
  if (!condition) return true;
  const given = answers[condition.question];
  const values = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return values.some((value) => condition.in.includes(value));
}

/**
 * Gives the index of the next question that is asked, or null after the last.
 * @param {Questionnaire} questionnaire
 * @param {Record<string, Answer>} answers
 * @param {number} position  -1 before the first
 */
export function following(questionnaire, answers, position) {
  const next = questionnaire.questions.findIndex((question, index) => index > position && isAsked(question, answers));
  return next === -1 ? null : next;
}

/**
 * Gives the answers without those to questions that are no longer asked, as when a face was chosen anew.
 * @param {Questionnaire} questionnaire
 * @param {Record<string, Answer>} answers
 */
export function pruned(questionnaire, answers) {
  const kept = /** @type {Record<string, Answer>} */ ({});
  for (const question of questionnaire.questions) {
    const answer = answers[question.id];
    if (answer !== undefined && isAsked(question, kept)) kept[question.id] = answer;
  }
  return kept;
}

/**
 * Gives the options of a faces question from the best to the worst, each with its face.
 * @param {Question} question
 * @returns {(Option & {face: number})[]}
 */
export function faced(question) {
  const options = question.options ?? [];
  const levels = FACES[options.length] ?? [];
  const sorted = [...options].sort((one, other) => Number(other.value) - Number(one.value));
  return sorted.map((option, place) => ({ ...option, face: option.face ?? levels[place] ?? 3 }));
}

/**
 * Gives the question whose text travels as the comment of the rating: the first one that asks for words.
 * @param {Questionnaire} questionnaire
 */
export function commentQuestion(questionnaire) {
  return questionnaire.questions.find((question) => question.kind === "text") ?? null;
}

/**
 * Gives the question on the screen, or null.
 * @param {import('./lib/types.js').State} state
 * @returns {Question | null}
 */
export function questionOf({ screen, rating, configuration }) {
  if (screen !== "question" || !rating || !configuration) return null;
  return configuration.questionnaire.questions[rating.position] ?? null;
}
