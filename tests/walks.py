"""Walking through the pages as a person would, link by link, and looking hard at each kind of page."""

from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from lxml.html import HtmlElement
from playwright.sync_api import ConsoleMessage, Page, ViewportSize
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.accessibility import barriers
from tests.pages import broken_headers, broken_markup, read

WIDE: ViewportSize = {"width": 1366, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
ENOUGH = 2
"""How many pages of one kind are opened; the second is looked at when it is made of something that the first is not."""


class Walk:
    """One walk: what was seen, and what was wrong, by address."""

    def __init__(self, page: Page, app: Flask, url: str, *, looks: bool = True) -> None:
        """Begin a walk; without `looks` it only finds out where links lead."""
        self.faults: list[str] = []
        self.seen: Counter[str] = Counter()
        self._page = page
        self._url = url
        self._looks = looks
        self._made_of: dict[str, set[tuple[object, ...]]] = {}
        self._routes = app.url_map.bind(urlsplit(url).netloc)
        page.emulate_media(reduced_motion="reduce")  # what still fades in has no colour to judge
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))

    def through(self, *starts: str) -> None:
        """Follow every link from the starting addresses, a few of each kind."""
        waiting, known = list(starts), set(starts)
        while waiting:
            address = waiting.pop(0)
            endpoint = self._endpoint(address)
            if endpoint is None or self.seen[endpoint] >= ENOUGH:
                continue
            self.seen[endpoint] += 1
            links = [link for link in self._look_at(address, endpoint) if link not in known]
            known.update(links)
            waiting += links

    def _look_at(self, address: str, endpoint: str) -> list[str]:
        answer = self._page.request.get(self._url + address)
        if answer.status != 200:
            self.faults.append(f"{address}: {answer.status}")
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return []
        tree = read(answer.text())
        if self._looks:
            headers = {name.title(): value for name, value in answer.headers.items()}
            found = [*broken_headers(headers), *broken_markup(tree)]
            found += self._seen_by_eye(address) if self._is_new(tree, endpoint) else []
            self.faults += [f"{address}: {fault}" for fault in found]
        return self._links(address, tree)

    def _is_new(self, tree: HtmlElement, endpoint: str) -> bool:
        parts = {(part.tag, part.get("class"), part.get("role"), part.get("type")) for part in tree.iter()}
        known = self._made_of.setdefault(endpoint, set())
        is_new = not parts <= known
        known |= parts
        return is_new

    def _seen_by_eye(self, address: str) -> list[str]:
        self._page.set_viewport_size(WIDE)
        self._page.goto(self._url + address)
        found = barriers(self._page)
        self._page.set_viewport_size(NARROW)
        wide = self._page.evaluate("document.documentElement.scrollWidth")
        return [*found, f"{wide} px wide on a narrow telephone"] if wide > NARROW["width"] else found

    def _links(self, address: str, tree: HtmlElement) -> list[str]:
        here = self._url + address
        whole = [urldefrag(urljoin(here, str(link.get("href")))).url for link in tree.cssselect("a[href]")]
        return list(dict.fromkeys(link.removeprefix(self._url) for link in whole if link.startswith(self._url + "/")))

    def _endpoint(self, address: str) -> str | None:
        parts = urlsplit(address)
        try:
            endpoint: str = self._routes.match(parts.path, method="GET")[0]
        except RequestRedirect:
            return f"redirect {parts.path}"
        except HTTPException:
            self.faults.append(f"{address} leads nowhere")
            return None
        return endpoint

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{self._page.url}: {message.text}")
