"""What the office writes and speaks for its tablets, sentence by sentence."""

from dataclasses import dataclass

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.bundled import folder
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.kiosks import queries, service
from feedback_service.kiosks.export import own_sentences
from feedback_service.kiosks.forms import LANGUAGE_NAMES, PromptForm
from feedback_service.kiosks.rules.prompts import SOUND_ADDRESS, SPOKEN, WRITTEN, Prompt, sentences_in
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.questionnaires.queries import bundle, offers
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.security import takes_files

PAGE = "/staff/kiosks/prompts"
REQUEST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Group:
    """Sentences that belong together, each as the office has kept it; `name` is a message id."""

    name: str
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True)
class PromptsPage:
    """Every sentence that a tablet can say in one language; `done` counts those with words or a recording."""

    language: str
    language_names: dict[str, str]
    is_written: bool
    groups: tuple[Group, ...]
    done: int
    total: int


@dataclass(frozen=True)
class PromptPage:
    """One sentence; `place` is its number in the list, `sound` the address of its recording, "" for none."""

    language: str
    language_name: str
    is_written: bool
    place: int
    total: int
    prompt: Prompt
    sound: str
    form: PromptForm
    faults: tuple[Fault, ...]


@staff.get(PAGE)
def prompts() -> Response:
    """Show what can be written and spoken in a language: `language`, Vietnamese without it."""
    language = _language()
    with platform().reading() as session:
        groups = _groups(session, language)
    every = [prompt for group in groups for prompt in group.prompts]
    done = sum(1 for prompt in every if prompt.text or prompt.sound)
    names = {code: LANGUAGE_NAMES[code] for code in SPOKEN}
    page = PromptsPage(language, names, language in WRITTEN, groups, done, len(every))
    return pages.show("kiosks/prompts.html", page)


@staff.get(f"{PAGE}/<int:place>")
def prompt(place: int) -> Response:
    """Show one sentence."""
    return _prompt_page(place, None)


@staff.post(f"{PAGE}/<int:place>")
@takes_files(REQUEST_BYTES)
def keep_prompt(place: int) -> AnyResponse:
    """Keep the words and the recording of one sentence, then go on to the next."""
    form, running = PromptForm(), platform()
    if not form.validate():
        return _prompt_page(place, form)
    try:
        with running.transaction() as session:
            every = _every(session, _language())
            known = every[_checked(place, len(every)) - 1]
            by, now = signed_in().actor, running.now()
            service.keep_prompt(session, _language(), known.source, form.spoken(), by=by, now=now)
    except Refused as refusal:
        form.refused(refusal)
        return _prompt_page(place, form)
    flash("The changes are saved. Tablets learn of them within a minute.")
    after = f"/{place + 1}" if place < len(every) else ""
    return pages.seen_at(f"{PAGE}{after}?language={_language()}")


def _prompt_page(place: int, form: PromptForm | None) -> Response:
    language = _language()
    with platform().reading() as session:
        every = _every(session, language)
    known = every[_checked(place, len(every)) - 1]
    shown = form or PromptForm(formdata=None, data={"text": known.text})
    sound = f"{SOUND_ADDRESS}{known.sound}" if known.sound else ""
    page = PromptPage(
        language=language,
        language_name=LANGUAGE_NAMES[language],
        is_written=language in WRITTEN,
        place=place,
        total=len(every),
        prompt=known,
        sound=sound,
        form=shown,
        faults=shown.faults(),
    )
    return pages.show("kiosks/prompt.html", page, 422 if form else 200)


def _groups(session: Session, language: str) -> tuple[Group, ...]:
    kept = {prompt.source: prompt for prompt in queries.prompts(session, language=language)}
    somewhere = queries.asked_somewhere(session)
    offered = [offer.id for offer in offers(session) if offer.is_for_tablets or offer.id in somewhere]
    asked = [sentence for name in offered for sentence in sentences_in(bundle(session, name))]
    own = list(own_sentences(folder("kiosk_static")).values())
    office = tuple(dict.fromkeys(asked))
    machine = tuple(sentence for sentence in dict.fromkeys(own) if sentence not in office)
    return tuple(
        Group(name, tuple(kept.get(source) or Prompt(language, source, "", "") for source in sources))
        for name, sources in (("Questions and answers", office), ("What the tablet says by itself", machine))
    )


def _every(session: Session, language: str) -> list[Prompt]:
    return [prompt for group in _groups(session, language) for prompt in group.prompts]


def _language() -> str:
    asked = request.args.get("language", SPOKEN[0])
    if asked not in SPOKEN:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
    return asked


def _checked(place: int, total: int) -> int:
    if not 1 <= place <= total:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
    return place
