"""Which of Slack's settings belong together: three ways to run, each said by name when it is incomplete."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Set

BOT, APP, SIGNING = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
CLIENT, SECRET, KEYS = "READBACK_SLACK_CLIENT_ID", "READBACK_SLACK_CLIENT_SECRET", "READBACK_ENCRYPTION_KEYS"
MAKES_ONE = "`readback keys new` makes one"

_FOR_MANY = {SECRET: SECRET, SIGNING: SIGNING, KEYS: f"{KEYS} ({MAKES_ONE})"}


def slack_faults(given: Set[str]) -> Iterator[str]:
    """One sentence for each fault. `given` are the names that have a value.

    Socket Mode wants both tokens; HTTP the signing secret and the bot's token; an app for many workspaces the signing
    secret, client id, client secret and a key. Both tokens and the signing secret may stand together.
    """
    many = CLIENT in given
    if APP in given and BOT not in given and not many:
        yield f"{APP} is set but {BOT} is not"
    if BOT in given and not given & {APP, SIGNING, CLIENT}:
        yield f"{BOT} is set but {APP} (Socket Mode) or {SIGNING} (HTTP) is not"
    if SIGNING in given and not given & {BOT, APP, CLIENT}:
        yield f"{SIGNING} is set but {BOT} (one workspace) or {CLIENT} (many) is not"
    if SECRET in given and not many:
        yield f"{SECRET} is set but {CLIENT} is not"
    if many:
        yield from _many(given)


def _many(given: Set[str]) -> Iterator[str]:
    if missing := [shown for name, shown in _FOR_MANY.items() if name not in given]:
        yield f"{CLIENT} is set but {' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} not"
    for token in (BOT, APP):
        if token in given:
            yield f"{CLIENT} is for many workspaces and {token} for one of your own: unset one of them"


def key_faults(keys: str) -> Iterator[str]:
    """By number: a key is never printed."""
    for number, key in enumerate(keys.split(","), 1):
        if not _is_key(key.strip()):
            yield f"{KEYS}: key number {number} is none of ours; {MAKES_ONE}"


def _is_key(text: str) -> bool:
    """Whether these are 32 bytes in URL-safe Base64, as Fernet's keys are."""
    try:
        return len(urlsafe_b64decode(text)) == 32
    except ValueError:
        return False
