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


def normal(reply: str) -> str:
    """The reply as a judge gets it: composed (NFC), visible characters only, MAX_REPLY_CHARS at most."""
    lines = reply.replace("\r\n", "\n").replace("\r", "\n")
    visible = "".join(char for char in lines if not invisible(char))
    return unicodedata.normalize("NFC", visible).strip()[:MAX_REPLY_CHARS]
