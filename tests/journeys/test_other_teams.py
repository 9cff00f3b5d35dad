"""The firewall between teams, people and workspaces: an id that somebody got hold of opens nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from builders import a_drill_file, a_member, a_person, a_team
from ward import Ward

from drills.attempt import Attempt
from drills.chat.cards import FieldErrors, Form
from drills.chat.inbound import Answer, Pressed, Submitted
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.people import PersonRef, Place, Workspace
from drills.push import Push

MICU = a_team("micu")
ELSEWHERE = Workspace("room", "elsewhere")


@dataclass
class Stranger:
    """Dana of the Medical ICU, or somebody of another workspace, with ids that are none of theirs."""

    ward: Ward
    person: PersonRef
    place: Place
    keys: int = 0

    async def press(self, verb: str, *args: str) -> Answer:
        self.keys += 1
        pressed = Pressed(f"stranger-{self.keys}", self.person, self.place, Intent(verb, args))
        return await self.ward.inbox.receive(pressed)

    async def submit(self, verb: str, *args: str, **values: str) -> Answer:
        self.keys += 1
        submitted = Submitted(f"stranger-{self.keys}", self.person, self.place, Intent(verb, args), values)
        return await self.ward.inbox.receive(submitted)


@pytest.fixture
async def dana(ward: Ward) -> Stranger:
    async with ward.memory.begin() as work:
        await work.teams.save(MICU)
        await work.members.save(a_member("dana", MICU))
    return Stranger(ward, a_person("dana"), MICU.place)


async def test_another_teams_drill_is_refused_kindly(ward: Ward, dana: Stranger) -> None:
    push = await ward.push()
    for answer in (
        await dana.press("answer", push.id),
        await dana.press("skip", push.id),
        await dana.submit("enrol", push.id, profession="nurse"),
    ):
        assert "another team's channel" in _shown(answer)
    async with ward.memory.read() as work:
        assert await work.members.get(dana.person, ward.team.id) is None
        assert await work.attempts.latest(push, dana.person) is None


async def test_whoever_stands_in_the_channel_may_join(ward: Ward, dana: Stranger) -> None:
    push = await ward.push()
    dana.place = ward.team.place
    form = (await dana.press("answer", push.id)).show
    assert isinstance(form, Form)
    assert form.intent.verb == "enrol"
    await dana.submit("enrol", push.id, profession="nurse")
    async with ward.memory.read() as work:
        assert await work.members.get(dana.person, ward.team.id) is not None


async def test_a_member_may_answer_from_anywhere(ward: Ward) -> None:
    push = await ward.push()
    at_home = Stranger(ward, a_person("kai"), Place(ward.team.workspace, "a direct message"))
    assert isinstance((await at_home.press("answer", push.id)).show, Form)


async def test_joining_twice_changes_neither_name_role_nor_profession(ward: Ward) -> None:
    push = await ward.push()
    await ward.submit(Intent("enrol", (push.id,)), profession="physician")
    async with ward.memory.read() as work:
        assert await work.members.get(a_person("kai"), ward.team.id) == ward.members[0]


async def test_any_is_no_profession_that_somebody_has(ward: Ward, dana: Stranger) -> None:
    push = await ward.push()
    dana.place = ward.team.place
    for picked in ("any", "barber", ""):
        assert isinstance((await dana.submit("enrol", push.id, profession=picked)).show, FieldErrors)


@pytest.mark.parametrize("workspace", [None, ELSEWHERE])
async def test_nobody_reads_or_changes_somebody_elses_attempt(
    ward: Ward, dana: Stranger, workspace: Workspace | None
) -> None:
    if workspace:
        dana.person, dana.place = PersonRef(workspace, "kai"), Place(workspace, ward.team.channel)
    push = await ward.push(a_drill_file("ai-001-ribs"))
    attempt = await _answered_by_kai(ward, push)
    answers = [
        await dana.press("feedback", attempt.id),
        await dana.press("fair", attempt.id),
        await dana.press("unfair", attempt.id),
        await dana.press("before", attempt.id, "go"),
        await dana.press("after", attempt.id, "go"),
        await dana.press("again", push.id),
        await dana.submit("reply", attempt.id, words="mine now"),
        await dana.submit("contest", attempt.id, comment="not mine"),
    ]
    for answer in answers:
        assert "That did not work" in _shown(answer)
        assert "apixaban" not in _shown(answer)
    async with ward.memory.read() as work:
        assert await work.attempts.get(ward.team.workspace, attempt.id) == attempt
        words = await work.attempts.words(ward.team.workspace, attempt.id)
        evaluation = await work.evaluations.get(ward.team.workspace, attempt.id)
    assert words is not None
    assert words.text == "Stop: apixaban at 07:00."
    assert evaluation is not None
    assert not evaluation.contested


@pytest.mark.parametrize("id_", ["' OR 1=1 --", "%", "*", "x" * 500, "\u202e", "<script>"])
async def test_an_id_of_any_shape_finds_nothing(ward: Ward, id_: str) -> None:
    await ward.push()
    for verb in ("answer", "skip", "again", "feedback", "fair", "unfair"):
        assert "That did not work" in plain(await ward.press(verb, id_))


async def _answered_by_kai(ward: Ward, push: Push) -> Attempt:
    card = await ward.press("answer", push.id)
    card = await ward.press("before", card.buttons[0].intent.args[0], "go")  # type: ignore[union-attr]  # two taps
    form = await ward.press("after", card.buttons[0].intent.args[0], "pause")  # type: ignore[union-attr]
    await ward.submit(form, words="Stop: apixaban at 07:00.")
    await ward.work()
    async with ward.memory.read() as work:
        attempt = await work.attempts.latest(push, a_person("kai"))
    assert attempt is not None
    return attempt


def _shown(answer: Answer) -> str:
    assert answer.show is not None
    return plain(answer.show)  # type: ignore[arg-type]  # a refusal is a card
