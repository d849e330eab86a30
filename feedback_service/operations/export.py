"""Figures for Prometheus: measured at every answer, and how the office stands at this moment."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, g, request

from feedback_service.operations.queries.gauges import gauges
from feedback_service.web.context import Platform

if TYPE_CHECKING:
    from prometheus_client.core import Metric

SHARED = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "feedback_"
BOUNDS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Meter:
    """Measures every answer of this process, and tells how the office stands when it is asked."""

    def __init__(self, running: Platform) -> None:
        """Begin with nothing measured."""
        from prometheus_client import CollectorRegistry, Histogram  # loaded only where somebody measures

        self._running = running
        self._own = CollectorRegistry()
        self._answers = Histogram(
            f"{PREFIX}answer_seconds",
            "Time to answer, by route, method and status",
            ("route", "method", "status"),
            registry=self._own,
            buckets=BOUNDS_SECONDS,
        )

    def begin(self) -> None:
        """Look at the clock before a request is answered."""
        g.measured_from = self._running.clock.monotonic()

    def finish(self, response: Response) -> Response:
        """Count an answer; a request to no route at all counts as one of "none", so that nobody can invent routes."""
        began: float | None = g.pop("measured_from", None)
        if began is not None:
            told = self._answers.labels(request.endpoint or "none", request.method, response.status_code)
            told.observe(self._running.clock.monotonic() - began)
        return response

    def page(self) -> bytes:
        """Return everything in the text format of Prometheus, of all processes together."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self._own
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        standing = CollectorRegistry()
        standing.register(_Standing(self._running))
        return generate_latest(registry) + generate_latest(standing)


class _Standing:
    """How the office stands, as a collector of the library."""

    def __init__(self, running: Platform) -> None:
        self._running = running

    def collect(self) -> "Iterator[Metric]":
        """Yield one family for each kind of number."""
        from prometheus_client.core import GaugeMetricFamily

        settings = self._running.settings
        families: dict[str, GaugeMetricFamily] = {}
        known = gauges(
            self._running.database, data_dir=settings.data_dir, backups=settings.backups, now=self._running.clock.now()
        )
        for gauge in known:
            labels = ("state",) if gauge.label else ()
            family = families.setdefault(
                gauge.name, GaugeMetricFamily(PREFIX + gauge.name, gauge.meaning, labels=labels)
            )
            family.add_metric([gauge.label] if gauge.label else [], gauge.value)
        yield from families.values()


def share_figures(data_dir: Path) -> None:
    """Let several processes add up their figures: call it once, before any of them starts."""
    folder = data_dir / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ[SHARED] = str(folder)
