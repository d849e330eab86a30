"""Forms of reports: what an officer says of the own figures, what the head answers, who really served."""

from datetime import date, datetime, timedelta

from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import ValidationError

from feedback_service.reports.rules.officers import NOBODY, Correction
from feedback_service.web.forms import ChoiceField, Form, at_most, line, needed, paragraphs

AS_DAY = "Please enter a date, such as 31/10/2026."
NOT_IN_QUARTER = "Please choose a day of this quarter."
HOURS = tuple(range(6, 21))
"""Hours in which somebody may serve: 6 stands for 06:00 to 06:59."""


class WordsForm(Form):
    """What somebody says, in full sentences."""

    text = TextAreaField(filters=[paragraphs], validators=[needed("Please write what you want to say."), at_most(2000)])


class CorrectionForm(Form):
    """Who served at a counter in which hours of a day, and how one knows."""

    counter = ChoiceField(choices=[])
    day = StringField(filters=[line], validators=[needed(AS_DAY)])
    first_hour = ChoiceField(choices=[SelectChoice(str(hour), f"{hour:02}:00") for hour in HOURS])
    last_hour = ChoiceField(choices=[SelectChoice(str(hour), f"{hour:02}:59") for hour in HOURS])
    officer = ChoiceField(choices=[])
    reason = StringField(filters=[line], validators=[needed("Please say how it is known."), at_most(500)])

    first_on, last_on = date.min, date.max
    """The days that can be corrected."""

    def validate_day(self, field: StringField) -> None:
        """Refuse what is no day of the quarter."""
        try:
            found = date.fromisoformat(field.data or "")
        except ValueError as error:
            raise ValidationError(self.day.gettext(AS_DAY)) from error
        if not self.first_on <= found <= self.last_on:
            raise ValidationError(self.day.gettext(NOT_IN_QUARTER))

    def validate_last_hour(self, field: ChoiceField) -> None:
        """Refuse hours that end before they begin."""
        if int(field.data or 0) < int(self.first_hour.data or 0):
            raise ValidationError(field.gettext("A shift must end after it begins."))

    def correction(self, *, by: str, now: datetime) -> Correction:
        """Return what was entered."""
        return Correction(
            counter_id=int(self.counter.data),
            day=date.fromisoformat(str(self.day.data)),
            first_hour=int(self.first_hour.data),
            last_hour=int(self.last_hour.data),
            officer=NOBODY if self.officer.data == "-" else str(self.officer.data),
            reason=str(self.reason.data),
            made_at=now,
            made_by=by,
        )


def correction_form(
    counters: list[tuple[str, str]], officers: list[tuple[str, str]], days: tuple[date, date], *, is_empty: bool
) -> CorrectionForm:
    """Return the form with the counters and officers of a unit, for days up to the last of `days`."""
    form = CorrectionForm(formdata=None) if is_empty else CorrectionForm()
    form.counter.choices = [SelectChoice(*one) for one in counters]
    form.officer.choices = [SelectChoice(*one) for one in officers]
    form.first_on, form.last_on = days[0], max(days[0] - timedelta(days=1), days[1])
    return form
