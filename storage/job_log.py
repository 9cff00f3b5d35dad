"""What the log says of a failed job: where it failed and with what kind of error.

An error's text may quote a reply (a validation error shows its input), and no reply text is logged, ever. The one text
that is logged is a platform's refusal: adapters make it of their own tables, for an operator to act on.
"""

from __future__ import annotations

import traceback
from pathlib import PurePath

import structlog

from drills.errors import CannotReach
from drills.ports import Job

_FRAMES = 3


def log_failure(job: Job, error: Exception, failures: int) -> None:
    says = {"says": str(error)} if isinstance(error, CannotReach) else {}
    _about(job).error("job failed", failures=failures, error=_kinds(error), where=_where(error), **says)


def log_given_up(job: Job, failures: int) -> None:
    _about(job).error("job given up until the next sweep", failures=failures)


def _about(job: Job) -> structlog.typing.FilteringBoundLogger:
    log: structlog.typing.FilteringBoundLogger = structlog.get_logger("readback.jobs")
    return log.bind(job=job.kind, workspace=str(job.workspace), key=job.key)


def _kinds(error: BaseException) -> list[str]:
    """The error's class, and those of its causes."""
    cause = error.__cause__ or error.__context__
    return [type(error).__name__, *(_kinds(cause) if cause else [])]


def _where(error: Exception) -> list[str]:
    """The innermost frames as file:line function: code only, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
