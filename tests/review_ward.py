"""What a review story does: a reply that is judged harshly, an educator who rules on it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from builders import a_drill_file, a_person
from ward import Ward

from drills.chat.cards import Button, Card
from drills.chat.inbound import Profile
from drills.chat.plain import plain
from drills.evaluation import Evaluation, Judgement, Provenance, Verdict
from drills.judging.panel import settle
from drills.review import Review, ReviewState, items
from drills.rubric import Level
from storage.tables import replies

WORDS = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."
REASON = "I did say when it began."
DRILL = a_drill_file().drill()
PLACES = range(len(items(DRILL)))
CRITERIA = [criterion.id for criterion in DRILL.rubric.criteria]
EDUCATOR, COLLEAGUE = "esther", "ravi"
ADMIN = Profile(admin=True)
BLIND_TO = ("Kai", "kai", "nurse at", "Solid", "Nearly there", "Worth another go", "scripted", REASON)


async def contested(
    ward: Ward,
    *,
    met: int = 0,
    practice: bool = False,
    submit: bool = True,
    by: str = "kai",
    words: str = WORDS,
    slot: str = "1",
) -> str:
    """A reply that is judged harshly, and its writer finds that unfair."""
    push = await ward.push(slot=slot)
    await ward.reply(push, words, by=by)
    quote = " ".join(words.split()[:4])
    verdicts = tuple(
        Verdict(c, Level.MET, quote, "Well said.") if n < met else Verdict(c, Level.NOT_YET)
        for n, c in enumerate(CRITERIA)
    )
    ward.judge.answers = [Judgement(verdicts, (), Provenance("scripted", "1"), practice=practice)]
    await ward.work()
    evaluation = await own(ward, by)
    if submit:
        await ward.submit(await ward.press("unfair", evaluation, by=by), by=by, comment=REASON)
    return evaluation


async def split(ward: Ward) -> str:
    """Three judges who agree on nothing."""
    push = await ward.push()
    await ward.reply(push, WORDS)
    votes = [_vote(level) for level in (Level.MET, Level.NOT_YET, Level.CANNOT_JUDGE)]
    ward.judge.answers = [settle(votes, WORDS)]
    await ward.work()
    return await own(ward)


def _vote(level: Level) -> Judgement:
    quote = WORDS[:20] if level is Level.MET else ""
    return Judgement(tuple(Verdict(c, level, quote) for c in CRITERIA), (), Provenance("scripted", "1"))


async def review_it(
    ward: Ward, evaluation: str, levels: Sequence[Level] = (), flags: Sequence[Level] = (), by: str = EDUCATOR
) -> None:
    await rule_all(ward, evaluation, levels, flags, by)
    await ward.press("compare", evaluation, by=by)
    await ward.press("settle", evaluation, by=by)


async def rule_all(
    ward: Ward, evaluation: str, levels: Sequence[Level] = (), flags: Sequence[Level] = (), by: str = EDUCATOR
) -> None:
    wanted = [*(levels or [Level.MET] * len(CRITERIA)), *(flags or [Level.NOT_YET] * len(DRILL.red_flags))]
    for place, level in enumerate(wanted):
        await ward.press("rule", evaluation, str(place), level.value, by=by)


def right_level(place: int) -> Level:
    """Everything was said, and nothing that should not be."""
    return Level.MET if place < len(CRITERIA) else Level.NOT_YET


def wanted_level(card: Card) -> Level:
    (place,) = {int(button.intent.args[1]) for button in card.buttons if button.intent.verb == "rule"}
    return right_level(place)


def the_answer(card: Card, level: Level) -> Button:
    (button,) = [b for b in card.buttons if b.intent.verb == "rule" and b.intent.args[2] == level.value]
    return button


def the_button(card: Card, label: str) -> Button:
    (button,) = [button for button in card.buttons if button.label == label]
    return button


def says_nothing_of_writer_or_judge(card: Card) -> None:
    text = plain(card).replace(WORDS, "")
    assert [word for word in BLIND_TO if word in text] == []


async def press(ward: Ward, button: Button, by: str = EDUCATOR) -> Card:
    return shown(await ward.press(button.intent.verb, *button.intent.args, by=by))


def shown(what: object) -> Card:
    assert isinstance(what, Card)
    return what


async def own(ward: Ward, by: str = "kai") -> str:
    async with ward.memory.read() as work:
        newest, *_ = await work.attempts.of_person(a_person(by))
    return newest.id


async def evaluation_of(ward: Ward, id_: str) -> Evaluation:
    async with ward.memory.read() as work:
        found = await work.evaluations.get(ward.team.workspace, id_)
    assert found is not None
    return found


async def judgement_of(ward: Ward, id_: str) -> Judgement:
    judgement = (await evaluation_of(ward, id_)).judgement
    assert judgement is not None
    return judgement


async def state_of(ward: Ward, id_: str) -> ReviewState:
    async with ward.memory.read() as work:
        review = await work.reviews.get(ward.team.workspace, id_)
    assert isinstance(review, Review)
    return review.state


async def score_on_board(ward: Ward) -> float | None:
    """Kai's only score, as the board's figures see it."""
    now = ward.clock()
    async with ward.memory.read() as work:
        (record,) = await work.boards.records(ward.team.workspace, now.replace(year=2025), now.replace(year=2027))
    (score,) = [drill.score for person in record.people if person.person == a_person() for drill in person.drills]
    return score


async def reviewed_lines(ward: Ward) -> int:
    async with ward.memory.read() as work:
        entries = await work.ledger.entries(ward.team.workspace)
    return [entry.body["what"] for entry in entries].count("reviewed")


async def erase(ward: Ward, evaluation: str) -> None:
    async with ward.memory.begin() as work:
        await work.connection.execute(sa.delete(replies).where(replies.c.attempt == evaluation))
