"""What happens to words about somebody real: they go back to whoever wrote them, and leave no trace."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from ward import Ward, open_ward

from drills.chat.cards import Card, FieldErrors, Form, TextField
from drills.chat.plain import plain
from storage.tables import fairness, tripwires

GOOD = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."
PHI = "Zebrafinch: please come now, his daughter is on 212-555-0147 and DOB 3/4/61"
CRY = "Quokkaberry. I can't go on. I want to die."
REAL = "This really happened on our unit last night, quokkaberry"
SECRETS = ("zebrafinch", "quokkaberry", "555-0147", "3/4/61", "want to die")


@pytest.fixture
async def ward(tmp_path: Path) -> AsyncIterator[Ward]:
    async with open_ward(tmp_path) as opened:
        yield opened


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


async def test_a_phone_number_comes_back_in_the_form_and_stays_nowhere(
    ward: Ward, tmp_path: Path, logged: io.StringIO
) -> None:
    push = await ward.push()
    answer = await ward.reply(push, PHI)
    assert isinstance(answer.show, FieldErrors)
    sentence = answer.show.errors["words"]
    assert "a phone number (“212-555-0147”)" in sentence
    assert "a date of birth (“DOB 3/4/61”)" in sentence
    (field,) = answer.show.form.fields
    assert isinstance(field, TextField)
    assert field.value == PHI
    await ward.work()
    assert ward.judge.seen == []
    assert ward.told() == []
    assert _traces(tmp_path, logged) == []


@pytest.mark.parametrize("words", [CRY, REAL])
async def test_something_real_is_answered_with_the_sites_support_text(
    ward: Ward, tmp_path: Path, logged: io.StringIO, words: str
) -> None:
    push = await ward.push()
    answer = await ward.reply(push, words)
    assert isinstance(answer.show, Card)
    assert ward.tools.support_text in plain(answer.show)
    assert answer.show.who_sees == "Only you can see this."
    await ward.work()
    assert ward.judge.seen == []
    assert ward.told() == []
    assert _traces(tmp_path, logged) == []
    (button,) = answer.show.buttons
    again = await ward.press(button.intent.verb, *button.intent.args)
    assert isinstance(again, Form)


async def test_only_kinds_and_the_hour_are_written_down(ward: Ward) -> None:
    ward.clock.now = datetime(2026, 11, 24, 20, 41, 7, tzinfo=UTC)
    push = await ward.push()
    await ward.reply(push, PHI)
    await ward.reply(push, CRY, by="amara")
    async with ward.memory.read() as work:
        rows = [tuple(row) for row in await work.connection.execute(sa.select(tripwires).order_by(tripwires.c.id))]
    hour = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert rows == [
        (1, "room:test", push.id, hour, ["date_of_birth", "phone"]),
        (2, "room:test", push.id, hour, ["distress", "self_harm"]),
    ]


async def test_the_corrected_reply_is_taken_even_under_the_same_key(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id)
    for _ in range(2):
        held = await ward.submit(form, key="same", words=PHI)
        assert isinstance(held.show, FieldErrors)
    taken = await ward.submit(form, key="same", words=GOOD)
    assert isinstance(taken.show, Card)
    assert "Reading your reply" in taken.show.title
    await ward.work()
    assert [case.reply for case in ward.judge.seen] == [GOOD]
    async with ward.memory.read() as work:
        assert await work.tripwires.of(push.workspace, ward.clock().replace(hour=0)) == {"date_of_birth": 1, "phone": 1}


async def test_a_reply_in_the_words_of_the_story_passes(ward: Ward) -> None:
    push = await ward.push()
    answer = await ward.reply(push, GOOD)
    assert isinstance(answer.show, Card)
    await ward.work()
    assert len(ward.told()) == 1
    assert await _rows(ward, tripwires) == 0


async def test_a_comment_with_a_name_comes_back_and_the_feedback_still_counts(
    ward: Ward, tmp_path: Path, logged: io.StringIO
) -> None:
    attempt = await _told(ward)
    why = await ward.press("unfair", attempt)
    words = "Zebrafinch: my patient today, Mrs. Delgado, was the same"
    answer = await ward.submit(why, comment=words)
    assert isinstance(answer.show, FieldErrors)
    assert "Mrs. Delgado" in answer.show.errors["comment"]
    (field,) = answer.show.form.fields
    assert isinstance(field, TextField)
    assert field.value == words
    assert await _rows(ward, fairness) == 0
    async with ward.memory.read() as work:
        evaluation = await work.evaluations.get(ward.team.workspace, attempt)
    assert evaluation is not None
    assert not evaluation.contested
    assert _traces(tmp_path, logged) == []


async def test_a_comment_about_something_real_is_dropped_but_the_no_counts(
    ward: Ward, tmp_path: Path, logged: io.StringIO
) -> None:
    attempt = await _told(ward)
    answer = await ward.submit(await ward.press("unfair", attempt), comment=CRY)
    assert isinstance(answer.show, Card)
    assert ward.tools.support_text in plain(answer.show)
    async with ward.memory.read() as work:
        (row,) = await work.connection.execute(sa.select(fairness))
    assert (row.fair, row.words) == (False, "")
    assert _traces(tmp_path, logged) == []


async def _told(ward: Ward) -> str:
    """Somebody has answered and read the feedback; the attempt's id."""
    push = await ward.push()
    await ward.reply(push, GOOD)
    await ward.work()
    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(ward.members[0].person)
    return attempt.id


async def _rows(ward: Ward, table: sa.Table) -> int:
    async with ward.memory.read() as work:
        return int((await work.connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one())


def _traces(folder: Path, logged: io.StringIO) -> list[str]:
    """Secrets in any byte of the database's files, its journal included, or in the log."""
    places = [file.read_bytes().lower() for file in folder.iterdir() if file.is_file()]
    places.append(logged.getvalue().lower().encode())
    assert any(
        GOOD[:8].lower().encode() in place or b"dr. lark" in place for place in places
    )  # they are the real files
    return [secret for secret in SECRETS if any(secret.encode() in place for place in places)]
