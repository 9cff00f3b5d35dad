"""A campaign file as its author writes it: every key, its shape, and the words an editor shows for it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from drills.campaign import Order
from drills.catalog.file import DATE, DRILL_ID, Text
from drills.drill import Kind

CAMPAIGN_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
TIME = r"^(?:[01]?[0-9]|2[0-3]):[0-5][0-9]$"
MOST_REMINDERS = 3
MOST_WINDOW_H = 336

Time = Annotated[str, Field(pattern=TIME)]


def _one_or_more(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Kinds = Annotated[list[Annotated[Kind, Field(strict=False)]], BeforeValidator(_one_or_more), Field(min_length=1)]
Levels = Annotated[list[Annotated[int, Field(ge=1, le=3)]], BeforeValidator(_one_or_more), Field(min_length=1)]
Codes = Annotated[list[Text], BeforeValidator(_one_or_more), Field(min_length=1)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrittenQuery(_Written):
    kind: Kinds | None = Field(None, description="sbar, conflict, ai_second_look or presence; one or a list.")
    difficulty: Levels | None = Field(None, description="1 foundation, 2 stretch, 3 complex; one or a list.")
    competency: Codes | None = Field(None, description="An IPEC code, a framework or an AI code; one or a list.")


class WrittenQuiet(_Written):
    from_: Time = Field(alias="from", description="From this time on nothing is sent, such as 21:00.")
    to: Time = Field(description="Until this time, such as 07:00; over midnight when it is earlier.")


class WrittenCampaignTeam(_Written):
    id: Text = Field(description="The team's name or id in the installation; any word for a preview without one.")
    tz: Text | None = Field(None, description="Its time zone, such as Europe/Berlin. The installation's own wins.")
    quiet: WrittenQuiet | None = Field(None, description="Quiet hours of this team, besides the campaign's.")


class WrittenCadence(_Written):
    cron: Text | None = Field(None, description="Five fields, as in 0 14 * * TUE,THU.")
    every: Text | None = Field(None, description="The same in words, as in Tue and Thu at 14:00.")


class WrittenReminders(_Written):
    max: int = Field(1, ge=0, le=MOST_REMINDERS, description="At most so many for each drill and person.")
    after_hours: float = Field(24, gt=0, le=168, description="Hours until the first; further waits double.")


class WrittenCampaign(_Written):
    """A campaign file of schema 1."""

    model_config = ConfigDict(title="Readback campaign")

    schema_: Literal[1] = Field(alias="schema", description="Version of this format. Always 1.")
    id: str = Field(pattern=CAMPAIGN_ID, max_length=60, description="Stable: slots that were sent are known by it.")
    title: Annotated[Text, Field(max_length=100)] = Field(description="What educators read.")
    note: Text | None = Field(None, description="For other educators: what it is for, and why so.")
    drills: list[Annotated[str, Field(pattern=DRILL_ID)]] = Field(min_length=1, description="Ids, or a query.")
    teams: list[WrittenCampaignTeam] = Field(min_length=1, description="Who gets it.")
    tz: Text | None = Field(None, description="Time zone of teams that have none.")
    cadence: WrittenCadence = Field(description="When: `cron` or `every`.")
    starts: str = Field(pattern=DATE, description="First day, by each team's own calendar.")
    ends: str | None = Field(None, pattern=DATE, description="Last day, included. Left out: until it is stopped.")
    quiet: WrittenQuiet | None = Field(None, description="Hours in which nothing is sent, in each team's time.")
    window_hours: float = Field(72, ge=1, le=MOST_WINDOW_H, description="How long a drill is open.")
    reminders: WrittenReminders = Field(
        default_factory=lambda: WrittenReminders(max=0), description="Private ones; none when left out."
    )
    per_week: int | None = Field(None, ge=1, le=50, description="Most drills a week for a team, over all campaigns.")
    order: Annotated[Order, Field(strict=False)] = Field(Order.GIVEN, description="given, spaced or adaptive.")
    feedback: Literal["passing", "keep"] = Field("passing", description="keep: feedback goes where it stays.")
    friday_reflection: bool = Field(False, description="true: a thread on Fridays with one pooled pattern.")


class WrittenCampaignByQuery(WrittenCampaign):
    """The same with a query in place of a list of drills."""

    drills: WrittenQuery = Field(description="Which drills of the library.")  # type: ignore[assignment]  # the other shape of one key


def model_for(data: Any) -> type[WrittenCampaign]:
    """Which of the two shapes the author means: two complaints about one key would help nobody."""
    by_query = isinstance(data, dict) and isinstance(data.get("drills"), dict)
    return WrittenCampaignByQuery if by_query else WrittenCampaign
