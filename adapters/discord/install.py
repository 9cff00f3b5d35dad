"""How the app comes into a server: one link, with exactly the permissions that it needs.

https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

PERMISSIONS: Mapping[str, int] = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Embed Links": 1 << 14,
    "Attach Files": 1 << 15,
    "Read Message History": 1 << 16,
    "Create Public Threads": 1 << 35,
    "Create Private Threads": 1 << 36,
    "Send Messages in Threads": 1 << 38,
}
"""By the names that Discord's own settings have for them."""
NEEDED = ("View Channels", "Send Messages", "Read Message History")
"""Without these no drill can be posted in a channel, or be found again after a crash."""
ADMINISTRATOR = 1 << 3
READS_MESSAGES = (1 << 18) | (1 << 19)
"""Flags of an application for which Message Content is switched on in the portal: reviewed, or small enough."""
_AUTHORIZE = "https://discord.com/oauth2/authorize"


def all_permissions() -> int:
    return sum(PERMISSIONS.values())


def link(application: str) -> str:
    """What somebody who manages a server opens to add the app."""
    asked = {"client_id": application, "scope": "bot applications.commands", "permissions": str(all_permissions())}
    return f"{_AUTHORIZE}?{urlencode(asked)}"


def draws(permissions: int) -> bool:
    """Whether pictures may stand beside the words, which come in any case."""
    return bool(permissions & (ADMINISTRATOR | PERMISSIONS["Attach Files"]))


def missing(permissions: int) -> list[str]:
    """The names of those needed that are not among these."""
    return [] if permissions & ADMINISTRATOR else [name for name in NEEDED if not permissions & PERMISSIONS[name]]
