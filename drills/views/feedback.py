"""The private feedback: one strength in the learner's words, a next step, and every criterion on tap."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from drills.attempt import Attempt
from drills.chat.cards import Block, Bullets, Button, Card, Fold, Marked, Quote, Span, Style, Text, Tick, Ticks, Tone
from drills.chat.intents import Intent
from drills.drill import Drill, GroundTruth, Reliance
from drills.evaluation import Evaluation, Judgement, Outcome, Unscored, Verdict
from drills.judging.feedback import Feedback, pick
from drills.judging.quotes import spans
from drills.rubric import Level
from drills.views.appeal import ASKED_SEEN_BY
from drills.views.ticks import practice_mark, ticks_button
from drills.views.wording import AI_CAN_BE_WRONG, BANNER, LOCAL_POLICY, MADE_UP, MADE_UP_BY, REPLY_SEEN_BY

PRACTICE = (
    "Practice feedback: an embedded checklist matched your wording with the author's examples. It does not understand "
    "meaning and misses good answers put in other words. It gives no score, and no AI model has read your words."
)
BY_PERSON = "A person read your reply, without your name and before they saw what the judge had said."
MAY_ASK_PERSON = (
    "This result counts in no figure until a person has looked at it. They see your words only if you ask them to."
)
WAITS_FOR_PERSON = "A person will look at your reply; until then this result counts in no figure."
_MARK = {Level.MET: "✓ Met", Level.PARTIAL: "◐ Partly", Level.NOT_YET: "○ Not yet", Level.CANNOT_JUDGE: "? Can't tell"}
_WHY_UNSCORED = {
    Unscored.REFUSAL: "our judge declined to read it",
    Unscored.TRUNCATED: "our judge's answer broke off",
    Unscored.UNREADABLE: "our judge's answer could not be read",
    Unscored.OUTAGE: "our judge could not be reached for a while",
}


def feedback_card(
    drill: Drill,
    attempt: Attempt,
    evaluation: Evaluation,
    words: str,
    ticked: Collection[str] = (),
    *,
    asked: bool = False,
) -> Card:
    """The card for a finished evaluation. `words` is the reply, or empty when it was erased.

    `ticked` are criteria that the learner ticked; they show under practice feedback only. `asked`: the learner asked
    for a person to look.
    """
    if evaluation.judgement is None or evaluation.outcome is None:
        return _not_scored(drill, attempt, evaluation)
    feedback = pick(drill, evaluation.judgement, evaluation.outcome, words)
    return Card(
        title=_title(drill, evaluation.outcome, feedback),
        banner=BANNER,
        blocks=(
            *_set_aside(evaluation, asked),
            *_message(feedback),
            *_own_words(drill, words, evaluation.judgement),
            *_taps(drill.reliance, attempt),
            Fold("Criterion by criterion", (Ticks(_ticks(drill, evaluation.judgement, ticked)),)),
            _model_answer(drill),
            Text(_who_read(evaluation.judgement), tone=Tone.QUIET),
            Text(LOCAL_POLICY, tone=Tone.QUIET),
        ),
        buttons=(*_again(drill, attempt), *(_open_questions(evaluation, asked) if words else ())),
        who_sees=ASKED_SEEN_BY if asked else REPLY_SEEN_BY,
    )


def _title(drill: Drill, outcome: Outcome, feedback: Feedback) -> str:
    if feedback.practice:
        return f"{drill.title} – practice feedback"
    if outcome.band is None:
        return f"{drill.title} – not sure this time"
    return f"{drill.title} – {outcome.band.label}"


def _who_read(judgement: Judgement) -> str:
    if judgement.provenance.judge == MADE_UP_BY:
        return MADE_UP
    if judgement.by_person:
        return BY_PERSON
    return PRACTICE if judgement.practice else AI_CAN_BE_WRONG


def _set_aside(evaluation: Evaluation, asked: bool) -> Iterable[Block]:
    if evaluation.contested:
        yield Text(WAITS_FOR_PERSON if asked else MAY_ASK_PERSON, label="Set aside")


def _message(feedback: Feedback) -> Iterable[Block]:
    if feedback.opening:
        yield Text(feedback.opening)
    if feedback.strength:
        yield Text(feedback.strength.why, label="What worked")
        if feedback.strength.quote:  # gone once its writer had it erased
            yield Quote(feedback.strength.quote, by="your words")
    for note in feedback.notes:
        yield Text(note, label="A private note")
    for step in feedback.next_steps:
        yield Text(step.tip, label="Compare for yourself" if step.unsure else "Try next")
        if step.example:
            yield Quote(step.example, by="one way to say it")
    if feedback.question:
        yield Text(feedback.question, label="To think about")


def _own_words(drill: Drill, words: str, judgement: Judgement) -> Iterable[Block]:
    if words:
        yield Marked(words, _marks(drill, words, judgement), label="Your reply, with what was quoted")


def _marks(drill: Drill, words: str, judgement: Judgement) -> tuple[Span, ...]:
    """Where the quotes stand; where two overlap, the earlier one wins."""
    found = [
        Span(start, end, drill.rubric.criterion(verdict.criterion).text)
        for verdict in judgement.verdicts
        if verdict.quote_found and verdict.level in {Level.MET, Level.PARTIAL}
        for start, end in spans(words, verdict.quote)
    ]
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _ticks(drill: Drill, judgement: Judgement, ticked: Collection[str]) -> tuple[Tick, ...]:
    marks = [practice_mark(v, ticked) if judgement.by_checklist else _MARK[v.level] for v in judgement.verdicts]
    return tuple(
        Tick(drill.rubric.criterion(v.criterion).text, v.level, mark, v.quote, _note(v, judgement))
        for v, mark in zip(judgement.verdicts, marks, strict=True)
    )


def _note(verdict: Verdict, judgement: Judgement) -> str:
    """The checklist's note says what its mark says, and adds an example where it found less: only that is left."""
    if not judgement.by_checklist:
        return verdict.note
    _, quote, example = verdict.note.partition("“")
    return f"For example: {quote}{example}" if quote and verdict.level is not Level.MET else ""


