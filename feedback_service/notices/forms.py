"""Forms of notices: names and limits of what is typed."""

from typing import Any

from wtforms import Field, SelectMultipleField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from feedback_service.notices.rules.addresses import MAIL_LETTERS, URL_LETTERS, endpoint, is_mail_address
from feedback_service.notices.rules.tries import Channel
from feedback_service.web.forms import ChoiceField, Form, at_most, line, needed, shaped

ALL_UNITS = "all"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
AS_TIME = "Please write the time as 07:30."


class EventsField(SelectMultipleField):
    """Some of a list, refused in our own words."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what the list does not hold, and an empty choice."""
        offered = [value for value, *_rest in self.iter_choices()]
        if not self.data or any(value not in offered for value in self.data):
            raise ValidationError(self.gettext("Please choose at least one thing to be told of."))


class OwnTargetForm(Form):
    """The address at which an officer wants to be told."""

    address = StringField(filters=[line], validators=[needed("Please enter an address."), at_most(MAIL_LETTERS)])
    events = EventsField(choices=[])

    def validate_address(self, field: Field) -> None:
        """Refuse what is not one mail address."""
        if not is_mail_address(field.data or ""):
            raise ValidationError(field.gettext("Please enter one mail address, such as name@example.vn."))


class HoursForm(Form):
    """When telephones are written to."""

    evening = StringField(filters=[line], validators=[needed(AS_TIME), shaped(TIME, AS_TIME)])
    quiet_from = StringField(filters=[line], validators=[needed(AS_TIME), shaped(TIME, AS_TIME)])
    quiet_until = StringField(filters=[line], validators=[needed(AS_TIME), shaped(TIME, AS_TIME)])


class TargetForm(Form):
    """An address of the office or of another system."""

    channel = ChoiceField(choices=[])
    name = StringField(filters=[line], validators=[needed("Please give it a name."), at_most(80)])
    address = StringField(filters=[line], validators=[needed("Please enter an address."), at_most(URL_LETTERS)])
    unit = ChoiceField(choices=[])
    events = EventsField(choices=[])

    def validate_address(self, field: Field) -> None:
        """Refuse what this channel cannot write to."""
        text: Any = field.data or ""
        if self.channel.data == Channel.MAIL.value:
            if not is_mail_address(text):
                raise ValidationError(field.gettext("Please enter one mail address, such as name@example.vn."))
        elif endpoint(text) is None:
            raise ValidationError(field.gettext("Please enter a web address, such as https://hooks.example.vn/in."))
