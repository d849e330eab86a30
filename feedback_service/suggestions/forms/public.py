"""Forms of citizens: names and limits of what is typed."""

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import ValidationError

from feedback_service.core.ids import new_id
from feedback_service.suggestions.rules.hands import REASON_LETTERS, TEXT_LETTERS, Contact
from feedback_service.suggestions.rules.kinds import Kind
from feedback_service.suggestions.rules.words import is_blank
from feedback_service.web.forms import Form, at_most, line, paragraphs, shaped

PHONE = r"\+?[0-9][0-9 .\-]{6,18}"
EMAIL = r"[^@\s,;:<>()\[\]\\\"']{1,64}@[A-Za-z0-9\-]{1,63}(\.[A-Za-z0-9\-]{1,63}){1,4}"
SUBMISSION = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class ListedField(StringField):
    """One of the values that `known` holds by then, or nothing where nothing is `needed`."""

    known: frozenset[str] = frozenset()
    needed = ""

    def pre_validate(self, form: object) -> None:
        """Refuse what the list does not hold, in our own words."""
        if self.needed and not self.data:
            raise ValidationError(self.gettext(self.needed))
        if self.data and self.data not in self.known:
            raise ValidationError(self.gettext(self.needed or "Please choose one of the list."))


class KindField(ListedField):
    """What the citizen calls it."""

    known = frozenset(Kind)
    needed = "Please choose what it is."


def written(message: str) -> object:
    """Return a validator that wants something that can be seen."""

    def check(_form: object, field: TextAreaField) -> None:
        if is_blank(field.data or ""):
            raise ValidationError(field.gettext(message))

    return check


class SuggestionForm(Form):
    """What a citizen writes to the office."""

    kind = KindField()
    text = TextAreaField(
        filters=[paragraphs], validators=[written("Please write what it is about."), at_most(TEXT_LETTERS)]
    )
    unit = ListedField()
    counter = ListedField()
    procedure = StringField(filters=[line], validators=[at_most(200)])
    about_staff = BooleanField()
    public = BooleanField()
    contact_name = StringField(filters=[line], validators=[at_most(120)])
    contact_phone = StringField(
        filters=[line], validators=[shaped(PHONE, "Please enter a telephone number, such as 0912 345 678.")]
    )
    contact_email = StringField(
        filters=[line],
        validators=[at_most(254), shaped(EMAIL, "Please enter an e-mail address, such as ten@example.vn.")],
    )
    contact_consent = BooleanField()
    went_on = BooleanField()
    submission_id = StringField(
        filters=[line], validators=[shaped(SUBMISSION, "Please open this page again: its number is missing.")]
    )

    def validate_contact_consent(self, field: BooleanField) -> None:
        """Ask for consent where something is left (Law 91/2025/QH15: silence is no consent)."""
        if self.contact is not None and not field.data:
            raise ValidationError(
                field.gettext("Please tick that we may use this to reply, or leave the fields empty.")
            )

    @property
    def contact(self) -> Contact | None:
        """How the citizen can be reached, None when nothing was left."""
        left = Contact(self.contact_name.data or "", self.contact_phone.data or "", self.contact_email.data or "")
        return left if any(vars(left).values()) else None

    def draw_id(self) -> None:
        """Give an empty form its id, by which a repeat is recognised."""
        if not self.submission_id.data:
            self.submission_id.data = str(new_id())


class MessageForm(Form):
    """What a citizen writes back."""

    text = TextAreaField(
        filters=[paragraphs], validators=[written("Please write what you want to add."), at_most(TEXT_LETTERS)]
    )


class ReopeningForm(Form):
    """Why it should be looked at again."""

    reason = TextAreaField(
        filters=[paragraphs], validators=[written("Please say what is still missing."), at_most(REASON_LETTERS)]
    )


class CodeForm(Form):
    """The tracking code as it is typed."""

    code = StringField(validators=[at_most(80)])


class SlipForm(Form):
    """The code and the signature of a slip."""

    code = StringField(validators=[at_most(80)])
    signature = StringField(filters=[line], validators=[at_most(40)])