def _taps(reliance: Reliance | None, attempt: Attempt) -> Iterable[Block]:
    """The learner's own two taps beside what the story holds; the first place where the truth is told."""
    if reliance is None or attempt.after is None:
        return
    before = reliance.label(attempt.before) if attempt.before else "–"
    yield Text(f"{before} → {reliance.label(attempt.after)}", label="Your two taps")
    yield Text(_truth(reliance), label=f"About {reliance.ai_card.system}")


def _truth(reliance: Reliance) -> str:
    fitting = " or ".join(f"“{reliance.label(option)}”" for option in reliance.correct)
    return {
        GroundTruth.AI_RIGHT: f"In this story its output was right. {fitting} fits.",
        GroundTruth.AI_WRONG: f"In this story its output was wrong. {fitting} fits.",
        GroundTruth.AMBIGUOUS: f"In this story nobody can know yet whether its output is right. {fitting} fits.",
    }[reliance.ground_truth]


def _model_answer(drill: Drill) -> Fold:
    return Fold("One good answer, not the only one", (Quote(drill.model_answer.strip()), Bullets(drill.debrief)))


def _again(drill: Drill, attempt: Attempt) -> tuple[Button, ...]:
    again = Button("Try another version", Intent("again", (attempt.push,)))
    return (again,) if len(drill.variants) > attempt.number else ()


def _open_questions(evaluation: Evaluation, asked: bool) -> tuple[Button, ...]:
    """Of a reply whose words are erased there is nothing left that anybody could look at."""
    return (*ticks_button(evaluation), *_fair(evaluation, asked))


def _fair(evaluation: Evaluation, asked: bool) -> Iterable[Button]:
    """What a person said is not asked about again."""
    if evaluation.contested and not asked:
        yield Button("Ask a person to look", Intent("consent", (evaluation.id,)))
    if not evaluation.is_reviewed:
        yield Button("This was fair", Intent("fair", (evaluation.id,)), Style.QUIET)
        yield Button("This was not fair", Intent("unfair", (evaluation.id,)), Style.QUIET)


def _not_scored(drill: Drill, attempt: Attempt, evaluation: Evaluation) -> Card:
    """A refusal, an outage or an unreadable answer is never zero: it is said as it is."""
    why = _WHY_UNSCORED[evaluation.unscored] if evaluation.unscored else "it is not read yet"
    return Card(
        title=f"{drill.title} – not scored",
        banner=BANNER,
        blocks=(
            Text(f"Your reply is in and counts as taking part, but it has no feedback: {why}. That is not about you."),
            *_taps(drill.reliance, attempt),
            _model_answer(drill),
            Text(LOCAL_POLICY, tone=Tone.QUIET),
        ),
        who_sees=REPLY_SEEN_BY,
    )
