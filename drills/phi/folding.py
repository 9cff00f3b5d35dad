"""The same text in plainer characters, one for one, so that places in it stay true."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PLAIN = {**dict.fromkeys("‐‑‒–—―−﹣－", "-"), **dict.fromkeys("‘’‚‛′´`", "'"), **dict.fromkeys("“”„‟«»″", '"')}


def folded(text: str) -> str:
    """As long as `text`: accents off, wide digits and odd dashes, quotes and spaces made plain. Case is kept."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char.isspace() and char != "\n":
        return " "
    simple = unicodedata.normalize("NFKD", char)
    if len(simple) > 1 and all(unicodedata.combining(mark) for mark in simple[1:]):
        return simple[0]
    return simple if len(simple) == 1 else char
