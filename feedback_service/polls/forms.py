"""Forms of polls at the desk: names and limits of what is typed."""

from datetime import UTC, datetime

from wtforms import Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import ValidationError
from wtforms.widgets import DateTimeLocalInput

from feedback_service.core.period import LOCAL_ZONE, local_time, standing
from feedback_service.core.text import one_line
from feedback_service.polls.rules import (
    MOST_OPTIONS,
    NOTE_LETTERS,
    OPTION_LETTERS,
    QUESTION_LETTERS,
    SLUG_LETTERS,
    Words,
)
from feedback_service.polls.rules.portals import flaws_of_portals
from feedback_service.polls.rules.suspicion import REASON_LETTERS
from feedback_service.web.forms import ChoiceField, Form, at_most, line, needed, paragraphs

SHAPE = "%Y-%m-%dT%H:%M"


class MomentField(Field):
    """A local day and time as browsers send it; None when it is left empty."""

    widget = DateTimeLocalInput()
    data: datetime | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return local_time(self.data).strftime(SHAPE) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the moment; raises ValueError in words when it is none."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        try:
            typed = standing(datetime.strptime(text[:16], SHAPE))  # noqa: DTZ007  # the zone is put to it in the next line
        except ValueError as error:
            raise ValueError(self.gettext("Please enter day and time, such as 2026-10-31 17:00.")) from error
        self.data = typed.replace(tzinfo=LOCAL_ZONE).astimezone(UTC)


class ScheduleForm(Form):
    """What may still change while a poll runs."""

    closes_at = MomentField()
    results_shown = ChoiceField(choices=[])


class PollForm(ScheduleForm):
    """A poll as it is written down; answers stand one on a line, in English in the same order."""

    unit = ChoiceField(choices=[])
    question_vi = StringField(
        filters=[line], validators=[needed("Please write the question."), at_most(QUESTION_LETTERS)]
    )
    question_en = StringField(filters=[line], validators=[at_most(QUESTION_LETTERS)])
    note_vi = TextAreaField(filters=[paragraphs], validators=[at_most(NOTE_LETTERS)])
    note_en = TextAreaField(filters=[paragraphs], validators=[at_most(NOTE_LETTERS)])
    options_vi = TextAreaField(filters=[paragraphs])
    options_en = TextAreaField(filters=[paragraphs])
    kind = ChoiceField(choices=[])
    most_choices = ChoiceField(choices=[SelectChoice(str(number)) for number in range(1, MOST_OPTIONS + 1)])
    opens_at = MomentField()
    ladder = ChoiceField(choices=[])
    slug = StringField(filters=[line], validators=[at_most(SLUG_LETTERS)])

    def validate_options_vi(self, field: Field) -> None:
        """Refuse an answer that is too long."""
        _refuse_long_lines(field)

    def validate_options_en(self, field: Field) -> None:
        """Refuse an answer that is too long."""
        _refuse_long_lines(field)

    def options(self) -> tuple[Words, ...]:
        """Return the answers; an English line without a Vietnamese one gives an answer without words."""
        vietnamese, english = _lines(self.options_vi), _lines(self.options_en)
        count = max(len(vietnamese), len(english))
        padded = (lines + [""] * (count - len(lines)) for lines in (vietnamese, english))
        return tuple(Words(vi, en) for vi, en in zip(*padded, strict=True))


class PortalsForm(Form):
    """The portals that may show a poll, one on a line."""

    portals = TextAreaField(filters=[paragraphs])

    def lines(self) -> list[str]:
        """Return what was typed, line by line."""
        return (self.portals.data or "").split("\n")

    def validate_portals(self, field: Field) -> None:
        """Refuse a line that names no origin."""
        for fault in flaws_of_portals(self.lines()):
            raise ValidationError(field.gettext(fault.message))


class VerdictForm(Form):
    """Whether the votes of a finding count after all, and why."""

    is_counted = ChoiceField(choices=[SelectChoice("yes"), SelectChoice("no")])
    reason = TextAreaField(filters=[paragraphs], validators=[needed("Please write why."), at_most(REASON_LETTERS)])


def _lines(field: Field) -> list[str]:
    return [text for text in (one_line(row) for row in (field.data or "").split("\n")) if text]


def _refuse_long_lines(field: Field) -> None:
    if any(len(text) > OPTION_LETTERS for text in _lines(field)):
        raise ValidationError(field.gettext("Please write at most {limit} characters.").format(limit=OPTION_LETTERS))
