"""Closing the results of a quarter, once: what comes later changes nothing that was published."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.period import local_day
from feedback_service.db import insert_once
from feedback_service.notices.service import Job
from feedback_service.reports.models import PublicationEdition
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.editions import EDITIONS, closed, current, open_quarters, written
from feedback_service.reports.queries.places import places
from feedback_service.settings import Settings


def close(session: Session, _settings: Settings, now: datetime) -> None:
    """Close every quarter that may be published, has ratings, and is not closed yet."""
    units, known = frozenset(places(session).by_id), tallies.versions(session)
    for period in open_quarters(local_day(now)):
        if closed(session, period):
            continue
        found = current(session, units, period, known)
        row = {"period_key": period.key, "closed_at": now, "cells": written(found)}
        if found.cells and insert_once(session, PublicationEdition, [row], key=PublicationEdition.period_key):
            digest = EDITIONS.digest(session, period.key)
            note(session, Act("publication_edition.closed", "system", (EDITIONS.kind, period.key), digest), now=now)


JOBS = (Job("results.close", time(0, 20), close),)
