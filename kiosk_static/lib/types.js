/**
 * The shapes that the parts of the tablet share. Types only: nothing here exists at run time.
 *
 * @typedef {Record<string, string>} Words  one text in several languages, by language code
 * @typedef {number | string} Value  the code of an option, as the questionnaire names it
 * @typedef {Value | Value[]} Answer
 *
 * @typedef {object} Option
 * @property {Value} value
 * @property {Words} text
 * @property {number} [face]  which of the five drawn faces stands beside the words
 *
 * @typedef {'faces' | 'single' | 'multiple' | 'scale' | 'text' | 'number' | 'date'} Kind
 *
 * @typedef {object} Question
 * @property {string} id
 * @property {Kind} kind
 * @property {Words} text
 * @property {Words | null} [help]
 * @property {boolean} required
 * @property {{question: string, in: Value[]} | null} [show_if]
 * @property {Option[]} [options]
 *
 * @typedef {object} Questionnaire
 * @property {number | string} id
 * @property {number} version
 * @property {Question[]} questions
 *
 * @typedef {object} OpeningHours  one span of a week, in the office's local time
 * @property {number[]} weekdays  1 is Monday, 7 is Sunday
 * @property {string} opens  HH:MM
 * @property {string} closes  HH:MM
 *
 * @typedef {object} Configuration
 * @property {string} kiosk_id
 * @property {{code: string, name: string}} unit
 * @property {{id: number | string, name: string} | null} counter  null where one machine serves a whole unit
 * @property {{name: string, photo: string | null} | null} officer
 * @property {string[]} languages
 * @property {number} idle_seconds
 * @property {number} warning_seconds
 * @property {number} thanks_seconds
 * @property {OpeningHours[]} opening_hours
 * @property {{name: string, logo: string | null}} office
 * @property {Questionnaire} questionnaire
 * @property {boolean} [demo]
 * @property {Record<string, Words>} [texts]  what the office has written for the machine's own sentences, by language and English sentence
 * @property {Sounds} [sounds]
 *
 * @typedef {Record<string, Record<string, string>>} Sounds  addresses of recordings, by language and by the sentence as it stands on the glass
 *
 * @typedef {'normal' | 'large' | 'largest'} TextSize
 * @typedef {object} View  how this person wants the screen; forgotten at every reset
 * @property {string} language
 * @property {TextSize} text
 * @property {boolean} contrast
 * @property {boolean} reach
 * @property {boolean} voice
 *
 * @typedef {object} Rating  the rating that is being given
 * @property {string} id
 * @property {number} position  index of the question on the screen
 * @property {number[]} path  the questions asked before it, for the way back
 * @property {Record<string, Answer>} answers
 * @property {string} comment
 * @property {string} draft  what stands in a field and was not sent
 * @property {string} slip  the code of the appointment slip, empty without one; it is never shown again
 * @property {boolean} stored  the first answer is safe on the disk
 *
 * @typedef {'starting' | 'pairing' | 'attract' | 'slip' | 'language' | 'question' | 'thanks' | 'unsaved' | 'closed' | 'stopped'} Screen
 *
 * @typedef {object} Device  what the machine knows of itself, for staff
 * @property {boolean} online  the last exchange with the server succeeded
 * @property {number} queued
 * @property {number} parked
 * @property {boolean} failing  the disk refused something
 *
 * @typedef {object} State
 * @property {Screen} screen
 * @property {Configuration | null} configuration
 * @property {Configuration | null} newer  arrived during a rating; taken at the next reset
 * @property {View} view
 * @property {Rating | null} rating
 * @property {boolean} saving  an answer is on its way to the disk: further taps wait
 * @property {Screen} before  where the language screen leads back to
 * @property {number} touchedAt  monotonic milliseconds of the last touch
 * @property {number} shownAt  monotonic milliseconds since which the screen stands
 * @property {number} moment  wall clock milliseconds of the same
 * @property {number | null} secondsLeft  of the idle warning or of the thanks
 * @property {boolean} warned  the idle warning stands over the screen
 * @property {string} reason  why: of "unsaved" (full, storage, more), "stopped" (revoked, storage), "pairing" (wrong, late, many, unreachable)
 * @property {string} typed  what stands on the screen of the slip and was not sent
 * @property {boolean} kept  "stopped" came in the middle of a rating, which is safe
 * @property {string} note  a passing remark over the lower bar, as a message id
 * @property {number} notedAt  monotonic milliseconds
 * @property {Device} device
 *
 * @typedef {{type: string, [fact: string]: any}} Event
 * @typedef {{act: string, [fact: string]: any}} Effect
 * @typedef {{at: number, now: number, id: string}} Facts  monotonic ms, wall clock ms, a fresh UUID
 * @typedef {(event: Event) => void} Send
 * @typedef {(root: HTMLElement, state: State, send: Send) => () => void} Show
 *
 * @typedef {'open' | 'ready' | 'parked'} Standing
 * @typedef {object} StoredRating  schema 1, as kept on the disk
 * @property {1} schema
 * @property {string} id
 * @property {number} sequence
 * @property {Standing} standing
 * @property {string} tab
 * @property {number | string} questionnaire
 * @property {number} version
 * @property {string} answered_at
 * @property {string} language
 * @property {Record<string, Answer>} answers
 * @property {string} [comment]
 * @property {string} [ballot]
 * @property {unknown} [problem]
 *
 * @typedef {{open: number, ready: number, parked: number, lastSequence: number}} Counts
 * @typedef {{kind: 'answer', status: number, body: any, problem: boolean, retryAfter: number | null, etag: string | null, date: number | null} | {kind: 'unreachable'}} Reply
 */
export {};
