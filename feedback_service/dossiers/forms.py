"""Forms of dossier figures: one report typed in, and a file."""

from flask_wtf.file import FileField
from wtforms import HiddenField, StringField

from feedback_service.core.cells import Cell
from feedback_service.dossiers.rules import NUMBERS_OF_COLUMNS, Report, numbers
from feedback_service.web.forms import ChoiceField, Form, at_most, line


class FigureForm(Form):
    """One report; its numbers are judged by the same rules as those of a file. `confirmed` seals what was seen."""

    unit_id = ChoiceField(choices=[])
    first_on = StringField(filters=[line])
    last_on = StringField(filters=[line])
    field = StringField(filters=[line], validators=[at_most(200)])
    received = StringField(filters=[line], validators=[at_most(20)])
    received_online = StringField(filters=[line], validators=[at_most(20)])
    received_in_person = StringField(filters=[line], validators=[at_most(20)])
    carried_over = StringField(filters=[line], validators=[at_most(20)])
    resolved = StringField(filters=[line], validators=[at_most(20)])
    resolved_early = StringField(filters=[line], validators=[at_most(20)])
    resolved_on_time = StringField(filters=[line], validators=[at_most(20)])
    resolved_late = StringField(filters=[line], validators=[at_most(20)])
    pending = StringField(filters=[line], validators=[at_most(20)])
    pending_in_time = StringField(filters=[line], validators=[at_most(20)])
    pending_late = StringField(filters=[line], validators=[at_most(20)])
    on_time = StringField(filters=[line], validators=[at_most(20)])
    source = StringField(filters=[line], validators=[at_most(500)])
    confirmed = HiddenField()

    def cells(self) -> dict[str, Cell]:
        """Return what was typed, by the name of the column."""
        return {name: one.data for name, one in self._fields.items() if name not in ("csrf_token", "confirmed")}

    @classmethod
    def filled(cls, unit_id: int | None, report: Report | None) -> "FigureForm":
        """Return the form filled with a report, or empty."""
        if report is None:
            return cls(formdata=None, data={"unit_id": str(unit_id or "")})
        told = {name: "" if number is None else str(number) for name, number in numbers(report).items()}
        days = {"first_on": report.period.first_on.isoformat(), "last_on": report.period.last_on.isoformat()}
        facts = {"unit_id": str(unit_id), "field": report.field, "source": report.source}
        return cls(formdata=None, data={**facts, **days, **told})

    def columns(self) -> tuple[tuple[int, StringField], ...]:
        """Return the fields of columns 3 to 13 with their numbers."""
        return tuple((number, self[name]) for name, number in NUMBERS_OF_COLUMNS.items())


class SheetForm(Form):
    """A file, and what stands beside it where the file does not name it."""

    file = FileField()
    unit_id = ChoiceField(choices=[])
    first_on = StringField(filters=[line])
    last_on = StringField(filters=[line])
    source = StringField(filters=[line], validators=[at_most(500)])


class ConfirmationForm(Form):
    """The rows of a file that was looked at, and the seal of what they replace."""

    rows = StringField()
    confirmed = StringField()
