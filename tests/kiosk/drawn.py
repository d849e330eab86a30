"""Made-up pictures of an office for tests and for the guide: a logo, and somebody who serves at a counter."""

from io import BytesIO

from PIL import Image, ImageDraw

TEAL, PAPER, SKIN, HAIR, SHIRT = "#0b5d5e", "#fbf7ee", "#e3b48f", "#2b2420", "#dfe7ea"


def logo() -> bytes:
    """Return a river under the sun in a ring, on no ground."""
    picture = Image.new("RGBA", (960, 960), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((20, 20, 940, 940), fill=TEAL)
    draw.ellipse((70, 70, 890, 890), fill=PAPER)
    draw.ellipse((340, 200, 620, 480), fill="#c8912b")
    for height in (520, 620, 720):
        draw.arc((160, height - 130, 480, height + 130), 20, 160, fill=TEAL, width=44)
        draw.arc((470, height - 130, 800, height + 130), 20, 160, fill=TEAL, width=44)
    return _png(picture)


def portrait() -> bytes:
    """Return nobody in particular, in a white shirt."""
    picture = Image.new("RGB", (960, 1280), "#b9cfd3")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((250, 190, 710, 760), fill=HAIR)
    draw.rounded_rectangle((120, 900, 840, 1400), 230, fill=SHIRT)
    draw.rectangle((400, 740, 560, 960), fill=SKIN)
    draw.polygon(((400, 900), (480, 1010), (560, 900)), fill=SKIN)
    draw.ellipse((300, 290, 660, 800), fill=SKIN)
    draw.chord((280, 220, 680, 640), 190, 350, fill=HAIR)
    for eye in (400, 560):
        draw.ellipse((eye - 18, 520, eye + 18, 556), fill=HAIR)
    draw.arc((400, 560, 560, 700), 25, 155, fill="#9b4a3f", width=14)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
