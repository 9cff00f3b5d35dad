"""Made-up values for tests: say what matters, get the rest for free."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from drills.catalog import DrillFile, Library, read
from drills.people import Member, PersonRef, Profession, Role, Team, Workspace

WORKSPACE = Workspace("room", "test")
LIBRARY = Path(__file__).parents[1] / "drills" / "library"


def a_team(id_: str = "5-south", *, workspace: Workspace = WORKSPACE, on_board: bool = True) -> Team:
    return Team(workspace, id_, id_.replace("-", " ").title(), f"#{id_}", "America/Chicago", on_board=on_board)


def a_person(user: str = "kai", workspace: Workspace = WORKSPACE) -> PersonRef:
    return PersonRef(workspace, user)


def a_member(
    user: str = "kai",
    team: Team | None = None,
    profession: Profession = Profession.NURSE,
    role: Role = Role.LEARNER,
) -> Member:
    team = team or a_team()
    return Member(a_person(user, team.workspace), team.id, user.title(), profession, role)


def a_drill_file(id_: str = "sbar-001-night-call") -> DrillFile:
    """A shipped drill by id."""
    path = next(LIBRARY.glob(f"*/{id_}.yaml"))
    return read(path.read_text(encoding="utf-8"), path.name)


@cache
def the_library() -> Library:
    """The shipped drills, read once for all tests."""
    return Library.shipped()
