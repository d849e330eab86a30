"""Forms of the paper box and of what the office sets: names and limits of what is typed."""

from datetime import UTC, date, datetime

from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange, ValidationError

from feedback_service.core.period import LOCAL_ZONE, local_time
from feedback_service.suggestions.forms.public import EMAIL, PHONE, SUBMISSION, KindField, ListedField, written
from feedback_service.suggestions.rules.hands import REASON_LETTERS, TEXT_LETTERS, Contact
from feedback_service.web.forms import Form, at_most, line, paragraphs, shaped

MOMENT = "%Y-%m-%dT%H:%M"
DAY = "%Y-%m-%d"
CODE = r"[0-9A-Za-z \-]{0,40}"


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
            return datetime.strptime(self.data or "", MOMENT).replace(tzinfo=LOCAL_ZONE).astimezone(UTC)
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

    def begin(self, now: datetime) -> None:
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
