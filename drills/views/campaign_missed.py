"""What a campaign could not post: nobody should have to find out from a channel that stayed empty."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from drills.chat.cards import Text, Tone
from drills.people import Team
from drills.push import Push

_MOST = 5
_HELPS = "`/drill doctor` names what may be missing there; `/drill push` posts one by hand."


def missed_lines(pushes: Sequence[Push], teams: Sequence[Team]) -> list[str]:
    """ "5 South, Tue 03 Mar 14:00", in each team's own time, newest first."""
    known = {team.id: team for team in teams}
    found = sorted((push for push in pushes if push.team in known), key=lambda push: push.opens_at, reverse=True)
    return [_line(push, known[push.team]) for push in found]


def missed_text(pushes: Sequence[Push], teams: Sequence[Team]) -> tuple[Text, ...]:
    """Nothing where all was posted."""
    lines = missed_lines(pushes, teams)
    if not lines:
        return ()
    more = f" and {len(lines) - _MOST} more" if len(lines) > _MOST else ""
    return (Text(f"{'; '.join(lines[:_MOST])}{more}. {_HELPS}", label="Could not be posted", tone=Tone.STRONG),)


def _line(push: Push, team: Team) -> str:
    return f"{team.name}, {push.opens_at.astimezone(ZoneInfo(team.tz)):%a %d %b %H:%M}"
