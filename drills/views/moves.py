"""What the tags of framework elements are called where people read them. An unknown tag is read as it stands."""

from __future__ import annotations

from collections.abc import Mapping

MOVES: Mapping[str, str] = {
    "ISBAR.I": "Who you are, and who it is about",
    "ISBAR.S": "What is happening now",
    "ISBAR.B": "The background that matters",
    "ISBAR.A": "What you see and think",
    "ISBAR.R": "What you ask for, and by when",
    "DESC.D": "Describing what happened",
    "DESC.E": "Saying what it means to you",
    "DESC.S": "Suggesting a way",
    "DESC.C": "What comes of it for the team",
    "CUS.C": "Saying that you are concerned",
    "CUS.U": "Saying that you are uncomfortable",
    "CUS.S": "Calling it a safety issue",
    "NURSE.N": "Naming the feeling",
    "NURSE.U": "Showing understanding",
    "NURSE.R": "Showing respect",
    "NURSE.S": "Offering support",
    "NURSE.E": "Asking to hear more",
    "SECOND.S": "What the AI says",
    "SECOND.E": "Evidence of your own",
    "SECOND.C": "Your call, and why",
    "SECOND.O": "Who else must know",
    "SECOND.N": "Noting it in the record",
    "SECOND.D": "Reporting it, so that others learn",
    "PRESENCE.person": "Speaking to the person",
    "PRESENCE.signal": "Noticing what the person shows",
}
_FAMILIES: Mapping[str, str] = {
    "BETA": "Calming words, choices and limits",
    "CHECK_BACK": "Closing the loop",
    "ASK_TELL_ASK": "Asking before and after telling",
    "IPEC": "Working with other professions",
}
"""Elements that stand together under one name."""


def move(element: str) -> str:
    """In a learner's words."""
    family = element.partition(".")[0]
    return MOVES.get(element) or _FAMILIES.get(family) or element
