"""Discord's components, as plain dicts, built so that no limit of platforms.md §3 can be passed.

Dicts and not discord.py's `LayoutView`: a view is an object that lives in a store by its id and waits, and ours must
say everything by themselves, after a restart and in another process. Dicts also are what tests, the official API
description and a reader of Discord's documentation compare. discord.py's HTTP layer takes them as they are.
https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from adapters.discord.text import escape
from drills.chat.parts import Part, Run, Shape
from drills.chat.text import length, pieces

Json: TypeAlias = dict[str, Any]

ROW, BUTTON, SELECT, INPUT, USERS = 1, 2, 3, 4, 5
DISPLAY, GALLERY, CONTAINER, LABEL, RADIOS, BOXES = 10, 12, 17, 18, 21, 22
COMPONENTS = 40  # of a message, nested ones counted
CHARACTERS = 4000  # of all text displays of a message together
EPHEMERAL, IS_COMPONENTS_V2 = 1 << 6, 1 << 15
NOBODY: Json = {"parse": []}
"""`allowed_mentions` of everything that we send."""

PICTURES = "pictures"
"""Our own key of a body: what goes along as files. The way out takes it off (`pictures.carried`)."""

LONGEST = 1500  # of one paragraph in Markdown; longer ones are cut where a reader would cut them
_MARKS = {Shape.QUOTE: "> ", Shape.QUIET: "-# ", Shape.BULLET: "- "}


def display(content: str, id_: int | None = None) -> Json:
    """A text display. `content` is Markdown."""
    return {"type": DISPLAY, "content": content, **({"id": id_} if id_ else {})}


def container(components: Sequence[Json], id_: int | None = None) -> Json:
    return {"type": CONTAINER, "components": list(components), **({"id": id_} if id_ else {})}


def body(components: Sequence[Json], id_: int | None = None, *, ephemeral: bool = False) -> Json:
    """A whole message. `id_` comes back with the channel's history; people don't see it."""
    flags = IS_COMPONENTS_V2 | (EPHEMERAL if ephemeral else 0)
    return {"flags": flags, "components": [container(components, id_)], "allowed_mentions": NOBODY}


def count(components: Iterable[Json]) -> int:
    """How many there are, nested ones included."""
    return sum(1 + count(one.get("components") or ()) for one in components)


def characters(components: Iterable[Json]) -> int:
    """What Discord counts: the text of all displays."""
    return sum(length(one.get("content", "")) + characters(one.get("components") or ()) for one in components)


def paragraphs(parts: Iterable[Part]) -> Iterator[str]:
    """The parts in Markdown, in their order, none longer than `LONGEST`. Small print stays together."""
    for shape, group in groupby(parts, key=lambda part: part.shape):
        for part in (piece for whole in group for piece in _cut(whole)):
            yield _marked(shape, "".join(_run(run) for run in part.runs))


def _cut(part: Part) -> Iterator[Part]:
    """Escaping can double a text, and each line gets a mark."""
    room = LONGEST - 100
    runs: list[Run] = []
    left = room
    for run in part.runs:
        for piece in pieces(run.text, room // 3):
            cost = length(escape(piece)) + 4 + 3 * piece.count("\n")
            if runs and cost > left:
                yield Part(part.shape, tuple(runs))
                runs, left = [], room
            runs = _appended(runs, Run(piece, run.bold))
            left -= cost
    if runs:
        yield Part(part.shape, tuple(runs))


def _appended(runs: list[Run], run: Run) -> list[Run]:
    """Neighbours of one style are one: `**a****b**` is not what it looks like."""
    if runs and runs[-1].bold == run.bold:
        return [*runs[:-1], Run(runs[-1].text + run.text, run.bold)]
    return [*runs, run]


def _run(run: Run) -> str:
    bare = run.text.strip()
    if not run.bold or not bare:
        return escape(run.text)
    before, _, after = run.text.partition(bare)
    return f"{before}**{escape(bare)}**{after}"


def _marked(shape: Shape, markdown: str) -> str:
    mark = _MARKS.get(shape)
    if mark is None:
        return markdown
    lines = [line for line in markdown.strip("\n").split("\n") if shape is not Shape.QUIET or line.strip()]
    following = "  " if shape is Shape.BULLET else mark
    return "\n".join(f"{mark if at == 0 else following}{line}" for at, line in enumerate(lines))
