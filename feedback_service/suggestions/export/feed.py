"""Published answers as an Atom feed (RFC 4287)."""

from collections.abc import Callable
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from feedback_service.suggestions.queries.publication import Answer

ATOM = "http://www.w3.org/2005/Atom"
register_namespace("", ATOM)


def atom(answers: tuple[Answer, ...], *, title: str, base_url: str, language: str, word: Callable[[str], str]) -> bytes:
    """Return the feed; a feed without an entry is as old as the calendar."""
    feed = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _put(feed, "id", f"{base_url}/answers")
    _put(feed, "title", title)
    _put(feed, "updated", max((answer.changed_at for answer in answers), default=_NEVER).isoformat())
    SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": f"{base_url}/answers.atom"})
    SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": f"{base_url}/answers"})
    for answer in answers:
        _entry(feed, answer, base_url, word)
    content: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _entry(feed: Element, answer: Answer, base_url: str, word: Callable[[str], str]) -> None:
    address = f"{base_url}/answers/{answer.id}"
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _put(entry, "id", address)
    _put(entry, "title", answer.title)
    _put(entry, "published", answer.published_at.isoformat())
    _put(entry, "updated", answer.changed_at.isoformat())
    _put(SubElement(entry, f"{{{ATOM}}}author"), "name", answer.unit_name)
    SubElement(entry, f"{{{ATOM}}}category", {"term": answer.kind, "label": word(answer.kind_name)})
    SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": address})
    _put(entry, "summary", answer.question)
    _put(entry, "content", answer.answer)


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = text


_NEVER = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
