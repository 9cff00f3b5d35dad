"""What stands in the fields of a campaign form: a file's data as words that people type. `filled` reads them back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from drills.catalog.campaign_text import Data

TITLE, DRILLS, WORDS, WHEN, TEAMS = "name", "drills", "cadence", "when", "teams"  # the first form's fields
WINDOW, REMINDERS, PER_WEEK, ORDER, OPTIONS = "window", "reminders", "per_week", "order", "options"  # the second's
LIST, COMPETENCY, AFTER, QUIET, ZONE, NOTE = "list", "competency", "after", "quiet", "zone", "note"  # only on a page
KEEP, FRIDAY = "keep", "friday"  # the options
LISTED, LEVEL = "listed", "level."  # picks of `drills` beside kinds
WEEK, MOST_WEEKS = 7, 999  # "for 1000 weeks" is read by nobody
UNTIL_STOPPED = "until stopped"


def shown(data: Data) -> dict[str, str]:
    """A value for every field. Data that the linter would refuse is shown as well as it can be."""
    reminders = _mapping(data.get("reminders"))
    return {
        TITLE: str(data.get("title") or ""),
        DRILLS: _drills(data.get("drills")),
        LIST: "\n".join(map(str, data["drills"])) if isinstance(data.get("drills"), list) else "",
        COMPETENCY: ", ".join(several(_mapping(data.get("drills")).get("competency"))),
        WORDS: _cadence(_mapping(data.get("cadence"))),
        WHEN: _when(data),
        TEAMS: ",".join(team_ids(data)),
        WINDOW: f"{data.get('window_hours', 72)}",
        REMINDERS: f"{reminders.get('max', 1) if reminders else 0}",
        AFTER: f"{reminders.get('after_hours', '')}",
        PER_WEEK: f"{data.get('per_week') or ''}",
        ORDER: str(data.get("order") or "given"),
        OPTIONS: ",".join(_options(data)),
        QUIET: _quiet(_mapping(data.get("quiet"))),
        ZONE: str(data.get("tz") or ""),
        NOTE: str(data.get("note") or "").strip(),
    }


def team_ids(data: Data) -> list[str]:
    teams = data.get("teams")
    return [str(team["id"]) for team in teams if isinstance(team, dict) and "id" in team] if teams else []


def several(value: Any) -> list[str]:
    """One or a list, as queries may be written."""
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _drills(drills: Any) -> str:
    if isinstance(drills, list):
        return LISTED
    query = _mapping(drills)
    return ",".join([*several(query.get("kind")), *(f"{LEVEL}{n}" for n in several(query.get("difficulty")))])


def _cadence(cadence: Mapping[str, Any]) -> str:
    return str(cadence.get("every") or cadence.get("cron") or "")


def _when(data: Data) -> str:
    starts, ends = data.get("starts"), data.get("ends")
    if not starts:
        return ""
    if not ends:
        return f"{starts} {UNTIL_STOPPED}"
    weeks = _whole_weeks(str(starts), str(ends))
    span = "1 week" if weeks == 1 else f"{weeks} weeks"
    return f"{starts} for {span}" if weeks else f"{starts} to {ends}"


def _whole_weeks(starts: str, ends: str) -> int:
    try:
        days = (date.fromisoformat(ends) - date.fromisoformat(starts)).days + 1
    except ValueError:
        return 0
    return days // WEEK if 0 < days <= WEEK * MOST_WEEKS and days % WEEK == 0 else 0


def _options(data: Data) -> list[str]:
    held = ((KEEP, data.get("feedback") == "keep"), (FRIDAY, data.get("friday_reflection") is True))
    return [name for name, holds in held if holds]


def _quiet(quiet: Mapping[str, Any]) -> str:
    return f"{quiet.get('from', '')}-{quiet.get('to', '')}" if quiet else ""
