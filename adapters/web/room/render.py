"""Cards and forms as HTML. Text stays text: everything is escaped, and each string runs in its own direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never, cast
from uuid import uuid4

from jinja2 import Environment
from markupsafe import Markup

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
    picked,
)
from drills.chat.charts import Chart
from drills.chat.inbound import Answer, NotTaken
from drills.views.notices import not_taken_card

MANY = 6  # more options than this read better as a list box than as radio buttons


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a marked text; `note` counts the marked ones from 1."""

    text: str
    label: str = ""
    note: int = 0


People: TypeAlias = Sequence[tuple[str, str]]
"""Whom a PeopleField offers: (user, name)."""


def asks_for_people(answer: Answer) -> bool:
    form = answer.show.form if isinstance(answer.show, FieldErrors) else answer.show
    return isinstance(form, Form) and any(isinstance(field, PeopleField) for field in form.fields)


class Renderer:
    """`to` is the seat's address that buttons and forms post to; None makes a dead picture (previews)."""

    def __init__(self, templates: Environment) -> None:
        self._blocks: Any = templates.get_template("room/blocks.html").module
        self._faces: Any = templates.get_template("room/faces.html").module

    def answer(self, answer: Answer, to: str | None, people: People = ()) -> Markup:
        """What goes into the dialog; empty when it closes."""
        match answer.show:
            case None:
                return Markup()
            case Card():
                return self.card(answer.show, to, level=2, name="answer", can_close=True)
            case Form():
                return self.form(FieldErrors(answer.show), to, people=people)
            case FieldErrors():
                return self.form(answer.show, to, people=people)
            case NotTaken():
                return self.card(not_taken_card(answer.show), to, level=2, name="answer", can_close=True)
            case _:
                assert_never(answer.show)

    def card(self, card: Card, to: str | None, *, level: int, name: str, can_close: bool = False) -> Markup:
        """`level` of its heading; `name` makes ids unique in the page."""
        buttons = [(button, button.intent.pack(), uuid4().hex) for button in card.buttons]
        return _html(self._faces.card(card, self._all(card.blocks), buttons, to, level, name, can_close))

    def form(
        self, shown: FieldErrors, to: str | None, *, name: str = "answer", people: People = (), on_page: bool = False
    ) -> Markup:
        """`on_page`: a list of the fields at fault stands on top, since nothing scrolls to them."""
        form = shown.form
        fields = [self._field(field, shown.errors.get(field.name, ""), name, people) for field in form.fields]
        at_fault = [(f"{name}-{field.name}", field.label) for field in form.fields if field.name in shown.errors]
        wrong = at_fault if on_page else []
        intent = form.intent.pack()
        return _html(self._faces.form(form, self._all(form.intro), fields, intent, uuid4().hex, to, name, wrong))

    def block(self, block: Block) -> Markup:
        html: object
        match block:
            case Text():
                html = self._blocks.text(block)
            case Quote():
                html = self._blocks.quote(block)
            case Marked():
                html = self._blocks.marked(block, list(pieces(block)))
            case Facts():
                html = self._blocks.facts(block.rows)
            case Ticks():
                html = self._blocks.ticks(block)
            case Table():
                html = self._blocks.table(block)
            case Bullets():
                html = self._blocks.bullets(block)
            case AIOutput():
                html = self._blocks.ai_output(block)
            case Chart():
                html = self._blocks.chart(block)
            case Fold():
                html = self._blocks.fold(block.summary, self._all(block.blocks))
            case _:
                assert_never(block)
        return _html(html)

    def _field(self, field: Field, error: str, name: str, people: People) -> Markup:
        id_ = f"{name}-{field.name}"
        match field:
            case TextField():
                return _html(self._faces.text_field(field, error, id_, words(field.value)))
            case ChoiceField():
                return _html(self._faces.choice_field(field, error, id_, len(field.options) > MANY))
            case ChoicesField():
                return _html(self._faces.choices_field(field, error, id_, picked(field.value)))
            case PeopleField():
                return _html(self._faces.people_field(field, error, id_, picked(field.value), offered(field, people)))
            case _:
                assert_never(field)

    def _all(self, blocks: tuple[Block, ...]) -> list[Markup]:
        return [self.block(block) for block in blocks]


def pieces(marked: Marked) -> Iterator[Piece]:
    """The whole text, in order, cut at the spans."""
    at = 0
    for note, span in enumerate(marked.spans, start=1):
        if at < span.start:
            yield Piece(marked.text[at : span.start])
        yield Piece(marked.text[span.start : span.end], span.label, note)
        at = span.end
    if at < len(marked.text):
        yield Piece(marked.text[at:])


def offered(field: PeopleField, people: People) -> People:
    """Those in the room, and whoever is named already without being there."""
    here = {user for user, _ in people}
    return [*people, *((user, user) for user in picked(field.value) if user not in here)]


def words(text: str) -> int:
    return len(text.split())


def _html(filled: object) -> Markup:
    """Macros of an autoescaping environment return Markup; their type does not say so."""
    return cast(Markup, filled)
