"""Headers, cookies and what may be kept, over every route and every kind of answer (ASVS 5.0, 3.3, 3.4, 4.1, 14.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from feedback_service.web.security import BODY_LIMIT_BYTES
from tests.attacks.siege import Door, Siege, besiege
from tests.databases import Databases

pytestmark = pytest.mark.xdist_group("headers")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
}
OURS = ("script", "style", "media", "font", "connect", "worker", "manifest")
POLICY = {
    **{f"{kind}-src": "'self'" for kind in OURS},
    **dict.fromkeys(("default-src", "base-uri", "object-src", "frame-ancestors"), "'none'"),
    "img-src": "'self' data:",
    "form-action": "'self'",
}
"""Both as docs/security.md says, not as the source does."""
SHARED = frozenset(
    {
        "polls_public.embed_script",
        "polls_public.embedded",
        "polls_public.embedded_results",
        "polls_public.cast_embedded",
    }
)
"""What pages of other sites load from us: no cookie, and framed by the portals of the poll."""
KEPT = frozenset({"units_public.logo", "kiosks_api.sound", "kiosks_api.photo", "kiosks_api.configuration"})
KEPT |= {"static", "kiosk", "polls_public.embed_script", "suggestions_public.feed"}
"""What browsers may keep: files that are the same for everybody, and what tablets ask for again and again."""
TELLING = ("server", "x-powered-by", "access-control-")
"""Headers that tell how we are built, or let pages of other sites read ours."""
CLOSED = {"default-src": "'none'", "sandbox": ""}
"""What may run in files that people save: nothing."""
WITHOUT_PREFIX = ("voted-", "receipt-", "lang")
"""Cookies that say nothing of anybody: that a browser voted, below /polls alone, and its language."""
TRACES = re.compile(r"Traceback|sqlalchemy|werkzeug|psycopg|\.py\b|secret detail", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came back from a door, and how it was knocked at."""

    door: Door
    how: str
    response: TestResponse

    def __str__(self) -> str:
        """The door, how, and the status."""
        return f"{self.door.method} {self.door.address} {self.how}: {self.response.status_code}"

    @property
    def is_file(self) -> bool:
        """Whether the thing itself was given, not a refusal."""
        return self.response.status_code in (200, 304)

    def header(self, name: str) -> str:
        """Return a header, empty when it is not there."""
        return self.response.headers.get(name, "")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def tls(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Siege]:
    """An office behind TLS, as it stands in the open, once on each kind of database."""
    folder = tmp_path_factory.mktemp("behind")
    url = databases.demonstration(folder, request.param)
    behind = besiege(url, str(folder), FEEDBACK_BASE_URL="https://localhost")
    yield behind
    behind.platform.database.close()


@pytest.fixture(scope="module")
def answers(tls: Siege) -> list[Answer]:
    """What every door says to an administrator, another site, another method, too much, and when it fails."""
    return [Answer(door, how, answer) for door in tls.doors for how, answer in _knocked(tls, door)] + _failing(tls)


def _knocked(tls: Siege, door: Door) -> Iterator[tuple[str, TestResponse]]:
    fields = {"csrf_token": tls.token} if door.method == "POST" else None
    stranger = tls.app.test_client()
    yield "signed in", _asked(tls.staff, door.method, door.address, data=fields)
    yield "from another site", _asked(stranger, door.method, door.address, origin="https://evil.example")
    yield "by another method", _asked(stranger, "DELETE", door.address)
    if door.method == "POST":
        kind = "application/json" if door.address.startswith(("/api/", "/challenges")) else None
        yield "too much", _asked(stranger, "POST", door.address, data=b"x" * (BODY_LIMIT_BYTES + 1), content_type=kind)


def _failing(tls: Siege) -> list[Answer]:
    def broken(**_parts: object) -> str:
        raise ZeroDivisionError("secret detail")

    honest = dict(tls.app.view_functions)
    tls.app.view_functions.update(dict.fromkeys(honest, broken))
    with capture_logs():
        failed = [Answer(door, "in trouble", _asked_with_form(tls, door)) for door in tls.doors]
    tls.app.view_functions.update(honest)
    return failed


def _asked_with_form(tls: Siege, door: Door) -> TestResponse:
    return _asked(
        tls.staff, door.method, door.address, data={"csrf_token": tls.token} if door.method == "POST" else None
    )


def _asked(client: FlaskClient, method: str, address: str, *, origin: str = "", **sent: object) -> TestResponse:
    came_from = {"Referer": f"{origin or 'https://localhost'}/"} | ({"Origin": origin} if origin else {})
    answer = client.open(address, method=method, headers=came_from, **sent)  # type: ignore[arg-type]
    answer.close()
    return answer


