"""`/drill roles`: leads and educators are named in the channel, and what they may do follows at once."""

from __future__ import annotations

from builders import a_person
from ward import Ward

from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Profile
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.people import Role

ADMIN = Profile(admin=True)


async def test_an_administrator_names_leads_and_educators(ward: Ward) -> None:
    form = await ward.ask("roles", by="dana", profile=ADMIN)
    assert isinstance(form, Form)
    answer = await ward.submit(form, by="dana", profile=ADMIN, educators="kai", leads="amara,tomasz")
    assert isinstance(answer.show, Card)
    assert "Educators: 1 person" in plain(answer.show)
    assert "Leads: 2 people" in plain(answer.show)
    assert await _roles(ward) == {"kai": Role.EDUCATOR, "amara": Role.LEAD, "tomasz": Role.LEAD}


async def test_a_charge_nurse_holds_drills_off_and_does_nothing_else_of_a_leads(ward: Ward) -> None:
    form = await ward.ask("roles", by="dana", profile=ADMIN)
    assert isinstance(form, Form)
    card = (await ward.submit(form, by="dana", profile=ADMIN, charge_nurses="kai,amara", leads="amara")).show
    assert isinstance(card, Card)
    assert "Charge nurses: 1 person" in plain(card)
    assert await _roles(ward) == {"kai": Role.CHARGE_NURSE, "amara": Role.LEAD}
    assert "/drill hold 6h" in plain(await ward.ask("help", by="kai"))
    assert "/drill push" not in plain(await ward.ask("help", by="kai"))
    assert "on hold until" in plain(await ward.ask("hold 6h", by="kai"))
    for words in ("push", "campaign", "rota", "roles"):
        assert "of this team can" in plain(await ward.ask(words, by="kai"))
    assert "Charge nurses, leads and educators of this team can" in plain(await ward.ask("hold off", by="tomasz"))


async def test_whoever_is_left_out_is_a_learner_again(ward: Ward) -> None:
    await ward.name("amara", Role.LEAD)
    await ward.submit(Intent("roles"), by="dana", profile=ADMIN, educators="", leads="tomasz")
    assert await _roles(ward) == {"tomasz": Role.LEAD}


async def test_an_educator_names_others_but_nobody_steps_down_by_mistake(ward: Ward) -> None:
    await ward.name("kai", Role.EDUCATOR)
    answer = await ward.submit(Intent("roles"), educators="amara", leads="kai")
    assert isinstance(answer.show, FieldErrors)
    assert "Somebody else" in answer.show.errors["educators"]
    assert [field.value for field in answer.show.form.fields] == ["amara", "kai", ""]
    await ward.submit(Intent("roles"), educators="kai,amara", leads="")
    assert await _roles(ward) == {"kai": Role.EDUCATOR, "amara": Role.EDUCATOR}


async def test_somebody_named_before_they_joined_has_the_role_at_once_and_keeps_it_as_a_member(ward: Ward) -> None:
    push = await ward.push()
    await ward.submit(Intent("roles"), by="dana", profile=ADMIN, educators="ruth", leads="")
    assert "ruth" in plain(await ward.ask("roles", by="ruth"))
    await ward.submit(Intent("enrol", (push.id,)), by="ruth", profession="pharmacist")
    async with ward.memory.read() as work:
        member = await work.members.get(a_person("ruth"), ward.team.id)
        assert await work.appointments.of(ward.team) == {}
    assert member is not None
    assert member.role is Role.EDUCATOR


async def test_a_lead_and_a_learner_are_told_who_can(ward: Ward) -> None:
    await ward.name("amara", Role.LEAD)
    for user in ("amara", "kai"):
        assert "Educators of this team can" in plain(await ward.ask("roles", by=user))
        answer = await ward.submit(Intent("roles"), by=user, educators=user, leads="")
        assert isinstance(answer.show, Card)
        assert "Educators of this team can" in plain(answer.show)
    assert await _roles(ward) == {"amara": Role.LEAD}


async def test_it_is_written_down_who_named_whom(ward: Ward) -> None:
    for _ in range(2):
        await ward.submit(Intent("roles"), by="dana", profile=ADMIN, key="redelivered", educators="kai", leads="")
    async with ward.memory.read() as work:
        (entry,) = await work.ledger.entries(ward.team.workspace)
    assert entry.body == {"what": "roles", "team": ward.team.id, "by": "dana", "named": {"kai": "educator"}}


async def _roles(ward: Ward) -> dict[str, Role]:
    async with ward.memory.read() as work:
        members = await work.members.of(ward.team)
        named = {**await work.appointments.of(ward.team), **{m.person.user: m.role for m in members}}
    return {user: role for user, role in named.items() if role is not Role.LEARNER}
