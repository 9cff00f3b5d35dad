"""Text on its way to a platform: counted as platforms count, cut where a reader would cut it, nothing hidden in it.

What a platform would read as more than text is its adapter's to escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A}}
_SHOWN = {**_CONTROLS, 0x7F: 0x2421, **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)}
"""Characters that JSON or a platform's clients may choke on, as the pictures Unicode has for them."""

_EMBEDS, _ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_POP_EMBED, _POP_ISOLATE = "\u202c", "\u2069"
_NO_START = re.compile("[\u0300-\u036f\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""Nothing is cut in front of these: they belong to the character before them."""

_JOINER = "\u200d"
_LONGEST_SIGN = 20  # no emoji or accented letter is made of more characters

_BREAKS = ("\n\n", "\n", ". ", " ")


def clean(text: str) -> str:
    """The same words with every control character visible, line ends as \\n, and no open change of direction."""
    return visible(text) + closing(text)


def visible(text: str) -> str:
    """`clean`, for a stretch of a text whose end comes later."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)


def closing(text: str) -> str:
    """What closes the directions that a text leaves open: they would turn around what stands after it."""
    open_: list[str] = []
    for character in text:
        if character in _EMBEDS:
            open_.append(_POP_EMBED)
        elif character in _ISOLATES:
            open_.append(_POP_ISOLATE)
        elif open_ and character == open_[-1]:
            open_.pop()
    return "".join(reversed(open_))


def length(text: str) -> int:
    """In UTF-16 units: JavaScript's way to count, and never less than any other way to count characters."""
    return len(text) if text.isascii() else len(_units(text)) // 2


def pieces(text: str, limit: int) -> Iterator[str]:
    """The whole text in pieces of at most `limit`, cut after a paragraph, line, sentence or word where one is near."""
    while length(text) > limit:
        end = _cut(text, limit)
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def short(text: str, limit: int) -> str:
    """One line of at most `limit`, cut at a word with "…" where it is longer."""
    line = " ".join(clean(text).split())
    if length(line) <= limit:
        return line
    head = line[: _cut(line, limit - 1)].rstrip(" ,;:–-")
    return (head or line[: _fitting(line, limit - 1)]) + "…"


def _fitting(text: str, limit: int) -> int:
    """How many characters of the text fit into `limit` units; at least one."""
    return max(1, len(_units(text[:limit])[: 2 * limit].decode("utf-16-le", "ignore")))


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "replace")


def _cut(text: str, limit: int) -> int:
    end = _fitting(text, limit)
    for mark in _BREAKS:
        at = text.rfind(mark, end // 2, end)
        if at >= 0:
            return at + len(mark)
    return next((at for at in range(end, max(end - _LONGEST_SIGN, 0), -1) if _may_cut(text, at)), end)


def _may_cut(text: str, at: int) -> bool:
    return text[at - 1] != _JOINER and not _NO_START.match(text, at)
