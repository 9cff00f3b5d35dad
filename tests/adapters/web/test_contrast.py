"""WCAG 2.2 AA: every pair of colours that meets on a page, light and dark, computed from the tokens."""

from __future__ import annotations

import re

import pytest

from adapters.web.templating import STATIC

TEXT, EDGE = 4.5, 3.0  # AA for text of normal size, and for the edges of controls and focus rings

PAIRS = [
    *[("ink", on, TEXT) for on in ("paper", "surface", "sunken", "private", "accent-soft")],
    *[("quiet", on, TEXT) for on in ("paper", "surface", "sunken", "private")],
    *[("accent", on, TEXT) for on in ("paper", "surface", "sunken", "private")],
    *[("accent-strong", on, TEXT) for on in ("paper", "surface", "sunken", "private", "accent-soft")],
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("private-ink", "private", TEXT),
    ("on-mark", "mark", TEXT),
    ("error", "surface", TEXT),
    *[("edge", on, EDGE) for on in ("paper", "surface", "sunken", "private")],
    *[("focus", on, EDGE) for on in ("paper", "surface", "sunken", "private", "accent-soft")],
    *[("private-line", on, EDGE) for on in ("paper", "private")],
]


def tokens(scheme: str) -> dict[str, str]:
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else {**found, **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_standards_own_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_that_meet_can_be_told_apart(scheme: str, front: str, back: str, least: float) -> None:
    palette = tokens(scheme)
    assert contrast(palette[front], palette[back]) >= least


def test_both_schemes_set_every_colour() -> None:
    light, dark = tokens("light"), tokens("dark")
    assert [name for name, colour in light.items() if dark[name] == colour] == []
