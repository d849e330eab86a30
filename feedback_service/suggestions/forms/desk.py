"""Forms of the desk: what each step asks for; `seen` is the version of the suggestion that was on the screen."""

from wtforms import BooleanField, HiddenField, IntegerField, MultipleFileField, StringField, TextAreaField
from wtforms.validators import NumberRange

from feedback_service.suggestions.rules.hands import ANSWER_LETTERS, REASON_LETTERS, TITLE_LETTERS, CleanFile
from feedback_service.web.forms import ChoiceField, Form, at_most, line, needed, paragraphs


class SeenForm(Form):
    """A step that asks for nothing; `clean` are its checked files, which `kept` finds when it is sent again."""

    clean: tuple[CleanFile, ...] = ()
    kept = ""
    seen = HiddenField(validators=[at_most(9)])

    @property
    def version(self) -> int:
        """The version that was on the screen, 0 when nobody knows: such a form is an old one."""
        text = self.seen.data or ""
        return int(text) if text.isdecimal() and text.isascii() else 0


class TextForm(SeenForm):
    """A step with words."""

    text = TextAreaField(filters=[paragraphs], validators=[at_most(ANSWER_LETTERS)])


class SaidForm(TextForm):
    """A step with words and files; the files themselves are looked at by the route."""

    files = MultipleFileField()


class ExplainForm(SaidForm):
    """An explanation, which the sender may read too."""

    is_shown = BooleanField()


class ReasonForm(SeenForm):
    """A step with a reason."""

    reason = TextAreaField(filters=[paragraphs], validators=[at_most(REASON_LETTERS)])


class AssignForm(SeenForm):
    """Giving it to an officer."""

    handler_id = ChoiceField(choices=[])


class TransferForm(ReasonForm):
    """Handing it over to another unit."""

    unit_id = ChoiceField(choices=[])


class MergeForm(SeenForm):
    """Merging it with another one, by its number."""

    into_id = StringField(filters=[line], validators=[needed("Please enter the number of the other one."), at_most(9)])


class RefuseForm(TextForm):
    """Refusing it for a lawful reason."""

    refusal = ChoiceField(choices=[])


class ExtendForm(ReasonForm):
    """Giving the clock more days."""

    days = IntegerField(validators=[NumberRange(1, 90, "Please enter how many days.")])


class PublishForm(SeenForm):
    """What everybody will read."""

    title = StringField(filters=[line], validators=[needed("Please give it a short title."), at_most(TITLE_LETTERS)])
    question = TextAreaField(filters=[paragraphs], validators=[at_most(ANSWER_LETTERS)])
    answer = TextAreaField(filters=[paragraphs], validators=[at_most(ANSWER_LETTERS)])


class ClassifyForm(SeenForm):
    """What it really is and what it is about."""

    kind = ChoiceField(choices=[])
    topic = ChoiceField(choices=[])


class BulkForm(Form):
    """One step for many suggestions; what a step does not need stays empty."""

    handler_id = StringField(filters=[line], validators=[at_most(9)])
    unit_id = StringField(filters=[line], validators=[at_most(9)])
    into_id = StringField(filters=[line], validators=[at_most(9)])
    reason = TextAreaField(filters=[paragraphs], validators=[at_most(REASON_LETTERS)])


class TemplateForm(Form):
    """Words that answers often begin with."""

    title = StringField(filters=[line], validators=[needed("Please give it a short name."), at_most(120)])
    text = TextAreaField(
        filters=[paragraphs],
        validators=[needed("Please write the text of the template."), at_most(ANSWER_LETTERS)],
    )
    unit_id = ChoiceField(choices=[])
    is_active = BooleanField()


class ReviewForm(Form):
    """What the monthly review decides about one item."""

    verdict = ChoiceField(choices=[])
    note = TextAreaField(filters=[paragraphs], validators=[at_most(REASON_LETTERS)])
