"""A questionnaire asked every way there is: built at the desk, answered at a tablet, on a phone, on paper, by call."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from playwright.sync_api import Browser, Page, ViewportSize, expect

from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.accounts import AccountFacts, add
from feedback_service.db import Database
from feedback_service.questionnaires.payloads import read_any
from feedback_service.questionnaires.rules import Answer, Answers, Kind, Question, asked_of_citizens, questions_of
from feedback_service.questionnaires.rules.questions import is_asked
from feedback_service.ratings.rules.paper import typed
from tests.browsers import LOCALE, PATIENCE_MS, TIMEZONE
from tests.officers import PASSWORD
from tests.walks import WIDE

GLASS: ViewportSize = {"width": 1080, "height": 1920}
PEOPLE = {"mai": Role.ONE_STOP, "binh": Role.ONE_STOP, "hanh": Role.OVERSEER}
BASE = "/staff/questionnaires"
WORDS = "Nên mở thêm cửa"


@dataclass(frozen=True)
class Ward:
    """A running ward."""

    url: str
    browser: Browser

    @contextmanager
    def window(self, size: ViewportSize) -> Iterator[Page]:
        """Give an empty window of some size."""
        context = self.browser.new_context(locale=LOCALE, timezone_id=TIMEZONE, viewport=size, base_url=self.url)
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()
        context.close()

    @contextmanager
    def desk(self, name: str) -> Iterator[Page]:
        """Give a window in which somebody of the desk has signed in."""
        with self.window(WIDE) as page:
            page.goto("/staff/sign-in")
            page.locator("#name").fill(name)
            page.locator("#password").fill(PASSWORD)
            page.locator("#password").press("Enter")
            page.wait_for_url(lambda url: "sign-in" not in url)
            yield page


def staff(database_url: str) -> None:
    """Give the ward its people."""
    database = Database(database_url)
    with database.transaction() as session:
        for name, role in PEOPLE.items():
            add(session, name, AccountFacts(name, role, None), password=PASSWORD, by="system", now=datetime.now(UTC))
    database.close()


def pressed(page: Page, name: str) -> None:
    """Press the button of a page that is called so."""
    page.get_by_role("button", name=name, exact=True).click()


def begin(page: Page, title: str) -> None:
    """Begin a questionnaire for tablets, which every other way may ask, too."""
    page.goto(f"{BASE}/new")
    page.locator("#title_vi").fill(title)
    page.locator("#kind").select_option("kiosk")
    page.locator("#legal_basis").fill("Đơn vị tự soạn")
    pressed(page, "Lưu")


def write(page: Page, kind: str, fields: Mapping[str, str], after: Sequence[str] = ()) -> None:
    """Add a question of one kind from the builder, asked after some answers only."""
    page.locator(f".builder-kinds a[href$='kind={kind}']").click()
    for name, words in fields.items():
        page.locator(f"#{name}").fill(words)
    if after:
        page.locator(".builder-after summary").click()
    for words in after:
        page.get_by_label(words, exact=True).check()
    pressed(page, "Lưu")


def published(page: Page) -> tuple[Question, ...]:
    """Publish the draft of the open builder and return what citizens are asked."""
    pressed(page, "Công bố phiên bản này")
    expect(page.locator(".complete-line")).to_contain_text("Đã công bố")
    content = page.request.get(f"{page.url}/file.json").body()
    return asked_of_citizens(questions_of(read_any(content, today=date(2026, 1, 1)).questions))


def told(questions: Sequence[Question], turn: int) -> Answers:
    """Return what somebody answers who leaves nothing out; each turn chooses differently."""
    said: dict[str, Answer] = {}
    for question in questions:
        if is_asked(question, said):
            values = question.values
            chosen: dict[Kind, Answer] = {
                Kind.TEXT: f"{WORDS} {turn}",
                Kind.NUMBER: turn + 2,
                Kind.DATE: f"2026-10-0{turn + 1}",
                Kind.MULTIPLE: [value for place, value in enumerate(values) if place != turn % len(values)],
            }
            said[question.id] = chosen.get(question.kind, values[turn % len(values)])
    return said


def open_survey(page: Page, questionnaire_id: str) -> None:
    """Open a survey of this name on the portal."""
    page.goto("/staff/surveys/new")
    page.locator("#questionnaire").select_option(questionnaire_id)
    page.locator("#slug").fill(questionnaire_id)
    pressed(page, "Mở khảo sát này")


def code(page: Page, questionnaire_id: str) -> str:
    """Return a code for a tablet that asks so."""
    page.goto("/staff/kiosks/new")
    page.locator("#name").fill(f"Máy {questionnaire_id}")
    page.locator("#questionnaire").select_option(questionnaire_id)
    pressed(page, "Tạo mã ghép")
    return page.locator(".spoken-code").inner_text().replace("-", "")


def answered_at_tablet(page: Page, figures: str, questions: Sequence[Question], said: Answers) -> None:
    """Pair a tablet and answer there, screen by screen."""
    page.goto(f"/kiosk/#{figures}")
    page.locator(".begin").click()
    for question in questions:
        if question.id in said:
            expect(page.locator("h1.question")).to_contain_text(question.text["vi"])
            _tap(page, question.kind, said[question.id])
    page.locator(".screen-thanks .button").click()
    page.locator(".begin").wait_for()


def answered_on_phone(page: Page, slug: str, questions: Sequence[Question], said: Answers) -> None:
    """Answer a survey page by page on a narrow screen."""
    page.goto(f"/surveys/{slug}")
    for question in questions:
        if question.id not in said:
            continue
        field = page.locator(f"[name='q-{question.id}']")
        while not field.first.is_visible():
            page.locator("[data-next]").click()
        _fill(page, question, said[question.id])
    while page.locator("[data-next]").is_visible():
        page.locator("[data-next]").click()
    page.locator("[data-send]").click()
    expect(page.locator("h1")).to_have_text("Cảm ơn Ông/Bà, câu trả lời đã được ghi nhận")


def keyed(
    pages: Sequence[Page], questionnaire_id: str, channel: str, questions: Sequence[Question], said: Answers
) -> None:
    """Have two people key one sheet, and count it."""
    pages[0].goto("/staff/papers/new")
    pages[0].locator("#channel").select_option(channel)
    pages[0].locator("#questionnaire").select_option(questionnaire_id)
    pages[0].locator("#answered_on").fill(date.today().isoformat())  # noqa: DTZ011  # the day of the browser
    pressed(pages[0], "Bắt đầu")
    pile = pages[0].url
    for page, ended in zip(pages, ("Đã nhập hết: chuyển người khác", "Đã nhập hết: đối chiếu"), strict=True):
        page.goto(pile)
        for question in questions:
            page.locator(f"#q-{question.id}").fill(typed(question, said.get(question.id)))
        pressed(page, "Lưu phiếu này")
        pressed(page, ended)
    pressed(pages[1], "Tính tập phiếu")


def exported(page: Page, written_as: str) -> bytes:
    """Download every rating in one format by the page."""
    page.goto("/staff/reports/exports")
    pressed(page, "Đếm số dòng")
    page.locator(f"[name=format][value={written_as}]").check()
    with page.expect_download() as coming:
        pressed(page, "Tải về")
    return coming.value.path().read_bytes()


def _tap(page: Page, kind: Kind, answer: Answer) -> None:
    if kind in (Kind.NUMBER, Kind.DATE):
        figures = "".join(reversed(str(answer).split("-")))
        for figure in figures:
            page.locator(f".number-pad [data-name='{figure}']").click()
        page.locator(".number-pad [data-name=go]").click()
    elif kind is Kind.TEXT:
        page.locator("#comment").fill(str(answer))
        pressed(page, "Gửi")
    else:
        chosen = answer if isinstance(answer, list) else [answer]
        for value in chosen:
            page.locator(f"button[data-name='{value}']").press("Enter")  # quick taps on one spot count as one
        if kind is Kind.MULTIPLE:
            pressed(page, "Gửi")


def _fill(page: Page, question: Question, answer: Answer) -> None:
    field = page.locator(f"[name='q-{question.id}']")
    if question.kind in (Kind.NUMBER, Kind.DATE, Kind.TEXT):
        field.fill("/".join(reversed(str(answer).split("-"))) if question.kind is Kind.DATE else str(answer))
        return
    for value in answer if isinstance(answer, list) else [answer]:
        page.locator(f"label:has([name='q-{question.id}'][value='{value}'])").click()


def lines_of(content: bytes) -> dict[tuple[str, str], Mapping[str, object]]:
    """Return the answers of an export in lines, by questionnaire and channel."""
    rows = [json.loads(line) for line in content.decode("utf-8").splitlines()]
    return {(row["questionnaire"], row["channel"]): row["answers"] for row in rows}
