"""Forms of the builder: what a questionnaire is called and rests on, and one question."""

from datetime import date

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from feedback_service.core.period import day_of
from feedback_service.questionnaires.rules.flaws import MOST_OPTIONS, TEXT_LETTERS
from feedback_service.web.forms import ChecksField, ChoiceField, Form, at_most, line, needed, paragraphs, shaped

NAME = r"[a-z][a-z0-9_-]{0,59}"
NAME_WORDS = "A name for programs begins with a letter and is made of small letters, digits, - and _."
TITLE_LETTERS, AS_DAY = 200, "Please enter a date."


class TitleForm(Form):
    """How a questionnaire is called, and where it is asked; an empty name for programs is made of the title."""

    title_vi = StringField(
        filters=[line], validators=[needed("Please give it a Vietnamese title."), at_most(TITLE_LETTERS)]
    )
    title_en = StringField(filters=[line], validators=[at_most(TITLE_LETTERS)])
    id = StringField(filters=[line], validators=[shaped(NAME, NAME_WORDS)])
    kind = ChoiceField(choices=[])


class FactsForm(TitleForm):
    """What a draft is called and rests on."""

    legal_basis = TextAreaField(
        filters=[paragraphs],
        validators=[needed("Please say what it rests on, if only “of our own making”."), at_most(1000)],
    )
    valid_from = StringField(filters=[line], validators=[needed(AS_DAY)])
    valid_to, is_unverified = StringField(filters=[line]), BooleanField()

    def days(self) -> tuple[date, date | None]:
        """Return from when to when it holds; raises ValueError for what is no date."""
        last = self.valid_to.data
        return day_of(self.valid_from.data or ""), day_of(last) if last else None

    def validate_valid_from(self, field: Field) -> None:
        """Refuse what is no date."""
        _day(field)

    def validate_valid_to(self, field: Field) -> None:
        """Refuse what is no date, and one before the first day."""
        if field.data:
            _day(field)
        if field.data and field.data < (self.valid_from.data or ""):
            raise ValidationError(field.gettext("The last day comes before the first day."))


class QuestionForm(Form):
    """One question; the lines of its options belong together, one code, one text in each language."""

    seen = HiddenField(validators=[at_most(16)])
    text_vi = TextAreaField(
        filters=[paragraphs], validators=[needed("Please write the question in Vietnamese."), at_most(TEXT_LETTERS)]
    )
    text_en = TextAreaField(filters=[paragraphs], validators=[at_most(TEXT_LETTERS)])
    help_vi = TextAreaField(filters=[paragraphs], validators=[at_most(TEXT_LETTERS)])
    help_en = TextAreaField(filters=[paragraphs], validators=[at_most(TEXT_LETTERS)])
    group_vi = StringField(filters=[line], validators=[at_most(TITLE_LETTERS)])
    group_en = StringField(filters=[line], validators=[at_most(TITLE_LETTERS)])
    required = BooleanField()
    codes = TextAreaField(filters=[paragraphs])
    options_vi = TextAreaField(filters=[paragraphs])
    options_en = TextAreaField(filters=[paragraphs])
    after = ChecksField(choices=[], validate_choice=False)
    source = ChoiceField(choices=[])
    name = StringField(filters=[line], validators=[shaped(NAME, NAME_WORDS)])

    def lines(self) -> tuple[list[str], list[str], list[str]]:
        """Return codes, Vietnamese and English texts of the options, each as long as the Vietnamese."""
        texts = _lines(self.options_vi)
        blank = [""] * len(texts)
        codes, english = (([*_lines(field), *blank])[: len(texts)] for field in (self.codes, self.options_en))
        return codes, texts, english

    def validate_options_vi(self, field: Field) -> None:
        """Refuse more options than anybody reads."""
        if len(_lines(field)) > MOST_OPTIONS:
            raise ValidationError(field.gettext("A question can have at most 200 options."))

    def validate_codes(self, field: Field) -> None:
        """Refuse codes that belong to no option."""
        if len(_lines(field)) > len(_lines(self.options_vi)):
            raise ValidationError(field.gettext("There are more codes than options."))

    def validate_options_en(self, field: Field) -> None:
        """Refuse texts that belong to no option."""
        if len(_lines(field)) > len(_lines(self.options_vi)):
            raise ValidationError(field.gettext("There are more English texts than options."))


class FileForm(Form):
    """A questionnaire as a file."""

    file = FileField()


class PlaceForm(Form):
    """Where a question is moved to, counted from 0."""

    seen = HiddenField(validators=[at_most(16)])
    to = HiddenField(validators=[shaped(r"[0-9]{1,4}", "Please choose one of the list.")])


def _day(field: Field) -> None:
    try:
        day_of(field.data or "")
    except ValueError as error:
        raise ValidationError(field.gettext(AS_DAY)) from error


def _lines(field: Field) -> list[str]:
    return [line(text) for text in (field.data or "").splitlines() if line(text)]
