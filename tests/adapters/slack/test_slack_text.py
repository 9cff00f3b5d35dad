"""Text on its way to Slack: nothing that acts, and not a word lost. Any text at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.text import escape
from drills.chat.text import clean

ANY = st.text(st.characters(codec=None), max_size=400)


@given(ANY)
def test_what_slack_parses_holds_no_control_sequence(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    back = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert back == clean(text)


def test_a_notification_calls_nobody() -> None:
    assert (
        escape("@here @Channel <!everyone> ada@heretic.example")
        == "＠here ＠Channel &lt;!everyone&gt; ada@heretic.example"
    )
