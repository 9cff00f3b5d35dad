"""What a campaign would bring, before anybody is sent anything: the first slots of every team, and every slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from drills.campaign import Campaign, CampaignState, Order, Slot, SlotStatus
from drills.campaign.clocks import clock_for
from drills.chat.cards import Block, Bullets, Button, Card, Fact, Facts, Fold, Table, Text, Tone
from drills.drill import BASE_VARIANT
from drills.people import Team
from drills.views.campaign import totals
from drills.views.campaign_advice import advice_in_words
from drills.views.wording import ONLY_YOU

_TABLES, _ROWS, _REASONS, _CHANGES = 6, 4, 6, 8
_MARK = {SlotStatus.PLANNED: "✓ planned", SlotStatus.MOVED: "→ moved", SlotStatus.DROPPED: "✕ dropped"}
_ORDER = {
    Order.GIVEN: "one after another, then again as variants",
    Order.SPACED: "spaced: each comes back as a variant, first after 7 days",
    Order.ADAPTIVE: "adaptive: what many missed comes back as a variant",
}
_NOTHING = "Nothing comes: no slot lies ahead. Are the days and dates as you mean them?"
_AT_ANY_HOUR = "a drill comes at its time, whatever it is"


@dataclass(frozen=True, slots=True)
class Change:
    """Which slots a change takes away, and which it brings."""

    gone: tuple[Slot, ...]
    new: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A campaign and what it brings from now to `until`. `titles` of drills by id, `words` its days as written."""

    campaign: Campaign
    words: str
    teams: Sequence[Team]
    slots: Sequence[Slot]
    until: date
    titles: Mapping[str, str]
    source: str = ""
    warnings: Sequence[str] = ()
    change: Change | None = None

    def team(self, id_: str) -> str:
        return next((team.name for team in self.teams if team.id == id_), id_)

    def title(self, slot: Slot) -> str:
        """With its version where it is not the first one: nobody should take a variant for the same drill again."""
        title = self.titles.get(slot.drill, slot.drill)
        return title if slot.variant == BASE_VARIANT else f"{title} (variant {slot.variant})"


def outlook_card(outlook: Outlook, state: CampaignState, buttons: tuple[Button, ...], says: str) -> Card:
    """For a chat: the first slots of each team, what moves and drops, and the file."""
    return Card(
        title=f"{outlook.campaign.title}: {'changes' if outlook.change else state.value}",
        blocks=(
            Text(says, tone=Tone.STRONG),
            *_changes(outlook),
            settings(outlook),
            *_tables(outlook),
            *_reasons(outlook),
            *_worth_knowing(outlook, most=_REASONS),
            *((_file(outlook.source),) if outlook.source else ()),
        ),
        buttons=buttons,
        who_sees=ONLY_YOU,
    )


def slots_card(outlook: Outlook, state: CampaignState, buttons: tuple[Button, ...], says: str) -> Card:
    """For a page: every slot, week by week."""
    weeks = groupby(outlook.slots, key=lambda slot: slot.landing.local.date() - _since_monday(slot))
    return Card(
        title=f"{outlook.campaign.title}: {'changes' if outlook.change else state.value}",
        blocks=(
            Text(says, tone=Tone.STRONG),
            *_changes(outlook),
            settings(outlook),
            *_worth_knowing(outlook),
            *((Text(_NOTHING),) if not outlook.slots and state is not CampaignState.STOPPED else ()),
            *(_week(outlook, monday, list(slots)) for monday, slots in weeks),
            *((_file(outlook.source),) if outlook.source else ()),
        ),
        buttons=buttons,
        who_sees=ONLY_YOU,
    )


def settings(outlook: Outlook) -> Facts:
    campaign, drills = outlook.campaign, outlook.titles
    reminders = campaign.reminders
    ends = f"to {campaign.ends:%a %d %b %Y}" if campaign.ends else "until it is stopped"
    quiet = _quiet(outlook)
    awake = ", never in quiet hours, by each person's own clock too" if quiet else ""
    first = f"the first after {_hours(reminders.after)}"
    week = f"at most {campaign.per_week} a week, all campaigns counted" if campaign.per_week else "no limit a week"
    rows = (
        Fact("In all", f"{totals(outlook.slots)} Up to {outlook.until:%a %d %b %Y}; {week}."),
        Fact("Days", f"{outlook.words}, from {campaign.starts:%a %d %b %Y} {ends}"),
        Fact("Drills", f"{len(drills)}, {_ORDER[campaign.order]}"),
        Fact("Teams", _by_zone(outlook.teams)),
        Fact("Quiet hours", quiet or f"none: {_AT_ANY_HOUR}"),
        Fact("Open for", _hours(campaign.window)),
        Fact("Reminders", f"{reminders.most} in private, {first}{awake}" if reminders.most else "none"),
        *((Fact("Feedback", "goes to a message that stays"),) if campaign.keep else ()),
        *((Fact("Fridays", "a thread with one pooled pattern"),) if campaign.friday_reflection else ()),
    )
    return Facts(rows)


