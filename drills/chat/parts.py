"""A card's blocks as parts: words with emphasis, before a platform has decided what carries them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from drills.chat.cards import AIOutput, Block, Bullets, Fact, Facts, Fold, Marked, Quote, Table, Text, Ticks, Tone
from drills.chat.charts import Chart
from drills.chat.text import clean, closing, visible

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Shape(StrEnum):
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    BULLET = "bullet"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of cleaned text in one style. `ours`: a sentence of the product, where it may name its commands."""

    text: str
    bold: bool = False
    italic: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, quote or bullet."""

    shape: Shape
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        return "".join(run.text for run in self.runs)


def parts(block: Block) -> tuple[Part, ...]:
    """One block in words. Nothing of it is left out but what is blank."""
    return tuple(part for part in _parts(block) if part.words.strip())


def _parts(block: Block) -> Iterator[Part]:
    match block:
        case Text():
            yield _text(block)
        case Quote():
            yield _quote(block)
        case Marked():
            yield from _marked(block)
        case Facts():
            yield from _facts(block.rows)
        case Ticks():
            yield from _ticks(block)
        case Table():
            yield from _table(block)
        case Bullets():
            if block.label:
                yield _paragraph(Run(clean(block.label), bold=True, ours=True))
            yield from (Part(Shape.BULLET, (Run(clean(words), ours=True),)) for words in block.items)
        case AIOutput():
            yield _paragraph(Run(clean(block.system), bold=True))
            yield Part(Shape.QUOTE, (Run(clean(block.output)),))
            yield from _facts(block.facts)
        case Chart():  # where no picture of it goes along
            yield Part(Shape.QUIET, (Run(clean(block.alt)),))
        case Fold():  # no chat has a fold that all of its clients can show, so it stands open under its summary
            yield _paragraph(Run(f"▾ {clean(block.summary)}", bold=True, ours=True))
            yield from (part for leaf in block.blocks for part in _parts(leaf))
        case _:
            assert_never(block)


def heading(words: str) -> Part:
    return _paragraph(Run(words, bold=True))


def _text(block: Text) -> Part:
    words = Run(clean(block.text), bold=block.tone is Tone.STRONG, ours=True)
    shape = Shape.QUIET if block.tone is Tone.QUIET else Shape.PARAGRAPH
    return Part(shape, (*_label(block.label), words))


def _quote(block: Quote) -> Part:
    by = (Run(f"\n– {clean(block.by)}", italic=True),) if block.by else ()
    return Part(Shape.QUOTE, (Run(clean(block.text)), *by))


def _marked(block: Marked) -> Iterator[Part]:
    """The marked passages are bold and numbered; what they were quoted for stands below, by number."""
    if block.label:
        yield heading(clean(block.label))
    runs, at = [], 0
    for number, span in enumerate(block.spans, start=1):
        runs += [Run(visible(block.text[at : span.start])), Run(visible(block.text[span.start : span.end]), bold=True)]
        runs.append(Run(str(number).translate(_SUPERSCRIPT), italic=True))
        at = span.end
    yield Part(Shape.QUOTE, (*runs, Run(visible(block.text[at:]) + closing(block.text))))
    for number, span in enumerate(block.spans, start=1):
        yield Part(Shape.QUIET, (Run(f"{str(number).translate(_SUPERSCRIPT)} {clean(span.label)}"),))


def _facts(facts: tuple[Fact, ...]) -> Iterator[Part]:
    yield from (_paragraph(*_label(fact.label), Run(clean(fact.value), ours=True)) for fact in facts)


def _ticks(block: Ticks) -> Iterator[Part]:
    for tick in block.items:
        yield _paragraph(Run(f"{clean(tick.mark)}: ", bold=True), Run(clean(tick.label)))
        if tick.quote:
            yield Part(Shape.QUOTE, (Run(clean(tick.quote)),))
        if tick.note:
            yield _paragraph(Run(clean(tick.note)))


def _table(block: Table) -> Iterator[Part]:
    """One line for a row, each cell with its column's name: a telephone's width and a screen reader can follow it."""
    yield heading(clean(block.caption))
    if not block.rows:
        yield _paragraph(Run(clean(" · ".join(block.columns))))
    for row in block.rows:
        first, *rest = (clean(cell) for cell in row or ("",))
        names = [clean(name) for name in block.columns[1:]] + [""] * len(rest)
        cells = (f"{name}: {cell}" if name else cell for name, cell in zip(names, rest, strict=False))
        column = f"{clean(block.columns[0])}: " if block.columns else ""
        yield Part(Shape.BULLET, (Run(column), Run(first, bold=True), Run("".join(f" · {cell}" for cell in cells))))


def _label(label: str | None) -> tuple[Run, ...]:
    return (Run(f"{clean(label)}: ", bold=True, ours=True),) if label else ()


def _paragraph(*runs: Run) -> Part:
    return Part(Shape.PARAGRAPH, runs)
