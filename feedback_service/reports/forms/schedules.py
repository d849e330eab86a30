"""The form of a schedule: names and limits."""

from wtforms import Field, StringField
from wtforms.validators import ValidationError

from feedback_service.core.cells import amount
from feedback_service.notices.rules.addresses import is_mail_address
from feedback_service.reports.rules.forms import FORM_NAMES, OF_SINGLES, WRITTEN_NAMES, FormKind, Written
from feedback_service.reports.rules.schedules import MOST_DAYS, RHYTHM_NAMES, WAY_NAMES, Schedule, Way, rhythm
from feedback_service.web.context import platform
from feedback_service.web.forms import ChoiceField, Form, at_most, line, needed
from feedback_service.web.i18n import language

NO_DAYS = "Please write a number of days from 1 to 28."
NO_ADDRESS = "Please enter a mail address, such as ten@donvi.gov.vn."


class ScheduleForm(Form):
    """One schedule as it is typed; the address counts only where the report goes by mail."""

    unit_id = ChoiceField(choices=[])
    form = ChoiceField(choices=[])
    written_as = ChoiceField(choices=[])
    rhythm = ChoiceField(choices=[])
    days_after = StringField(filters=[line], validators=[needed(NO_DAYS)])
    way = ChoiceField(choices=[])
    address = StringField(filters=[line], validators=[at_most(254)])

    def validate_days_after(self, field: Field) -> None:
        """Refuse what is no number of days."""
        if not 1 <= _days(field.data) <= MOST_DAYS:
            raise ValidationError(field.gettext(NO_DAYS))

    def validate_address(self, field: Field) -> None:
        """Want an address for mail."""
        if self.way.data == Way.MAIL and not is_mail_address(field.data or ""):
            raise ValidationError(field.gettext(NO_ADDRESS))

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Offer units, forms, rhythms and ways in the language of the reader."""
        words, spoken = platform().translations, language()
        self.unit_id.choices = units
        self.form.choices = [
            (kind.value, words.word(name, spoken)) for kind, name in FORM_NAMES.items() if kind not in OF_SINGLES
        ]
        self.written_as.choices = [(one.value, words.word(name, spoken)) for one, name in WRITTEN_NAMES.items()]
        self.rhythm.choices = [(key, words.word(name, spoken)) for key, name in RHYTHM_NAMES.items()]
        self.way.choices = [(one.value, words.word(name, spoken)) for one, name in WAY_NAMES.items()]

    def told(self) -> Schedule:
        """Return what was typed; only of a form that is valid."""
        way = Way(self.way.data)
        return Schedule(
            unit_id=int(self.unit_id.data),
            form=FormKind(self.form.data),
            written_as=Written(self.written_as.data),
            rhythm=rhythm(self.rhythm.data, _days(self.days_after.data)),
            way=way,
            address=self.address.data or "" if way is Way.MAIL else "",
        )


def _days(text: str | None) -> int:
    try:
        return amount(text) or 0
    except ValueError:
        return 0
