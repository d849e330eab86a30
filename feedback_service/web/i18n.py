"""Two languages: Vietnamese first; English is what stands in the code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import polib
from flask import Flask, Response, g, has_request_context, request
from jinja2 import pass_context
from jinja2.runtime import Context

from feedback_service.core.numbers import percent, spelled
from feedback_service.core.period import local_time
from feedback_service.core.words import Sentence
from feedback_service.web.exchange import asked

LANGUAGES = ("vi", "en")
COOKIE = "language"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Translations:
    """Words by language; a word that is missing is shown in English."""

    words: Mapping[str, Mapping[str, str]]

    @classmethod
    @cache
    def read(cls, folder: Path) -> "Translations":
        """Read every .po file of every language in `folder`, once in a process."""
        words: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob("*/*.po")):
            known = words.setdefault(path.parent.name, {})
            for entry in polib.pofile(str(path)):
                if entry.translated():
                    known[entry.msgid] = entry.msgstr or entry.msgstr_plural[0]
        return cls(words)

    def word(self, message: str, spoken: str) -> str:
        """Return `message` in the language `spoken`."""
        return self.words.get(spoken, {}).get(message, message)


def language() -> str:
    """Return the language of this request: asked for in the address, kept in a cookie, else Vietnamese."""
    if not has_request_context():
        return "vi"
    mine = g._get_current_object()  # noqa: SLF001  # documented; pages ask often
    kept: str | None = mine.get("language")
    if kept is None:
        sent = asked()
        in_address = sent.args.get("lang") if sent.query_string else None
        wishes = (in_address, sent.cookies.get(COOKIE) if sent.cookies else None)
        kept = mine.language = next((code for code in wishes if code in LANGUAGES), "vi")
    return kept


def install(app: Flask, translations: Translations) -> None:
    """Give templates their words, numbers and dates, and remember a language that was asked for."""

    def gettext(message: str, **facts: object) -> str:
        return _filled(translations.word(message, language()), facts)

    def ngettext(one: str, many: str, num: int, **facts: object) -> str:
        message = one if language() == "vi" or num == 1 else many
        return _filled(translations.word(message, language()), {"num": num, **facts})

    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
    app.jinja_env.filters.update(
        number=_at_show_time(lambda value, decimals=0: spelled(value, decimals=decimals, language=language())),
        percent=_at_show_time(lambda value, decimals=1: percent(value, decimals=decimals, language=language())),
        day=day_text,
        moment=_at_show_time(lambda moment: moment_text(moment, translations)),
        clock_time=lambda moment: f"{local_time(moment):%H:%M}",
        said=_at_show_time(lambda sentence: said(sentence, translations)),
    )
    app.jinja_env.globals["language"] = language
    app.after_request(_remember)


def _filled(sentence: str, facts: Mapping[str, object]) -> str:
    """Fill %(name)s with facts; a sentence without facts may say 95% as it is."""
    return sentence % facts if facts else sentence.replace("%%", "%")


def _at_show_time(show: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from filling a constant in while it compiles, before it knows the language."""

    @pass_context
    def shown(_context: Context, value: object, *details: object) -> str:
        return show(value, *details)

    return shown


def day_text(day: date | datetime) -> str:
    """Return dd/MM/yyyy; a moment is told by its local day."""
    shown = local_time(day).date() if isinstance(day, datetime) else day
    return f"{shown:%d/%m/%Y}"


def moment_text(moment: datetime, translations: Translations) -> str:
    """Return the local time and day of a moment as this request's language says them."""
    pattern = translations.word("{time} on {day}", language())
    return pattern.format(time=f"{local_time(moment):%H:%M}", day=day_text(moment))


def said(sentence: Sentence, translations: Translations) -> str:
    """Return a sentence in this request's language, with its facts written as that language writes them."""
    spoken = language()
    facts = {name: _fact(fact, translations, spoken) for name, fact in sentence.facts.items()}
    return translations.word(sentence.message, spoken).format_map(facts)


def _fact(fact: object, translations: Translations, spoken: str) -> str:
    if isinstance(fact, Sentence):
        return said(fact, translations)
    if isinstance(fact, datetime):
        return moment_text(fact, translations)
    if isinstance(fact, date):
        return day_text(fact)
    if isinstance(fact, float) or fact is None:
        return percent(fact, language=spoken)
    return spelled(fact, language=spoken) if isinstance(fact, int) else str(fact)


def _remember(response: Response) -> Response:
    asked = request.args.get("lang") if request.query_string else None
    if asked in LANGUAGES and not request.path.startswith("/embed/") and response.status_code < 400:
        response.set_cookie(
            COOKIE, asked, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response
