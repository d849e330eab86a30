"""Draws the digits of a challenge: easy for people, for strength lies elsewhere (docs/decisions, the challenge)."""

from io import BytesIO

from captcha.image import ImageCaptcha
from PIL import Image

WIDTH, HEIGHT = 220, 80
MARGIN = 12
"""Keeps the outer digits off the frame of the picture."""
INK = (27, 51, 58, 255)
PAPER = (255, 253, 248)
COLOURS = 16


class _Legible(ImageCaptcha):
    """The picture of the `captcha` package with digits as dark as their ink, gently turned, hardly overlapping."""

    lookup_table = [min(255, level * 6) for level in range(256)]  # noqa: RUF012  # the package names it so
    character_rotate = (-22, 22)
    word_offset_dx = 0.08
    word_space_probability = 0.7


class Drawer:
    """Draws pictures; holds the font, about 10 ms of one processor for each picture."""

    def __init__(self) -> None:
        """Prepare the font sizes."""
        self._captcha = _Legible(WIDTH - 2 * MARGIN, HEIGHT, font_sizes=(56, 60, 64))

    def picture(self, digits: str) -> bytes:
        """Return a PNG of about 3 kB that shows `digits` and says nothing else."""
        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        image.paste(self._captcha.generate_image(digits, bg_color=PAPER, fg_color=INK), (MARGIN, 0))
        content = BytesIO()
        image.quantize(COLOURS).save(content, "png", optimize=True)
        return content.getvalue()
