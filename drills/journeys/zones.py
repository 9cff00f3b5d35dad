"""Time zones as people write them: the IANA name, or what it was probably meant to be."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones


def zone(written: str) -> str | None:
    """The zone's own spelling, whatever the case and with spaces for underscores. None where there is none."""
    return _by_folded().get(_fold(written))


def nearest(written: str) -> tuple[str, ...]:
    """Up to three zones that look like it, the likeliest first: by city, then by the whole name."""
    folded = _fold(written)
    city = folded.rpartition("/")[2]
    if city in _by_city():
        return (_by_city()[city],)
    cities = get_close_matches(city, _by_city(), n=3, cutoff=0.75)
    whole = get_close_matches(folded, _by_folded(), n=3, cutoff=0.6)
    found = [_by_city()[city] for city in cities] + [_by_folded()[name] for name in whole]
    return tuple(dict.fromkeys(found))[:3]


def zone_fault(written: str) -> str:
    """A sentence for whoever wrote it; empty for a zone."""
    if zone(written):
        return ""
    near = " or ".join(nearest(written))
    return f"There is no such time zone. {f'Did you mean {near}?' if near else 'Write it as America/Chicago.'}"


@cache
def _by_folded() -> Mapping[str, str]:
    """Places only: `EST5EDT` and `Etc/GMT+6` are names too, but not of somewhere that a team is."""
    names = [name for name in sorted(available_timezones()) if name.partition("/")[0] in _REGIONS or name == "UTC"]
    return {_fold(name): name for name in names}


@cache
def _by_city() -> Mapping[str, str]:
    """America/Indiana/Knox has a namesake: the shorter name wins."""
    longest_first = sorted(_by_folded().values(), key=lambda name: (-name.count("/"), name))
    return {_fold(name.rpartition("/")[2]): name for name in longest_first}


_REGIONS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "US",
}  # fmt: skip


def _fold(name: str) -> str:
    return "_".join(name.strip().lower().split())
