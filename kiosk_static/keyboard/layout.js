/** The keys: what stands where. Data only. */

/** @typedef {{key: string, className?: string, icon?: string, label?: string, text?: string}} Key  text and label are message ids when they have spaces or begin with a capital */

const letters = (/** @type {string} */ row) => [...row].map((key) => ({ key }));

/** @type {Key} */
const SHIFT = { key: "shift", className: "key-wide key-command", icon: "shift", label: "Capital letter" };
/** @type {Key} */
const ERASE = { key: "erase", className: "key-wide key-command", icon: "erase", label: "Erase one letter" };
/** @type {Key} */
const SPACE = { key: " ", className: "key-space", text: "Space" };
/** @type {Key[]} */
const STOPS = [
  { key: ".", label: "Full stop" },
  { key: "?", label: "Question mark" },
];
/** @type {Key} */
const COMMA = { key: ",", label: "Comma" };

/** @type {Record<'letters' | 'figures', Key[][]>} */
export const VIETNAMESE = {
  letters: [
    letters("qwertyuiop"),
    letters("asdfghjklđ"),
    [SHIFT, ...letters("zxcvbnm"), ERASE],
    [
      { key: "figures", className: "key-wide key-command", text: "123", label: "Figures" },
      { key: "method", className: "key-method key-command" },
      COMMA,
      SPACE,
      ...STOPS,
    ],
  ],
  figures: figures("key-space key-space-long"),
};

/** @type {Record<'letters' | 'figures', Key[][]>} */
export const LATIN = {
  letters: [
    letters("qwertyuiop"),
    [...letters("asdfghjkl"), { key: "'", label: "Apostrophe" }],
    [SHIFT, ...letters("zxcvbnm"), ERASE],
    [
      { key: "figures", className: "key-wide key-command", text: "123", label: "Figures" },
      COMMA,
      { ...SPACE, className: "key-space key-space-long" },
      ...STOPS,
    ],
  ],
  figures: figures("key-space key-space-long"),
};

/** The names of the tones as every school in Vietnam teaches them, in the order of telex.js. */
export const TONE_NAMES = ["Không dấu", "Sắc", "Huyền", "Hỏi", "Ngã", "Nặng"];

/** The names of the letters with a mark. */
export const SHAPE_NAMES = /** @type {Record<string, string>} */ ({
  ă: "Dấu trăng",
  â: "Dấu mũ",
  ê: "Dấu mũ",
  ô: "Dấu mũ",
  ơ: "Dấu móc",
  ư: "Dấu móc",
  đ: "Chữ đ",
});

/** @type {Record<import('./telex.js').Method, string>} */
export const METHOD_NAMES = { tap: "Chạm dấu", telex: "Telex", vni: "VNI" };

/** What the accent bar says while there is no syllable to put an accent on. */
export const BAR_HINT = "Gõ chữ không dấu, rồi chạm dấu ở hàng này.";

/** @param {string} space @returns {Key[][]} */
function figures(space) {
  return [
    letters("1234567890"),
    letters('-/:;()%&"+'),
    [{ key: "!", className: "key-wide", label: "Exclamation mark" }, ...letters("@'=*_#~"), ERASE],
    [
      { key: "letters", className: "key-wide key-command", text: "abc", label: "Letters" },
      COMMA,
      { ...SPACE, className: space },
      ...STOPS,
    ],
  ];
}
