"""Charts as PNGs: whatever is in them, beside the event loop, legible, and never in the way of the words."""

from __future__ import annotations

import asyncio
import io
import logging
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_cards import A_BAR_CHART, A_DOT_CHART
from PIL import Image

from adapters.pictures import Drawer, drawer
from adapters.pictures.bands import WIDTH, Line
from adapters.pictures.cells import Size, tile
from adapters.pictures.drawing import MOST_ROWS, png
from adapters.pictures.lettering import CannotDraw, lettering
from adapters.pictures.palette import ACCENT, EDGE, INK, LINE, QUIET, SURFACE
from adapters.pictures.rows import rows
from drills.chat.charts import Cell, Chart, ChartRow, Look

LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17E, categories=["L", "N", "P", "Zs"]), max_size=120)
CELLS = st.lists(st.sampled_from(Cell), max_size=30).map(tuple)
CHARTS = st.builds(
    Chart,
    LATIN,
    st.sampled_from(Look),
    st.lists(st.builds(ChartRow, LATIN, CELLS, LATIN, LATIN, LATIN), max_size=MOST_ROWS).map(tuple),
    st.just("One sentence."),
    st.just(()) | st.just(A_DOT_CHART.key),
)


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    image.load()
    return image


def labelled(name: str) -> Chart:
    return replace(A_BAR_CHART, rows=(replace(A_BAR_CHART.rows[0], label=name),))


@settings(max_examples=30, deadline=None)
@given(CHARTS)
def test_any_chart_is_one_png_of_a_telephones_width_and_small(chart: Chart) -> None:
    picture = png(chart)
    image = opened(picture)
    assert (image.format, image.width) == ("PNG", WIDTH)
    assert image.height < 400 + 300 * MOST_ROWS
    assert len(picture) < 500_000


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=80))
def test_any_name_is_drawn_or_there_is_no_picture(name: str) -> None:
    try:
        opened(png(labelled(name)))
    except CannotDraw:
        assert not name.isascii() or not name.isprintable() or not name.strip()


def test_the_same_chart_is_the_same_picture() -> None:
    assert png(A_DOT_CHART) == png(A_DOT_CHART)


@pytest.mark.parametrize("name", ["Ängström Łódź", "Отделение 3", "Θάλαμος", "Phòng cấp cứu"])
def test_names_in_latin_greek_cyrillic_and_vietnamese_letters_are_drawn_whole(name: str) -> None:
    assert lettering("Regular", 38).drawable(name) == name


@pytest.mark.parametrize("name", ["قسم الطوارئ", "病棟", "वार्ड", "5 病"])
def test_letters_that_the_font_lacks_leave_no_picture_rather_than_boxes(name: str) -> None:
    with pytest.raises(CannotDraw, match="lacks a letter"):
        png(labelled(name))


def test_emoji_in_a_name_are_left_out_and_the_name_stays() -> None:
    letters = lettering("Regular", 38)
    assert letters.drawable("🚑 ED \u202enorth 👩\u200d⚕️") == "ED north"
    with pytest.raises(CannotDraw, match="signs"):
        letters.drawable("🚑🚑")


@given(LATIN, st.integers(120, 900))
def test_a_line_never_leaves_its_place(text: str, width: int) -> None:
    letters = lettering("Regular", 38)
    assert letters.font.getlength(letters.fitted(text, width)) <= width
    assert all(letters.font.getlength(line) <= width for line in letters.wrapped(text, width, 3))
    assert len(letters.wrapped(text, width, 3)) <= 3


@given(LATIN, st.sampled_from(["demo data", "your team, demo data"]), st.integers(1, 20))
def test_a_name_is_cut_where_it_must_be_and_what_is_said_beside_it_never(name: str, note: str, teams: int) -> None:
    bar = A_BAR_CHART.rows[0].cells
    chart = Chart("c", Look.BAR, (ChartRow(name, bar, "about 8 in 10", note=note),) * teams, "One sentence.")
    written = [piece.text for band in rows(chart) for _, piece in band.pieces if isinstance(piece, Line)]
    assert written.count(f"({note})") == teams
    assert written.count("about 8 in 10") == teams


def test_many_bars_stand_beside_their_names_because_clients_show_a_low_picture_larger() -> None:
    def height(teams: int) -> int:
        return opened(png(replace(A_BAR_CHART, rows=A_BAR_CHART.rows[:1] * teams))).height

    assert height(12) < 2 * height(6)
    assert height(12) < WIDTH


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(CannotDraw, match="too big"):
        png(replace(A_BAR_CHART, rows=A_BAR_CHART.rows * MOST_ROWS))


def test_marks_differ_by_shape_and_not_by_colour_alone() -> None:
    """In black and white, and only by what is lit and what is not."""
    size = Size(36, 36, 18)
    shapes = {cell: tile(cell, size).convert("L").point(lambda light: 255 if light > 70 else 0) for cell in Cell}
    lit = {cell: shape.tobytes() for cell, shape in shapes.items()}
    for one in Cell:
        for other in Cell:
            differ = sum(a != b for a, b in zip(lit[one], lit[other], strict=True)) / len(lit[one])
            assert one is other or differ > 0.08, f"{one} and {other} look alike"


@pytest.mark.parametrize(("colour", "least"), [(INK, 7.0), (QUIET, 4.5), (ACCENT, 4.5), (EDGE, 3.0), (LINE, 3.0)])
def test_colours_stand_out_from_their_ground(colour: str, least: float) -> None:
    assert (_light(colour) + 0.05) / (_light(SURFACE) + 0.05) >= least


async def test_the_event_loop_goes_on_while_a_picture_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(chart: Chart) -> bytes:
        time.sleep(0.3)
        return b"png"

    monkeypatch.setattr(drawer, "png", slowly)
    drawing = asyncio.create_task(Drawer().png(A_BAR_CHART))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert await drawing == b"png"
    assert turns >= 10


async def test_a_picture_that_takes_too_long_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(drawer, "png", lambda _: time.sleep(0.3))
    began = time.monotonic()
    assert await Drawer(patience_s=0.05).png(A_BAR_CHART) is None
    assert time.monotonic() - began < 0.25
    assert "took too long" in caplog.text


async def test_a_fault_in_drawing_is_a_line_of_the_log_and_no_picture(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(chart: Chart) -> bytes:
        raise OSError("no font")

    monkeypatch.setattr(drawer, "png", fails)
    assert await Drawer().png(A_BAR_CHART) is None
    assert "could not be drawn" in caplog.text


async def test_only_so_many_wait_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawer, "png", lambda _: time.sleep(0.02) or b"png")
    hand = Drawer()
    found = await asyncio.gather(*(hand.png(labelled(f"Team {at}")) for at in range(drawer.MOST_IN_LINE + 4)))
    assert found.count(None) == 4
    assert found.count(b"png") == drawer.MOST_IN_LINE


async def test_a_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Chart] = []
    monkeypatch.setattr(drawer, "png", lambda chart: drawn.append(chart) or b"png")
    hand = Drawer()
    assert [await hand.png(A_BAR_CHART), await hand.png(replace(A_BAR_CHART))] == [b"png", b"png"]
    assert len(drawn) == 1


async def test_a_name_without_letters_of_ours_is_told_in_the_log_without_the_name(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        assert await Drawer().png(labelled("病棟")) is None
    assert "left out" in caplog.text
    assert "病棟" not in caplog.text


def _light(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
