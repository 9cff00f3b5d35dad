"""What is sealed opens with its key and no other, and moves to a new first key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.seal import BadKeys, Seal, Unsealable, new_key

OLD, NEW, OTHERS = new_key(), new_key(), new_key()
CONTENT = {"bot_token": "xoxb-secret", "scopes": ["commands"], "none": None, "name": "Ødegård 🙏"}
SEALED = Seal(OLD).close(CONTENT)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200) | st.integers() | st.none(), max_size=5))
def test_what_goes_in_comes_out(content: dict[str, object]) -> None:
    assert Seal(OLD).open(Seal(OLD).close(content)) == content


def test_nothing_of_the_content_shows() -> None:
    sealed = Seal(OLD).close(CONTENT)
    assert b"xoxb" not in sealed
    assert sealed != Seal(OLD).close(CONTENT)  # never twice the same, so equal tokens don't show either


def test_the_first_key_seals_and_all_of_them_open() -> None:
    both = Seal(f"{NEW}, {OLD}")
    assert both.open(Seal(OLD).close(CONTENT)) == CONTENT
    assert Seal(NEW).open(both.close(CONTENT)) == CONTENT
    with pytest.raises(Unsealable, match="READBACK_ENCRYPTION_KEYS"):
        Seal(OLD).open(both.close(CONTENT))


def test_moving_to_a_new_key_needs_the_old_one_no_more() -> None:
    both, old = Seal(f"{NEW},{OLD}"), Seal(OLD).close(CONTENT)
    assert not both.is_newest(old)
    moved = both.renewed(old)
    assert both.is_newest(moved)
    assert Seal(NEW).open(moved) == CONTENT


@pytest.mark.parametrize(
    "tampered",
    [SEALED[:-1], SEALED[:40] + b"*" + SEALED[41:], SEALED[1:], b"", b"\x00\xff"],
    ids=["cut", "changed", "headless", "empty", "noise"],
)
def test_what_was_tampered_with_does_not_open(tampered: bytes) -> None:
    assert tampered != SEALED
    with pytest.raises(Unsealable):
        Seal(OLD).open(tampered)


def test_somebody_elses_key_opens_nothing() -> None:
    with pytest.raises(Unsealable):
        Seal(OTHERS).open(Seal(OLD).close(CONTENT))


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ("", "READBACK_ENCRYPTION_KEYS is empty; `readback keys new` makes a key"),
        (" , ", "READBACK_ENCRYPTION_KEYS is empty; `readback keys new` makes a key"),
        (f"{OLD},hunter2", "READBACK_ENCRYPTION_KEYS: key number 2 is none of ours; `readback keys new` makes one"),
    ],
    ids=["empty", "only a comma", "the second is none"],
)
def test_keys_that_are_none_are_told_without_their_value(keys: str, sentence: str) -> None:
    with pytest.raises(BadKeys) as refused:
        Seal(keys)
    assert str(refused.value) == sentence
    assert "hunter2" not in str(refused.value)
