"""Fields of the desk's forms: numbers, days and moments, refused in our own words."""

from datetime import UTC, date, datetime

from wtforms import IntegerField, StringField
from wtforms.validators import ValidationError

from feedback_service.core.period import LOCAL_ZONE, standing

MOMENT = "%Y-%m-%dT%H:%M"
DAY = "%Y-%m-%d"


class CountField(IntegerField):
    """A whole number, refused in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; nothing is None."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
        if text and self.data is None:
            raise ValueError(self.gettext("Please enter a whole number."))


class MomentField(StringField):
    """A local day and time as browsers send it; `moment` is None when it is none."""

    @property
    def moment(self) -> datetime | None:
        """The moment in UTC."""
        try:
            return standing(datetime.strptime(self.data or "", MOMENT).replace(tzinfo=LOCAL_ZONE)).astimezone(UTC)
        except ValueError:
            return None

    def pre_validate(self, form: object) -> None:
        """Refuse what is no day and time."""
        if self.moment is None:
            raise ValidationError(self.gettext("Please enter day and time."))


class DayField(StringField):
    """A day as browsers send it; `day` is None when it is none."""

    @property
    def day(self) -> date | None:
        """The day."""
        try:
            return datetime.strptime(self.data or "", DAY).replace(tzinfo=LOCAL_ZONE).date()
        except ValueError:
            return None

    def pre_validate(self, form: object) -> None:
        """Refuse what is no day between 2000 and 2100."""
        if self.day is None or not 2000 <= self.day.year < 2100:
            raise ValidationError(self.gettext("Please enter a day."))
