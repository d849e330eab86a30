"""Forms of units: counters and opening hours."""

from wtforms import StringField

from feedback_service.core.errors import Fault, Refused
from feedback_service.units.rules import OpeningHours
from feedback_service.web.context import platform
from feedback_service.web.forms import ChecksField, Form, at_most, line, needed, shaped
from feedback_service.web.i18n import language

TIME = r"([01]\d|2[0-3]):[0-5]\d"
AS_TIME = "Please write the time as 07:30."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class CounterForm(Form):
    """A counter; `field` is what it is for, possibly nothing."""

    name = StringField(filters=[line], validators=[needed("Please enter the name of the counter."), at_most(80)])
    field = StringField(filters=[line], validators=[at_most(120)])


class HoursForm(Form):
    """Two spans of the day on some days of the week."""

    weekdays = ChecksField(choices=[])
    morning_opens = StringField(filters=[line], validators=[shaped(TIME, AS_TIME)])
    morning_closes = StringField(filters=[line], validators=[shaped(TIME, AS_TIME)])
    afternoon_opens = StringField(filters=[line], validators=[shaped(TIME, AS_TIME)])
    afternoon_closes = StringField(filters=[line], validators=[shaped(TIME, AS_TIME)])

    @classmethod
    def offered(cls) -> "HoursForm":
        """Return what this request sent, with the days of the week in its language."""
        return cls._with_days(cls())

    @classmethod
    def filled(cls, hours: tuple[OpeningHours, ...]) -> "HoursForm":
        """Return the form filled with hours; a day with one span only is a morning or an afternoon."""
        data: dict[str, object] = {"weekdays": [str(day) for span in hours for day in span.weekdays]}
        for span in hours:
            part = "morning" if span.opens < "12:00" else "afternoon"
            data |= {f"{part}_opens": span.opens, f"{part}_closes": span.closes}
        return cls._with_days(cls(formdata=None, data=data))

    @staticmethod
    def _with_days(form: "HoursForm") -> "HoursForm":
        words = platform().translations
        form.weekdays.choices = [(str(day), words.word(name, language())) for day, name in enumerate(WEEKDAYS, start=1)]
        return form


def spans_of(form: HoursForm) -> tuple[OpeningHours, ...]:
    """Return the hours of a form that is well-formed; raises Refused beside the field that must be mended."""
    weekdays = tuple(sorted({int(day) for day in form.weekdays.data or ()}))
    if not weekdays:
        _refuse("weekdays", "Please tick at least one day.")
    spans = []
    for part in ("morning", "afternoon"):
        opens, closes = form[f"{part}_opens"].data, form[f"{part}_closes"].data
        if not opens and not closes:
            continue
        if not opens or not closes or opens >= closes:
            _refuse(f"{part}_closes", "The closing time must come after the opening time.")
        spans.append(OpeningHours(weekdays, opens, closes))
    if not spans:
        _refuse("morning_opens", "Please enter at least one opening and closing time.")
    return tuple(spans)


def _refuse(field: str, reason: str) -> None:
    raise Refused(reason, faults=(Fault(field, reason),))
