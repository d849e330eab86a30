"""One JSON line per event: fields, no names, no texts, no codes, no addresses."""

import logging
import sys
from typing import cast

import structlog
from structlog.tracebacks import ExceptionDictTransformer


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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def logger() -> structlog.stdlib.BoundLogger:
    """Return the log of this service."""
    return cast("structlog.stdlib.BoundLogger", structlog.get_logger())
