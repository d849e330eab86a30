"""The service with a hole in it, which the faults must find: `python -m tests.faults.holes NAME ...` runs it."""

import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from feedback_service.cli import main
from feedback_service.core.errors import Conflict
from feedback_service.core.ids import new_id
from feedback_service.db import Database
from feedback_service.ratings.api import tablets
from feedback_service.ratings.public import ballots
from feedback_service.ratings.public import sheet as sheets
from feedback_service.ratings.queries.ballots import BallotRow
from feedback_service.ratings.rules import Outcome, Sent, Tier, Verdict
from feedback_service.ratings.service import Arrival, balloting
from tests.house.sources import ROOT

HASTE_SECONDS = 0.5


def forgetful() -> None:
    """Every rating gets a new id when it comes in, so that none is recognised when it comes again."""
    read = tablets._sent

    def sent(raw: object) -> Sent:
        found = read(raw)
        return replace(found, given=replace(found.given, id=str(new_id()))) if found.given else found

    tablets._sent = sent


def hasty() -> None:
    """The yes is said before the disk was asked."""
    honest = Database.together

    def together(self: Database, work: Callable[..., Any], part: Any) -> Any:
        if not isinstance(part, Arrival):
            return honest(self, work, part)
        threading.Timer(HASTE_SECONDS, honest, (self, work, part)).start()
        return tuple(Verdict(one.given.id, Outcome.STORED) for one in part.sent if one.given)

    Database.together = together  # type: ignore[method-assign]  # the hole that is planted


def trusting() -> None:
    """Whether a ballot was used is looked up when a form comes in; nothing stands between that and the storing."""
    known, answered = ballots._known, sheets.answered

    def unused(session: Session, code: str) -> BallotRow:
        found = known(session, code)
        if request.method == "POST" and found.used_at is not None:
            raise Conflict(balloting.USED)
        return found

    def settled(claim: balloting.Claim, ballot: BallotRow, voices: Mapping[str, str]) -> balloting.Settled:
        return balloting.Settled(Tier.DOSSIER, ballot.dossier_hash, {}, None)

    def unconfirmed(sheet: sheets.Sheet, also: Callable[[Session, str], None]) -> Response | None:
        return answered(sheet, lambda *_: None)

    ballots._known = unused
    sheets.answered = unconfirmed
    balloting._settled = settled


HOLES: dict[str, Callable[[], None]] = {"forgetful": forgetful, "hasty": hasty, "trusting": trusting}


def planted(hole: str, folder: Path) -> Path:
    """Write a console script that serves with this hole, and return the folder that it stands in."""
    script = folder / "feedback-service"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m tests.faults.holes {hole} "$@"\n')
    script.chmod(0o700)
    return folder


if __name__ == "__main__":
    HOLES[sys.argv.pop(1)]()
    main()
