"""Small pictures: whatever was sent, what is kept is small, upright and nothing but what one sees."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from feedback_service.core.errors import Refused
from feedback_service.web.pictures import UPLOAD_BYTES, Frame, small

LOGO, PORTRAIT = Frame(480, 240, least=48), Frame(240, 320, least=120, is_filled=True)


def sent(picture: Image.Image, kind: str, **more: object) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **more)
    return target.getvalue()


def kept(content: bytes, frame: Frame) -> Image.Image:
    small_one = small(content, frame)
    assert len(small_one) <= frame.most_bytes
    with Image.open(BytesIO(small_one)) as picture:
        assert (picture.format, dict(picture.getexif())) == ("WEBP", {})
        return picture.copy()


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, Random(1).randbytes(size[0] * size[1] * 3))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "frame", "expected"),
    [
        ((1200, 400), LOGO, (480, 160)),
        ((300, 300), LOGO, (240, 240)),
        ((100, 60), LOGO, (100, 60)),
        ((1500, 2000), PORTRAIT, (240, 320)),
        ((900, 600), PORTRAIT, (240, 320)),
    ],
)
def test_a_picture_is_fitted_to_its_frame(
    kind: str, size: tuple[int, int], frame: Frame, expected: tuple[int, int]
) -> None:
    assert kept(sent(Image.new("RGB", size, "teal"), kind), frame).size == expected


def test_the_worst_picture_keeps_to_its_bytes() -> None:
    assert kept(sent(noise((480, 240)), "PNG"), LOGO).size[0] >= 200


def test_a_logo_without_ground_stays_without() -> None:
    mark = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    mark.paste((0, 90, 90, 255), (50, 20, 150, 80))

    assert kept(sent(mark, "PNG"), LOGO).getpixel((5, 5)) == (0, 0, 0, 0)


def test_what_the_telephone_noted_is_gone_and_the_picture_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telephone of somebody"
    lying = Image.new("RGB", (400, 300), "white")
    lying.paste("black", (0, 0, 200, 300))

    upright = kept(sent(lying, "JPEG", exif=exif), Frame(480, 480, least=48))

    assert upright.size == (300, 400)
    assert [upright.convert("1").getpixel((150, height)) for height in (50, 350)] == [0, 255]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg onload=alert(1)>", "cannot be read"),
        (b"\xff\xd8broken", "cannot be read"),
        (sent(Image.new("RGB", (400, 20)), "PNG"), "too small"),
        (sent(Image.new("RGB", (64, 64)), "GIF"), "cannot be read"),
        (bytes(UPLOAD_BYTES + 1), "10 MB"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        small(content, LOGO)
