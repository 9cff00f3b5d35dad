"""Words in a picture: with a font that comes along, measured, cut to their place, and never as empty boxes."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from PIL import ImageFont

_FONT = "font_source_sans_pro"
_NO_SUCH = "\U0010ffff"
_FOR_EMOJI = frozenset({"\ufe0e", "\ufe0f", "\u20e3"})  # how the sign before it is shown


class CannotDraw(Exception):
    """The picture would not say what the words say."""


class Lettering:
    """One size of one weight. `SemiBold` and so on are the font's file names. Raises OSError where it is missing."""

    def __init__(self, weight: str, size: int) -> None:
        path = files(_FONT) / "files" / f"SourceSansPro-{weight}.ttf"
        self.font = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
        self.size = size

    def fitted(self, text: str, width: int) -> str:
        """On one line, cut with "…" where it is too long for `width` pixels. Raises CannotDraw."""
        line = self.drawable(text)
        if self.font.getlength(line) <= width:
            return line
        while line and self.font.getlength(f"{line}…") > width:
            line = line[:-1].rstrip(" ,;:–-(")
        return f"{line}…"

    def wrapped(self, text: str, width: int, most: int) -> list[str]:
        """At most `most` lines; the last is cut where there is more. Raises CannotDraw."""
        lines: list[str] = []
        for word in self.drawable(text).split(" "):
            if lines and self.font.getlength(f"{lines[-1]} {word}") <= width:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        kept = [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines
        return [self.fitted(line, width) for line in kept]

    def drawable(self, text: str) -> str:
        """One line of what the font has: signs and emoji it lacks are left out, letters and digits must be there."""
        kept = [sign for sign in unicodedata.normalize("NFC", " ".join(text.split())) if self._has(sign)]
        line = " ".join("".join(kept).split())
        if text.strip() and not line:
            raise CannotDraw("a name is made of signs that the font lacks")
        return line

    def _has(self, sign: str) -> bool:
        if sign == " ":
            return True
        kind = unicodedata.category(sign)
        if kind[0] not in "CZ" and _shape(self.font, sign) != _shape(self.font, _NO_SUCH):
            return True
        if kind[0] in "LNM" and sign not in _FOR_EMOJI:
            raise CannotDraw("the font lacks a letter")
        return False


@cache
def lettering(weight: str, size: int) -> Lettering:
    return Lettering(weight, size)


@cache
def _shape(font: ImageFont.FreeTypeFont, sign: str) -> tuple[tuple[int, int], bytes]:
    """What the font shows for it: for all that it lacks, the same box."""
    mask = font.getmask(sign)
    return mask.size, bytes(mask)
