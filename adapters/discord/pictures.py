"""A message's pictures: drawn before it is rendered, sent beside its words, and left behind where Discord takes none.

https://discord.com/developers/docs/reference#uploading-files
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import discord
from discord.http import MultipartParameters

from adapters.discord.blocks import GALLERY, PICTURES, Json
from adapters.discord.errors import MAY_NOT, code_of, refuses_pictures
from adapters.discord.no_pictures import NoPictures
from drills.chat.cards import Card
from drills.chat.charts import Chart
from drills.chat.inbound import Answer
from drills.chat.text import short
from drills.errors import CannotReach, OursToFix
from drills.ports import Pictures

log = logging.getLogger(__name__)

MOST = 4
"""Of one message. More would be a wall; Discord takes ten files."""

ALT = 1000  # Discord takes 1,024 characters
_T = TypeVar("_T")

Drawn: TypeAlias = Mapping[Chart, bytes]
"""Charts with their pictures. What could not be drawn is not in it, and goes in words."""

NONE: Drawn = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    alt: str
    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer with the pictures of its card."""

    answer: Answer
    drawn: Drawn = field(default_factory=dict)


async def drawn(card: object, pictures: Pictures | None) -> Drawn:
    """The pictures of a card's charts; none of anything else. Raises nothing."""
    if pictures is None or not isinstance(card, Card):
        return NONE
    found = {chart: await pictures.png(chart) for chart in _charts(card)[:MOST]}
    return {chart: png for chart, png in found.items() if png is not None}


def pictures_of(card: Card, drawn: Drawn) -> tuple[Picture, ...]:
    """In the card's order, named as the message will name them."""
    charts = [chart for chart in _charts(card) if chart in drawn]
    return tuple(
        Picture(f"picture-{number}.png", short(chart.alt, ALT) or "…", drawn[chart])
        for number, chart in enumerate(charts, start=1)
    )


def gallery(picture: Picture) -> Json:
    """`description` is what a screen reader says."""
    return {
        "type": GALLERY,
        "items": [{"media": {"url": f"attachment://{picture.name}"}, "description": picture.alt}],
    }


async def carried(
    body: Json, send: Callable[[Json, Sequence[Picture]], Awaitable[_T]], without: NoPictures, where: str
) -> _T:
    """Send a message with its pictures; without them where Discord refuses those, or did so `where` it goes lately."""
    pictures: Sequence[Picture] = body.get(PICTURES, ())
    bare = {name: value for name, value in body.items() if name != PICTURES}
    if not pictures:
        return await send(bare, ())
    alone = {**bare, "components": _bare(bare["components"])}
    if without.lately(where):
        return await send(alone, ())
    about = [{"id": str(at), "filename": one.name, "description": one.alt} for at, one in enumerate(pictures)]
    try:
        return await send({**bare, "attachments": about}, pictures)
    except (CannotReach, OursToFix) as refused:
        if not refuses_pictures(refused.__cause__):
            raise
        said = code_of(refused.__cause__)
        log.warning("Discord says %s to a message with a picture; its words go alone", said or "no")
    done = await send(alone, ())
    if said == MAY_NOT:  # to the picture, as it turns out, and not to every message of ours
        without.note(where)
    return done


def parcel(payload: Json, pictures: Sequence[Picture]) -> MultipartParameters:
    """As discord.py sends it: JSON alone, or a form with the JSON and the files. Good for one call."""
    if not pictures:
        return MultipartParameters(payload=payload, multipart=None, files=None)
    files = [discord.File(io.BytesIO(picture.png), picture.name) for picture in pictures]
    form: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(payload)}]
    form += [
        {"name": f"files[{at}]", "value": file.fp, "filename": file.filename, "content_type": "image/png"}
        for at, file in enumerate(files)
    ]
    return MultipartParameters(payload=None, multipart=form, files=files)


def _charts(card: Card) -> list[Chart]:
    return [block for block in card.blocks if isinstance(block, Chart)]


def _bare(components: Sequence[Json]) -> list[Json]:
    """What a picture shows stands in the card's words as well (`Chart`)."""
    kept = (one for one in components if one["type"] != GALLERY)
    return [{**one, "components": _bare(one["components"])} if "components" in one else one for one in kept]
