"""A citizen at the portal without JavaScript: opens the form, reads the code, sends."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

from flask import Flask
from PIL import Image
from werkzeug.datastructures import MultiDict

from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, digits_of
from feedback_service.core.clock import FixedClock
from feedback_service.web.context import EXTENSION, Platform
from tests.pages import Page, PageClient
from tests.suggestions.box import WAITED

ADDRESS = "/suggestions/new"


class Citizen:
    """One browser of a citizen; the clock moves by the seconds that a person needs to read."""

    def __init__(self, app: Flask, clock: FixedClock) -> None:
        self.app = app
        self.clock = clock
        self.pages = PageClient(app.test_client())
        self.noted = ""

    @property
    def platform(self) -> Platform:
        """The running platform."""
        found: Platform = self.app.extensions[EXTENSION]
        return found

    def code_of(self, page: Page) -> str:
        """Read the digits of the picture."""
        signer = self.platform.signer(PURPOSE)
        facts, _ = signer.read(page.form("main form")["form_token"], now=self.clock.now(), life=LIFE)
        return digits_of(self.platform.settings.lasting_key, str(facts["nonce"]))

    def fill(self, page: Page, **fields: object) -> dict[str, object]:
        """Return the form of a page, filled in, with the code read from the picture."""
        self.clock.move(timedelta(seconds=5))
        filled = {"kind": "report", "text": WAITED, "challenge_answer": self.code_of(page), **fields}
        sent: dict[str, object] = {**page.form(), **filled}
        sent.pop("files", None)
        return sent | ({"files": fields["files"]} if "files" in fields else {})

    def write(self, *, status: int = 200, **fields: object) -> Page:
        """Open the form, fill it in and send it."""
        page = self.pages.get(ADDRESS)
        return self.send(self.fill(page, **fields), status=status)

    def send(self, fields: Mapping[str, object], *, status: int = 200) -> Page:
        """Send a form that was filled in; a value of None is not sent."""
        data = MultiDict[str, object]()
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    data.add(name, one)
        response = self.pages.client.post("/suggestions", data=data, follow_redirects=True)
        return self.pages._page(response, status)

    def code(self, receipt: Page) -> str:
        """Return the tracking code that a receipt shows."""
        return "".join(receipt.texts(".spoken-code span"))

    def finish(self, receipt: Page) -> Page:
        """Say that the code is noted."""
        self.noted = self.code(receipt)
        return self.pages.send(receipt, {"noted": "y"})

    def look(self) -> Page:
        """Open the suggestion whose code was noted, entering the code again when that is asked for."""
        page = self.pages.get("/suggestions/track")
        return self.enter(self.noted) if page.all("#code") else page

    def enter(self, code: str, *, status: int = 200) -> Page:
        """Enter a tracking code."""
        page = self.pages.get("/suggestions/track")
        if page.all("#code"):
            return self.pages.send(page, {"code": code}, status=status)
        self.pages.post("/suggestions/track/end", {"csrf_token": page.form("aside form")["csrf_token"]})
        return self.enter(code, status=status)


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **more: object) -> BytesIO:
    """Return a picture as a telephone would send it."""
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **more)
    target.seek(0)
    return target
