"""One JSON line per event: fields, no names, no texts, no codes, no addresses."""

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog
from structlog.tracebacks import ExceptionDictTransformer


class Unfailing:
    """Standard error, whose full disk must not turn an answer into a fault."""

    def write(self, words: str) -> None:
        """Write what can be written."""
        with suppress(OSError):
            sys.stderr.write(words)

    def flush(self) -> None:
        """Do nothing: standard error keeps nothing back."""


def configure() -> None:
    """Write events as JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", Unfailing())),
        cache_logger_on_first_use=True,
    )


def logger() -> structlog.stdlib.BoundLogger:
    """Return the log of this service."""
    return cast("structlog.stdlib.BoundLogger", structlog.get_logger())
