"""Text on its way to Slack, as Slack reads it: never anything but text.

Mentions and links need no trick. A person's words travel in `rich_text` elements and `plain_text` objects, where
`<!channel>`, `<@U1>` or a URL is data: only elements of their own kind ping or link there, and we make none. So
nothing zero-width is put between characters and what is copied out is what was written. The one place that is
parsed, the line for notifications and lock screens, goes through `escape`; nobody copies from there.

https://docs.slack.dev/messaging/formatting-message-text#escaping
"""

from __future__ import annotations

import re

from drills.chat.text import clean

_EVERYBODY = re.compile(r"@(here|channel|everyone)\b", re.IGNORECASE)


def escape(text: str) -> str:
    """For the one place that Slack parses: control characters as entities, names that call everybody as mere words."""
    named = _EVERYBODY.sub("＠\\1", clean(text))
    return named.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
