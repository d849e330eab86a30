"""The office writes and speaks what its tablets say in Bru-Vân Kiều and Pa Kô; no machine does."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from sqlalchemy import update

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.kiosks.models import Kiosk
from feedback_service.kiosks.queries import WITNESSES
from feedback_service.kiosks.rules.prompts import (
    SOUND_BYTES,
    Prompt,
    languages_of,
    media_type,
    sentences_in,
    sounds_of,
    texts_of,
    with_words,
)
from feedback_service.web.context import EXTENSION
from tests.kiosks.lobbies import Lobby, told
from tests.officers import officer
from tests.pages import Page

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28)
ASKED = {
    "id": "q",
    "questions": [{"text": {"vi": "Bao lâu?", "en": "How long?"}, "options": [{"text": {"vi": "Lâu"}}]}],
}
SPOKEN = Prompt("bru", "Bao lâu?", "Máh léq dũnh?", "a" * 64)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"ID3\x04rest", "audio/mpeg"),
        (b"\xff\xfb\x90rest", "audio/mpeg"),
        (b"OggS\x00rest", "audio/ogg"),
        (WAV, "audio/wav"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_recording_is_known_by_its_beginning(content: bytes, expected: str | None) -> None:
    assert media_type(content) == expected


def test_sentences_are_found_in_the_order_in_which_they_are_asked() -> None:
    assert list(sentences_in(ASKED)) == ["Bao lâu?", "Lâu"]


def test_words_of_the_office_stand_beside_the_vietnamese() -> None:
    worded = with_words(ASKED, (SPOKEN,))

    assert worded["questions"] == [
        {
            "text": {"vi": "Bao lâu?", "en": "How long?", "bru": "Máh léq dũnh?"},
            "options": [{"text": {"vi": "Lâu"}}],
        }
    ]


def test_a_language_is_offered_once_something_can_be_read_or_heard_in_it() -> None:
    chosen = ("vi", "en", "bru", "pac")

    assert languages_of(chosen, ()) == ("vi", "en")
    assert languages_of(chosen, (SPOKEN,)) == ("vi", "en", "bru")


def test_the_machines_own_sentences_and_recordings_are_told_by_language() -> None:
    skip, silent = Prompt("pac", "Bỏ qua", "Veh", ""), Prompt("vi", "Bỏ qua", "", "b" * 64)

    assert texts_of((SPOKEN, skip, silent), {"Skip": "Bỏ qua"}) == {"pac": {"Skip": "Veh"}}
    assert sounds_of((SPOKEN, skip, silent)) == {
        "bru": {"Máh léq dũnh?": f"/kiosk/sounds/{'a' * 64}"},
        "vi": {"Bỏ qua": f"/kiosk/sounds/{'b' * 64}"},
    }


def test_sentences_of_a_survey_are_listed_once_a_tablet_asks_by_it(lobby: Lobby) -> None:
    lan, page = officer(lobby.app, Role.ADMINISTRATOR), "/staff/kiosks/prompts?language=bru"
    lobby.tablet()
    before = lan.pages.get(page).text("main")

    with lobby.app.extensions[EXTENSION].transaction() as session:
        session.execute(update(Kiosk).values(questionnaire_id="phieu-9-chi-so"))

    assert "Số lần phải liên hệ" not in before
    assert "Số lần phải liên hệ" in lan.pages.get(page).text("main")


def test_what_the_office_writes_and_speaks_reaches_its_tablets(lobby: Lobby) -> None:
    lan, tablet = officer(lobby.app, Role.ADMINISTRATOR), lobby.tablet()
    settings = f"/staff/kiosks/settings/{lobby.unit_id}"
    before = lan.pages.get(settings).texts("#languages label")
    question = told(tablet.asks())["questionnaire"]["questions"][0]["text"]["vi"]
    listed = lan.pages.get("/staff/kiosks/prompts?language=bru")
    (link,) = [str(one.get("href")) for one in listed.all("tbody a") if one.text_content() == question]

    second = keep(lan.pages.send, lan.pages.get(link), text="Máh léq anhia pai?", sound=WAV)
    lan.pages.send(lan.pages.get(settings), {"languages": ["bru"]})
    content = told(tablet.asks())
    address = content["sounds"]["bru"]["Máh léq anhia pai?"]
    heard = lobby.app.test_client().get(address)
    keep(lan.pages.send, lan.pages.get(link), is_silenced="y")

    assert before == ["Tiếng Việt", "Tiếng Anh"]
    assert second.heading != question
    assert content["languages"] == ["vi", "bru"]
    assert content["questionnaire"]["questions"][0]["text"]["bru"] == "Máh léq anhia pai?"
    assert (heard.status_code, heard.data, heard.mimetype) == (200, WAV, "audio/wav")
    assert lobby.app.test_client().get(address).status_code == 404
    with lobby.platform.database.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []


def test_a_file_that_is_no_recording_is_refused_and_the_words_stay(small_lobby: Lobby) -> None:
    lan = officer(small_lobby.app, Role.ADMINISTRATOR)
    page = lan.pages.get("/staff/kiosks/prompts/1?language=pac")

    for content in (b"<script>", WAV + bytes(SOUND_BYTES)):
        refused = keep(lan.pages.send, page, status=422, text="Amon", sound=content)

        assert "600 kB" in refused.text(".error-summary")
        assert refused.form("main form")["text"] == "Amon"
    assert lan.pages.get("/staff/kiosks/prompts?language=pac").all(".state-done") == []


def test_vietnamese_is_spoken_but_never_rewritten(small_lobby: Lobby) -> None:
    lan, tablet = officer(small_lobby.app, Role.ADMINISTRATOR), small_lobby.tablet()
    page = lan.pages.get("/staff/kiosks/prompts/1")

    keep(lan.pages.send, page, text="Something else", sound=WAV)
    content = told(tablet.asks())

    assert "Something else" not in str(content)
    assert list(content["sounds"]) == ["vi"]


@pytest.mark.parametrize("place", ["0", "9999", "1?language=en", "1?language=xx"])
def test_a_sentence_that_is_not_there_is_not_found(small_lobby: Lobby, place: str) -> None:
    officer(small_lobby.app, Role.ADMINISTRATOR).pages.get(f"/staff/kiosks/prompts/{place}", status=404)


def keep(send: object, page: Page, *, status: int = 200, sound: bytes = b"", **fields: str) -> Page:
    """Fill in the form of one sentence and send it."""
    recording: Mapping[str, object] = {"sound": (BytesIO(sound), "word.wav")} if sound else {}
    answer: Page = send(page, {**fields, **recording}, status=status)  # type: ignore[operator]
    return answer
