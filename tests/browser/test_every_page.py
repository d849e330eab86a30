"""Every page that a link leads to keeps its promises: for a citizen, and for each role at the desk."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from feedback_service.accounts.rules.access import ACCESS, Audience, Grant
from feedback_service.accounts.rules.roles import Role
from feedback_service.app import create_app
from feedback_service.bundled import own
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION
from tests.databases import Databases
from tests.servers import Server
from tests.walks import Walk

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("walk")]
SIGN_INS = json.loads(own("operations/demo.json").read_text(encoding="utf-8"))
NAMES = [account["name"] for account in SIGN_INS["accounts"]]
UNLINKED = {
    *("static", "kiosk", "api_public.description"),
    *("challenges_public.picture", "challenges_public.sound", "challenges_public.work"),
    *(
        "api_public.security_contact",
        "kiosks_api.sound",
        "kiosks_api.photo",
        "reports_staff.download",
        "reports_staff.prepared_file",
        "units_public.logo",
    ),
    *("polls_public.embed_script", "polls_public.oembed", "polls_public.embedded", "polls_public.embedded_results"),
}
"""What no link leads to: parts of pages, the tablet, addresses that programs ask, a file that a form leads to."""

NOT_REACHED = {
    "notices_staff.target",
    "reports_staff.edit_inspection",
    "kiosks_staff.officer",
    "kiosks_staff.photo_removal",
    "units_staff.logo_removal",
    "polls_staff.preview",
    "questionnaires_staff.difference",
    "questionnaires_staff.draft",
    "questionnaires_staff.facts",
    "questionnaires_staff.new_question",
    "questionnaires_staff.question",
    "ratings_public.ballot",
    "ratings_public.scan",
    "ratings_public.survey",
    "ratings_public.thanks",
    "ratings_staff.code_file",
    "ratings_staff.mark",
    "ratings_staff.paper_batch",
    "ratings_staff.qr_codes",
    "reports_staff.box_minutes",
    "suggestions_public.own_attachment",
    "suggestions_public.receipt",
    "suggestions_public.slip_file",
    "suggestions_public.talk",
    "suggestions_staff.box_opening",
    "suggestions_staff.box_photo",
    "suggestions_staff.bulk",
    "suggestions_staff.file",
    "units_staff.counter",
}
"""Pages of records that the demonstration does not hold, or of the third unit; their features test them."""


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running office with the demo records."""
    folder = tmp_path_factory.mktemp("office")
    server = Server(folder, {"FEEDBACK_DATABASE_URL": databases.demonstration(folder)})
    server.start()
    yield server
    server.end()


@pytest.fixture(scope="module")
def routes(office: Server) -> Iterator[Flask]:
    """The application of that office, asked only for its routes."""
    app = create_app(Settings.from_environment(office.settings))
    yield app
    app.extensions[EXTENSION].database.close()


def test_every_page_of_the_portal_keeps_its_promises(office: Server, routes: Flask, page: Page) -> None:
    walk = Walk(page, routes, office.url)

    walk.through("/", "/api/v1/docs")

    assert not walk.faults, "\n".join(walk.faults)
    unseen = _pages(routes, Audience.PUBLIC) - set(walk.seen) - UNLINKED - NOT_REACHED
    assert not unseen, "\n".join(sorted(unseen))


def test_every_page_of_the_desk_keeps_its_promises(office: Server, routes: Flask, page: Page) -> None:
    walk = Walk(page, routes, office.url)
    _sign_in(page, office, NAMES[0])

    walk.through("/staff/")

    unseen = _pages(routes, Role.ADMINISTRATOR) - set(walk.seen) - UNLINKED - NOT_REACHED
    assert not walk.faults, "\n".join(walk.faults)
    assert not unseen, "\n".join(sorted(unseen))


@pytest.mark.parametrize("name", NAMES[1:])
def test_no_officer_is_led_to_a_page_that_is_closed_to_him(
    name: str, office: Server, routes: Flask, page: Page
) -> None:
    walk = Walk(page, routes, office.url, looks=False)
    _sign_in(page, office, name)

    walk.through("/staff/")

    assert not walk.faults, "\n".join(walk.faults)


def _sign_in(page: Page, office: Server, name: str) -> None:
    page.goto(f"{office.url}/staff/sign-in")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(SIGN_INS["password"])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def _pages(app: Flask, reader: Audience | Role) -> set[str]:
    """Return the endpoints that this reader may open."""
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {endpoint for endpoint in opened if reader in _readers(ACCESS[endpoint])}


def _readers(grant: Grant) -> frozenset[Audience | Role]:
    return frozenset({grant}) if isinstance(grant, Audience) else frozenset(grant)
