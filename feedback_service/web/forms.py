"""Forms in our own words: WTForms has no Vietnamese."""

import re
from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from feedback_service.core.errors import DomainError, Fault
from feedback_service.core.text import composed, one_line
from feedback_service.web.context import platform
from feedback_service.web.i18n import language


class _Words:
    """Lets validators say message ids; they are translated when they are raised."""

    def gettext(self, message: str) -> str:
        return platform().translations.word(message, language())

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """A form whose messages are message ids of our own translations."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask_wtf ships no types
        """Where the words come from."""

        locales = False

        def get_translations(self, form: object) -> _Words:
            """Return our words."""
            return _Words()

    def faults(self) -> tuple[Fault, ...]:
        """Return what is wrong, field by field, for the summary above the heading."""
        return tuple(
            Fault(name or "main", str(message)) for name, messages in self.errors.items() for message in _flat(messages)
        )

    def refused(self, error: DomainError) -> None:
        """Show a refusal beside the fields that it names, or else above the form alone."""
        words = platform().translations
        for fault in error.faults:
            field = self[fault.pointer]
            field.errors = [*field.errors, words.word(fault.message, language())]
        if not error.faults:
            self.form_errors.append(words.word(error.message, language()).format_map(error.facts))


class ChoiceField(SelectField):
    """One of a list, refused in our own words."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what the list does not hold."""
        if self.data not in [value for value, *_rest in self.iter_choices()]:
            raise ValidationError(self.gettext("Please choose one of the list."))


class ChecksField(SelectMultipleField):
    """Any of a list, each a box to tick; refused in our own words."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what the list does not hold."""
        if not set(self.data or ()) <= {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(self.gettext("Please choose one of the list."))


def needed(message: str) -> object:
    """Return a validator that asks for something in the field, in the words of `message`."""

    def check(_form: object, field: Field) -> None:
        if not field.raw_data or not line(str(field.raw_data[0])):
            raise StopValidation(field.gettext(message))

    return check


def at_most(letters: int) -> object:
    """Return a validator that limits the number of letters."""

    def check(_form: object, field: Field) -> None:
        if field.data and len(field.data) > letters:
            raise ValidationError(field.gettext("Please write at most {limit} characters.").format(limit=letters))

    check.field_flags = {"maxlength": letters}  # type: ignore[attr-defined]  # WTForms reads it to fill the attribute
    return check


def shaped(pattern: str, message: str) -> object:
    """Return a validator that wants an empty field or the shape of `pattern`."""

    def check(_form: object, field: Field) -> None:
        if field.data and not re.fullmatch(pattern, field.data):
            raise ValidationError(field.gettext(message))

    return check


def line(text: str | None) -> str:
    """Filter: one line of composed text."""
    return one_line(text or "")


def paragraphs(text: str | None) -> str:
    """Filter: composed text with its line ends."""
    return composed(text or "").strip()


def _flat(messages: object) -> Sequence[str]:
    if isinstance(messages, dict):
        return [text for inner in messages.values() for text in _flat(inner)]
    if isinstance(messages, list | tuple):
        return [text for inner in messages for text in _flat(inner)]
    return [str(messages)]
