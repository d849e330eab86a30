"""How other pages show a poll: lines to copy, and what oEmbed tells programs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as ET

from feedback_service.polls.queries import PollRow

WIDTH, HEAD_HEIGHT, OPTION_HEIGHT = 640, 640, 68
LEAST_WIDTH, LEAST_HEIGHT = 280, 240
CACHED_SECONDS = 3600
Facts = Mapping[str, str | int]


@dataclass(frozen=True)
class Snippet:
    """Lines that a portal copies into its page; `name` and `hint` are message ids."""

    id: str
    name: str
    hint: str
    text: str


def snippets(poll: PollRow, base_url: str) -> tuple[Snippet, ...]:
    """Return every way to show or link a poll, the best one first."""
    element = f'<script src="{base_url}/embed.js" async></script>\n<feedback-poll slug="{poll.slug}"></feedback-poll>'
    link = f'<a href="{base_url}/polls/{poll.slug}">{escape(poll.question.vi)}</a>'
    return (
        Snippet("element", "Script and element (recommended)", "The frame takes the height that it needs.", element),
        Snippet("frame", "Frame alone", "For portals that allow no script of others.", frame(poll, base_url)),
        Snippet(
            "oembed", "oEmbed", "For editors that understand oEmbed: paste this address.", _address(poll, base_url)
        ),
        Snippet("link", "Plain link", "Works everywhere; the poll opens on the portal of the office.", link),
    )


def frame(poll: PollRow, base_url: str, *, width: str = "100%", height: int | None = None) -> str:
    """Return the frame as HTML."""
    source, title = f"{base_url}/embed/polls/{poll.slug}", escape(poll.question.vi)
    size = f'width="{width}" height="{height or _height(poll)}"'
    return f'<iframe src="{source}" title="{title}" {size} loading="lazy" style="border:0"></iframe>'


def oembed(poll: PollRow, base_url: str, *, provider: str, most: tuple[int | None, ...]) -> Facts:
    """Return what oEmbed 1.0 tells about a poll; `most` limits width and height in pixels."""
    width, height = (
        max(least, min(usual, limit or usual))
        for usual, least, limit in zip((WIDTH, _height(poll)), (LEAST_WIDTH, LEAST_HEIGHT), most, strict=True)
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": poll.question.vi,
        "provider_name": provider,
        "provider_url": base_url,
        "cache_age": CACHED_SECONDS,
        "width": width,
        "height": height,
        "html": frame(poll, base_url, width=str(width), height=height),
    }


def _as_json(facts: Facts) -> str:
    return json.dumps(facts, ensure_ascii=False)


def _as_xml(facts: Facts) -> bytes:
    root = ET.Element("oembed")
    for name, value in facts.items():
        ET.SubElement(root, name).text = str(value)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


OEMBED_FORMATS: Mapping[str, tuple[Callable[[Facts], str | bytes], str]] = {
    "json": (_as_json, "application/json"),
    "xml": (_as_xml, "text/xml"),
}


def _address(poll: PollRow, base_url: str) -> str:
    return f"{base_url}/polls/{poll.slug}"


def _height(poll: PollRow) -> int:
    return HEAD_HEIGHT + OPTION_HEIGHT * len(poll.options)