def _cookies(answer: Answer) -> Iterator[tuple[str, dict[str, str]]]:
    for line in answer.response.headers.getlist("Set-Cookie"):
        for name, one in SimpleCookie(line).items():
            yield name, {key: str(value) for key, value in one.items() if value}


def test_every_kind_of_answer_was_seen(answers: list[Answer]) -> None:
    statuses = {answer.response.status_code for answer in answers}

    assert {200, 303, 400, 401, 403, 404, 405, 413, 422, 500} <= statuses
    assert len(answers) > 1000


def test_every_answer_has_its_headers(answers: list[Answer]) -> None:
    wrong = []
    for answer in answers:
        framed = answer.door.endpoint in SHARED and "'self'" in answer.header("Content-Security-Policy")
        for name, value in HEADERS.items():
            own = framed and name in ("X-Frame-Options", "Cross-Origin-Resource-Policy")
            tablet = answer.door.address == "/kiosk/" and name == "Permissions-Policy"
            if answer.header(name) != value and not own and not tablet:
                wrong.append(f"{answer}: {name} {answer.header(name)}")
        if not answer.header("Strict-Transport-Security").startswith("max-age=31536000"):
            wrong.append(f"{answer}: no HSTS")
        told = [name for name in dict(answer.response.headers) if name.lower().startswith(TELLING)]
        wrong += [f"{answer}: {told}"] if told else []

    assert wrong == []


def test_no_answer_may_run_what_is_not_ours(answers: list[Answer]) -> None:
    wrong = []
    for answer in answers:
        said = [part.strip().partition(" ") for part in answer.header("Content-Security-Policy").split(";")]
        told = {name: sources for name, _, sources in said}
        framed = answer.door.endpoint in SHARED and told.get("frame-ancestors", "").startswith("'self'")
        expected = {**POLICY, "frame-ancestors": told["frame-ancestors"]} if framed else dict(POLICY)
        if told not in (expected, {**expected, "sandbox": ""}, CLOSED):
            wrong.append(f"{answer}: {told}")

    assert wrong == []


def test_what_is_kept_is_the_same_for_everybody(answers: list[Answer]) -> None:
    wrong = []
    for answer in answers:
        caching = answer.header("Cache-Control")
        if answer.door.endpoint in KEPT and answer.is_file:
            is_right = "Set-Cookie" not in answer.response.headers or "public" not in caching
        else:
            is_right = caching == "no-store"
        wrong += [] if is_right else [f"{answer}: {caching}"]

    assert wrong == []


def test_every_cookie_is_for_this_host_alone_and_for_no_script(answers: list[Answer]) -> None:
    wrong, seen = [], set()
    for answer in answers:
        for name, told in _cookies(answer):
            seen.add(name)
            is_bound = name.startswith("__Host-") and told.get("path") == "/"
            is_safe = {"httponly", "secure"} <= set(told) and told.get("samesite") in ("Lax", "Strict")
            if not is_safe or "domain" in told or not (is_bound or name.startswith(WITHOUT_PREFIX)):
                wrong.append(f"{answer}: {name} {told}")
            if answer.door.address.startswith(("/api/", "/embed")):
                wrong.append(f"{answer}: a cookie where none speaks")

    assert wrong == []
    assert "__Host-form" in seen


def test_every_text_says_how_it_is_written(answers: list[Answer]) -> None:
    wrong = [
        f"{answer}: {answer.response.content_type}"
        for answer in answers
        if answer.response.data and (answer.response.mimetype or "").startswith("text/")
        if "charset=utf-8" not in (answer.response.content_type or "")
    ]
    bare = [str(answer) for answer in answers if answer.response.data and not answer.header("Content-Type")]

    assert (wrong, bare) == ([], [])


def test_no_refusal_tells_how_we_are_built(answers: list[Answer]) -> None:
    refusals = [answer for answer in answers if answer.response.status_code >= 400]

    assert [f"{answer} {found[0]}" for answer in refusals if (found := TRACES.search(answer.response.text))] == []
    assert [answer.response.status_code for answer in answers if answer.how == "in trouble"].count(500) > 250


def test_programs_are_refused_in_their_own_words(answers: list[Answer]) -> None:
    refusals = [one for one in answers if one.door.address.startswith("/api/") and one.response.status_code >= 400]

    assert {answer.response.mimetype for answer in refusals} == {"application/problem+json"}
