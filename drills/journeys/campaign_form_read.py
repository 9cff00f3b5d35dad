"""What people wrote into a campaign form, put into the file's data. What a form does not show stays as it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from drills.campaign import BadCadence
from drills.campaign.clock_words import SPAN_EXAMPLE, span_of
from drills.campaign.day_words import day_of
from drills.catalog.campaign_text import Data
from drills.chat.cards import picked
from drills.people import Team
from drills.views.campaign_form_values import (
    AFTER,
    COMPETENCY,
    DRILLS,
    FRIDAY,
    KEEP,
    LEVEL,
    LIST,
    LISTED,
    NOTE,
    OPTIONS,
    ORDER,
    PER_WEEK,
    QUIET,
    REMINDERS,
    TEAMS,
    TITLE,
    UNTIL_STOPPED,
    WHEN,
    WINDOW,
    WORDS,
    ZONE,
    shown,
    team_ids,
)

FIELD_OF = {
    "title": TITLE, "drills": DRILLS, "cadence": WORDS, "starts": WHEN, "ends": WHEN, "teams": TEAMS,
    "window_hours": WINDOW, "reminders": REMINDERS, "per_week": PER_WEEK, "order": ORDER, "quiet": QUIET,
    "tz": ZONE, "note": NOTE, "feedback": OPTIONS, "friday_reflection": OPTIONS,
}  # fmt: skip
"""Beside which field a fault of a key stands."""

_NO_DAY = "must be a day such as"
_NO_TIME = "must be a time of day such as"
_NO_ENTRY = "needs 1 or more entries"
_SAY_DAYS = "Write it like 2027-01-04 for 8 weeks, 2027-01-04 to 2027-02-26, or 2027-01-04 until stopped."
_OURS = (
    (WHEN, _NO_DAY, _SAY_DAYS),
    (QUIET, _NO_TIME, SPAN_EXAMPLE),
    (TEAMS, _NO_ENTRY, "Pick at least one team."),
)
"""For a field and what the linter says of its value: the sentence for somebody who sees a form and no file."""

_OF_A_FILE = ", or leave the key out if it may be left out"
_KEY = re.compile(r"`([a-z_]+)`")
_CALLED = {
    "title": "the title", "drills": "the list of drills", "teams": "the list of teams", "kind": "the kinds",
    "difficulty": "the levels", "competency": "the competencies", "starts": "the first day", "ends": "the last day",
    "window_hours": "the number of hours", "per_week": "the number of drills a week", "max": "the number of reminders",
    "after_hours": "the time until the first reminder", "from": "the beginning", "to": "the end",
    "quiet": "the quiet hours", "tz": "the time zone", "note": "the note", "every": "the words",
}  # fmt: skip

_WEEKS = re.compile(r"(.+?)(?:,| for) *(\d{1,3}) weeks?")
_SPAN = re.compile(r"(.+?) (?:to|until|till|-|\u2013) (.+)")
_CRON = re.compile(r"[\d*]\S*(?: +\S+){4}")
_SLUG = 28  # characters, so that an id with everything around it fits into a button
_TAKEN = {"now", "demo"}
_FURTHEST = 10_000  # days


def filled(data: Data, values: Mapping[str, str], teams: Sequence[Team], today: date) -> dict[str, Any]:
    """The data with what `values` say. Fields that were left as they are shown change nothing.

    Only `teams` may be picked; a team of the file that is not among them stays.
    """
    before = shown(data)
    said = {name: _clean(name, text) for name, text in values.items() if name in before}
    changed = {name: text for name, text in said.items() if text != _clean(name, before[name])}
    new = dict(data)
    for name, text in changed.items():
        if name in _READ:
            new.update(_READ[name](text))
    if WHEN in changed:
        new.update(_days(changed[WHEN], today))
    if TEAMS in said:
        new["teams"] = _teams(data, picked(said[TEAMS]), teams)
    if {DRILLS, LIST, COMPETENCY} & changed.keys():
        new["drills"] = _drills(data, {**before, **said}, on_page=LIST in said)
    if {REMINDERS, AFTER} & changed.keys():
        new["reminders"] = _reminders({**before, **said})
    return new


def beside(faults: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each field at fault, from one for each key of the file; days in the words of their field."""
    errors: dict[str, str] = {}
    for key, sentence in faults.items():
        name = AFTER if "`after_hours`" in sentence else FIELD_OF.get(key, key)
        said = next((ours for of, part, ours in _OURS if of == name and part in sentence), _in_words(sentence))
        before = errors.get(name, "")
        errors[name] = before if said in before else f"{before} {said}".strip()
    return errors


def _in_words(sentence: str) -> str:
    """Without the file's keys: somebody who fills a form has never seen one."""
    return _KEY.sub(_called, sentence.replace(_OF_A_FILE, ""))


