"""Published answers: search, one page for each, and the feed."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import Response, request

from feedback_service.core.numbers import share
from feedback_service.core.period import Period, local_day, month_of, quarter_of, roman_quarter, year_of
from feedback_service.core.words import Sentence
from feedback_service.suggestions.export.feed import atom
from feedback_service.suggestions.public.blueprint import public
from feedback_service.suggestions.queries import publication
from feedback_service.suggestions.queries.publication import Answer, Found, Promptness, Search
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language, said
from feedback_service.web.lasting import lasting

SOUGHT_LETTERS = 100
FEED_MINUTES = 10
NEAR_PAGES = 3


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class AnswersPage:
    """The list of published answers and how promptly was answered in the quarter."""

    sought: str
    found: Found
    units: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    promptness: Promptness
    share_on_time: float | None
    period_name: str
    links: tuple[tuple[int, str], ...]
    """The pages near this one by number and address."""

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        chosen = (choice for choices in (self.units, self.kinds, self.periods) for choice in choices)
        return bool(self.sought) or any(choice.is_chosen and choice.value for choice in chosen)


@public.get("/answers")
@lasting
def answers() -> Response:
    """List published answers, the newest first."""
    today = local_day(platform().now())
    periods = _periods(today)
    search = _search(periods)
    shown = search.period or quarter_of(today)
    with platform().reading() as session:
        found = publication.answers(session, search, page=_page())
        units = publication.answering_units(session)
        promptness = publication.promptness(session, shown)
    page = AnswersPage(
        sought=search.sought,
        found=found,
        units=_choices([("", _word("All"))] + [(str(key), name) for key, name in units], "unit"),
        kinds=_choices([("", _word("All"))] + [(kind.value, _word(KIND_NAMES[kind])) for kind in Kind], "kind"),
        periods=_choices(
            [("", _word("Any time"))] + [(key, _said(name)) for key, (name, _) in periods.items()], "period"
        ),
        promptness=promptness,
        share_on_time=share(promptness.on_time, promptness.answered),
        period_name=_said(_name_of(shown)),
        links=tuple((number, _address(number)) for number in _near(found)),
    )
    return pages.show("suggestions/answers.html", page)


@public.get("/answers/<int:suggestion_id>")
@lasting
def answer(suggestion_id: int) -> Response:
    """Show one published answer."""
    with platform().reading() as session:
        found: Answer = publication.answer(session, suggestion_id)
    return pages.show("suggestions/answer.html", found)


@public.get("/answers.atom")
def feed() -> Response:
    """Give the newest published answers as a feed."""
    with platform().reading() as session:
        newest = publication.newest(session)
    site, spoken = platform().site(), language()
    title = f"{_word('Published answers')}: {site.office or site.product}"
    content = atom(newest, title=title, base_url=platform().settings.base_url, language=spoken, word=_word)
    response = Response(content, content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={60 * FEED_MINUTES}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _search(periods: dict[str, tuple[Sentence, Period]]) -> Search:
    unit, kind = request.args.get("unit", ""), request.args.get("kind", "")
    chosen = periods.get(request.args.get("period", ""))
    return Search(
        sought=request.args.get("q", "").replace("\x00", "")[:SOUGHT_LETTERS],
        unit_id=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None,
        kind=Kind(kind) if kind in list(Kind) else None,
        period=chosen[1] if chosen else None,
    )


def _periods(today: date) -> dict[str, tuple[Sentence, Period]]:
    spans = [month_of(today), quarter_of(today), quarter_of(today).before(), year_of(today), year_of(today).before()]
    return {f"{span.first_on}_{span.last_on}": (_name_of(span), span) for span in spans}


def _name_of(span: Period) -> Sentence:
    quarter = roman_quarter(span)
    if quarter:
        return Sentence("Quarter {quarter}", {"quarter": quarter})
    if span == year_of(span.first_on):
        return Sentence("Year {year}", {"year": str(span.first_on.year)})
    return Sentence("Month {month}", {"month": f"{span.first_on:%m/%Y}"})


def _choices(entries: list[tuple[str, str]], name: str) -> tuple[Choice, ...]:
    asked = request.args.get(name, "")
    chosen = asked if asked in {value for value, _label in entries} else ""
    return tuple(Choice(value, label, value == chosen) for value, label in entries)


def _page() -> int:
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def _near(found: Found) -> range:
    return range(max(1, found.page - NEAR_PAGES), min(found.pages, found.page + NEAR_PAGES) + 1)


def _address(number: int) -> str:
    kept = {name: request.args[name] for name in ("q", "unit", "kind", "period") if request.args.get(name)}
    return f"/answers?{urlencode({**kept, 'page': number})}"


def _word(message: str) -> str:
    return platform().translations.word(message, language())


def _said(sentence: Sentence) -> str:
    return said(sentence, platform().translations)
