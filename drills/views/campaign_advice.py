"""The linter's advice for somebody who sees a form and no file: titles for ids, no keys, nothing that is seen to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from drills.campaign import Campaign
from drills.campaign.clocks import clock_for
from drills.catalog.campaign_advice import REMINDER_AT
from drills.people import Team

_KEY = re.compile(r" \(`[^`]+`\)")
_NAME = re.compile(r"`([^`]+)`")


def advice_in_words(
    warnings: Sequence[str], campaign: Campaign, teams: Sequence[Team], titles: Mapping[str, str]
) -> tuple[str, ...]:
    """`titles` of drills by id. The file knows no quiet hours of an installation's teams: they hold reminders back."""
    asleep = all(clock_for(campaign, team).quiet for team in teams)
    return tuple(_said(one, titles) for one in warnings if not (asleep and one.startswith(REMINDER_AT)))


def _said(warning: str, titles: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: titles.get(found[1], found[0]), _KEY.sub("", warning))
