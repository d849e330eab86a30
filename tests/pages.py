"""What every page promises, checked on each page that a test opens."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from flask.testing import FlaskClient
from lxml import html
from lxml.html import FormElement, HtmlElement
from werkzeug.test import TestResponse

CONTROLS = "input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea"
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors")
SPOKEN = ("aria-label", "title")


@dataclass(frozen=True)
class Page:
    """One answer that a citizen or officer sees."""

    address: str
    status: int
    headers: Mapping[str, str]
    tree: HtmlElement

    @property
    def heading(self) -> str:
        """The words of the one h1."""
        return self.text("h1")

    def text(self, selector: str = "body") -> str:
        """Return the words of the first element found, white space made plain; fails when there is none."""
        found = self.all(selector)
        assert found, f"{self.address} has no {selector}"
        return plain(found[0])

    def texts(self, selector: str) -> list[str]:
        """Return the words of every element found."""
        return [plain(element) for element in self.all(selector)]

    def all(self, selector: str) -> list[HtmlElement]:
        """Return every element found."""
        return self.tree.cssselect(selector)

    def form(self, selector: str = "main form") -> dict[str, str]:
        """Return the fields of the first form as a browser would send them untouched."""
        return {name: str(value) for name, value in self._form(selector).form_values()}

    def action(self, selector: str = "main form") -> str:
        """Return where that form is sent."""
        return str(self._form(selector).get("action") or self.address)

    def _form(self, selector: str) -> FormElement:
        found = [element for element in self.all(selector) if isinstance(element, FormElement)]
        assert found, f"{self.address} has no form {selector}"
        return found[0]


class PageClient:
    """A browser without JavaScript: opens pages, sends forms, and checks the promises of every page it gets."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, *, status: int = 200) -> Page:
        """Open a page, following redirections."""
        return self._page(self.client.get(address, follow_redirects=True), status)

    def post(self, address: str, fields: Mapping[str, object], *, status: int = 200) -> Page:
        """Send fields as a form and open what comes after."""
        return self._page(self.client.post(address, data=dict(fields), follow_redirects=True), status)

    def send(self, page: Page, fields: Mapping[str, object], *, selector: str = "main form", status: int = 200) -> Page:
        """Fill in the form of a page and send it with all its hidden fields."""
        return self.post(page.action(selector), {**page.form(selector), **fields}, status=status)

    def _page(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, f"{response.request.path}: {response.status}\n{response.text[:2000]}"
        assert response.mimetype == "text/html", f"{response.request.path} is {response.mimetype}"
        return checked(response.request.path, response.status_code, dict(response.headers), response.text)


def checked(address: str, status: int, headers: Mapping[str, str], text: str) -> Page:
    """Return the page after checking every promise; the failure lists all that is broken."""
    page = Page(address, status, headers, read(text))
    broken = [*broken_headers(headers), *broken_markup(page.tree)]
    assert not broken, f"{address}: " + "; ".join(broken)
    return page


def read(text: str) -> HtmlElement:
    """Return the elements of a page."""
    return html.document_fromstring(text)


def broken_headers(headers: Mapping[str, str]) -> Iterator[str]:
    """Yield what the headers of a page miss."""
    policy = headers.get("Content-Security-Policy", "")
    yield from (f"the policy lacks {rule}" for rule in POLICY if rule not in policy)
    if "unsafe-" in policy:
        yield "the policy allows unsafe things"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "no nosniff"
    if "Referrer-Policy" not in headers:
        yield "no Referrer-Policy"
    if "charset=utf-8" not in headers.get("Content-Type", "").lower():
        yield "no charset"


def broken_markup(tree: HtmlElement) -> Iterator[str]:
    """Yield every broken promise of the page's text."""
    if not plain(tree.find(".//title")):
        yield "no title"
    if len(tree.cssselect("h1")) != 1:
        yield f"{len(tree.cssselect('h1'))} h1"
    if tree.get("lang") not in ("vi", "en"):
        yield f"lang is {tree.get('lang')}"
    yield from _broken_headings(tree)
    yield from _broken_references(tree)
    yield from _broken_words(tree)
    yield from _inline(tree)


def plain(element: HtmlElement | None) -> str:
    """Return the words of an element with single spaces."""
    return "" if element is None else re.sub(r"\s+", " ", element.text_content()).strip()


def _broken_headings(tree: HtmlElement) -> Iterator[str]:
    levels = [int(str(element.tag)[1]) for element in tree.cssselect("h1, h2, h3, h4, h5, h6")]
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"h{below} follows h{above}"


def _broken_references(tree: HtmlElement) -> Iterator[str]:
    ids: Counter[str] = Counter(tree.xpath("//@id"))
    yield from (f"id {name} stands {number} times" for name, number in ids.items() if number > 1)
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"):
        for value in tree.xpath(f"//@{attribute}"):
            yield from (f"{attribute} names {name}, which is not there" for name in value.split() if name not in ids)


def _broken_words(tree: HtmlElement) -> Iterator[str]:
    labelled = set(tree.xpath("//label/@for"))
    for control in tree.cssselect(CONTROLS):
        inside = next(control.iterancestors("label"), None) is not None
        if not (inside or control.get("id") in labelled or _is_spoken(control)):
            yield f"the control {control.get('name')} has no label"
    for element in tree.cssselect("a[href], button"):
        if not (plain(element) or _is_spoken(element) or element.cssselect("img[alt], svg [title], svg title")):
            yield f"a {element.tag!s} without words: {element.get('href') or element.get('class')}"
    yield from (f"a picture without alt: {image.get('src')}" for image in tree.cssselect("img:not([alt])"))


def _is_spoken(element: HtmlElement) -> bool:
    return any(element.get(name) for name in (*SPOKEN, "aria-labelledby"))


def _inline(tree: HtmlElement) -> Iterator[str]:
    if tree.cssselect("style, [style], script:not([src])"):
        yield "an inline style or script"
    yield from (f"an inline handler {name}" for name in tree.xpath("//@*[starts-with(name(), 'on')]"))
