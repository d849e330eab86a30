"""A question as its form shows it, and out of its form."""

from collections.abc import Mapping, Sequence

from feedback_service.questionnaires.forms import QuestionForm
from feedback_service.questionnaires.rules import Condition, Kind, Option, Question, Source
from feedback_service.questionnaires.rules.asking import Asked
from feedback_service.questionnaires.rules.drafting import name_of, value_of, with_faces
from feedback_service.questionnaires.rules.flaws import CHOOSING
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

KIND_NAMES: Mapping[Kind, str] = {
    Kind.FACES: "Faces, one answer",
    Kind.SINGLE: "One answer",
    Kind.MULTIPLE: "Several answers",
    Kind.SCALE: "Scale from 0 to 10",
    Kind.TEXT: "Free text",
    Kind.NUMBER: "Number",
    Kind.DATE: "Date",
}
SOURCE_NAMES: Mapping[Source, str] = {
    Source.CITIZEN: "The citizen",
    Source.DOSSIER: "The dates of the dossier; shown to the citizen, who cannot change it",
    Source.UNIT: "The unit about itself; citizens never see it",
}
FACES = ("Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied")
"""Message ids of the five levels, the best first."""
MOST_AFTER = 12
"""Questions with more options offer no condition: nobody finds the right box among hundreds."""


def filled(asked: Question | None, kind: Kind, *, mark: str, last: Question | None) -> QuestionForm:
    """Return the form of a question, or of a new one that follows `last` in its group."""
    if asked is None:
        facts: dict[str, object] = {
            "required": kind is Kind.FACES,
            "source": Source.CITIZEN.value,
            "group_vi": last.group.get("vi", "") if last else "",
            "group_en": last.group.get("en", "") if last else "",
            **(_faces() if kind is Kind.FACES else {}),
        }
    else:
        facts = _facts(asked)
    return QuestionForm(formdata=None, data={**facts, "seen": mark})


def offering(form: QuestionForm, before: Sequence[Question]) -> QuestionForm:
    """Fill the choices: the options of the questions before it, and who may answer."""
    say, spoken = platform().translations.word, language()
    form.source.choices = [(known.value, say(name, spoken)) for known, name in SOURCE_NAMES.items()]
    form.after.choices = {
        f"{place}. {_said(asked.text)}": [(f"{asked.id}={one.value}", _said(one.text)) for one in options]
        for place, asked in enumerate(before, start=1)
        if asked.source is Source.CITIZEN and 0 < len(options := Asked(asked, None).options) <= MOST_AFTER
    }
    return form


def written(form: QuestionForm, kind: Kind, *, name: str | None, taken: set[str]) -> Question | None:
    """Return the question that a form describes, None after saying in the form what does not fit."""
    after = [tuple(text.split("=", 1)) for text in form.after.data or ()]
    if len({asked for asked, _ in after}) > 1:
        form.after.errors = [form.after.gettext("Please choose answers of one question only.")]
        return None
    chosen = form.name.data or name or name_of(form.text_vi.data or "", taken, fallback="q")
    if chosen in taken:
        form.name.errors = [form.name.gettext("Another question has this name for programs.")]
        return None
    question = Question(
        id=chosen,
        kind=kind,
        text=_words(form.text_vi.data, form.text_en.data),
        required=bool(form.required.data),
        show_if=Condition(after[0][0], tuple(value_of(value) for _, value in after)) if after else None,
        options=_options(form) if kind in CHOOSING else (),
        help=_words(form.help_vi.data, form.help_en.data),
        group=_words(form.group_vi.data, form.group_en.data),
        source=Source(form.source.data),
    )
    return with_faces(question)


def _options(form: QuestionForm) -> tuple[Option, ...]:
    codes, texts, english = form.lines()
    used = {code for code in codes if code}
    free = (str(number) for number in range(1, 2 * len(texts) + 1) if str(number) not in used)
    named = [code or next(free) for code in codes]
    return tuple(Option(value_of(code), _words(vi, en)) for code, vi, en in zip(named, texts, english, strict=True))


def _facts(asked: Question) -> dict[str, object]:
    condition = asked.show_if
    return {
        **_texts("text", asked.text),
        **_texts("help", asked.help),
        **_texts("group", asked.group),
        "required": asked.required,
        "codes": "\n".join(str(option.value) for option in asked.options),
        "options_vi": "\n".join(option.text.get("vi", "") for option in asked.options),
        "options_en": "\n".join(option.text.get("en", "") for option in asked.options).rstrip("\n"),
        "after": [f"{condition.question}={value}" for value in condition.values] if condition else [],
        "source": asked.source.value,
        "name": asked.id,
    }


def _texts(name: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{spoken}": words.get(spoken, "") for spoken in ("vi", "en")}


def _faces() -> dict[str, str]:
    say = platform().translations.word
    return {
        "codes": "\n".join(str(level) for level in range(len(FACES), 0, -1)),
        "options_vi": "\n".join(say(name, "vi") for name in FACES),
        "options_en": "\n".join(FACES),
    }


def _said(text: Mapping[str, str]) -> str:
    return text.get(language()) or text.get("vi", "")


def _words(vi: str | None, en: str | None) -> dict[str, str]:
    return {spoken: text for spoken, text in (("vi", vi), ("en", en)) if text}
