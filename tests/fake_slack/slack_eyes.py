"""What a person's client shows of blocks: the words as they read them, and everything that Slack would act on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fake_slack.slack_state import Json, Message

_ANGLE = re.compile(r"<([^<>\n]+)>")
_MENTION = re.compile(r"(?<![\w@])@(?:here|channel|everyone)\b")
_BARE_URL = re.compile(r"https?://\S+")
_STYLED = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_LIVE_ELEMENTS = {"link", "user", "usergroup", "broadcast", "channel", "team"}
_LITERAL = {"plain_text", "raw_text"}


@dataclass(frozen=True)
class Words:
    """`text` with what marks it up taken away; `live` is what Slack would act on."""

    text: str
    live: tuple[str, ...] = ()


@dataclass
class Sight:
    """One message as somebody sees it."""

    ts: str
    channel: str
    text: str
    buttons: tuple[str, ...]
    private: bool
    live: tuple[str, ...]
    thread_ts: str | None = None
    blocks: list[Json] = field(default_factory=list, repr=False)


def sight_of(message: Message, channel: str, *, private: bool) -> Sight:
    """The blocks when there are any; the text stands in notifications and is looked at for what is live in it."""
    text = read_mrkdwn(message.text, names=False)
    body = read_blocks(message.blocks) if message.blocks else text
    named = tuple(_MENTION.findall(message.text)) if message.names_live else ()
    live = (*text.live, *named, *(() if body is text else body.live))
    labels = tuple(buttons(message.blocks))
    return Sight(message.ts, channel, body.text, labels, private, live, message.thread_ts, message.blocks)


def read_blocks(blocks: list[Json]) -> Words:
    words = [part for block in blocks for part in _walk(block)]
    return Words(
        "\n".join(part.text for part in words if part.text), tuple(live for part in words for live in part.live)
    )


def buttons(blocks: list[Json]) -> Iterator[str]:
    for _, element in elements(blocks):
        if element["type"] == "button":
            yield element["text"]["text"]
        yield from (option["text"]["text"] for option in element.get("options", ()) if element["type"] == "overflow")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Everything that can be tapped, with the block around it."""
    for block in blocks:
        for element in (*(block.get("elements") or []), block.get("accessory"), block.get("element")):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        yield from elements([child for child in block.get("child_blocks") or [] if isinstance(child, dict)])


def read_mrkdwn(text: str, *, verbatim: bool = True, names: bool = True) -> Words:
    """mrkdwn as shown: entities undone, emphasis without its signs, `<…>` as what it stands for."""
    live = _ANGLE.findall(text) + (_MENTION.findall(text) if names else [])
    if not verbatim:
        live += _BARE_URL.findall(_ANGLE.sub("", text))
    shown = _ANGLE.sub(lambda found: found[1].partition("|")[2] or found[1], text)
    shown = "\n".join(_unstyled(line.removeprefix("&gt;").removeprefix(" ")) for line in shown.split("\n"))
    return Words(html.unescape(shown).translate(_INVISIBLE), tuple(live))


def _unstyled(line: str) -> str:
    before = None
    while before != line:
        before, line = line, _STYLED.sub(r"\2", line)
    return line


def _walk(value: object) -> Iterator[Words]:
    if isinstance(value, list):
        for part in value:
            yield from _walk(part)
    elif isinstance(value, dict):
        yield from _words(value)


def _words(value: Json) -> Iterator[Words]:
    kind, text = value.get("type"), value.get("text")
    if kind in _LITERAL and isinstance(text, str):
        yield Words(text.translate(_INVISIBLE))
    elif kind in {"mrkdwn", "markdown"} and isinstance(text, str):
        yield read_mrkdwn(text, verbatim=bool(value.get("verbatim")))
    elif isinstance(kind, str) and kind.startswith("rich_text_") and kind != "rich_text_list":
        yield _rich(value["elements"])
    elif kind not in {"button", "overflow"}:
        for name in (
            "text",
            "label",
            "title",
            "caption",
            "fields",
            "rows",
            "columns",
            "elements",
            "hint",
            "description",
        ):
            yield from _walk(value.get(name))
        yield from _walk(value.get("child_blocks"))
        yield from (_plain(value[name]) for name in ("caption", "title") if isinstance(value.get(name), str))


def _plain(text: str) -> Words:
    return Words(text)


def _rich(parts: list[Json]) -> Words:
    live = tuple(part["type"] for part in parts if part["type"] in _LIVE_ELEMENTS)
    shown = "".join(part.get("text") or part.get("url") or part.get("name") or "" for part in parts)
    return Words(shown.translate(_INVISIBLE), live)
