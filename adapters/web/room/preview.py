"""Cards and forms on one page that stands alone: what `readback drills preview` writes for an author to look at."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from adapters.web.room.render import Renderer
from adapters.web.templating import STATIC, environment
from drills.chat.cards import Card, FieldErrors, Form

_STYLES = ("tokens.css", "cards.css", "forms.css", "preview.css")


def preview_page(title: str, faces: Sequence[tuple[str, Card | Form]]) -> str:
    """One HTML file with its styles inside; each face is a caption and what the room would show under it."""
    templates = environment()
    renderer = Renderer(templates)
    shown = [(caption, _face(renderer, face, f"face-{number}")) for number, (caption, face) in enumerate(faces)]
    styles = Markup("\n".join((STATIC / name).read_text(encoding="utf-8") for name in _STYLES))  # noqa: S704 - our files
    return templates.get_template("room/preview.html").render(title=title, styles=styles, faces=shown)


def _face(renderer: Renderer, face: Card | Form, name: str) -> Markup:
    if isinstance(face, Card):
        return renderer.card(face, None, level=3, name=name)
    return renderer.form(FieldErrors(face), None, name=name)
