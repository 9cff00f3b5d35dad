"""Which roles a process takes on: those asked for, or all that are configured."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum

from bot.settings import BadSettings, Settings


class ProcessRole(StrEnum):
    """What a process does. On SQLite one process does it all; on PostgreSQL each role may have its own."""

    WEB = "web"
    WORKER = "worker"
    SLACK = "slack"
    DISCORD = "discord"


_NEEDED_BY_ALL = (ProcessRole.WEB, ProcessRole.WORKER)
_NEEDS = {
    ProcessRole.SLACK: "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are",
    ProcessRole.DISCORD: "DISCORD_TOKEN is",
}


def roles_for(asked: Collection[ProcessRole], settings: Settings, platforms: Collection[str]) -> frozenset[ProcessRole]:
    """The roles to run. `platforms` are the folders of `adapters`. Raises BadSettings for a role that can't be run.

    On SQLite one process does everything, so it always keeps the clock as well: nobody else could.
    """
    possible = {role for role in _configured(settings) if role in _NEEDED_BY_ALL or role.value in platforms}
    if missing := sorted(set(asked) - possible):
        raise BadSettings([_refusal(role, settings, platforms) for role in missing])
    alone = {ProcessRole.WORKER} if settings.database_url.startswith("sqlite") else set()
    return frozenset((set(asked) or possible) | alone)


def _refusal(role: ProcessRole, settings: Settings, platforms: Collection[str]) -> str:
    if role.value not in platforms:
        return f"The role {role.value} was asked for, but this version has no {role.value} adapter yet"
    if role is ProcessRole.SLACK and settings.slack_signing_secret:
        return "The role slack was asked for, but SLACK_APP_TOKEN is not set: Slack comes in over HTTP, to the role web"
    return f"The role {role.value} was asked for, but {_NEEDS[role]} not set"


def _configured(settings: Settings) -> Iterator[ProcessRole]:
    yield from _NEEDED_BY_ALL
    if settings.slack_bot_token and settings.slack_app_token:
        yield ProcessRole.SLACK
    if settings.discord_token:
        yield ProcessRole.DISCORD
