"""The sentences that stand on every card. Written once, so that a promise reads the same everywhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from drills.drill import Drill

BANNER = "DRILL – fictional patient"
"""First words of every push: they are what a lock screen shows (clinical.md §0.7)."""

CHANNEL_SEES = "Everyone in this channel sees this card. Who answered, and how, stays private."
ONLY_YOU = "Only you can see this."
REPLY_SEEN_BY = (
    "Only you see your reply and your feedback. Your team sees how many answered, never who or how well. "
    "Not for HR, pay, licence or rota."
)
LOCAL_POLICY = "Fictional. Follow local policy."
AI_CAN_BE_WRONG = "An AI model read your reply; it can be wrong."
MADE_UP_BY = "demo"
"""The judge's name on verdicts that nobody gave: the demo's past."""
MADE_UP = "Demo data: this reply and what was found in it are made up."
NO_REAL_PATIENTS = "Write nothing about a real patient or a real event."


def minutes(drill: Drill) -> str:
    """The time target as people say it; a guide, never enforced."""
    return f"about {max(1, round(drill.time_target_s / 60))} min"


def clock(tz: str, at: datetime) -> str:
    """What clocks of this zone show: "Tue 18:00"."""
    return f"{at.astimezone(ZoneInfo(tz)):%a %H:%M}"


def clock_on(tz: str, at: datetime) -> str:
    """The same with its day, for what may be more than a week away: "Tue 24 Nov, 18:00"."""
    local = at.astimezone(ZoneInfo(tz))
    return f"{local:%a} {local.day} {local:%b, %H:%M}"


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def word_guide(drill: Drill) -> str:
    return f"{drill.response.min_words}–{drill.response.max_words} words is a good length; it is not scored."
