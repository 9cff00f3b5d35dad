"""When one call is not enough, and what three of them amount to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging.made_drills import PROVENANCE, criterion, drill, judgement

from drills.errors import JudgeUnavailable, JudgeUnusable, ReadbackError
from drills.evaluation import Judgement
from drills.judging.panel import Doubt, Panel, doubts, settle
from drills.judging.quotes import check, fired
from drills.ports import Case
from drills.rubric import Level

REPLY = "He is much worse, come now please."
DRILL = drill(
    criterion("identify", 1),
    criterion("headline", 3, critical=True),
    criterion("numbers", 3),
    criterion("request", 3, critical=True),
    criterion("loop", 3),
)


def says(letters: str, **more: object) -> Judgement:
    return judgement(DRILL.rubric, letters, **more)  # type: ignore[arg-type]


@dataclass
class Voter:
    """Answers what it is given, in order."""

    answers: Sequence[Judgement | ReadbackError]
    name: str = "voter"
    asked: list[Case] = field(default_factory=list)

    async def verdicts(self, case: Case) -> Judgement:
        self.asked.append(case)
        answer = self.answers[len(self.asked) - 1]
        if isinstance(answer, ReadbackError):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        (says("mnmmm"), Doubt.GATE),
        (says("mmmmm", flags=("delay",)), Doubt.GATE),
        (says("mmcmm"), Doubt.CANNOT_JUDGE),
        (says("mmmmm", quote="never said"), Doubt.QUOTE),
        (replace(says("mmmmm"), provenance=replace(PROVENANCE, integrity="addresses_the_grader")), Doubt.INTEGRITY),
        (says("nmmmp"), Doubt.BAND_EDGE),
    ],
)
def test_each_doubt_is_seen(said: Judgement, doubt: Doubt) -> None:
    assert doubt in set(doubts(DRILL, said, REPLY))


def test_a_plain_good_reply_and_practice_feedback_are_not_doubted() -> None:
    assert list(doubts(DRILL, says("mmmmm"), REPLY)) == []
    assert list(doubts(DRILL, replace(says("nnnnn"), practice=True), REPLY)) == []


async def test_one_call_is_enough_where_nothing_is_doubtful() -> None:
    first, second = Voter([says("mmmmm")]), Voter([])
    assert await Panel(first, second, second).verdicts(Case(DRILL, REPLY)) == says("mmmmm")
    assert second.asked == []


async def test_two_of_three_decide_and_all_three_are_kept_for_the_ledger() -> None:
    first = Voter([says("mnmmm"), says("mmmmm")])
    second = Voter([says("mmmmm")])
    settled = await Panel(first, second, first).verdicts(Case(DRILL, REPLY))
    assert [verdict.level for verdict in settled.verdicts] == [Level.MET] * 5
    assert len(settled.votes) == 3
    assert settled.split == ()


async def test_where_no_two_agree_nobody_pretends_to_know() -> None:
    first = Voter([says("mnmmm"), says("mpmmm")])
    settled = await Panel(first, Voter([says("mmmmm")]), first).verdicts(Case(DRILL, REPLY))
    assert settled.split == ("headline",)
    assert settled.verdicts[1].level is Level.CANNOT_JUDGE


async def test_a_red_flag_needs_two_votes() -> None:
    alone = Voter([says("mmmmm", flags=("delay",)), says("mmmmm")])
    settled = await Panel(alone, Voter([says("mmmmm")]), alone).verdicts(Case(DRILL, REPLY))
    assert fired(check(settled, REPLY)) == ()
    agreed = Voter([says("mmmmm", flags=("delay",)), says("mmmmm", flags=("delay",))])
    settled = await Panel(agreed, Voter([says("mmmmm")]), agreed).verdicts(Case(DRILL, REPLY))
    assert [flag.id for flag in fired(check(settled, REPLY))] == ["delay"]


async def test_a_lost_vote_is_a_vote_less_and_no_second_vote_means_later() -> None:
    first = Voter([says("mnmmm"), JudgeUnusable("refusal")])
    settled = await Panel(first, Voter([says("mnmmm")]), first).verdicts(Case(DRILL, REPLY))
    assert settled.verdicts[1].level is Level.NOT_YET
    alone = Voter([says("mnmmm"), JudgeUnavailable("down")])
    with pytest.raises(JudgeUnavailable):
        await Panel(alone, Voter([JudgeUnavailable("down")]), alone).verdicts(Case(DRILL, REPLY))


def test_the_price_of_all_votes_is_added_up() -> None:
    priced = replace(says("mnmmm"), provenance=replace(PROVENANCE, input_tokens=10, cost_usd=0.01, latency_ms=100))
    settled = settle([priced, priced, replace(priced, provenance=PROVENANCE)], REPLY)
    assert (settled.provenance.input_tokens, settled.provenance.latency_ms) == (20, 200)
    assert settled.provenance.cost_usd == pytest.approx(0.02)


@given(st.lists(st.text("mpnc", min_size=5, max_size=5), min_size=2, max_size=3), st.randoms())
def test_the_order_of_votes_changes_no_level(letters: list[str], chance: Random) -> None:
    votes = [says(each) for each in letters]
    shuffled = chance.sample(votes, len(votes))
    assert levels(settle(votes, REPLY)) == levels(settle(shuffled, REPLY))


@given(st.text("mpnc", min_size=5, max_size=5))
def test_equal_votes_settle_on_themselves(letters: str) -> None:
    assert levels(settle([says(letters)] * 3, REPLY)) == levels(check(says(letters), REPLY))


def levels(said: Judgement) -> list[Level]:
    return [verdict.level for verdict in said.verdicts]
