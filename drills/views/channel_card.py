"""The card that a whole channel sees: the scenario, two buttons, and how many have answered.

How many skipped is not on it: we promise that nobody is told, and in a small team a count tells.
"""

from __future__ import annotations

from drills.chat.cards import Block, Bullets, Button, Card, Fold, Quote, Style, Text, Tone
from drills.chat.intents import Intent
from drills.drill import Drill, Kind
from drills.pattern import Pattern
from drills.push import Push, PushState, Turnout
from drills.views.closing import pattern_blocks
from drills.views.wording import BANNER, CHANNEL_SEES, LOCAL_POLICY, clock_on, minutes


def channel_card(
    drill: Drill, push: Push, turnout: Turnout, tz: str, *, held: Text | None = None, pattern: Pattern | None = None
) -> Card:
    """The card as it stands now; posting it again in place is how it moves.

    `tz` is the team's zone: a channel has one clock for all. `held` says that the team is on hold, `pattern` what the
    replies have in common once the window is over.
    """
    closed = push.state is PushState.CLOSED
    return Card(
        title=drill.title,
        banner=BANNER,
        blocks=(
            *_story(drill, closed),
            *_count(turnout, closed),
            *(() if closed else (_until(push, tz),)),
            *((held,) if held and not closed else ()),
            *((*pattern_blocks(drill, pattern), *_reveal(drill)) if closed else ()),
        ),
        buttons=() if closed else _buttons(push),
        who_sees=CHANNEL_SEES,
    )


def _story(drill: Drill, closed: bool) -> tuple[Block, ...]:
    warning = (Text(drill.content_warning, label="Before you open it"),) if drill.content_warning else ()
    return (
        Text(
            f"{drill.kind.label} · {'closed' if closed else minutes(drill)} · for {_audience(drill)}", tone=Tone.QUIET
        ),
        *warning,
        Text(drill.scenario.strip()),
        _ask(drill, closed),
    )


def _ask(drill: Drill, closed: bool) -> Text:
    """A second look asks only after the taps, so that the story's question does not steer the first one."""
    if closed:
        return Text(drill.ask.strip(), label="What was asked")
    taps = "One tap, an AI output, one more tap, then a few sentences."
    ask = taps if drill.kind is Kind.AI_SECOND_LOOK else drill.ask.strip()
    return Text(ask, label="What you do", tone=Tone.STRONG)


def _audience(drill: Drill) -> str:
    return ", ".join(dict.fromkeys(p.label for p in (drill.roles.primary, *drill.roles.also)))


def _count(turnout: Turnout, closed: bool) -> tuple[Text, ...]:
    """A new team has nobody to count yet; "0 of 0" would read as if nobody cared."""
    if not turnout.eligible:
        return () if closed else (Text("Whoever presses Answer takes part.", tone=Tone.QUIET),)
    ended = "Closed: " if closed else ""
    return (Text(f"{ended}{turnout.answered} of {turnout.eligible} answered", tone=Tone.STRONG),)


def _until(push: Push, tz: str) -> Text:
    return Text(f"Open until {clock_on(tz, push.closes_at)}, this team's time.", tone=Tone.QUIET)


def _buttons(push: Push) -> tuple[Button, ...]:
    return (
        Button("Answer", Intent("answer", (push.id,)), Style.PRIMARY),
        Button("Skip", Intent("skip", (push.id,)), Style.QUIET),
    )


def _reveal(drill: Drill) -> tuple[Block, ...]:
    reflection = (Text(drill.team_reflection, label="To talk about"),) if drill.team_reflection else ()
    answer = Fold("One good answer, not the only one", (Quote(drill.model_answer.strip()), Bullets(drill.debrief)))
    return (answer, *reflection, Text(LOCAL_POLICY, tone=Tone.QUIET))
