"""What a reviewer sees: the reply without its writer, one question at a time, and the judge only at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drills.chat.cards import Bullets, Button, Card, Fold, Leaf, Quote, Style, Text, Tick, Ticks, Tone
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.evaluation import Band
from drills.review import Before, Item, Ruling, items, levels_offered
from drills.rubric import Criterion, Level, RedFlag
from drills.views.second_look import ai_output
from drills.views.wording import BANNER, ONLY_YOU

BLIND = (
    "Only you can see this. You are not told who wrote it; if you recognise them, leave it to somebody else. "
    "The writer is not told who you are."
)
LEVEL_WORDS = {Level.MET: "Met", Level.PARTIAL: "Partly", Level.NOT_YET: "Not yet", Level.CANNOT_JUDGE: "Can't say"}
_FLAG_WORDS = {Level.MET: "Yes, it is there", Level.NOT_YET: "No", Level.CANNOT_JUDGE: "Can't say"}


@dataclass(frozen=True, slots=True)
class BlindCase:
    """What there is to rule on. `scope_note` is there only where the drill expects less of the writer's profession."""

    evaluation: str
    drill: Drill
    words: str
    rulings: Mapping[int, Ruling]
    scope_note: str = ""

    @property
    def next_place(self) -> int | None:
        """The first item without a ruling; None when all have one."""
        return next((place for place in range(len(items(self.drill))) if place not in self.rulings), None)

    @property
    def is_final(self) -> bool:
        """Whether this reviewer has ruled on everything and seen what the judge said."""
        return self.next_place is None and all(ruling.final for ruling in self.rulings.values())


@dataclass(frozen=True, slots=True)
class Said:
    """What the reviewer is shown at the end. `votes` are the levels of each judge of a panel, by criterion."""

    before: Before
    votes: Sequence[Mapping[str, Level]]
    reason: str
    result: Band | None


def case_card(case: BlindCase, waiting: int, not_asked: int) -> Card:
    """The story and the reply; nothing of any judge."""
    others = (Button("Another reply", Intent("review", (case.evaluation, "next")), Style.QUIET),) if waiting > 1 else ()
    return Card(
        title=f"Review: {case.drill.title}",
        banner=BANNER,
        blocks=(
            *_story(case.drill),
            *_reply(case),
            Text(
                f"{len(items(case.drill))} short questions. You may stop at any time and go on later with "
                "`/drill review`. What the judge said comes after your last answer.",
            ),
            Text(_waiting(waiting, not_asked), tone=Tone.QUIET),
        ),
        buttons=(_go_on(case), *others),
        who_sees=BLIND,
    )


def item_card(case: BlindCase, place: int) -> Card:
    """One criterion or red flag, with its author's anchors and a button for each answer."""
    all_ = items(case.drill)
    back = (Button("Back", Intent("review", (case.evaluation, str(place - 1))), Style.QUIET),) if place else ()
    return Card(
        title=f"{place + 1} of {len(all_)}: {case.drill.title}",
        banner=BANNER,
        blocks=(*_reply(case), *_question(all_[place]), Fold("The story", tuple(_story(case.drill)))),
        buttons=(*_answers(case, place), *back),
        who_sees=BLIND,
    )


def overview_card(case: BlindCase) -> Card:
    """Everything is ruled on: the last moment to change something."""
    last = len(items(case.drill)) - 1
    return Card(
        title=f"Your view: {case.drill.title}",
        banner=BANNER,
        blocks=(
            *_reply(case),
            Ticks(tuple(Tick(item.text, said.level, mark(item, said.level)) for item, said in _ruled(case))),
            Text("Next you see what the judge said. From then on your answers stand as they are."),
        ),
        buttons=(
            Button("Compare with the judge", Intent("compare", (case.evaluation,)), Style.PRIMARY),
            Button("Back", Intent("review", (case.evaluation, str(last))), Style.QUIET),
        ),
        who_sees=BLIND,
    )