def _worth_knowing(outlook: Outlook, most: int | None = None) -> Iterator[Block]:
    advice = advice_in_words(outlook.warnings, outlook.campaign, outlook.teams, outlook.titles)
    if advice:
        yield Bullets(advice[:most], label="Worth knowing")


def _by_zone(teams: Sequence[Team]) -> str:
    """ "America/Chicago: 5 North, 5 South; Europe/Berlin: ICU": by whose clock each local time is meant."""
    zones: dict[str, list[str]] = {}
    for team in teams:
        zones.setdefault(team.tz, []).append(team.name)
    return "; ".join(f"{zone}: {', '.join(names)}" for zone, names in zones.items())


def _quiet(outlook: Outlook) -> str:
    """Which hours are kept free, and in which teams none are: there somebody could be woken. "" when nobody has any."""
    for_all = outlook.campaign.quiet
    others = replace(outlook.campaign, quiet=None)
    own = {team.name: clock_for(others, team).quiet for team in outlook.teams}
    spans = [f"{name} {' and '.join(map(str, hours))}" for name, hours in own.items() if hours]
    if for_all:
        return "; ".join([*spans, f"all teams {for_all}"])
    without = ", ".join(name for name, hours in own.items() if not hours)
    return "; ".join([*spans, f"none for {without}: {_AT_ANY_HOUR}"] if spans and without else spans)


def _hours(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return "1 hour" if hours == 1 else f"{hours:g} hours"


def _tables(outlook: Outlook) -> Iterator[Block]:
    for team in outlook.teams[:_TABLES]:
        slots = [slot for slot in outlook.slots if slot.team == team.id]
        caption = f"{team.name} ({team.tz}): the first {min(_ROWS, len(slots))} of {len(slots)}"
        rows = tuple((_local(slot), outlook.title(slot), _MARK[slot.landing.status]) for slot in slots[:_ROWS])
        if rows:
            yield Table(caption, ("When", "Drill", "Status"), rows)
        else:
            yield Text(f"{team.name}: nothing comes.")
    if len(outlook.teams) > _TABLES:
        yield Text(f"And {len(outlook.teams) - _TABLES} more teams, each at its own local time.", tone=Tone.QUIET)


def _reasons(outlook: Outlook) -> Iterator[Block]:
    """Each reason once for a team, with its first slot: a campaign whose every slot moves has one to tell."""
    alike: dict[tuple[str, SlotStatus, str], list[Slot]] = {}
    for slot in outlook.slots:
        if slot.landing.reason:
            alike.setdefault((slot.team, slot.landing.status, slot.landing.reason), []).append(slot)
    lines = [f"{outlook.team(slots[0].team)}, {_first(slots)}: {_status(slots[0])}" for slots in alike.values()]
    rest = (f"and {len(lines) - _REASONS} more",) if len(lines) > _REASONS else ()
    if lines:
        yield Bullets((*lines[:_REASONS], *rest), label="Why slots move or drop")


def _first(slots: Sequence[Slot]) -> str:
    more = f" and {len(slots) - 1} more" if len(slots) > 1 else ""
    return f"{_local(slots[0])}{more}"


def _changes(outlook: Outlook) -> Iterator[Block]:
    if outlook.change is None:
        return
    parts = ((outlook.change.gone, "go away", "goes away", "✕"), (outlook.change.new, "come", "comes", "+"))
    for slots, they, it, mark in parts:
        lines = [f"{mark} {outlook.team(slot.team)}, {_local(slot)}" for slot in slots[:_CHANGES]]
        lines += [f"and {len(slots) - _CHANGES} more"] if len(slots) > _CHANGES else []
        if lines:
            label = f"1 slot {it}" if len(slots) == 1 else f"{len(slots)} slots {they}"
            yield Bullets(tuple(lines), label=label)
    if not (outlook.change.gone or outlook.change.new):
        yield Text("Every drill keeps its time.")


def _week(outlook: Outlook, monday: date, slots: Sequence[Slot]) -> Table:
    columns = ("Team", "Local time", "UTC", "Drill", "Status")
    rows = (
        (
            outlook.team(slot.team),
            _local(slot),
            f"{slot.landing.at:%d %b %H:%M}",
            outlook.title(slot),
            _status(slot),
        )
        for slot in slots
    )
    return Table(f"Week of {monday:%a %d %B %Y}", columns, tuple(rows))


def _file(source: str) -> Fold:
    return Fold("The same as a file, to copy", tuple(Text(line) for line in source.splitlines() if line.strip()))


def _local(slot: Slot) -> str:
    return f"{slot.landing.local:%a %d %b %H:%M}"


def _status(slot: Slot) -> str:
    """A sign and a word, never a colour alone."""
    mark, reason = _MARK[slot.landing.status], slot.landing.reason
    return f"{mark}: {reason}" if reason else mark


def _since_monday(slot: Slot) -> timedelta:
    return timedelta(days=slot.landing.local.weekday())
