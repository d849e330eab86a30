"""Taking records out: choose, see how many rows, download; every export is noted in the ledger."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError, Fault, NotFound, Refused
from feedback_service.core.period import local_day, quarter_of
from feedback_service.reports.export.files import Labels, codebook, file_pieces
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.queries.prepared import Prepared, prepared_of
from feedback_service.reports.rules.columns import MEDIA_TYPES, Format, Records
from feedback_service.reports.rules.narrowing import Narrowing
from feedback_service.reports.rules.preparing import LARGE
from feedback_service.reports.service import Order, export
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import reach
from feedback_service.reports.staff.narrowing import (
    CHANNEL_CHOICES,
    TIER_CHOICES,
    Offered,
    narrowing_words,
    offered,
)
from feedback_service.reports.staff.orders import file_name_of, order_of, unit_in, units_of, words_of
from feedback_service.web import pages
from feedback_service.web.context import platform, request_id
from feedback_service.web.i18n import language

LIFE = timedelta(minutes=10)
"""How long the address of a download is good, for the person who asked for it."""
RECORD_NAMES = {
    Records.RATINGS: "Ratings of citizens",
    Records.VOTES: "Votes in polls",
    Records.SUGGESTIONS: "Suggestions, without their words",
}
FORMAT_NAMES = {
    Format.XLSX: "Excel workbook (XLSX)",
    Format.CSV: "CSV for spreadsheets",
    Format.JSONL: "JSON Lines for programs",
    Format.SAV: "SPSS (SAV) with labels",
}
GONE = "This download is no longer good. Please ask for the export once more."
TEMPLATE = "reports/exports.html"


@dataclass(frozen=True)
class ExportsPage:
    """The form as it was sent, and how many rows that would be; absent while something is to be mended."""

    records: Records
    unit_id: int | None
    first: str
    last: str
    narrowing: Narrowing
    units: tuple[Place, ...]
    rows: int | None
    faults: tuple[Fault, ...]
    prepared: tuple[Prepared, ...]

    @property
    def record_names(self) -> Mapping[Records, str]:
        """Message ids of what can be exported."""
        return RECORD_NAMES

    @property
    def format_names(self) -> Mapping[Format, str]:
        """Message ids of how it can be written."""
        return FORMAT_NAMES

    @property
    def channels(self) -> tuple[Offered, Offered]:
        """The channels to choose from."""
        return offered(CHANNEL_CHOICES, self.records, self.narrowing.channel)

    @property
    def tiers(self) -> tuple[Offered, Offered]:
        """The tiers of trust to choose from."""
        return offered(TIER_CHOICES, self.records, self.narrowing.tier)

    @property
    def narrowing_words(self) -> Callable[[Records, Narrowing], tuple[str, ...]]:
        """What tells in message ids to what a prepared export was narrowed."""
        return narrowing_words

    @property
    def is_large(self) -> bool:
        """Whether it takes so long that the worker makes it."""
        return (self.rows or 0) >= LARGE


@staff.get("/staff/reports/exports")
def exports() -> Response:
    """Show what can be exported and how many rows it would be."""
    asked = request.args.to_dict() or _of_quarter(local_day(platform().now()))
    with platform().reading() as session:
        within, kept = reach(session), prepared_of(session, guard.staff().id)
        try:
            order = order_of(asked, within)
        except Refused as refusal:
            return pages.show(TEMPLATE, _page(asked, within, kept, refusal=refusal), 422)
        count = rows.count(session, order.wanted(units_of(order, within)))
    return pages.show(TEMPLATE, _page(asked, within, kept, count=count))


@staff.post("/staff/reports/exports")
def order_export() -> AnyResponse:
    """Note the export and open its download."""
    person, now = guard.staff(), platform().now()
    with platform().transaction() as session:
        within = reach(session)
        order = order_of(request.form.to_dict(), within)
        export(session, request_id(), order, units_of(order, within), by=person.actor, now=now)
    token = platform().signer("export").sign({**words_of(order), "staff": person.id}, now=now)
    return pages.seen_at(url_for("reports_staff.download", token=token))


@staff.get("/staff/reports/exports/<token>")
def download(token: str) -> Response:
    """Send the file while it is made."""
    try:
        facts, _at = platform().signer("export").read(token, now=platform().now(), life=LIFE)
    except DomainError as error:
        raise NotFound(GONE) from error
    if facts.get("staff") != guard.staff().id:
        raise NotFound(GONE)
    with platform().reading() as session:
        within = reach(session)
    order = order_of({name: str(fact) for name, fact in facts.items()}, within)
    return pages.download(
        _pieces(order, units_of(order, within)),
        file_name=file_name_of(order, within),
        media_type=MEDIA_TYPES[order.written_as],
    )


@staff.get("/staff/reports/exports/<any(ratings, votes, suggestions):records>/codebook")
def export_codebook(records: str) -> Response:
    """Send what each variable and each value means; it holds no record of anybody."""
    with platform().reading() as session:
        pieces = codebook(Records(records), _labels(session))
    return pages.download(pieces, file_name=f"{records}-codebook.csv", media_type="text/csv")


def _pieces(order: Order, unit_ids: frozenset[int]) -> Iterator[bytes]:
    with platform().reading() as session:
        found = rows.chunks(session, order.wanted(unit_ids))
        scratch, labels = platform().settings.data_dir, _labels(session)
        yield from file_pieces(order.records, order.written_as, found, scratch=scratch, labels=labels)


def _labels(session: Session) -> Labels:
    words, now = platform().translations, platform().now()
    return Labels(rows.versions(session), lambda one: words.word(one, "vi"), now)


def _of_quarter(today: date) -> dict[str, str]:
    quarter = quarter_of(today)
    return {"from": quarter.first_on.isoformat(), "to": min(quarter.last_on, today).isoformat()}


def _page(
    asked: Mapping[str, str],
    within: Places,
    kept: tuple[Prepared, ...],
    *,
    count: int | None = None,
    refusal: Refused | None = None,
) -> ExportsPage:
    words = platform().translations
    faults = refusal.faults if refusal else ()
    records = asked.get("records", "")
    return ExportsPage(
        records=Records(records) if records in tuple(Records) else Records.RATINGS,
        unit_id=unit_in(asked),
        first=asked.get("from", ""),
        last=asked.get("to", ""),
        narrowing=Narrowing(asked.get("channel") or None, asked.get("tier") or None),
        units=within.standing(),
        rows=count,
        prepared=kept,
        faults=tuple(Fault(fault.pointer, words.word(fault.message, language())) for fault in faults),
    )
