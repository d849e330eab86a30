/* Written by `feedback-service kiosk precache`: change the sources, not this. */
const m0 = (() => {
const RESTING = ["attract", "closed", "starting"];
function beginning() {
return {
screen: "starting",
configuration: null,
newer: null,
view: freshView(null),
rating: null,
saving: false,
before: "attract",
touchedAt: 0,
shownAt: 0,
moment: 0,
secondsLeft: null,
warned: false,
reason: "",
typed: "",
kept: false,
note: "",
notedAt: 0,
device: { online: true, queued: 0, parked: 0, failing: false },
};
}
function freshView(configuration) {
return { language: configuration?.languages[0] ?? "vi", text: "normal", contrast: false, reach: false, voice: false };
}
function isResting(state) {
return RESTING.includes(state.screen);
}
return { beginning, freshView, isResting };
})();
const m1 = (() => {
const NAME = "configuration";
function glance(storage) {
return JSON.parse(storage.getItem(NAME) ?? "null");
}
function keepGlance(storage, configuration) {
if (configuration === null) storage.removeItem(NAME);
else storage.setItem(NAME, JSON.stringify(configuration));
}
return { glance, keepGlance };
})();
const m2 = (() => {
const SVG = "http://www.w3.org/2000/svg";
function make(name, properties = {}, ...children) {
return furnish(document.createElement(name), properties, children);
}
function draw(name, properties = {}, ...children) {
return furnish(document.createElementNS(SVG, name), properties, children);
}
function icon(name, className = "icon") {
return draw(
"svg",
{ class: className, "aria-hidden": "true" },
draw("use", { href: `/static/art/icons.svg#${name}` }),
);
}
function face(level) {
return draw(
"svg",
{ class: "face-art", "aria-hidden": "true" },
draw("use", { href: `/static/art/faces.svg#face-${level}` }),
);
}
function rings() {
return make("div", { class: "rings" });
}
function button(className, properties, ...children) {
return make("button", { class: className, type: "button", ...properties }, ...children);
}
function styled(href) {
return new Promise((resolve, reject) => {
document.head.append(make("link", { rel: "stylesheet", href, onload: () => resolve(), onerror: reject }));
});
}
function furnish(element, properties, children) {
for (const [name, value] of Object.entries(properties)) {
if (typeof value === "function") element.addEventListener(name.slice(2), value);
else if (value === true) element.setAttribute(name, "");
else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
}
element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
return element;
}
return { make, draw, icon, face, rings, button, styled };
})();
const m3 = (() => {
const en = { name: "English", locale: "en-GB", messages: {} };
return { en };
})();
const m4 = (() => {
const vi = {
name: "Tiếng Việt",
locale: "vi-VN",
messages: {
"Accents of the syllable being typed": "Thêm dấu cho tiếng đang gõ",
Apostrophe: "Dấu nháy",
"Are you still there?": "Ông/Bà còn ở đây không?",
Back: "Quay lại",
"Back to the start": "Về màn hình đầu",
"Bigger text": "Chữ to",
"Capital letter": "Viết hoa",
"Choose one, or skip. Your rating is recorded.":
"Chọn một mục, có thể bỏ qua. Đánh giá của Ông/Bà đã được ghi nhận.",
"Choose your language": "Chọn ngôn ngữ",
Comma: "Dấu phẩy",
"Day, month, year: two, two and four figures.": "Ngày, tháng, năm: hai, hai và bốn chữ số.",
"Demo data": "Dữ liệu mẫu",
Done: "Xong",
"Enter a new code": "Nhập mã mới",
"Enter the code of your appointment slip": "Mời Ông/Bà nhập mã trên phiếu hẹn",
"Enter the eight figures shown there. The code is good for 10 minutes and for one use.":
"Nhập mã 8 số hiện trên màn hình đó. Mã có hiệu lực trong 10 phút và chỉ dùng một lần.",
Erase: "Xóa",
"Erase one letter": "Xóa một chữ",
"Exclamation mark": "Dấu chấm than",
Figures: "bàn phím số",
Friday: "thứ Sáu",
"From the lowest to the highest.": "Từ thấp nhất đến cao nhất.",
"Full stop": "Dấu chấm",
"High contrast": "Rõ nét",
"How were you served today?": "Hôm nay Ông/Bà được phục vụ như thế nào?",
"I have an appointment slip": "Tôi có phiếu hẹn",
"I need more time": "Tôi cần thêm thời gian",
"I was served today and want to rate": "Tôi vừa được phục vụ và muốn đánh giá",
"It stands on the slip, like {example}. It only makes sure that each dossier counts once.":
"Mã in trên phiếu, ví dụ {example}. Mã chỉ dùng để mỗi hồ sơ được tính một lần.",
Keyboard: "Bàn phím tiếng Việt",
Language: "Ngôn ngữ",
Letters: "bàn phím chữ",
"Letters and figures": "Bàn phím chữ và số",
"Low reach": "Tầm thấp",
Monday: "thứ Hai",
"No name is asked, no picture is taken": "Không ghi họ tên, không chụp hình",
"Number pad": "Bàn phím số",
"Officer: {name}": "Cán bộ: {name}",
"On the computer of the one-stop shop, open “Tablets” and choose “Add a tablet”.":
"Trên máy tính của bộ phận Một cửa, mở “Máy đánh giá”, chọn “Thêm máy”.",
"One moment, please": "Xin Ông/Bà chờ một lát",
"Opening hours": "Giờ làm việc",
Pair: "Ghép",
"Pair this machine with a counter": "Ghép máy này với quầy",
"Please do not type an identity number or a telephone number unless you want to be called.":
"Vui lòng không nhập số căn cước, số điện thoại nếu không muốn được liên hệ lại.",
"Please tell an officer. This rating was not recorded.": "Mời Ông/Bà báo cán bộ. Chưa ghi được lượt này.",
"Please use the machine at the next counter. Earlier ratings are kept.":
"Mời Ông/Bà dùng máy ở quầy bên cạnh. Các đánh giá trước đây vẫn được giữ.",
"Question mark": "Dấu hỏi chấm",
"Read aloud": "Nghe đọc",
"Recorded. The machine will send it when the network is back.": "Đã ghi nhận. Máy sẽ gửi khi có mạng.",
Saturday: "thứ Bảy",
"Say again": "Nghe lại",
"Scan with the camera": "Quét bằng máy ảnh",
Send: "Gửi",
Skip: "Bỏ qua",
"Smaller text": "Chữ nhỏ",
Space: "Dấu cách",
"Staff: the memory of this machine does not open. Restart it; if that does not help, call support. Do not clear its data.":
"Cán bộ: không mở được bộ nhớ của máy. Khởi động lại máy; nếu vẫn vậy, gọi hỗ trợ kỹ thuật. Không xóa dữ liệu của máy.",
"Staff: the right of this machine was withdrawn. Open “Tablets” and pair it again.":
"Cán bộ: máy đã bị thu hồi quyền. Vào “Máy đánh giá” để ghép lại.",
"Stop reading": "Dừng đọc",
"Stop the camera": "Dừng máy ảnh",
Sunday: "Chủ nhật",
"Tap to rate": "Chạm để đánh giá",
"Thank you very much!": "Xin trân trọng cảm ơn Ông/Bà!",
"The camera does not open. Please enter the code.": "Không mở được máy ảnh. Mời Ông/Bà nhập mã.",
"The code has at least six letters and figures, and is not that of an identity card.":
"Mã có từ 6 chữ và số trở lên, không phải số căn cước.",
"The code has eight figures.": "Mã có 8 chữ số.",
"The code of your slip was received": "Đã nhận mã phiếu hẹn",
"The counter is closed now": "Quầy đang ngoài giờ làm việc",
"The machine cannot record now": "Máy chưa ghi được",
"The machine is fetching its questions.": "Máy đang lấy câu hỏi từ máy chủ.",
"The machine is full": "Máy đã đầy",
"The officer at the counter cannot see single ratings": "Cán bộ tại quầy không xem được từng phiếu",
"The screen will soon return to the start.": "Màn hình sẽ trở về đầu sau ít giây.",
"The screen will soon return to the start. What you chose is kept.":
"Màn hình sẽ trở về đầu sau ít giây. Đánh giá đã chọn vẫn được giữ.",
"The server does not answer. Please check the network, then try again.":
"Máy chủ chưa trả lời. Kiểm tra mạng rồi thử lại.",
"This code is not right, or it has been used, or its ten minutes are over. Please ask for a new one.":
"Mã chưa đúng, đã dùng rồi, hoặc đã quá 10 phút. Mời tạo mã mới.",
"This day does not exist. Please check day, month and year.":
"Không có ngày này. Mời Ông/Bà xem lại ngày, tháng, năm.",
"This is not the code of an appointment slip.": "Đây không phải mã phiếu hẹn.",
"This machine has no voice for this language yet.": "Máy này chưa có giọng đọc cho ngôn ngữ này.",
"This machine takes no ratings at present": "Máy này đang tạm dừng nhận đánh giá",
"This rating carries no name.": "Phiếu không ghi họ tên.",
Thursday: "thứ Năm",
"Too many attempts. Please wait a few minutes.": "Đã thử nhiều lần. Chờ vài phút rồi thử lại.",
Tuesday: "thứ Ba",
"Typing method: {name}": "Kiểu gõ: {name}",
"Ways to use this screen": "Tiện ích",
Wednesday: "thứ Tư",
"What you added just now could not be stored. Please tell an officer.":
"Phần vừa thêm chưa ghi được. Mời Ông/Bà báo cán bộ.",
"You can also write to us from home, at {address}": "Ông/Bà cũng có thể góp ý tại nhà, ở địa chỉ {address}",
"You may choose several, or skip. Your rating is recorded.":
"Có thể chọn nhiều mục, có thể bỏ qua. Đánh giá của Ông/Bà đã được ghi nhận.",
"Your opinion helps the one-stop shop to serve better. Two taps are enough.":
"Ý kiến của Ông/Bà giúp bộ phận Một cửa phục vụ tốt hơn. Chỉ cần hai lần chạm.",
"Your opinion is recorded and counts in the results of quarter {quarter}/{year}.":
"Ý kiến đã được ghi nhận và sẽ được tính vào kết quả của Quý {quarter}/{year}.",
"Your rating is kept.": "Đánh giá của Ông/Bà đã được giữ.",
"Your rating is recorded": "Đánh giá của Ông/Bà đã được ghi nhận",
"{count} of 8 figures: {figures}": "Đã nhập {count} trên 8 số: {figures}",
"{first} to {last}": "{first} đến {last}",
"{seconds} seconds left": "Còn {seconds} giây",
"{count} ratings wait for the network": "{count} lượt chờ gửi",
},
};
return { vi };
})();
const m5 = (() => {
const {en} = m3;
const {vi} = m4;
const LANGUAGES = {
vi,
en,
bru: { ...vi, name: "Bru-Vân Kiều" },
pac: { ...vi, name: "Pa Kô" },
};
let office = {};
function teach(texts) {
office = texts ?? {};
}
function languageOf(code) {
return LANGUAGES[code] ?? vi;
}
function sentence(code, id, values = {}) {
const text = office[code]?.[id] ?? languageOf(code).messages[id] ?? id;
return text.replace(/\{(\w+)\}/g, (_whole, name) => String(values[name] ?? ""));
}
function words(code, words) {
return words?.[code] || words?.vi || Object.values(words ?? {})[0] || "";
}
return { teach, languageOf, sentence, words };
})();
const m6 = (() => {
const {languageOf, sentence} = m5;
const {button, icon, make, rings} = m2;
function show(root, state, send) {
const t = ( id) => sentence(state.view.language, id);
root.className = "screen screen-still";
root.append(
rings(),
make("h1", {}, t("How were you served today?")),
make("p", { class: "lead" }, t("Your opinion helps the one-stop shop to serve better. Two taps are enough.")),
make(
"div",
{ class: "beginnings" },
button(
"button button-main begin",
{ onclick: () => send({ type: "begin" }) },
t("Tap to rate"),
" ",
icon("next"),
),
button("button slip", { onclick: () => send({ type: "slips" }) }, icon("note"), t("I have an appointment slip")),
),
make(
"ul",
{ class: "promises", role: "list" },
make("li", {}, icon("hide"), t("No name is asked, no picture is taken")),
make("li", {}, icon("lock"), t("The officer at the counter cannot see single ratings")),
make("li", {}, icon("language"), languageNames(state.configuration?.languages ?? [])),
),
);
return () => root.replaceChildren();
}
function languageNames(codes) {
const names = make("span", {});
codes.forEach((code, index) => {
names.append(index > 0 ? ", " : "", make("span", { lang: code }, languageOf(code).name));
});
return names;
}
return { show };
})();
const m7 = (() => {
const {sentence} = m5;
const {button, make} = m2;
function numberPad(language, go, press) {
const figure = ( key) => button("key", { "data-name": key, onclick: () => press(key) }, key);
return make(
"div",
{ class: "number-pad", role: "group", "aria-label": sentence(language, "Number pad") },
...[..."123456789"].map(figure),
button("key key-command", { "data-name": "erase", onclick: () => press("erase") }, sentence(language, "Erase")),
figure("0"),
button("key key-command key-go", { "data-name": "go", onclick: () => press("go") }, sentence(language, go)),
);
}
function listen(press, allowed = /^[0-9]$/) {
const heard = ( event) => {
if (allowed.test(event.key)) press(event.key);
else if (event.key === "Backspace") press("erase");
};
document.addEventListener("keydown", heard);
return () => document.removeEventListener("keydown", heard);
}
return { numberPad, listen };
})();
const m8 = (() => {
const {sentence} = m5;
const {icon, make} = m2;
const {listen, numberPad} = m7;
const LENGTH = 8;
const WORDS =  ({
short: "The code has eight figures.",
wrong: "This code is not right, or it has been used, or its ten minutes are over. Please ask for a new one.",
many: "Too many attempts. Please wait a few minutes.",
unreachable: "The server does not answer. Please check the network, then try again.",
});
function show(root, state, send) {
const { language } = state.view;
let figures = "";
const cells = make("p", { class: "code-cells", role: "img" });
const error = make("p", { class: "error-text", role: "alert" });
const refresh = ( reason) => {
const words = sentence(language, WORDS[reason] ?? "");
error.replaceChildren(...(words ? [icon("info"), words] : []));
cells.replaceChildren(...Array.from({ length: LENGTH }, (_, place) => cell(figures, place)).flat());
const name = { count: figures.length, figures: [...figures].join(" ") };
cells.setAttribute("aria-label", sentence(language, "{count} of 8 figures: {figures}", name));
};
const go = () => (figures.length === LENGTH ? send({ type: "pair", code: written(figures) }) : refresh("short"));
const press = ( key) => {
if (key === "go") return go();
figures = key === "erase" ? figures.slice(0, -1) : (figures + key).slice(0, LENGTH);
refresh("");
};
root.className = "screen screen-pairing";
root.append(
make("h1", { class: "question" }, sentence(language, "Pair this machine with a counter")),
make(
"div",
{ class: "pairing" },
make("div", { class: "screen-part" }, steps(language), cells, error),
numberPad(language, "Pair", press),
),
);
refresh(state.reason);
const deaf = listen(press);
return () => {
deaf();
root.replaceChildren();
};
}
function written(figures) {
return `${figures.slice(0, LENGTH / 2)}-${figures.slice(LENGTH / 2)}`;
}
function steps(language) {
const step = ( id) => make("li", {}, make("span", {}, sentence(language, id)));
return make(
"ol",
{ class: "steps" },
step("On the computer of the one-stop shop, open “Tablets” and choose “Add a tablet”."),
step("Enter the eight figures shown there. The code is good for 10 minutes and for one use."),
);
}
function cell(figures, place) {
const next = place === figures.length ? " code-cell-next" : "";
const made = make("span", { class: `code-cell${next}` }, figures.charAt(place));
return place === LENGTH / 2 ? [make("span", { class: "code-dash" }), made] : [made];
}
return { show };
})();
const m9 = (() => {
const FACES =  ({
5: [5, 4, 3, 2, 1],
4: [5, 4, 2, 1],
3: [5, 4, 2],
2: [5, 1],
});
function isAsked(question, answers) {
const condition = question.show_if;
if (!condition) return true;
const given = answers[condition.question];
const values = Array.isArray(given) ? given : given === undefined ? [] : [given];
return values.some((value) => condition.in.includes(value));
}
function following(questionnaire, answers, position) {
const next = questionnaire.questions.findIndex((question, index) => index > position && isAsked(question, answers));
return next === -1 ? null : next;
}
function pruned(questionnaire, answers) {
const kept =  ({});
for (const question of questionnaire.questions) {
const answer = answers[question.id];
if (answer !== undefined && isAsked(question, kept)) kept[question.id] = answer;
}
return kept;
}
function faced(question) {
const options = question.options ?? [];
const levels = FACES[options.length] ?? [];
const sorted = [...options].sort((one, other) => Number(other.value) - Number(one.value));
return sorted.map((option, place) => ({ ...option, face: option.face ?? levels[place] ?? 3 }));
}
function commentQuestion(questionnaire) {
return questionnaire.questions.find((question) => question.kind === "text") ?? null;
}
function questionOf({ screen, rating, configuration }) {
if (screen !== "question" || !rating || !configuration) return null;
return configuration.questionnaire.questions[rating.position] ?? null;
}
return { isAsked, following, pruned, faced, commentQuestion, questionOf };
})();
const m10 = (() => {
const {isResting} = m0;
const {sentence} = m5;
const {button, draw, icon, make} = m2;
const SIZES = ["normal", "large", "largest"];
function counterBar(state, send) {
const { configuration, view } = state;
return make(
"header",
{ class: "counter-bar" },
place(state),
configuration?.demo && make("p", { class: "demo-mark" }, sentence(view.language, "Demo data")),
view.voice && voiceControls(view.language, send),
isResting(state) && unsent(state),
configuration && counterName(configuration, view.language),
);
}
function utilityBar({ view }, send) {
const t = ( id) => sentence(view.language, id);
const size = SIZES.indexOf(view.text);
const resize = ( step) => () => {
const text = SIZES[Math.min(SIZES.length - 1, Math.max(0, size + step))];
send({ type: "view", name: "text", value: text });
};
const toggle = ( name) => ({
"data-name": name,
"aria-pressed": String(view[name]),
onclick: () => send({ type: "view", name, value: !view[name] }),
});
return make(
"footer",
{ class: "utility-bar", "aria-label": t("Ways to use this screen") },
utility("language", t("Language"), { "data-name": "language", onclick: () => send({ type: "languages" }) }),
utility("text-smaller", t("Smaller text"), { "data-name": "smaller", onclick: resize(-1) }),
utility("text-bigger", t("Bigger text"), { "data-name": "bigger", onclick: resize(1) }),
utility("contrast", t("High contrast"), toggle("contrast")),
utility("read-aloud", t("Read aloud"), toggle("voice")),
utility("reach", t("Low reach"), toggle("reach")),
);
}
function place({ configuration }) {
const mark = draw(
"svg",
{ class: "mark", "aria-hidden": "true" },
draw("use", { href: "/static/art/icons.svg#mark" }),
);
return make(
"div",
{ class: "place" },
picture(configuration?.office.logo, "logo", mark) ?? mark,
configuration && make("div", {}, configuration.office.name, make("strong", {}, configuration.unit.name)),
);
}
function counterName({ counter, officer }, language) {
const name = make("p", { class: "counter-name" }, counter?.name);
if (officer) name.append(make("span", {}, sentence(language, "Officer: {name}", { name: officer.name })));
return make("div", { class: "officer" }, name, picture(officer?.photo, "portrait"));
}
function picture(src, name, otherwise) {
const missing = ( { currentTarget }) => {
(currentTarget).replaceWith(otherwise ?? "");
};
return src ? make("img", { class: name, src, alt: "", draggable: "false", onerror: missing }) : null;
}
function unsent({ device, view }) {
if (device.online || device.queued === 0) return null;
const words = sentence(view.language, "{count} ratings wait for the network", { count: device.queued });
return make("p", { class: "unsent" }, icon("paused"), words);
}
function voiceControls(language, send) {
return make(
"div",
{ class: "voice-controls" },
button(
"button",
{ "data-name": "repeat", onclick: () => send({ type: "repeat" }) },
icon("again"),
sentence(language, "Say again"),
),
button(
"button",
{ "data-name": "silence", onclick: () => send({ type: "view", name: "voice", value: false }) },
icon("close"),
sentence(language, "Stop reading"),
),
);
}
function utility(name, words, properties) {
return button("utility", properties, icon(name), words);
}
return { counterBar, utilityBar };
})();
const m11 = (() => {
const {languageOf, sentence, teach} = m5;
const {questionOf} = m9;
const {counterBar, utilityBar} = m10;
const KINDS =  ({
faces: "rate",
single: "choices",
multiple: "choices",
scale: "scale",
text: "comment",
number: "number",
date: "number",
});
function sceneOf(state) {
return state.screen === "question" ? (KINDS[questionOf(state)?.kind ?? ""] ?? "rate") : state.screen;
}
function createStage({ document, scenes, send, shown }) {
const root = document.documentElement;
const main =  (document.querySelector("main"));
const over =  (document.getElementById("over"));
let drawn = { screen: "", frame: "", warned: false };
let undo = nothing;
let undoIdle = nothing;
const screen = ( state) => {
const before = focusedName(document);
undo();
main.replaceChildren();
undo = scenes[sceneOf(state)]?.show(main, state, send) ?? nothing;
document.title = main.querySelector("h1")?.textContent ?? "";
refocus(document, main, before);
shown(main);
};
const frame = ( state) => {
const before = focusedName(document);
document.querySelector(".counter-bar")?.replaceWith(counterBar(state, send));
document.querySelector(".utility-bar")?.replaceWith(utilityBar(state, send));
named(document, before)?.focus();
};
const idle = ( state) => {
const before = document.activeElement;
undoIdle();
for (const part of document.querySelectorAll("header, main, footer")) part.toggleAttribute("inert", state.warned);
undoIdle = state.warned ? warned(scenes.idle, over, state, send, before) : nothing;
if (state.warned) shown(over);
};
const count = ( state) => {
if (state.warned) scenes.idle?.count?.(over, state);
else scenes[sceneOf(state)]?.count?.(main, state);
};
return {
show: (state) => {
const now = { screen: screenKey(state), frame: frameKey(state), warned: state.warned };
teach(state.configuration?.texts);
dress(root, state.view);
note(document, state);
if (now.frame !== drawn.frame) frame(state);
if (now.screen !== drawn.screen) screen(state);
if (now.warned !== drawn.warned) idle(state);
drawn = now;
count(state);
},
seen: () => (drawn.warned ? over : main),
};
}
function warned(scene, over, state, send, before) {
const undo = scene?.show(over, state, send) ?? nothing;
return () => {
undo();
for (const part of document.querySelectorAll("[inert]")) part.removeAttribute("inert");
if (before instanceof HTMLElement && before.isConnected) before.focus();
};
}
function nothing() {
return undefined;
}
function screenKey({ screen, rating, view, configuration, reason }) {
const asked = rating && screen === "question" ? `${rating.id} ${rating.position} ${rating.slip !== ""}` : "";
return [
screen,
asked,
view.language,
reason,
configuration &&
JSON.stringify([
configuration.questionnaire.version,
configuration.opening_hours,
configuration.languages,
configuration.texts,
]),
].join("|");
}
function frameKey({ view, configuration, device, screen }) {
const { unit, counter, officer, office, demo, texts } = configuration ?? {};
const unsent = screen === "attract" || screen === "closed" ? !device.online && device.queued : 0;
return JSON.stringify([view, unit, counter, officer, office, demo, texts, unsent]);
}
function dress(root, { language, text, contrast, reach }) {
const lang = languageOf(language).locale.slice(0, 2);
const wanted = { text, contrast: contrast ? "high" : "normal", reach: reach ? "low" : "normal" };
if (root.lang !== lang) root.lang = lang;
for (const [name, value] of Object.entries(wanted)) if (root.dataset[name] !== value) root.dataset[name] = value;
}
function note(document, { note, view }) {
const place = document.getElementById("note");
const text = note && sentence(view.language, note);
if (place && place.textContent !== text) place.textContent = text;
}
function focusedName(document) {
const focused = document.activeElement;
return focused instanceof HTMLElement ? (focused.dataset.name ?? null) : null;
}
function named(part, name) {
return name === null ? null : part.querySelector(`[data-name="${CSS.escape(name)}"]`);
}
function refocus(document, main, before) {
const inFrame = document.querySelector(".utility-bar, .counter-bar")?.contains(document.activeElement);
if (inFrame && named(document, before)) return;
if (main.contains(document.activeElement)) return;
const heading = main.querySelector("h1");
heading?.setAttribute("tabindex", "-1");
heading?.focus({ preventScroll: true });
}
return { sceneOf, createStage };
})();
const {beginning, freshView} = m0;
const {glance} = m1;
const {styled} = m2;
const attract = m6;
const pairing = m8;
const {createStage} = m11;
const STYLES = ["/kiosk/styles/screens.css", "/kiosk/styles/keyboard.css"];
const AGAIN_MS = 5_000;
const early = [];
let send = (event) => early.push(event);
let shown = () => undefined;
const scenes = { attract, pairing };
const stage = createStage({ document, scenes, send: (event) => send(event), shown: (screen) => shown(screen) });
const configuration = glance(localStorage);
const screen = configuration ? "attract" : "pairing";
stage.show({ ...beginning(), screen, configuration, view: freshView(configuration) });
Promise.all([import("/kiosk/main.js"), ...STYLES.map(styled)]).then(([{ start }]) => start({ stage, scenes, take }), again);
function again() {
setTimeout(() => location.reload(), AGAIN_MS);
}
function take(sendNow, shownNow) {
send = sendNow;
shown = shownNow;
for (const event of early.splice(0)) send(event);
}