def _called(found: re.Match[str]) -> str:
    said = _CALLED.get(found[1], found[0])
    before = found.string[: found.start()]
    return said[:1].upper() + said[1:] if not before or before.endswith(". ") else said


def id_for(title: str, taken: Collection[str]) -> str:
    """A short name that the file did not have yet: "spring-handoffs", and with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG].strip("-") or "campaign"
    names = (slug if number == 1 else f"{slug}-{number}" for number in range(1, len(taken) + len(_TAKEN) + 2))
    return next(name for name in names if name not in {*taken, *_TAKEN})


def _clean(name: str, text: str) -> str:
    """One line, but for lists and notes."""
    return text.strip() if name in {LIST, NOTE} else " ".join(text.split())


def _days(text: str, today: date) -> dict[str, Any]:
    """What can't be read goes into the file as it is: the linter has the sentence for it."""
    said = text.lower().removeprefix("from ")
    if found := _WEEKS.fullmatch(said):
        starts = day_of(found[1], today)
        return {"starts": starts, "ends": _after(starts, int(found[2]))}
    if found := _SPAN.fullmatch(said.removesuffix(UNTIL_STOPPED)):
        starts = day_of(found[1], today)
        return {"starts": starts, "ends": day_of(found[2], today, _read(starts))}
    return {"starts": day_of(said.removesuffix(UNTIL_STOPPED).strip(), today), "ends": None}


def _after(starts: str, weeks: int) -> str | None:
    """None for what is no day: one fault is enough."""
    first = _read(starts)
    try:
        return (first + timedelta(days=min(7 * weeks, _FURTHEST) - 1)).isoformat() if first else None
    except OverflowError:
        return None


def _read(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _cadence(text: str) -> dict[str, Any]:
    return {"cron": text} if _CRON.fullmatch(text) else {"every": text}


def _teams(data: Data, ids: Sequence[str], teams: Sequence[Team]) -> list[dict[str, Any]]:
    """With the installation's zones, so that the file previews elsewhere as it runs here."""
    written = {team["id"]: team for team in data.get("teams") or () if isinstance(team, dict) and "id" in team}
    known = {team.id: team for team in teams}
    stay = [id_ for id_ in team_ids(data) if id_ in ids or id_ not in known]
    in_order = [*stay, *(id_ for id_ in ids if id_ not in written and id_ in known)]
    return [{**written.get(id_, {}), "id": id_, **_zone(known.get(id_))} for id_ in in_order]


def _zone(team: Team | None) -> dict[str, str]:
    return {"tz": team.tz} if team else {}


def _drills(data: Data, said: Mapping[str, str], *, on_page: bool) -> Any:
    """A list, or a query of what was picked."""
    if on_page and said[LIST]:
        return said[LIST].replace(",", " ").split()
    picks = picked(said[DRILLS])
    if LISTED in picks:
        return data.get("drills")
    levels = [int(pick.removeprefix(LEVEL)) for pick in picks if pick.startswith(LEVEL)]
    query = {
        "kind": [pick for pick in picks if not pick.startswith(LEVEL)],
        "difficulty": levels,
        "competency": [code.strip() for code in said[COMPETENCY].split(",") if code.strip()],
    }
    return {key: value for key, value in query.items() if value}


def _reminders(said: Mapping[str, str]) -> dict[str, Any] | None:
    after = {"after_hours": _number(said[AFTER])} if said[AFTER] else {}
    return {"max": _number(said[REMINDERS]), **after}


def _quiet(text: str) -> dict[str, str] | None:
    """As the file has it; what can't be read as it is: `beside` has the sentence for what the linter then says."""
    try:
        begin, end = span_of(text)
    except BadCadence:
        return {"from": text, "to": ""} if text else None
    return {"from": f"{begin:%H:%M}", "to": f"{end:%H:%M}"}


def _options(text: str) -> dict[str, Any]:
    options = picked(text)
    return {"feedback": "keep" if KEEP in options else None, "friday_reflection": True if FRIDAY in options else None}


def _number(text: str) -> int | float | str:
    """The linter says what is wrong with anything else."""
    try:
        return int(text) if text.isascii() and text.isdigit() else float(text.replace(",", "."))
    except ValueError:
        return text


_READ: Mapping[str, Callable[[str], dict[str, Any]]] = {
    TITLE: lambda text: {"title": text},
    WORDS: lambda text: {"cadence": _cadence(text)},
    WINDOW: lambda text: {"window_hours": _number(text)},
    PER_WEEK: lambda text: {"per_week": _number(text) if text else None},
    ORDER: lambda text: {"order": text or None},
    OPTIONS: _options,
    QUIET: lambda text: {"quiet": _quiet(text)},
    ZONE: lambda text: {"tz": text or None},
    NOTE: lambda text: {"note": text or None},
}
