"""Which passwords are good: long ones that nobody tries first."""

import pytest

from feedback_service.accounts.rules.passwords import refusal
from feedback_service.accounts.service.passwords import fits, hashed, one_time_password, refuse_weak
from feedback_service.core.errors import Refused

HIEN = ("hien", "Nguyễn Thị Hiền")


def reason(password: str) -> str:
    try:
        refuse_weak(password, names=HIEN, field="password")
    except Refused as error:
        return error.message
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "con trâu đi trước cái cày",
        "mua roi tren mai ton",
        "correct horse battery staple",
        "thuyền ra khơi xa",
        "K7MP-3QXV-9TRW-2HNA",
    ],
)
def test_a_sentence_of_ones_own_is_good_without_digits_or_signs(password: str) -> None:
    assert reason(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "111122223333",
        "aaaaaaaaaaaa",
        "qwertyuiop123",
        "abcdefghijkl",
        "password1234",
        "P@ssw0rd2026!",
        "matkhau123456",
        "Mật khẩu @2026",
        "anhyeuem1234",
        "Admin@123456",
        "quangtri@2025",
        "donghadongha2026",
        "UBND@dongha2025",
        "lang nghe dan 2026",
        "iloveyou1234",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert "Many people use this password" in reason(password)


def test_eleven_letters_are_too_few_and_twelve_enough() -> None:
    assert "at least 12" in reason("sao mai lúa")
    assert reason("sao mai lúa c") == ""


def test_a_novel_is_too_long() -> None:
    assert "at most 128" in reason("con trâu đi trước cái cày " * 6)


def test_ones_own_name_is_refused() -> None:
    assert "your own name" in (refusal("nguyenthihien", names=HIEN, common_words=frozenset()) or "")


def test_the_spelling_of_the_keyboard_does_not_matter() -> None:
    composed, decomposed = "nắng mới trên đồi", "n\u0061\u0306\u0301ng mơ\u0301i trên đồi"

    assert fits(decomposed, hashed(composed))


def test_the_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    one, other = hashed("con trâu đi trước"), hashed("con trâu đi trước")

    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other


def test_nobody_has_no_password() -> None:
    assert not fits("", None)
    assert not fits("con trâu đi trước", "not a hash")


def test_a_one_time_password_is_long_and_never_the_same() -> None:
    drawn = {one_time_password() for _ in range(50)}

    assert len(drawn) == 50
    assert {len(password) for password in drawn} == {19}
    assert all(reason(password) == "" for password in drawn)
