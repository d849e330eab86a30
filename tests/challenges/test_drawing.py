"""Pictures, sounds and the pool that holds them ready."""

import time
import wave
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from feedback_service.challenges.drawing import pool as pools
from feedback_service.challenges.drawing import sound
from feedback_service.challenges.drawing.picture import HEIGHT, WIDTH, Drawer
from feedback_service.challenges.drawing.pool import FEWEST_READY, Pool

SECRET = "a secret for tests, longer than it must be"
NONCE = "0123456789abcdef" * 2


def test_a_picture_is_small_and_says_nothing_but_what_it_shows() -> None:
    content = Drawer().picture("23456")

    picture = Image.open(BytesIO(content))
    picture.load()
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert picture.info.keys() <= {"transparency"}
    assert _chunks(content) == ["IHDR", "PLTE", "IDAT", "IEND"]
    assert len(content) < 8_000


def test_digits_are_dark_on_a_light_ground() -> None:
    greys = sorted(Image.open(BytesIO(Drawer().picture("88888"))).convert("L").tobytes())

    assert greys[len(greys) // 100] < 80
    assert greys[len(greys) // 2] > 230


def test_the_same_digits_are_drawn_anew_each_time() -> None:
    drawer = Drawer()

    assert drawer.picture("23456") != drawer.picture("23456")


def test_a_sound_speaks_an_opening_and_every_digit_with_pauses_between() -> None:
    voice = sound.Voice()
    spoken = voice.spoken("20986", secret=SECRET, nonce=NONCE)

    with wave.open(BytesIO(spoken)) as heard:
        assert (heard.getnchannels(), heard.getsampwidth(), heard.getframerate()) == (1, 2, 8000)
        seconds = heard.getnframes() / heard.getframerate()
        samples = heard.readframes(heard.getnframes())
    assert 4 < seconds < 9
    places = [samples.find(_recording(name)) for name in ("opening", "2", "0", "9", "8", "6")]
    assert places == sorted(places)
    assert min(places) == 0


def test_a_sound_is_always_the_same_for_a_challenge_and_paced_differently_for_another() -> None:
    voice = sound.Voice()

    assert voice.spoken("22222", secret=SECRET, nonce=NONCE) == voice.spoken("22222", secret=SECRET, nonce=NONCE)
    assert voice.spoken("22222", secret=SECRET, nonce=NONCE) != voice.spoken("22222", secret=SECRET, nonce="f" * 32)


def test_every_digit_has_a_recording_that_is_small_and_of_the_right_kind() -> None:
    recordings = {path.stem: path for path in sound.FOLDER.glob("*.wav")}

    assert set(recordings) == {*"0123456789", "opening"}
    assert max(path.stat().st_size for path in recordings.values()) <= 15_000
    assert len({path.read_bytes() for path in recordings.values()}) == len(recordings)


def test_a_recording_of_another_kind_is_refused_at_the_start(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "0.wav"), "wb") as recording:
        recording.setnchannels(2)
        recording.setsampwidth(2)
        recording.setframerate(44_100)
        recording.writeframes(bytes(400))

    with pytest.raises(ValueError, match="mono, 16 bit, 8 kHz"):
        sound.Voice(tmp_path)


def test_the_pool_is_filled_in_the_background_once_somebody_has_looked() -> None:
    pool = Pool(SECRET)
    assert pool.ready == 0

    first = pool.take()

    assert not pool.is_drawn(first)
    pool.picture(first)
    _until(lambda: pool.ready >= FEWEST_READY)
    second = pool.take()
    assert pool.is_drawn(second)
    assert pool.picture(second) == pool.picture(second)


def test_whoever_opens_pages_by_the_thousand_has_nothing_drawn() -> None:
    pool = Pool(SECRET)
    pool.picture(pool.take())
    _until(lambda: pool.ready >= FEWEST_READY)

    taken = [pool.take() for _ in range(1000)]

    assert pool.ready == 0
    assert [pool.is_drawn(nonce) for nonce in taken].count(True) == FEWEST_READY


def test_no_challenge_is_given_to_two_people() -> None:
    pool = Pool(SECRET)

    taken = []
    for _ in range(60):
        taken.append(pool.take())
        pool.picture(taken[-1])
        time.sleep(0.002)

    assert len(set(taken)) == 60


def test_a_pool_that_runs_dry_is_filled_more_the_next_time() -> None:
    pool = Pool(SECRET)
    pool.picture(pool.take())
    _until(lambda: pool.ready >= FEWEST_READY)

    for _ in range(FEWEST_READY + 1):
        last = pool.take()
    pool.picture(last)

    _until(lambda: pool.ready >= 2 * FEWEST_READY)


def test_a_picture_that_another_process_promised_is_drawn_when_it_is_asked_for() -> None:
    pool = Pool(SECRET)

    picture = pool.picture(NONCE)

    assert Image.open(BytesIO(picture)).size == (WIDTH, HEIGHT)
    assert pool.picture(NONCE) == picture


def test_challenges_that_nobody_answers_do_not_pile_up() -> None:
    pool = Pool(SECRET, most_issued=10)

    nonces = [f"{number:032x}" for number in range(25)]
    for nonce in nonces:
        pool.picture(nonce)

    assert [pool.is_drawn(nonce) for nonce in nonces] == [False] * 15 + [True] * 10
    assert pools.MOST_ISSUED * 8_000 < 64 * 1024 * 1024


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _recording(name: str) -> bytes:
    with wave.open(str(sound.FOLDER / f"{name}.wav"), "rb") as recording:
        return recording.readframes(recording.getnframes())


def _chunks(png: bytes) -> list[str]:
    place, names = 8, []
    while place < len(png):
        length = int.from_bytes(png[place : place + 4])
        names.append(png[place + 4 : place + 8].decode())
        place += 12 + length
    return names
