"""What the bot is, what it may be asked, and who sees what: the first card anybody gets."""

from __future__ import annotations

from collections.abc import Sequence

from drills.chat.cards import Bullets, Card, Fact, Facts, Text, Tone
from drills.views.wording import NO_REAL_PATIENTS, ONLY_YOU

_LONGEST_WORD = 40
COMMANDS = (
    ("now", "answer the drill that is open for you"),
    ("list", "all that is open here"),
    ("skip", "skip the drill that is open for you; no reason needed"),
    ("mine", "your own drills and feedback"),
    ("board", "the team board"),
    ("snooze 7", "no drills for 7 days (any number up to 90)"),
    ("leave", "no drills any more; `/drill join` brings them back"),
    ("settings", "your own time zone"),
    ("forget-me", "erase your words and your name"),
    ("help", "this card"),
)
FOR_CHARGE_NURSES = (("hold 6h", "leave this team alone for six hours; `/drill hold off` ends it"),)
FOR_LEADS = (
    ("push", "post a drill in this channel now"),
    ("campaign", "this team's campaigns, and when the next drill comes"),
    ("rota", "paste when people are on shift or on leave, so that drills reach them then"),
    *FOR_CHARGE_NURSES,
    ("setup", "this team's name, time zone, professions and quiet hours"),
)
FOR_EDUCATORS = (
    ("campaign new", "plan drills over weeks, and see every one before it starts"),
    ("roles", "name charge nurses, leads and educators of this team"),
    ("review", "look, without names, at what learners found unfair"),
)
DOCTOR = (("doctor", "what is missing here, and what mends it"),)
SET_UP = (("setup", "make this channel a team's; for whoever administers the workspace"),)
"""Where no team is yet, everybody sees how one comes about."""
WHO_SEES_WHAT = (
    "Only you see your replies and your feedback. Your team sees how many answered.",
    "The board shows teams of five or more: taking part and growth, never people.",
    "Practice, not assessment: not for HR, pay, licence or rota.",
    "A program reads replies and can be wrong: an AI model or a checklist. Your feedback says which.",
    NO_REAL_PATIENTS,
)


def help_card(more: Sequence[tuple[str, str]] = (), unknown: str = "") -> Card:
    """`more` are commands for those who look after the team here; `unknown` is a word that is none."""
    short = unknown if len(unknown) <= _LONGEST_WORD else f"{unknown[:_LONGEST_WORD]}…"
    return Card(
        title="Readback: two-minute communication drills",
        blocks=(
            *((Text(f"I don't know “{short}”. This is what you can ask for:"),) if unknown else ()),
            Text("A fictional case, a few sentences in your own words, private feedback. Skip whenever you like."),
            _facts(COMMANDS),
            *((Text("For those who look after a team", tone=Tone.STRONG), _facts(more)) if more else ()),
            Bullets(WHO_SEES_WHAT, label="Who sees what"),
        ),
        who_sees=ONLY_YOU,
    )


def _facts(commands: Sequence[tuple[str, str]]) -> Facts:
    return Facts(tuple(Fact(f"/drill {words}", meaning) for words, meaning in commands))
