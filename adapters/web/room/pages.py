"""Whole pages of the room, filled from seats and messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup

from adapters.web.room.render import Renderer
from adapters.web.room.seat import Seat
from drills.chat.cards import Card
from drills.chat.plain import headline
from drills.people import Team
from drills.ports import Clock, Message


class Pages:
    """Every method returns a whole page or one fragment of it, as HTML."""

    def __init__(self, templates: Environment, renderer: Renderer, clock: Clock) -> None:
        self._templates = templates
        self._renderer = renderer
        self._clock = clock

    def chooser(self, teams: Sequence[tuple[Team, Sequence[Seat]]]) -> str:
        return self._templates.get_template("room/chooser.html").render(teams=teams)

    def channel(self, seat: Seat, messages: Sequence[Message], board: Markup, answer: Markup) -> str:
        """`answer` is what a browser without JavaScript was just answered; empty otherwise."""
        return self._templates.get_template("room/channel.html").render(
            seat=seat,
            messages=[self.message(seat, message) for message in messages],
            newest=max((message.seq for message in messages), default=0),
            board=board,
            answer=answer,
            key=uuid4().hex,
        )

    def message(self, seat: Seat, message: Message) -> Markup:
        """One message as it stands in the timeline; the stream sends the same."""
        name = f"message-{message.ref.id}"
        html = self._templates.get_template("room/message.html").render(
            name=name,
            message=message,
            headline=headline(message.card),
            posted=when(message.posted_at, self._clock(), seat.team.tz),
            card=self._renderer.card(message.card, seat.url, level=3, name=name),
        )
        return Markup(html)  # noqa: S704 - filled by an autoescaping template

    def board(self, seat: Seat, card: Card | None) -> Markup:
        if card is None:
            return Markup('<p class="quiet">The board has nothing to show yet.</p>')
        return self._renderer.card(card, seat.url, level=3, name="board-card")


def when(moment: datetime, now: datetime, tz: str) -> str:
    """The team's wall clock, with the day unless it is today."""
    zone = ZoneInfo(tz)
    there = moment.astimezone(zone)
    today = there.date() == now.astimezone(zone).date()
    return f"{there:%H:%M}" if today else f"{there:%a} {there.day} {there:%b}, {there:%H:%M}"
