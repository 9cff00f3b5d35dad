"""What the tripwire stops, what it lets pass, and that no text can hold it up."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest
from builders import a_drill_file
from hypothesis import given
from hypothesis import strategies as st
from phi.phi_cases import HARMLESS, positives

from drills.judging.normal import visible
from drills.phi import Finding, Reason, Screening, Sign, screen
from drills.phi.folding import folded

DRILL = a_drill_file().drill()
POSITIVES = [*positives()]
STORY = "Dr. Lark, this is Kai on 5 South about Mr. Voss, day 4. BP 98/54, HR 116 at 02:30. "
PROSE = (STORY + "He is much sicker since ten. Please come within 15 minutes, and may I send a lactate? ") * 3
by_sign = pytest.mark.parametrize("sign", [*Sign], ids=str)


@by_sign
def test_every_kind_is_stopped_in_every_way_of_writing_it(sign: Sign) -> None:
    missed = [text for kind, text in POSITIVES if kind is sign and screen(text, DRILL).reason is not sign.reason]
    assert missed == []


@by_sign
def test_a_kind_is_called_by_its_name(sign: Sign) -> None:
    """Ten bare digits may be a phone or an NHS number: nearly always is as much as can be asked."""
    named = [sign.value in screen(text, DRILL).types for kind, text in POSITIVES if kind is sign]
    assert sum(named) >= 0.75 * len(named)


@given(
    st.sampled_from(POSITIVES), st.sampled_from(["", STORY, "ok\n", "pls come "]), st.sampled_from(["", ". " + STORY])
)
def test_it_is_found_wherever_it_stands_in_a_reply(case: tuple[Sign, str], before: str, after: str) -> None:
    sign, text = case
    if sign is Sign.REAL_CASE and before + after and "Voss" in before + after:
        return  # "my patient today", beside the drill's own patient, is the story
    assert screen(f"{before}{text}{after}", DRILL).reason is sign.reason


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_alike_at_a_bedside_passes(text: str) -> None:
    assert screen(text, DRILL) == Screening()


@given(st.lists(st.sampled_from(HARMLESS), min_size=1, max_size=6))
def test_harmless_lines_together_stay_harmless(lines: list[str]) -> None:
    assert screen("\n".join(lines), DRILL).findings == ()


@given(
    st.builds(
        "{}/{} HR {} RR {} T {} SpO2 {} at {:02}:{:02}, {} mL".format,
        st.integers(60, 240), st.integers(30, 140), st.integers(30, 220), st.integers(4, 60),
        st.floats(34, 42).map(lambda t: round(t, 1)), st.integers(50, 100), st.integers(0, 23), st.integers(0, 59),
        st.integers(0, 4000),
    )
)  # fmt: skip
def test_no_set_of_vital_signs_is_anybodys_number(vitals: str) -> None:
    assert screen(f"BP {vitals}. {vitals.replace('/', ' ').replace(':', '')}", DRILL).findings == ()


def test_the_storys_own_people_and_numbers_pass_in_any_drill_that_has_them() -> None:
    text = "Mrs. Delgado's son is on 212-555-0147, 14 Maple Street, DOB 3/4/61"
    assert screen(text, DRILL).types == ("address", "date_of_birth", "name", "phone")
    assert screen(text, replace(DRILL, scenario=f"{DRILL.scenario} {text}")).findings == ()


def test_a_real_event_weighs_more_than_a_number_beside_it() -> None:
    screening = screen("I want to die, call 212-555-0147", DRILL)
    assert screening.reason is Reason.REAL_EVENT
    assert screening.blocked == {"reason": "real_event", "types": ["phone", "self_harm"]}
    assert screen(PROSE, DRILL).blocked is None


@given(st.text(max_size=300))
def test_any_text_has_findings_in_order_within_it_and_none_on_another(text: str) -> None:
    findings = screen(text, DRILL).findings
    places = [place for finding in findings for place in (finding.start, finding.end)]
    assert places == sorted(places)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
    assert screen(text, DRILL) == screen(text, DRILL)


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(folded(text).lower()) == len(text)


@pytest.mark.parametrize(
    "text", ["ＭＲＮ ４４７１２２０", "212‑555‑0147", "DOB\u00a03/4/61", "I can’t go on", "Mr. Hernández"]
)
def test_odd_characters_hide_nothing(text: str) -> None:
    assert screen(visible(text), DRILL).reason is not None


def test_a_finding_points_at_the_words() -> None:
    text = "Please ring Ödön on 212-555-0147 now"
    assert screen(text, DRILL).findings == (Finding(Sign.PHONE, 20, 32),)


def test_a_reply_takes_less_than_five_milliseconds() -> None:
    """CPU time, the best of many: other work on the machine does not count."""
    assert len(PROSE.split()) > 90
    assert _cpu_s(PROSE, 30) < 0.005


HOSTILE = (
    "1", "1 ", "12-", "(", "+1 (2) 3-", "a.", "a@", "Ab Cd ", "i really just ", "mr ", "mrn ", "my pt ", "we had a ",
    '"', "i had a x ", "yesterday ", "1a", "member id ", "dob ", "\n", "3 lo lo lo ", "Mr Xaver ", "212-555-0147 ",
    "patient John Smith ", "the same thing ", "my patient ", "you said ", "born ", "é", "٣",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_no_text_of_eight_thousand_characters_holds_it_up(unit: str) -> None:
    """Linear, roughly: twice the text may take no more than five times as long, and never a second."""
    text = (unit * 8000)[:8000]
    whole, half = _cpu_s(text, 2), _cpu_s(text[:4000], 2)
    assert whole < 1.0
    assert whole < 5 * half + 0.05


def _cpu_s(text: str, times: int) -> float:
    screen(text[:100], DRILL)
    taken = []
    for _ in range(times):
        start = time.process_time()
        screen(text, DRILL)
        taken.append(time.process_time() - start)
    return min(taken)


def test_there_are_enough_cases_for_the_figures_to_mean_something() -> None:
    reasons = Counter(sign.reason for sign, _ in POSITIVES)
    assert min(reasons.values()) >= 120
    assert len(HARMLESS) >= 80
