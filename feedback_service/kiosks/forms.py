"""Forms of tablets: one tablet, what holds for those of a unit, one shift of a counter, one sentence."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, StringField

from feedback_service.kiosks.rules import Setting, Shift
from feedback_service.kiosks.service import Spoken
from feedback_service.web.context import platform
from feedback_service.web.forms import ChecksField, ChoiceField, Form, at_most, line, needed, shaped
from feedback_service.web.i18n import language

WHOLE_UNIT = "0"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
AS_TIME = "Please write the time as 07:30."
PACES = {
    "idle_seconds": (20, 30, 45, 60, 90, 120),
    "warning_seconds": (20, 30, 45, 60),
    "thanks_seconds": (3, 4, 6, 8, 10),
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LANGUAGE_NAMES = {"vi": "Vietnamese", "en": "English", "bru": "Bru-Van Kieu", "pac": "Pa Ko"}


class KioskForm(Form):
    """Name, place and questionnaire of a tablet; a place is "UNIT:COUNTER" in ids, counter 0 the whole unit."""

    name = StringField(filters=[line], validators=[needed("Please enter a name for the tablet."), at_most(80)])
    place = ChoiceField(choices=[])
    questionnaire = ChoiceField(choices=[])
    is_officer_shown = BooleanField()

    def ids(self) -> tuple[int, int | None]:
        """Return unit and counter of the chosen place."""
        unit_id, _, counter_id = str(self.place.data).partition(":")
        return int(unit_id), None if counter_id == WHOLE_UNIT else int(counter_id)


class SettingForm(Form):
    """What holds for every tablet of a unit; Vietnamese is always offered."""

    languages = ChecksField(choices=[])
    idle_seconds = ChoiceField(choices=[])
    warning_seconds = ChoiceField(choices=[])
    thanks_seconds = ChoiceField(choices=[])
    is_photo_shown = BooleanField()

    @classmethod
    def offered(cls, languages: Sequence[str]) -> "SettingForm":
        """Return what this request sent, with the languages that there are to choose from."""
        return cls._with_choices(cls(), languages)

    @classmethod
    def filled(cls, setting: Setting, languages: Sequence[str]) -> "SettingForm":
        """Return the form filled with what holds."""
        chosen = {"languages": list(setting.languages), "is_photo_shown": setting.is_photo_shown}
        data = {name: str(value) for name, value in vars(setting).items()} | chosen
        return cls._with_choices(cls(formdata=None, data=data), languages)

    def setting(self) -> Setting:
        """Return what was chosen."""
        offered = [str(code) for code, *_rest in self.languages.iter_choices()]
        chosen = tuple(code for code in offered if code == "vi" or code in (self.languages.data or ()))
        idle, warning, thanks = (int(str(self[name].data)) for name in PACES)
        return Setting(chosen, idle, warning, thanks, bool(self.is_photo_shown.data))

    @staticmethod
    def _with_choices(form: "SettingForm", languages: Sequence[str]) -> "SettingForm":
        form.languages.choices = [(code, _word(LANGUAGE_NAMES[code])) for code in languages]
        for name, offered in PACES.items():
            form[name].choices = [(str(seconds), str(seconds)) for seconds in offered]
        return form


class ShiftForm(Form):
    """Some hours of the week at a counter, who serves then and what is asked then."""

    weekdays = ChecksField(choices=[])
    opens = StringField(filters=[line], validators=[needed(AS_TIME), shaped(TIME, AS_TIME)])
    closes = StringField(filters=[line], validators=[needed(AS_TIME), shaped(TIME, AS_TIME)])
    officer = StringField(filters=[line], validators=[at_most(80)])
    questionnaire = ChoiceField(choices=[])

    def shift(self) -> Shift:
        """Return the shift as it was entered."""
        texts = (self.opens.data, self.closes.data, self.officer.data, self.questionnaire.data)
        return Shift(tuple(sorted(map(int, set(self.weekdays.data or ())))), *(text or "" for text in texts))


class PromptForm(Form):
    """The words of one sentence in another language, and its recording."""

    text, sound = StringField(filters=[line], validators=[at_most(500)]), FileField()
    is_silenced = BooleanField()

    def spoken(self) -> Spoken:
        """Return what was entered."""
        sound = self.sound.data.read() if self.sound.data else b""
        return Spoken(self.text.data or "", sound, is_silenced=bool(self.is_silenced.data))


def weekday_choices() -> list[tuple[str, str]]:
    """Return the days of the week in the language of this request."""
    return [(str(day), _word(name)) for day, name in enumerate(WEEKDAYS, start=1)]


def place_value(unit_id: int, counter_id: int | None) -> str:
    """Return how a place stands in the form."""
    return f"{unit_id}:{counter_id or WHOLE_UNIT}"


def _word(message: str) -> str:
    return platform().translations.word(message, language())