def comparison_card(case: BlindCase, said: Said) -> Card:
    """The reviewer's answers beside the judge's, and the one button that makes them count."""
    ticks = (Tick(item.text, ruling.level, _beside(item, ruling.level, said)) for item, ruling in _ruled(case))
    return Card(
        title=f"You and the judge: {case.drill.title}",
        banner=BANNER,
        blocks=(
            Ticks(tuple(ticks)),
            *((Quote(said.reason, by="what the writer says was not fair"),) if said.reason else ()),
            Text(_result(said), label="If you confirm"),
        ),
        buttons=(Button("Confirm", Intent("settle", (case.evaluation,)), Style.PRIMARY),),
        who_sees=BLIND,
    )


def settled_card() -> Card:
    return Card(
        title="Settled, thank you",
        blocks=(Text("Your answers are the verdict now. The writer is told what changed, and not by whom."),),
        buttons=(Button("The next reply", Intent("review")),),
        who_sees=ONLY_YOU,
    )


def nothing_card(not_asked: int) -> Card:
    return Card(
        title="Nothing to review",
        blocks=(Text(_waiting(0, not_asked)),),
        who_sees=ONLY_YOU,
    )


def mark(item: Item, level: Level) -> str:
    """A level in words; a red flag is there or not."""
    return _FLAG_WORDS[level] if isinstance(item, RedFlag) else LEVEL_WORDS[level]


def _waiting(waiting: int, not_asked: int) -> str:
    open_ = {0: "No reply waits for you.", 1: "This is the only reply that waits."}.get(
        waiting, f"{waiting} replies wait; the oldest comes first."
    )
    if not not_asked:
        return open_
    count = "1 more result is" if not_asked == 1 else f"{not_asked} more results are"
    return f"{open_} {count} set aside; you are shown the words only if their writer asks for a person."


def _go_on(case: BlindCase) -> Button:
    label = "Go on" if case.rulings else "Begin"
    if case.is_final:
        return Button(label, Intent("compare", (case.evaluation,)), Style.PRIMARY)
    place = len(items(case.drill)) if case.next_place is None else case.next_place
    return Button(label, Intent("review", (case.evaluation, str(place))), Style.PRIMARY)


def _story(drill: Drill) -> Iterator[Leaf]:
    yield Text(drill.scenario.strip())
    if drill.reliance:
        yield ai_output(drill.reliance.ai_card)
        if drill.reliance.reveal:
            yield Text(drill.reliance.reveal, label="What they find")
    yield Text(drill.ask.strip(), label=f"The turn of the {drill.roles.primary.label}")
    if drill.facts:
        yield Bullets(drill.facts, label="Facts of the story")


def _reply(case: BlindCase) -> Iterator[Leaf]:
    yield Quote(case.words, by="the reply")
    if case.scope_note:
        yield Text(case.scope_note, label="What not to expect of this writer")


def _question(item: Item) -> Iterator[Leaf]:
    match item:
        case RedFlag():
            yield Text(item.text, label="Does the reply do this?")
        case Criterion():
            yield Text(item.text, label="Does the reply do this?")
            yield Bullets(item.look_for, label="Counts as met")
            if item.partial:
                yield Text(item.partial, label="Counts as partly")
            if item.not_enough:
                yield Bullets(item.not_enough, label="Is not enough")
            yield Text("Any wording, any English, any length: only what is said.", tone=Tone.QUIET)


def _answers(case: BlindCase, place: int) -> Iterator[Button]:
    item, said = items(case.drill)[place], case.rulings.get(place)
    for level in levels_offered(item):
        chosen = said is not None and said.level is level
        label = f"{mark(item, level)} (your answer)" if chosen else mark(item, level)
        yield Button(label, Intent("rule", (case.evaluation, str(place), level.value)))


def _ruled(case: BlindCase) -> list[tuple[Item, Ruling]]:
    return [(item, case.rulings[place]) for place, item in enumerate(items(case.drill))]


def _beside(item: Item, level: Level, said: Said) -> str:
    judge = said.before.level_of(item)
    votes = [mark(item, vote[item.id]) for vote in said.votes if isinstance(item, Criterion) and item.id in vote]
    each = f" (its votes: {', '.join(votes)})" if votes else ""
    return f"You: {mark(item, level)} · the judge: {mark(item, judge)}{each}"


def _result(said: Said) -> str:
    now, was = (band.label if band else "no band" for band in (said.result, said.before.band))
    return f"The result stays: {now}." if now == was else f"{now}, in place of {was}."
