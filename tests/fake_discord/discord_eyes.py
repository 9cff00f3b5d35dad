"""What a person's client shows of a message: the words as they read them, and everything that Discord would act on.

A reader of Discord's Markdown of its own, written from its help pages: it shares nothing with what our adapter escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from fake_discord.discord_rules import BUTTON, DISPLAY, STRING_SELECT, walk
from fake_discord.discord_state import EPHEMERAL, LOADING, Json, Message

_PRIVATE = 0xE000  # an escaped sign, while the rest is read
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCED = re.compile(r"```(?:[a-z]+\n)?\n?(.*?)\n?```", re.DOTALL)
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_MASKED = re.compile(r"\[([^\[\]\n]+)\]\(\s*<?(https?://[^\s()<>]+|[a-z]+://[^\s()<>]+)>?[^()]*\)")
_ANGLED = re.compile(r"<(@[!&]?\d+|@[\w]+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|id:\w+|/[^:<>\n]+:\d+|https?://[^>\s]+)>")
_URL = re.compile(r"https?://[^\s<>]+")
_EVERYONE = re.compile(r"@(?:everyone|here)")
_EMOJI = re.compile(r"(?<![\w:]):[a-z0-9_+-]{2,}:(?![\w:])")
_LINES = re.compile(r"^(?:[ \t]*(?:#{1,3}|-#|[-*+]|\d+[.)])[ \t]+|>>>[ \t]|>[ \t])", re.MULTILINE)
_STYLES = ("***", "**", "__", "~~", "||", "*", "_")


@dataclass(frozen=True)
class Words:
    """`text` with what marks it up taken away; `live` is what Discord would act on."""

    text: str
    live: tuple[str, ...] = ()


@dataclass
class Sight:
    """One message as somebody sees it."""

    id: str
    channel: str
    text: str
    buttons: tuple[str, ...]
    private: bool
    live: tuple[str, ...]
    thinking: bool = False
    files: tuple[str, ...] = ()
    components: list[Json] = field(default_factory=list, repr=False)


def sight_of(message: Message, *, private: bool) -> Sight:
    words = [read(message.content), *(read(one["content"]) for one in _displays(message.components))]
    live = tuple(found for part in words for found in part.live)
    pings = ("@everyone",) if message.pings else ()
    return Sight(
        message.id,
        message.channel,
        "\n".join(part.text for part in words if part.text),
        tuple(buttons(message.components)),
        private or bool(message.flags & EPHEMERAL),
        (*live, *pings),
        bool(message.flags & LOADING),
        message.files,
        message.components,
    )


def buttons(components: list[Json]) -> Iterator[str]:
    for one in walk(components):
        if one.get("type") == BUTTON and not one.get("disabled"):
            yield one.get("label") or ""
        if one.get("type") == STRING_SELECT:
            yield from (option["label"] for option in one["options"])


def labelled(components: list[Json], label: str) -> Json:
    """The button, or the menu with that option picked. Raises LookupError."""
    for one in walk(components):
        if one.get("type") == BUTTON and one.get("label") == label:
            return one
        if one.get("type") == STRING_SELECT:
            for option in one["options"]:
                if option["label"] == label:
                    return {**one, "picked": option["value"]}
    raise LookupError(f"nothing here says {label!r}, only {list(buttons(components))}")


@lru_cache(4096)
def read(markdown: str) -> Words:
    """Code is shown as it is; elsewhere an escaped sign is only a sign."""
    shown, live, at = [], [], 0
    for found in _FENCED.finditer(markdown):
        before = _prose(markdown[at : found.start()])
        shown += [before.text, found[1]]
        live += before.live
        at = found.end()
    rest = _prose(markdown[at:])
    return Words("".join([*shown, rest.text]), (*live, *rest.live))


def _prose(markdown: str) -> Words:
    text = _ESCAPED.sub(lambda found: chr(_PRIVATE + ord(found[1])), markdown)
    text = _CODE.sub(lambda found: "".join(chr(_PRIVATE + ord(c)) if c.isascii() else c for c in found[2]), text)
    live = [found[0] for found in _MASKED.finditer(text)]
    text = _MASKED.sub(r"\1", text)
    live += [found[0] for found in _ANGLED.finditer(text)]
    text = _ANGLED.sub(r"\1", text)
    live += _URL.findall(text)
    live += _EMOJI.findall(text)
    text = _LINES.sub("", text)
    for style in _STYLES:
        text = _unstyled(text, style)
    return Words("".join(_plain(sign) for sign in text), tuple(live))


def _unstyled(text: str, sign: str) -> str:
    """A pair of signs around words, on one line or over more, is emphasis; a single one is a sign."""
    bare = re.escape(sign)
    return re.sub(rf"{bare}(?=\S)(.+?)(?<=\S){bare}", r"\1", text, flags=re.DOTALL)


def _plain(sign: str) -> str:
    return chr(ord(sign) - _PRIVATE) if _PRIVATE <= ord(sign) < _PRIVATE + 128 else sign


def everyone(markdown: str) -> bool:
    return bool(_EVERYONE.search(markdown))


def _displays(components: list[Json]) -> Iterator[Json]:
    return (one for one in walk(components) if one.get("type") == DISPLAY)
