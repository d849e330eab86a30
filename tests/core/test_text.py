"""Vietnamese text, as citizens type it and as clerks look for it."""

import unicodedata

from feedback_service.core.ids import plain_code
from feedback_service.core.text import composed, folded, one_line, order_key, plain_digits


def test_both_spellings_of_a_letter_become_one() -> None:
    decomposed = unicodedata.normalize("NFD", "Tiếng Việt")

    assert len(decomposed) == 14
    assert composed(decomposed) == "Tiếng Việt"
    assert len(composed(decomposed)) == 10


def test_a_search_without_accents_finds_d_with_a_bar() -> None:
    assert folded("Đường Đông Hà") == "duong dong ha"
    assert folded(unicodedata.normalize("NFD", "đồng hới")) == "dong hoi"


def test_control_characters_and_lone_surrogates_do_not_get_in() -> None:
    assert composed("a\x00b\x1bc\ud800d\r\ne") == "abcd\ne"
    assert one_line("  Phường \t Đông\nHà ") == "Phường Đông Hà"


def test_places_stand_in_the_order_of_the_dictionary() -> None:
    places = ["Vĩnh Linh", "Ân", "Đakrông", "Ái Tử", "Ăn", "Cam Lộ", "Đông Hà", "Đông Lễ", "Gio Linh"]

    assert sorted(places, key=order_key) == [
        "Ái Tử", "Ăn", "Ân", "Cam Lộ", "Đakrông", "Đông Hà", "Đông Lễ", "Gio Linh", "Vĩnh Linh",
    ]  # fmt: skip


def test_tones_decide_only_between_equal_letters() -> None:
    assert sorted(["mạ", "mã", "má", "mà", "ma", "mả", "mac"], key=order_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mac",
    ]  # fmt: skip


def test_full_width_digits_are_digits() -> None:
    assert plain_digits(" ４７ ２8５") == "47285"


def test_a_code_read_aloud_is_forgiven_its_look_alikes() -> None:
    assert plain_code("pa-7k3m o9il") == "PA7K3M0911"
