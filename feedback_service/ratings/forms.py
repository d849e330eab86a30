"""Forms of ratings: since when a tablet is lost, why a mark is lifted."""

from datetime import date, datetime, timedelta

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import ValidationError

from feedback_service.core.period import LOCAL_ZONE, day_of, local_day, standing, starts_at
from feedback_service.ratings.rules.paper import TYPED_WITHIN
from feedback_service.ratings.rules.surveys import SLUG
from feedback_service.web.context import platform
from feedback_service.web.forms import ChoiceField, Form, at_most, line, needed, paragraphs, shaped

SHAPE = "%Y-%m-%dT%H:%M"
ADDRESS_WORDS = "An address is made of small letters, digits and dashes."
AS_MOMENT = "Please enter day and time."


class LossForm(Form):
    """The local moment from which on nobody looked after a tablet."""

    since = StringField(filters=[line], validators=[needed(AS_MOMENT)])

    def moment(self) -> datetime:
        """Return the moment; raises ValueError for what is none."""
        return standing(datetime.strptime(self.since.data or "", SHAPE).replace(tzinfo=LOCAL_ZONE))

    def validate_since(self, field: Field) -> None:
        """Refuse what is no moment, and one that is still to come."""
        try:
            moment = self.moment()
        except ValueError as error:
            raise ValidationError(field.gettext(AS_MOMENT)) from error
        if moment > platform().now():
            raise ValidationError(field.gettext("This moment is still to come."))


class LiftForm(Form):
    """Why a mark does not belong on a rating."""

    reason = StringField(filters=[line], validators=[at_most(500)])


class SurveyForm(Form):
    """What a survey asks, for which unit and until when; `closes_on` is the last day on which it takes answers."""

    questionnaire = ChoiceField(choices=[])
    unit = ChoiceField(choices=[])
    slug = StringField(
        filters=[line],
        validators=[needed(ADDRESS_WORDS), shaped(SLUG, ADDRESS_WORDS)],
    )
    closes_on = StringField(filters=[line])
    quota = StringField(filters=[line], validators=[shaped(r"[1-9][0-9]{0,5}", "Please enter a whole number from 1.")])
    ladder = ChoiceField(choices=[])

    def closes_at(self) -> datetime | None:
        """Return the moment at which the last day is over, None without one; raises ValueError for what is no day."""
        text = self.closes_on.data
        return starts_at(day_of(text) + timedelta(days=1)) if text else None

    def validate_closes_on(self, field: Field) -> None:
        """Refuse what is no day, and one that is over."""
        try:
            moment = self.closes_at()
        except (OverflowError, ValueError) as error:
            raise ValidationError(field.gettext("Please enter a date.")) from error
        if moment is not None and moment <= platform().now():
            raise ValidationError(field.gettext("This day is over already."))


class BallotForm(Form):
    """For which dossiers ballots are issued: a list in CSV or one code on a line."""

    unit = ChoiceField(choices=[])
    questionnaire = ChoiceField(choices=[])
    days = StringField(filters=[line], validators=[shaped(r"[1-9][0-9]{0,2}", "Please enter a whole number from 1.")])
    dossiers = TextAreaField(
        filters=[paragraphs], validators=[needed("Please enter the codes of the dossiers."), at_most(100_000)]
    )


class CodeForm(Form):
    """At which counter a QR code hangs, "" for the whole unit; for which procedure, by code, "" for every one."""

    counter = ChoiceField(choices=[])
    procedure = StringField(filters=[line], validators=[at_most(40)])


class PileForm(Form):
    """A pile of sheets: where, by which questionnaire, how and on which day people answered; `counter` may be ""."""

    unit = ChoiceField(choices=[])
    counter = ChoiceField(choices=[])
    questionnaire = ChoiceField(choices=[])
    channel = ChoiceField(choices=[])
    answered_on = StringField(filters=[line], validators=[needed("Please enter a date.")])

    def day(self) -> date:
        """Return the day on which people answered; raises ValueError for what is no day."""
        return day_of(self.answered_on.data or "")

    def validate_answered_on(self, field: Field) -> None:
        """Refuse what is no day, one that is still to come, and one that is too long ago to be believed."""
        today = local_day(platform().now())
        try:
            day = self.day()
        except ValueError as error:
            raise ValidationError(field.gettext("Please enter a date.")) from error
        if day > today:
            raise ValidationError(field.gettext("This day is still to come."))
        if today - day > TYPED_WITHIN:
            raise ValidationError(field.gettext("Sheets can be typed in within 89 days."))
