"""`/drill push`: a lead posts a drill now, one that fits, once, and not in anybody's sleep without being told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import WORKSPACE, a_drill_file, a_member, a_team
from ward import Ward

from drills.chat.cards import Card, ChoiceField, Form
from drills.chat.inbound import Profile
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.errors import CannotReach
from drills.hold import Hold
from drills.people import Place, Profession, QuietHours, Role

NIGHT_CALL = "sbar-001-night-call"


@pytest.fixture
async def lead(ward: Ward) -> str:
    await ward.name("amara", Role.LEAD)
    return "amara"


async def test_a_lead_picks_a_drill_and_it_is_in_the_channel(ward: Ward, lead: str) -> None:
    form = await ward.ask("push", by=lead)
    assert NIGHT_CALL in _offered(form)
    answer = await ward.submit(form, by=lead, drill=NIGHT_CALL)
    assert isinstance(answer.show, Card)
    assert "On its way" in answer.show.title
    await ward.work()
    ((_, card),) = ward.chat.posts.values()
    assert card.title == a_drill_file(NIGHT_CALL).drill().title
    assert [button.label for button in card.buttons] == ["Answer", "Skip"]


async def test_one_that_is_named_is_posted_at_once(ward: Ward, lead: str) -> None:
    assert "On its way" in plain(await ward.ask(f"push {NIGHT_CALL}", by=lead))
    await ward.work()
    assert len(ward.chat.posts) == 1
    assert "no drill “sbar-999”" in plain(await ward.ask("push sbar-999", by=lead))


async def test_the_same_event_twice_posts_once(ward: Ward, lead: str) -> None:
    for _ in range(2):
        answer = await ward.submit(Intent("push"), by=lead, key="redelivered", drill=NIGHT_CALL)
        assert isinstance(answer.show, Card)
        assert "On its way" in answer.show.title
    await ward.work()
    assert len(ward.chat.posts) == 1


async def test_what_is_open_is_not_posted_beside_itself(ward: Ward, lead: str) -> None:
    await ward.push()
    assert NIGHT_CALL not in _offered(await ward.ask("push", by=lead))
    assert "open in this channel already" in plain(await ward.ask(f"push {NIGHT_CALL}", by=lead))


async def test_a_drill_rests_for_sixty_days_and_comes_back_as_another_version(ward: Ward, lead: str) -> None:
    await ward.push()
    ward.clock.pass_by(days=59)
    assert NIGHT_CALL not in _offered(await ward.ask("push", by=lead))
    ward.clock.pass_by(days=2)
    assert NIGHT_CALL in _offered(await ward.ask("push", by=lead))
    await ward.submit(Intent("push"), by=lead, drill=NIGHT_CALL)
    await ward.work()
    async with ward.memory.read() as work:
        again, first = await work.pushes.of_team(ward.team)
    assert again.drill_id == first.drill_id
    assert again.variant != first.variant


async def test_one_that_could_not_be_posted_may_be_tried_again(ward: Ward, lead: str) -> None:
    await ward.ask(f"push {NIGHT_CALL}", by=lead)
    ward.chat.troubles = [CannotReach("not in channel")]
    with pytest.raises(CannotReach):
        await ward.work()
    assert "On its way" in plain(await ward.ask(f"push {NIGHT_CALL}", by=lead))


async def test_half_of_the_team_must_be_able_to_answer(ward: Ward) -> None:
    clerks = a_team("clerks")
    async with ward.memory.begin() as work:
        await work.teams.save(clerks)
        for user in ("a", "b", "c"):
            await work.members.save(a_member(user, clerks, Profession.UNIT_CLERK))
    form = await ward.ask("push", by="dana", place=clerks.place, profile=Profile(admin=True))
    drills = [ward.tools.library.get(id_) for id_ in _offered(form)]
    assert drills
    assert all(drill.roles.admit(Profession.UNIT_CLERK) for drill in drills)
    assert NIGHT_CALL not in _offered(form)


async def test_one_that_few_can_answer_is_posted_only_when_its_lead_says_so_again(ward: Ward) -> None:
    clerks, admin = a_team("clerks"), Profile(admin=True)
    async with ward.memory.begin() as work:
        await work.teams.save(clerks)
        for user in ("a", "b", "c"):
            await work.members.save(a_member(user, clerks, Profession.UNIT_CLERK))
    card = await ward.ask(f"push {NIGHT_CALL}", by="dana", place=clerks.place, profile=admin)
    assert isinstance(card, Card)
    assert "Fewer than half of" in plain(card)
    await ward.work()
    assert ward.chat.posts == {}
    (anyway,) = [button.intent for button in card.buttons if button.label == "Post it anyway"]
    told = await ward.press(anyway.verb, *anyway.args, by="dana", place=clerks.place, profile=admin)
    assert "On its way" in plain(told)
    await ward.work()
    assert len(ward.chat.posts) == 1


async def test_a_new_team_gets_the_drill_that_its_lead_names_without_another_question(ward: Ward) -> None:
    new = replace(a_team("new"), professions=tuple(Profession)[:-1])
    async with ward.memory.begin() as work:
        await work.teams.save(new)
    told = await ward.ask(f"push {NIGHT_CALL}", by="dana", place=new.place, profile=Profile(admin=True))
    assert "On its way" in plain(told)


async def test_a_team_that_is_new_is_offered_what_fits_its_professions(ward: Ward) -> None:
    new = a_team("new")
    async with ward.memory.begin() as work:
        await work.teams.save(new)
    form = await ward.press("push", by="dana", place=new.place, profile=Profile(admin=True))
    assert 1 < len(_offered(form)) <= 25  # a Discord select holds no more


async def test_quiet_time_is_said_before_anything_is_posted(ward: Ward, lead: str) -> None:
    await ward.change_team(quiet=QuietHours.parse("13:00-15:00"))  # it is 14:00 in Chicago
    for words in ("push", f"push {NIGHT_CALL}"):
        form = await ward.ask(words, by=lead)
        assert isinstance(form, Form)
        assert "quiet time for 5 South until 15:00" in plain(form)
    await ward.work()
    assert ward.chat.posts == {}
    await ward.submit(form, by=lead, drill=NIGHT_CALL)
    await ward.work()
    assert len(ward.chat.posts) == 1


async def test_nothing_is_posted_while_the_team_is_on_hold(ward: Ward, lead: str) -> None:
    now = ward.clock()
    async with ward.memory.begin() as work:
        await work.holds.add(Hold("h1", WORKSPACE, ward.team.id, now, now + timedelta(hours=6), by="amara"))
    assert "on hold until Tuesday 20:00" in plain(await ward.ask("push", by=lead))
    answer = await ward.submit(Intent("push"), by=lead, drill=NIGHT_CALL)
    assert isinstance(answer.show, Card)
    assert "on hold" in plain(answer.show)
    await ward.work()
    assert ward.chat.posts == {}
    ward.clock.pass_by(hours=6)
    assert isinstance(await ward.ask("push", by=lead), Form)


async def test_learners_are_told_who_can_and_others_who_sets_up(ward: Ward) -> None:
    assert "Leads and educators" in plain(await ward.ask("push"))
    answer = await ward.submit(Intent("push"), drill=NIGHT_CALL)
    assert isinstance(answer.show, Card)
    assert "Leads and educators" in plain(answer.show)
    elsewhere = Place(ward.team.workspace, "#elsewhere")
    assert "/drill setup" in plain(await ward.ask("push", place=elsewhere, profile=Profile(admin=True)))
    await ward.work()
    assert ward.chat.posts == {}


async def test_now_offers_to_post_one_only_to_those_who_may(ward: Ward, lead: str) -> None:
    for_lead, for_kai = await ward.ask("now", by=lead), await ward.ask("now")
    assert isinstance(for_lead, Card)
    assert [button.intent for button in for_lead.buttons] == [Intent("push")]
    assert isinstance(for_kai, Card)
    assert for_kai.buttons == ()


def _offered(form: Card | Form) -> list[str]:
    assert isinstance(form, Form)
    (field,) = form.fields
    assert isinstance(field, ChoiceField)
    assert all(len(label) <= 75 for _, label in field.options)
    return [value for value, _ in field.options]
