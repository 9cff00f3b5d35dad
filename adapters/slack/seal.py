"""Tokens at rest: sealed with the operator's keys, so that a copy of the database gives nobody Slack's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from drills.errors import OursToFix


class BadKeys(OursToFix):
    """READBACK_ENCRYPTION_KEYS can't be used."""


class Unsealable(OursToFix):
    """None of the keys opens this."""


class Seal:
    """The first key seals, all of them open. Values must be JSON."""

    def __init__(self, keys: str) -> None:
        """`keys` are separated by commas, as `new_key` makes them. Raises BadKeys."""
        found = [key.strip() for key in keys.split(",") if key.strip()]
        if not found:
            raise BadKeys("READBACK_ENCRYPTION_KEYS is empty; `readback keys new` makes a key")
        self._each = [_fernet(key, number) for number, key in enumerate(found, 1)]
        self._all = MultiFernet(self._each)

    def close(self, content: Mapping[str, Any]) -> bytes:
        return self._all.encrypt(json.dumps(content).encode())

    def open(self, sealed: bytes) -> dict[str, Any]:
        """Raises Unsealable."""
        try:
            opened: dict[str, Any] = json.loads(self._all.decrypt(sealed))
        except InvalidToken as wrong:
            raise Unsealable(
                "no key in READBACK_ENCRYPTION_KEYS opens it: add the key that sealed it, or install the app again"
            ) from wrong
        return opened

    def renewed(self, sealed: bytes) -> bytes:
        """The same content under the first key. Raises Unsealable."""
        return self.close(self.open(sealed))

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the first key alone opens it."""
        try:
            self._each[0].decrypt(sealed)
        except InvalidToken:
            return False
        return True


def new_key() -> str:
    """Random, 44 characters, fit for an environment variable."""
    return Fernet.generate_key().decode()


def _fernet(key: str, number: int) -> Fernet:
    """The key itself is left out of the sentence."""
    try:
        return Fernet(key)
    except ValueError as wrong:
        raise BadKeys(
            f"READBACK_ENCRYPTION_KEYS: key number {number} is none of ours; `readback keys new` makes one"
        ) from wrong
