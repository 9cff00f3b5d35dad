"""Text on its way to Discord, as Discord reads it: never anything but text.

Discord reads Markdown, names and links wherever text is shown, so a person's words go through `escape`: a backslash in
front of each sign that could mean something. Clients show the sign and not the backslash, and what is copied out is
what was written; nothing zero-width is put between characters. Labels of buttons and fields are not parsed at all.
Whatever a client makes of a text, nobody is called: every message says that it may mention nobody.

https://discord.com/developers/docs/reference#message-formatting
"""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[\\\\*_~`|<>\[\]@]|:(?=//)|:(?=[^\s:]+:)")
"""Emphasis, code, spoilers, links, names, channels, timestamps, emoji, addresses, and the backslash itself."""
_LINE_START = re.compile(r"^([ \t]*(?:\d+(?=[.)]))?)([#+.)-])", re.MULTILINE)
"""Headings, lists and small print, which are such at the start of a line only."""
_COMMAND = re.compile(r"(`/drill[a-z0-9 :-]*`)")
"""As our sentences name one; there is nothing in it that could act."""


def escape(text: str) -> str:
    """A cleaned text so that Discord shows it as it is, a command in backticks as code. `unescaped` is its inverse."""
    parts = (part if _COMMAND.fullmatch(part) else _MARKUP.sub(r"\\\g<0>", part) for part in _COMMAND.split(text))
    return _LINE_START.sub(_behind_backslash, "".join(parts))


def unescaped(text: str) -> str:
    """What Discord's clients show of a text that went through `escape`."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def _behind_backslash(start: re.Match[str]) -> str:
    return f"{start[1]}\\{start[2]}"
