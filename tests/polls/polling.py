"""A polling place for tests: one ward, one open poll, and citizens who can read the code."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from altcha import Challenge, Payload, Solution
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from werkzeug.test import TestResponse

from feedback_service.audit.queries import findings
from feedback_service.challenges.drawing.work import answer_of, derived_key
from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, Ladder, Proof, digits_of
from feedback_service.core.clock import FixedClock
from feedback_service.core.tokens import Signer
from feedback_service.polls import queries, service
from feedback_service.polls.models import PollTally, Vote, VoteChoice
from feedback_service.polls.queries import WITNESSES, PollRow
from feedback_service.polls.rules import Draft, Kind, ResultsShown, Status, Words
from feedback_service.units.models import Unit
from feedback_service.web.context import EXTENSION, Platform
from tests.conftest import OPENING, SECRET
from tests.pages import plain, read

READING = timedelta(seconds=5)
"""How long a citizen looks at the page before answering."""
CITY = Draft(
    slug="chuyen-muc-dang",
    unit_id=1,
    question=Words("Bạn đánh giá thế nào về trang thông tin Chuyên mục Đảng?", "How do you rate the column?"),
    note=Words(""),
    options=(Words("Rất tốt"), Words("Tốt"), Words("Bình thường"), Words("Chưa tốt")),
    kind=Kind.SINGLE,
    most_choices=1,
    opens_at=OPENING - timedelta(days=1),
    closes_at=OPENING + timedelta(days=10),
    ladder=Ladder.CODE_AND_WORK,
    results_shown=ResultsShown.ALWAYS,
)
HOURS = replace(
    CITY,
    slug="gio-phuc-vu",
    question=Words("Ông/Bà muốn phục vụ thêm vào giờ nào?"),
    options=(Words("Buổi trưa"), Words("Buổi tối"), Words("Sáng thứ Bảy")),
    kind=Kind.MULTIPLE,
    most_choices=2,
)


@dataclass(frozen=True)
class PollingPlace:
    """The application with one ward; polls are opened as the test needs them."""

    app: Flask
    clock: FixedClock
    unit_id: int

    @property
    def platform(self) -> Platform:
        """What the application stands on."""
        platform: Platform = self.app.extensions[EXTENSION]
        return platform

    def open(self, draft: Draft = CITY, *, until: Status = Status.OPEN, **changes: Any) -> PollRow:
        """Write a poll down and move it as far as `until`; return it as it then stands."""
        draft = replace(draft, **changes, unit_id=self.unit_id)
        steps = [Status.OPEN, Status.CLOSED, Status.ARCHIVED]
        with self.platform.transaction() as session:
            poll_id = service.create(session, draft, by="system", now=self.clock.now())
        for step in steps[: steps.index(until) + 1] if until is not Status.DRAFT else []:
            with self.platform.transaction() as session:
                service.move(session, self.read(session, poll_id), step, by="system", now=self.clock.now())
        return self.poll(poll_id)

    def poll(self, poll_id: int) -> PollRow:
        """Return a poll as it stands now."""
        with self.platform.reading() as session:
            return self.read(session, poll_id)

    def read(self, session: Any, poll_id: int) -> PollRow:
        """Return a poll within a session."""
        found = queries.by_id(session, poll_id, scope=[self.unit_id], now=self.clock.now())
        assert found
        return found

    def citizen(self, address: str = "127.0.0.1") -> "Citizen":
        """Return somebody who has never been here, at a network address."""
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Citizen(self, client)

    def votes(self) -> int:
        """Count the rows of votes."""
        with self.platform.reading() as session:
            return session.execute(select(func.count()).select_from(Vote)).scalar_one()

    def choices(self) -> list[int]:
        """Return the chosen options, one for each row."""
        with self.platform.reading() as session:
            return sorted(session.execute(select(VoteChoice.option_id)).scalars())

    def tally(self) -> dict[tuple[int, str], int]:
        """Return what is kept of all polls together, by option and tier."""
        with self.platform.reading() as session:
            rows = session.execute(select(PollTally.option_id, PollTally.tier, PollTally.count))
            return {(option_id, tier): count for option_id, tier, count in rows}

    def broken(self) -> list[str]:
        """Return what the ledger finds wrong with polls and votes."""
        with self.platform.database.inspecting() as session:
            return [f"{found.subject_kind} {found.problem}" for found in findings(session, WITNESSES)]

    def nonce(self, token: str) -> str:
        """Return the name of the challenge behind a token."""
        facts, _ = Signer(SECRET, PURPOSE).read(token, now=self.clock.now(), life=LIFE)
        return str(facts["nonce"])

    def code(self, token: str) -> str:
        """Return what the picture of a token shows."""
        return digits_of(SECRET, self.nonce(token))


@dataclass
class Citizen:
    """Somebody with a browser without JavaScript, who reads the picture well; `fields` are those of the open page."""

    place: PollingPlace
    client: FlaskClient
    fields: dict[str, Any] = field(default_factory=dict)
    work_at: str = ""
    """Where the open page finds its work."""

    @property
    def asked(self) -> str:
        """The work that the open page asks for, as JSON."""
        return self.client.get(self.work_at).text

    def look_at(self, poll: PollRow, *, base: str = "") -> "Citizen":
        """Open the page of a poll and read it."""
        self.keep(self.client.get(f"{base}/polls/{poll.slug}"))
        self.place.clock.move(READING)
        return self

    def keep(self, response: TestResponse) -> None:
        """Take the fields of the form that a page shows, with the code of its picture."""
        form = next(form for form in read(response.text).forms if form.get("action", "").endswith("/votes"))
        self.fields = {name: value for name, value in form.form_values() if name != "option"}
        self.fields["challenge_answer"] = self.place.code(self.fields["form_token"])
        self.work_at = form.cssselect("[data-work]")[0].get("data-work") or ""

    def send(self, poll: PollRow, option: object = None, *, base: str = "", **changed: object) -> TestResponse:
        """Send the form of the open page with an option, several, or none; other fields may be changed, or dropped."""
        chosen = {} if option is None else {"option": option}
        sent = {name: value for name, value in {**self.fields, **chosen, **changed}.items() if value is not None}
        return self.client.post(f"{base}/polls/{poll.slug}/votes", data=sent)

    def vote(self, poll: PollRow, option: object) -> TestResponse:
        """Look at a poll and vote."""
        return self.look_at(poll).send(poll, option)

    def long_work(self, poll: PollRow) -> dict[str, str]:
        """Ask for work in place of the code, as the script of the page does, and return the answer."""
        body = {"form": f"poll:{poll.slug}", "long_work": True}
        answer: dict[str, str] = self.client.post("/challenges", json=body).get_json()
        self.place.clock.move(READING)
        return answer


def solved(asked: str, **changed: object) -> str:
    """Return what a browser sends when it has found the number, which whoever knows the secret need not look for.

    Parameters of the work may be changed first.
    """
    work = json.loads(asked)
    answer = answer_of(SECRET, work["parameters"]["nonce"], Proof(work["parameters"]["data"]["proof"]))
    work["parameters"].update(changed)
    challenge = Challenge.from_dict(work)
    key = derived_key(challenge.parameters, answer)
    return Payload(challenge, Solution(answer, key.hex())).to_base64()


def settle(app: Flask, clock: FixedClock) -> PollingPlace:
    """Build the polling place."""
    platform: Platform = app.extensions[EXTENSION]
    facts = {"code": "19333", "name": "Phường Đông Hà", "folded_name": "phuong dong ha", "kind": "ward"}
    with platform.transaction() as session:
        unit_id = session.execute(insert(Unit).values(**facts).returning(Unit.id)).scalar_one()
    return PollingPlace(app, clock, unit_id)


def shown_options(response: TestResponse) -> list[int]:
    """Return the options that a page shows as chosen."""
    return [int(box.get("value") or 0) for box in read(response.text).cssselect("input[name=option][checked]")]


def words(response: TestResponse, selector: str) -> list[str]:
    """Return what the elements of a page say."""
    return [plain(element) for element in read(response.text).cssselect(selector)]
