"""The doctor: looks at everything an installation needs and names what is missing, with what mends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from platform import python_version

from adapters import Adapter, Finding, Parts, discover, platforms
from bot.clock import utc_now
from bot.judges import answer_from_canary, wants_anthropic
from bot.settings import Settings
from bot.wiring import close, texts
from drills.catalog import SHIPPED, Library, drill_files, has_errors, lint_files
from drills.chat.inbound import Answer, Inbound
from drills.errors import OursToFix, ReadbackError
from storage.check import check
from storage.memory import open_memory

_WANTS = {"slack": "SLACK_BOT_TOKEN", "discord": "DISCORD_TOKEN"}


def examine(settings: Settings, *, ask_judge: bool = False) -> Iterator[Finding]:
    """Every finding, sound ones as well. Raises nothing: what goes wrong is a finding.

    The configured platforms are asked what they lack. With `ask_judge` the language model is asked one small made-up
    thing as well.
    """
    yield Finding("program", True, f"Readback {version('readback')} on Python {python_version()}")
    database = _database(settings)
    yield database
    yield _answer(settings) if ask_judge and wants_anthropic(settings) else _judge(settings)
    yield from _unconfigured(settings)
    yield from asyncio.run(_platforms(settings)) if database.well else _unasked(settings)
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


def _configured(settings: Settings) -> dict[str, bool]:
    return {
        "slack": bool(settings.slack_bot_token or settings.slack_client_id),
        "discord": bool(settings.discord_token),
    }


def _unconfigured(settings: Settings) -> Iterator[Finding]:
    for name, configured in _configured(settings).items():
        if not configured:
            yield Finding(name, True, f"not configured ({_WANTS[name]})")
        elif name not in platforms():
            yield Finding(name, True, f"{_WANTS[name]} is set, but this version has no {name} adapter yet")


def _unasked(settings: Settings) -> Iterator[Finding]:
    for name, configured in _configured(settings).items():
        if configured and name in platforms():
            yield Finding(name, True, "not asked: the database comes first")


async def _platforms(settings: Settings) -> Sequence[Finding]:
    try:
        async with _adapters(settings) as adapters:
            found = await asyncio.gather(*(adapter.examine() for adapter in adapters))
    except ReadbackError as error:
        return [Finding("platforms", False, str(error))]
    return [finding for findings in found for finding in findings]


@asynccontextmanager
async def _adapters(settings: Settings) -> AsyncIterator[Sequence[Adapter]]:
    """Built but not run, beside a program that may be running."""
    memory = await open_memory(settings.database_url, lock=False)
    adapters: list[Adapter] = []
    try:
        adapters += discover(Parts(texts(settings), memory, _deaf, utc_now))
        yield adapters
    finally:
        await close(adapters)
        await memory.close()


async def _deaf(inbound: Inbound) -> Answer:
    raise OursToFix(f"the doctor heard {type(inbound).__name__}: it is no program that runs")


def _library() -> Finding:
    faults = lint_files(drill_files(SHIPPED))
    if has_errors(faults):
        return Finding("library", False, "the shipped drills have faults; `readback drills lint` lists them")
    return Finding("library", True, f"{len(Library.shipped().all())} drills")
