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


_NEEDS = {
    ProcessRole.SLACK: "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are",
    ProcessRole.DISCORD: "DISCORD_TOKEN is",
}


def roles_for(asked: Collection[ProcessRole], settings: Settings) -> frozenset[ProcessRole]:
    """The roles to run. Raises BadSettings when one that was asked for is not configured.

    On SQLite one process does everything, so it always works the jobs as well: nobody else could.
    """
    possible = set(_configured(settings))
    if missing := sorted(set(asked) - possible):
        raise BadSettings([f"The role {role.value} was asked for, but {_NEEDS[role]} not set" for role in missing])
    alone = {ProcessRole.WORKER} if settings.database_url.startswith("sqlite") else set()
    return frozenset((set(asked) or possible) | alone)


def _configured(settings: Settings) -> Iterator[ProcessRole]:
    yield from (ProcessRole.WEB, ProcessRole.WORKER)
    if settings.slack_bot_token and settings.slack_app_token:
        yield ProcessRole.SLACK
    if settings.discord_token:
        yield ProcessRole.DISCORD
