"""What an educator reads of a campaign: each fault beside the field it is of, and whose nights are not kept free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import a_team, the_library

from drills.campaign import Campaign, CampaignState, Order
from drills.catalog import read_campaign
from drills.catalog.campaign_text import text_of_data
from drills.chat.plain import plain
from drills.people import QuietHours, Team
from drills.views.campaign_advice import advice_in_words
from drills.views.campaign_form import Offered, basics_form, refused, whole_form
from drills.views.campaign_form_preview import Outlook, settings, slots_card

LIBRARY = the_library()
WARD, DIALYSIS = replace(a_team("ward"), name="Ward"), replace(a_team("dialysis"), name="Dialysis")
DATA: dict[str, Any] = {
    "schema": 1,
    "id": "winter",
    "title": "Winter",
    "drills": {},
    "teams": [{"id": "ward", "tz": "America/Chicago"}, {"id": "dialysis", "tz": "Europe/Berlin"}],
    "cadence": {"every": "Tue at 14:00"},
    "starts": "2027-03-01",
    "ends": "2027-04-25",
}
NIGHT = QuietHours.parse("21:00-07:00")


@pytest.mark.parametrize(
    ("values", "beside"),
    [
        ({"drills": "sbar", "list": "sbar-001"}, "list"),
        ({"drills": "", "list": "", "competency": "ISBARR"}, "competency"),
        ({"drills": "presence,level.3", "list": "", "competency": "CC8"}, "drills"),
    ],
)
def test_a_fault_of_the_drills_stands_beside_the_field_that_asked_for_them(values: dict[str, str], beside: str) -> None:
    form = whole_form(Offered("winter", [WARD], LIBRARY), DATA)
    assert set(refused(form, values, {"drills": "There is no such drill."}).errors) == {beside}


def test_in_a_chat_it_stands_beside_the_kinds() -> None:
    form = basics_form(Offered("winter", [WARD], LIBRARY), DATA)
    assert set(refused(form, {"drills": "relay"}, {"drills": "None fits."}).errors) == {"drills"}


def test_the_field_for_a_zone_says_that_an_installation_does_not_need_it() -> None:
    form = whole_form(Offered("winter", [WARD], LIBRARY), DATA)
    (zone,) = [field for field in form.fields if field.name == "zone"]
    assert zone.hint == "Does nothing here: each of your teams has its own."


@pytest.mark.parametrize(
    ("ward", "all_teams", "says"),
    [
        (None, None, "none: a drill comes at its time, whatever it is"),
        (NIGHT, None, "Ward 21:00-07:00; none for Dialysis: a drill comes at its time, whatever it is"),
        (NIGHT, NIGHT, "Ward 21:00-07:00; all teams 21:00-07:00"),
    ],
)
def test_a_preview_names_the_teams_whose_nights_are_not_free(
    ward: QuietHours | None, all_teams: QuietHours | None, says: str
) -> None:
    assert row("Quiet hours", campaign(quiet=all_teams), replace(WARD, quiet=ward), DIALYSIS) == says


def test_advice_names_drills_by_their_titles_and_no_keys_of_a_file() -> None:
    data = {**DATA, "drills": {"kind": "presence"}, "order": "spaced", "cadence": {"every": "every day at 14:00"}}
    file = read_campaign(text_of_data(data), LIBRARY)
    lint = " ".join(fault.message for fault in file.warnings)
    assert "never come back early: The cart between us (`pres-002-cart-between`), Sixty" in lint
    assert "“most drills a week” (`per_week`) limits it" in lint
    page = " ".join(advised([fault.message for fault in file.warnings], WARD))
    assert "never come back early: The cart between us, Sixty-one years." in page
    assert "“most drills a week” limits it" in page
    assert "`" not in page


def test_advice_names_a_drill_that_is_listed_twice_by_its_title() -> None:
    said = "`pres-001-window-seat` is in this list twice. Repeats come by themselves, as variants."
    assert advised([said], WARD)[0].startswith("Sixty-one years is in this list twice.")


def test_a_reminder_at_night_is_advice_for_those_whose_nights_are_not_free() -> None:
    data = {**DATA, "reminders": {"max": 1, "after_hours": 12}, "per_week": 2}
    warnings = [fault.message for fault in read_campaign(text_of_data(data), LIBRARY).warnings]
    quiet = replace(WARD, quiet=NIGHT)
    assert any("A reminder at 02:00 can wake somebody" in one for one in advised(warnings, quiet, DIALYSIS))
    assert not any("reminder" in one for one in advised(warnings, quiet))


def test_teams_stand_with_the_clock_that_their_local_times_are_by() -> None:
    berlin = replace(DIALYSIS, tz="Europe/Berlin")
    icu = replace(a_team("icu"), name="ICU")
    assert row("Teams", campaign(), WARD, berlin, icu) == f"{WARD.tz}: Ward, ICU; Europe/Berlin: Dialysis"


def test_spaced_order_promises_no_second_return_that_two_variants_can_not_bring() -> None:
    assert "21" not in row("Drills", campaign(order=Order.SPACED), WARD)


@pytest.mark.parametrize(("state", "says"), [(CampaignState.DRAFT, True), (CampaignState.STOPPED, False)])
def test_a_page_without_a_slot_says_that_nothing_comes(state: CampaignState, says: bool) -> None:
    page = plain(slots_card(outlook(campaign(), WARD), state, (), "Nothing is sent yet."))
    assert ("Nothing comes: no slot lies ahead." in page) is says


def campaign(**changes: Any) -> Campaign:
    return replace(read_campaign(text_of_data(DATA), LIBRARY).campaign, **changes)


def outlook(of: Campaign, *teams: Team) -> Outlook:
    return Outlook(of, "Tue at 14:00", teams, (), date(2027, 4, 25), {})


def advised(warnings: list[str], *teams: Team) -> tuple[str, ...]:
    return advice_in_words(warnings, campaign(), teams, {file.id: file.written.title for file in LIBRARY.all()})


def row(label: str, of: Campaign, *teams: Team) -> str:
    return next(fact.value for fact in settings(outlook(of, *teams)).rows if fact.label == label)
