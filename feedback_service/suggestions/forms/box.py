"""Forms of the paper box and of what the office sets: names and limits of what is typed."""

from datetime import datetime

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import NumberRange

from feedback_service.core.period import local_time
from feedback_service.suggestions.forms.fields import MOMENT, CountField, DayField, MomentField
from feedback_service.suggestions.forms.public import EMAIL, PHONE, SUBMISSION, KindField, ListedField, written
from feedback_service.suggestions.rules.hands import REASON_LETTERS, TEXT_LETTERS, Contact
from feedback_service.web.forms import Form, at_most, line, paragraphs, shaped

CODE = r"[0-9A-Za-z \-]{0,40}"


class MinutesForm(Form):
    """The minutes of an opening."""

    unit = ListedField()
    place = StringField(filters=[line], validators=[at_most(160)])
    opened_at = MomentField()
    people = TextAreaField(filters=[paragraphs], validators=[at_most(3000)])
    slips = CountField()
    blank = CountField()
    legal = CountField()
    note = TextAreaField(filters=[paragraphs], validators=[at_most(REASON_LETTERS)])

    def start(self, now: datetime) -> None:
        """Fill in this moment and no slip."""
        self.opened_at.data = local_time(now).strftime(MOMENT)
        self.blank.data = self.legal.data = 0


class SlipForm(Form):
    """One slip, or what somebody says on the telephone."""

    kind = KindField()
    text = TextAreaField(
        filters=[paragraphs], validators=[written("Please write what it is about."), at_most(TEXT_LETTERS)]
    )
    unit = ListedField()
    counter = ListedField()
    about_staff = BooleanField()
    public = BooleanField()
    code = StringField(filters=[line], validators=[shaped(CODE, "Please enter the code as it is printed on the slip.")])
    contact_name = StringField(filters=[line], validators=[at_most(120)])
    contact_phone = StringField(
        filters=[line], validators=[shaped(PHONE, "Please enter a telephone number, such as 0912 345 678.")]
    )
    contact_email = StringField(
        filters=[line],
        validators=[at_most(254), shaped(EMAIL, "Please enter an e-mail address, such as ten@example.vn.")],
    )
    submission_id = StringField(
        filters=[line], validators=[shaped(SUBMISSION, "Please open this page again: its number is missing.")]
    )

    @property
    def contact(self) -> Contact | None:
        """How the citizen can be reached, None when nothing was left."""
        left = Contact(self.contact_name.data or "", self.contact_phone.data or "", self.contact_email.data or "")
        return left if any(vars(left).values()) else None


class SwapForm(Form):
    """A day that is worked, or is not, by an official notice."""

    day = DayField()
    is_working = ListedField()
    note = StringField(filters=[line], validators=[at_most(200)])

    def __init__(self, *arguments: object, **named: object) -> None:
        """Offer the two kinds of days."""
        super().__init__(*arguments, **named)
        self.is_working.known = frozenset({"yes", "no"})


class FiguresForm(Form):
    """The figures of the clock; an empty field means that the rules name no day."""

    unit = ListedField()
    rule_set = ListedField()
    valid_from = DayField()
    answer = CountField(validators=[NumberRange(1, 90, message="Please enter from 1 to 90 days.")])
    refuse = CountField()
    ask = CountField()
    publish = CountField()
    longest = CountField()
    wait = CountField()


class BoxForm(Form):
    """How the box works."""

    needs_approval = BooleanField()
    contact_days = CountField()
