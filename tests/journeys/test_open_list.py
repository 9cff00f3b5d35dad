"""`/drill list`, `/drill skip` and the help card: what is here, for whom."""

from __future__ import annotations

import pytest
from builders import WORKSPACE, a_drill_file
from ward import Ward

from drills.chat.cards import Card, Form
from drills.chat.inbound import Profile
from drills.chat.plain import plain
from drills.people import Place, Role

DIRECT = Place(WORKSPACE, "D1", direct=True)


async def test_everything_open_is_listed_with_a_way_to_answer_it(ward: Ward) -> None:
    older = await ward.push()
    ward.clock.pass_by(hours=1)
    newer = await ward.push(a_drill_file("conf-001-held-dose"), slot="2")
    card = await ward.ask("list")
    assert isinstance(card, Card)
    assert {button.intent.args for button in card.buttons} == {(newer.id,), (older.id,)}
    assert isinstance(await ward.press(*(card.buttons[1].intent.verb, *card.buttons[1].intent.args)), Form)
    await ward.reply(older, "Please come now, he is much sicker.")
    card = await ward.ask("list", place=DIRECT)
    assert isinstance(card, Card)
    assert [button.intent.args for button in card.buttons] == [(newer.id,)]


async def test_leads_see_the_library_by_kind_and_learners_do_not(ward: Ward) -> None:
    await ward.name("amara", Role.LEAD)
    assert "/drill push sbar-001-night-call" in plain(await ward.ask("list", by="amara"))
    assert "SBAR handoff (" in plain(await ward.ask("list", by="amara"))
    assert "/drill push" not in plain(await ward.ask("list"))


async def test_where_no_team_is_nobody_is_offered_to_post(ward: Ward) -> None:
    await ward.name("amara", Role.LEAD)
    for words in ("list", "now"):
        card = await ward.ask(words, by="amara", place=DIRECT, profile=Profile(admin=True))
        assert isinstance(card, Card)
        assert card.buttons == ()


async def test_skip_takes_one_and_then_the_next(ward: Ward) -> None:
    older = await ward.push()
    ward.clock.pass_by(hours=1)
    newer = await ward.push(a_drill_file("conf-001-held-dose"), slot="2")
    for _ in range(2):
        assert "nobody is told" in plain(await ward.ask("skip"))
    for push in (older, newer):
        async with ward.memory.read() as work:
            attempt = await work.attempts.latest(push, ward.members[0].person)
        assert attempt is not None
        assert attempt.state == "skipped"
    assert "Nothing is open" in plain(await ward.ask("skip"))


@pytest.mark.parametrize(
    ("by", "shown", "hidden"),
    [
        ("kai", ["/drill now"], ["/drill push", "/drill roles", "/drill setup"]),
        ("amara", ["/drill push", "/drill setup"], ["/drill roles"]),
        ("tomasz", ["/drill push", "/drill setup", "/drill roles", "/drill review"], []),
    ],
)
async def test_help_shows_each_person_what_they_may_do(
    ward: Ward, by: str, shown: list[str], hidden: list[str]
) -> None:
    await ward.name("amara", Role.LEAD)
    await ward.name("tomasz", Role.EDUCATOR)
    text = plain(await ward.ask("help", by=by))
    assert all(words in text for words in shown)
    assert not any(words in text for words in hidden)


async def test_where_no_team_is_yet_everybody_sees_how_one_comes_about(ward: Ward) -> None:
    elsewhere = Place(WORKSPACE, "#elsewhere")
    assert "/drill setup" in plain(await ward.ask("help", place=elsewhere))
    assert "/drill setup" not in plain(await ward.ask("help", place=DIRECT, profile=Profile(admin=True)))
