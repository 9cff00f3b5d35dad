"""Any card or form as plain text: notifications, logs of a preview, snapshots, and the fallback that always works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from drills.chat.cards import (
    AIOutput,
    Block,
    Bullets,
    Card,
    ChoiceField,
    ChoicesField,
    Facts,
    Field,
    FieldErrors,
    Fold,
    Form,
    Marked,
    PeopleField,
    Quote,
    Table,
    Text,
    TextField,
    Ticks,
)
from drills.chat.charts import Chart

_OPEN, _CLOSE = "«", "»"


def plain(shown: Card | Form | FieldErrors) -> str:
    """The whole of it, one line for each thing, nothing left out."""
    if isinstance(shown, FieldErrors):
        return "\n".join([*(f"! {sentence}" for sentence in shown.errors.values()), plain(shown.form)])
    return "\n".join(_card_lines(shown) if isinstance(shown, Card) else _form_lines(shown))


def headline(card: Card) -> str:
    """One line for a notification or a lock screen: the banner first."""
    return " · ".join(part for part in (card.banner, card.title) if part)


def _card_lines(card: Card) -> Iterator[str]:
    yield headline(card)
    for block in card.blocks:
        yield from block_lines(block)
    if card.buttons:
        yield " ".join(f"[{button.label}]" for button in card.buttons)
    yield f"({card.who_sees})"


def _form_lines(form: Form) -> Iterator[str]:
    yield " · ".join(part for part in (form.banner, form.title) if part)
    for block in form.intro:
        yield from block_lines(block)
    for field in form.fields:
        yield from _field_lines(field)
    yield f"[{form.submit}]"
    yield f"({form.who_sees})"


def _field_lines(field: Field) -> Iterator[str]:
    match field:
        case TextField():
            yield f"{field.label}: {field.value or '____'}"
            if field.hint:
                yield f"  {field.hint}"
        case ChoiceField() | ChoicesField():
            yield f"{field.label}: " + " / ".join(label for _, label in field.options)
        case PeopleField():
            yield f"{field.label}: {field.value or '____'}"
        case _:
            assert_never(field)


def block_lines(block: Block) -> Iterator[str]:
    """The lines of one block."""
    match block:
        case Text():
            yield f"{block.label}: {block.text}" if block.label else block.text
        case Quote():
            yield f"> {block.text}" + (f" – {block.by}" if block.by else "")
        case Marked():
            yield (f"{block.label}: " if block.label else "") + _marked(block)
        case Facts():
            yield from (f"{fact.label}: {fact.value}" for fact in block.rows)
        case Ticks():
            yield from _tick_lines(block)
        case Table():
            yield block.caption
            yield from (" | ".join(row) for row in (block.columns, *block.rows))
        case Bullets():
            if block.label:
                yield f"{block.label}:"
            yield from (f"- {item}" for item in block.items)
        case AIOutput():
            yield f"┌ {block.system}: {block.output}"
            yield from (f"│ {fact.label}: {fact.value}" for fact in block.facts)
        case Chart():
            yield f"Picture: {block.alt}"
        case Fold():
            yield f"▸ {block.summary}"
            yield from (f"  {line}" for leaf in block.blocks for line in block_lines(leaf))
        case _:
            assert_never(block)


def _tick_lines(ticks: Ticks) -> Iterator[str]:
    for tick in ticks.items:
        yield f"{tick.mark}: {tick.label}"
        if tick.quote:
            yield f"  > {tick.quote}"
        if tick.note:
            yield f"  {tick.note}"


def _marked(block: Marked) -> str:
    parts, at = [], 0
    for span in block.spans:
        parts += [block.text[at : span.start], _OPEN, block.text[span.start : span.end], _CLOSE]
        at = span.end
    return "".join([*parts, block.text[at:]])
