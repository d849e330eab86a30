"""What becomes of one unit: it merges, is split, is renamed or moves; shown first, then stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request

from feedback_service.core.cells import Table, refused
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.text import one_line
from feedback_service.units import queries
from feedback_service.units.rules.facts import BY_ID
from feedback_service.units.rules.kinds import HISTORICAL_KINDS, KIND_NAMES, Kind, Succession
from feedback_service.units.staff.blueprint import keep_to_everywhere, staff
from feedback_service.units.staff.files import Plan, plan_of
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language

CHANGE_NAMES: Mapping[Succession, str] = {
    Succession.RENAME: "It gets another name",
    Succession.MOVE: "It stands below another unit",
    Succession.MERGE: "It merges into another unit",
    Succession.SPLIT: "It is split between several units",
}
HEIRS = (1, 2, 3, 4)
FIELDS = ("to_name", "to_code", "to_identifier", "to_kind", "to_parent_code", "weight")
MOST_LETTERS = 120
TEMPLATE = "units/change.html"


@dataclass(frozen=True)
class Asked:
    """What was typed, by the name of the field."""

    typed: Mapping[str, str]

    def value(self, name: str, number: int | None = None) -> str:
        """Return what stands in a field, of one of the units that follow."""
        return self.typed.get(name if number is None else f"{name}_{number}", "")

    def table(self, unit_id: int) -> Table:
        """Return the rows of a file of changes that say the same."""
        filled = [number for number in HEIRS if any(self.value(name, number) for name in FIELDS)]
        told = (
            [f"{BY_ID}{unit_id}", self.value("change"), self.value("on"), *(self.value(name, one) for name in FIELDS)]
            for one in filled or [HEIRS[0]]
        )
        return [["from_code", "change", "on", *FIELDS], *told]


@dataclass(frozen=True)
class ChangePage:
    """The form for a unit, and what would become of it."""

    unit: queries.UnitRow
    asked: Asked
    faults: tuple[Fault, ...]
    plan: Plan | None = None

    @property
    def changes(self) -> Mapping[Succession, str]:
        """Message ids of what can become of a unit."""
        return CHANGE_NAMES

    @property
    def kinds(self) -> Mapping[Kind, str]:
        """Message ids of the kinds that a new unit can be."""
        return {kind: name for kind, name in KIND_NAMES.items() if kind not in HISTORICAL_KINDS}

    @property
    def heirs(self) -> tuple[int, ...]:
        """The numbers of the units that can follow."""
        return HEIRS

    @property
    def has_several(self) -> bool:
        """Whether more than one unit that follows was typed."""
        return any(self.asked.value(name, number) for name in FIELDS for number in HEIRS[1:])


@staff.get("/staff/units/<int:unit_id>/change")
def change(unit_id: int) -> Response:
    """Show the form."""
    keep_to_everywhere()
    return pages.show(TEMPLATE, ChangePage(_unit(unit_id), Asked({"change": Succession.RENAME.value}), ()))


@staff.post("/staff/units/<int:unit_id>/change")
def look_at_change(unit_id: int) -> Response:
    """Show what would become of the unit; nothing is stored."""
    keep_to_everywhere()
    unit = _unit(unit_id)
    asked = Asked({name: one_line(text)[:MOST_LETTERS] for name, text in request.form.items()})
    try:
        plan = plan_of(asked.table(unit_id))
        _keep_shape(asked)
    except Refused as refusal:
        words = platform().translations
        faults = tuple(Fault(one.pointer, words.word(one.message, language())) for one in refusal.faults)
        return pages.show(TEMPLATE, ChangePage(unit, asked, faults), 422)
    return pages.show(TEMPLATE, ChangePage(unit, asked, (), plan), 422 if plan.is_refused else 200)


def _keep_shape(asked: Asked) -> None:
    if asked.value("change") != Succession.SPLIT and any(asked.value("to_name", one) for one in HEIRS[1:]):
        raise refused("Only a unit that is split is followed by several.")


def _unit(unit_id: int) -> queries.UnitRow:
    with platform().reading() as session:
        known = queries.unit(session, unit_id) if unit_id in person().scope else None
    if known is None:
        raise NotFound("There is no such unit.")
    return known.row
