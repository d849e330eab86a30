"""Forms of ratings: since when a tablet is lost, why a mark is lifted."""

from datetime import datetime

from wtforms import Field, StringField
from wtforms.validators import ValidationError

from feedback_service.core.period import LOCAL_ZONE
from feedback_service.web.context import platform
from feedback_service.web.forms import Form, at_most, line, needed

SHAPE = "%Y-%m-%dT%H:%M"
AS_MOMENT = "Please enter day and time."


class LossForm(Form):
    """The local moment from which on nobody looked after a tablet."""

    since = StringField(filters=[line], validators=[needed(AS_MOMENT)])

    def moment(self) -> datetime:
        """Return the moment; raises ValueError for what is none."""
        return datetime.strptime(self.since.data or "", SHAPE).replace(tzinfo=LOCAL_ZONE)

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
