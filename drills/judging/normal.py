"""The learner's words without what nobody can see: zero-width, bidi, tag and control characters carry only tricks."""

from __future__ import annotations

import unicodedata

MAX_REPLY_CHARS = 4000  # the largest text field of any platform we serve (Discord's modal)

_KEPT_CONTROLS = {"\n", "\t"}
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_VARIATION_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def invisible(char: str) -> bool:
    """Whether the character shows nothing of its own: format, control, tag, surrogate, private use."""
    if char in _KEPT_CONTROLS:
        return False
    return unicodedata.category(char) in _DROPPED or ord(char) in _VARIATION_SELECTORS


def visible(text: str) -> str:
    """The text as people see it: composed (NFC), one kind of line end, nothing that shows nothing.

    What is left can be stored anywhere: PostgreSQL refuses NUL, and no encoding takes a lone surrogate.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(char for char in lines if not invisible(char)))


def normal(reply: str) -> str:
    """The reply as a judge gets it: `visible`, MAX_REPLY_CHARS at most."""
    return visible(reply).strip()[:MAX_REPLY_CHARS]
