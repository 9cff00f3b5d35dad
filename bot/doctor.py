"""The doctor: looks at everything an installation needs and names what is missing, with what mends it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib.metadata import version
from platform import python_version

from adapters import Finding
from bot.judges import answer_from_canary, wants_anthropic
from bot.settings import Settings
from drills.catalog import SHIPPED, Library, drill_files, has_errors, lint_files
from drills.errors import OursToFix, ReadbackError
from storage.check import check


def examine(settings: Settings, *, ask_judge: bool = False) -> Iterator[Finding]:
    """Every finding, sound ones as well. Raises nothing: what goes wrong is a finding.

    With `ask_judge` the language model is asked one small made-up thing; else nobody is called.
    """
    yield Finding("program", True, f"Readback {version('readback')} on Python {python_version()}")
    yield _database(settings)
    yield _answer(settings) if ask_judge and wants_anthropic(settings) else _judge(settings)
    yield from _platforms(settings)
    yield _library()


def _database(settings: Settings) -> Finding:
    kind = "SQLite, one process" if settings.database_url.startswith("sqlite") else "PostgreSQL"
    try:
        faults = check(settings.database_url)
    except OursToFix as error:
        return Finding("database", False, str(error))
    if faults:
        return Finding("database", False, f"{kind}: {' '.join(faults)}")
    return Finding("database", True, f"{kind}: schema up to date, ledger unbroken")


def _judge(settings: Settings) -> Finding:
    if wants_anthropic(settings):
        return Finding("judge", True, f"LLM judge, model {settings.judge_model}")
    return Finding("judge", True, "embedded judge (practice feedback); ANTHROPIC_API_KEY turns on the LLM judge")


def _answer(settings: Settings) -> Finding:
    named = f"LLM judge, model {settings.judge_model}"
    try:
        asyncio.run(answer_from_canary(settings))
    except ReadbackError as trouble:
        return Finding("judge", False, f"{named}: {trouble}")
    return Finding("judge", True, f"{named}: answers in the shape that is asked for")


def _platforms(settings: Settings) -> Iterator[Finding]:
    slack, discord = settings.slack_bot_token, settings.discord_token
    yield Finding("slack", True, "token set" if slack else "not configured (SLACK_BOT_TOKEN)")
    yield Finding("discord", True, "token set" if discord else "not configured (DISCORD_TOKEN)")


def _library() -> Finding:
    faults = lint_files(drill_files(SHIPPED))
    if has_errors(faults):
        return Finding("library", False, "the shipped drills have faults; `readback drills lint` lists them")
    return Finding("library", True, f"{len(Library.shipped().all())} drills")
