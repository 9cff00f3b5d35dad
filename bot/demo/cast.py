"""Who is in the demo. All names are made up."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.web.room.chat import ROOM
from drills.people import Member, PersonRef, Profession, Role, Team


@dataclass(frozen=True, slots=True)
class Cast:
    """A team and its people. `keen` is how likely somebody answers, 0…1; `start` how good their first replies are."""

    team: Team
    members: tuple[Member, ...]
    keen: float
    start: float


def casts() -> tuple[Cast, ...]:
    """Four teams; the last is below five people, to show that it stays off the board."""
    return (
        _cast("5-south", "5 South · surgical ward", _FIVE_SOUTH, keen=0.92, start=0.50),
        _cast("micu", "Medical ICU", _MICU, keen=0.84, start=0.55),
        _cast("emergency", "Emergency department", _EMERGENCY, keen=0.45, start=0.55),
        _cast("night-float", "Night float", _NIGHT_FLOAT, keen=0.70, start=0.55),
    )


def _cast(id_: str, name: str, people: tuple[tuple[str, Profession, Role], ...], *, keen: float, start: float) -> Cast:
    team = Team(ROOM, id_, name, f"#{id_}", "America/Chicago", on_board=True, demo=True)
    members = tuple(
        Member(PersonRef(ROOM, full_name.split()[0].lower()), id_, full_name, profession, role)
        for full_name, profession, role in people
    )
    return Cast(team, members, keen, start)


_P, _R = Profession, Role
_FIVE_SOUTH = (
    ("Kai Lindqvist", _P.NURSE, _R.LEARNER),
    ("Amara Obi", _P.NURSE, _R.LEAD),
    ("Jonas Weber", _P.PHYSICIAN, _R.LEARNER),
    ("Priya Raman", _P.PHARMACIST, _R.EDUCATOR),
    ("Mateo Silva", _P.RT, _R.LEARNER),
    ("Noor Haddad", _P.APP, _R.LEARNER),
    ("Tomasz Nowak", _P.NURSE, _R.LEARNER),
    ("Grace Kim", _P.STUDENT, _R.LEARNER),
)
_MICU = (
    ("Ines Duarte", _P.NURSE, _R.LEAD),
    ("Bram Visser", _P.NURSE, _R.LEARNER),
    ("Aiko Mori", _P.PHYSICIAN, _R.LEARNER),
    ("Samuel Boateng", _P.RT, _R.LEARNER),
    ("Elif Kaya", _P.PHARMACIST, _R.LEARNER),
    ("Owen Pryce", _P.NURSE, _R.LEARNER),
    ("Lucia Ferri", _P.APP, _R.LEARNER),
)
_EMERGENCY = (
    ("Dana Whitfield", _P.NURSE, _R.LEAD),
    ("Ravi Menon", _P.PHYSICIAN, _R.LEARNER),
    ("Chloe Martin", _P.NURSE, _R.LEARNER),
    ("Hassan Aziz", _P.TECH, _R.LEARNER),
    ("Yuki Tanaka", _P.APP, _R.LEARNER),
    ("Pablo Ortiz", _P.NURSE, _R.LEARNER),
    ("Freya Olsen", _P.NURSE, _R.LEARNER),
    ("Marcus Reed", _P.PHARMACIST, _R.LEARNER),
)
_NIGHT_FLOAT = (
    ("Sofia Rossi", _P.NURSE, _R.LEAD),
    ("Ben Carter", _P.PHYSICIAN, _R.LEARNER),
    ("Mina Cho", _P.RT, _R.LEARNER),
    ("Lars Holm", _P.NURSE, _R.LEARNER),
)
