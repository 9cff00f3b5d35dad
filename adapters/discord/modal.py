"""Forms as modals. A modal has five places at most, so what finds no room in it stands on a card before it.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from adapters.discord.blocks import Json, display, paragraphs
from adapters.discord.commands import ours
from adapters.discord.fields import labelled, overflow
from adapters.discord.kept import read
from adapters.discord.parts import parts
from drills.chat.cards import Form
from drills.chat.parts import Part, Run, Shape, heading
from drills.chat.text import clean, length, short
from drills.errors import OursToFix

TITLE, PLACES = 45, 5
_ROOM = 3600  # of the text above the fields
_CUT = "-# This is longer than one Discord window can be; the last {left} characters of it are not shown here."


class FormTooBig(OursToFix):
    """More fields than Discord can show in one modal."""


def modal(form: Form, custom_id: str) -> Json:
    """Comes back under `custom_id`. Raises FormTooBig and FieldTooBig."""
    if not 1 <= len(form.fields) <= PLACES:
        raise FormTooBig(f"the form {form.intent.verb!r} has {len(form.fields)} fields; Discord takes 1 to {PLACES}")
    spare = PLACES - len(form.fields)
    above, below = _above(form), _who_sees(form)
    if spare == 1:
        above, below = "\n".join(part for part in (above, below) if part), ""
    texts = [[display(text)] if text.strip() and spare else [] for text in (above, below)]
    title = short(form.title, TITLE) or "…"
    return {
        "title": title,
        "custom_id": custom_id,
        "components": [*texts[0], *(labelled(field) for field in form.fields), *texts[1]],
    }


def preface(form: Form) -> bool:
    """Whether the words around the fields need a card of their own, before the modal."""
    return len(form.fields) >= PLACES and bool(_above(form).strip() or form.who_sees.strip())


def around(form: Form) -> tuple[Part, ...]:
    """The words that stand above the fields, in full."""
    intro = chain.from_iterable(parts(block) for block in form.intro)
    return (*intro, *chain.from_iterable(overflow(field) for field in form.fields))


def filled(form: Form, kept: Mapping[int, str]) -> Form:
    """The form with what was kept of an earlier try, by the fields' places."""
    fields = tuple(
        replace(field, value=read(field, kept[at])) if at in kept else field for at, field in enumerate(form.fields)
    )
    return replace(form, fields=fields)


def _above(form: Form) -> str:
    long_title = (heading(clean(form.title)),) if length(" ".join(clean(form.title).split())) > TITLE else ()
    banner = (heading(clean(form.banner)),) if form.banner and form.banner.strip() else ()
    found: list[str] = []
    size = 0
    all_ = list(paragraphs((*banner, *long_title, *around(form))))
    for at, paragraph in enumerate(all_):
        size += length(paragraph) + 1
        if size > _ROOM:
            left = sum(map(length, all_[at:]))
            return "\n".join([*found, _CUT.format(left=f"{left:,}")])
        found.append(paragraph)
    return "\n".join(found)


def _who_sees(form: Form) -> str:
    said = clean(ours(form.who_sees))
    return "\n".join(paragraphs([Part(Shape.QUIET, (Run(said),))])) if said.strip() else ""
