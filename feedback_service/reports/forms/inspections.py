"""The form of an inspection: names and limits."""

from collections.abc import Callable

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import ValidationError

from feedback_service.core.cells import amount, day
from feedback_service.reports.rules.inspections import MOST_FOUND, SUBJECTS, Inspected
from feedback_service.web.context import platform
from feedback_service.web.forms import ChecksField, ChoiceField, Form, at_most, line, needed, paragraphs
from feedback_service.web.i18n import language

NO_DAY = "Please enter a date, such as 31/10/2026."
NO_NUMBER = "Please write a whole number from 0 to 999."


def readable(read: Callable[[str], object], message: str) -> object:
    """Return a validator that wants what `read` can read."""

    def check(_form: object, field: Field) -> None:
        try:
            read(field.data or "")
        except ValueError as error:
            raise ValidationError(field.gettext(message)) from error

    return check


def small(text: str) -> int:
    """Return a whole number from 0 to 999, 0 for nothing; raises ValueError."""
    found = amount(text) or 0
    if found > MOST_FOUND:
        raise ValueError(NO_NUMBER)
    return found


class InspectionForm(Form):
    """One inspection as it is typed."""

    unit_id = ChoiceField(choices=[])
    inspected_on = StringField(filters=[line], validators=[needed(NO_DAY), readable(day, NO_DAY)])
    decision = StringField(filters=[line], validators=[at_most(300)])
    subjects = ChecksField(choices=[])
    problems = TextAreaField(filters=[paragraphs], validators=[at_most(2000)])
    found = StringField(filters=[line], validators=[needed(NO_NUMBER), readable(small, NO_NUMBER)])
    mended = StringField(filters=[line], validators=[needed(NO_NUMBER), readable(small, NO_NUMBER)])
    due_on = StringField(filters=[line], validators=[readable(day, NO_DAY)])
    note = StringField(filters=[line], validators=[at_most(500)])

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer units, and what can be looked at in the language of the reader."""
        words = platform().translations
        self.unit_id.choices = units
        self.subjects.choices = [(key, words.word(name, language())) for key, name in SUBJECTS.items()]

    def told(self) -> Inspected:
        """Return what was typed; only of a form that is valid."""
        inspected_on = day(self.inspected_on.data)
        assert inspected_on
        return Inspected(
            unit_id=int(self.unit_id.data),
            inspected_on=inspected_on,
            decision=self.decision.data or "",
            subjects=tuple(key for key in SUBJECTS if key in (self.subjects.data or ())),
            problems=self.problems.data or "",
            found=small(self.found.data or ""),
            mended=small(self.mended.data or ""),
            due_on=day(self.due_on.data),
            note=self.note.data or "",
        )

    @classmethod
    def filled(cls, told: Inspected) -> "InspectionForm":
        """Return the form filled with an inspection."""
        days = {"inspected_on": told.inspected_on.isoformat(), "due_on": told.due_on.isoformat() if told.due_on else ""}
        numbers = {"unit_id": str(told.unit_id), "found": str(told.found), "mended": str(told.mended)}
        return cls(formdata=None, data={**vars(told), "subjects": list(told.subjects), **days, **numbers})
