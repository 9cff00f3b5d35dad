"""Which roles a process takes on: those asked for, or all that are configured."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from bot.settings import BadSettings


class ProcessRole(StrEnum):
    """What a process does. On SQLite one process does it all; on PostgreSQL each role may have its own."""

    WEB = "web"
    WORKER = "worker"
    SLACK = "slack"
    DISCORD = "discord"


_NEEDS = {
    ProcessRole.SLACK: "SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
    ProcessRole.DISCORD: "DISCORD_TOKEN",
}


def roles_for(
    asked: Collection[ProcessRole], configured: Collection[str], *, single_process: bool
) -> frozenset[ProcessRole]:
    """The roles to run. Raises BadSettings when one that was asked for is not configured.

    A single process (SQLite) always works the jobs as well: nobody else could.
    """
    always = {ProcessRole.WEB, ProcessRole.WORKER}
    possible = always | {role for role in ProcessRole if role.value in configured}
    if missing := sorted(set(asked) - possible):
        raise BadSettings([f"The role {role.value} was asked for, but {_NEEDS[role]} is not set" for role in missing])
    return frozenset((set(asked) or possible) | ({ProcessRole.WORKER} if single_process else set()))
