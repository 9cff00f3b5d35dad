"""Structured logs for operators. What a learner wrote is never an argument of a log call; a test greps for it."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog

_QUIET = (
    "httpx2",
    "httpcore2",
    "anthropic",
    "slack_sdk",
    "slack_bolt",
    "discord",
    "aiosqlite",
    "uvicorn.access",
    "sse_starlette",
)
"""Loggers whose DEBUG lines would print request bodies, and with them people's words."""


def configure_logs(level: str, style: str, stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's loggers to one stream (stderr), as JSON or for reading."""
    logging.basicConfig(level=level.upper(), stream=stream or sys.stderr, format="%(message)s", force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    )
    logging.getLogger().handlers[0].setFormatter(formatter)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLogger().level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
