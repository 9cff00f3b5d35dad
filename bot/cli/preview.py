"""`readback drills preview`: exactly what a channel, a form and a feedback card will look like."""

from __future__ import annotations

import asyncio
import webbrowser
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated

import typer

from adapters.judges.embedded import EmbeddedJudge
from adapters.web.room.preview import preview_page
from bot.cli.named_drill import named_drill
from bot.clock import utc_now
from drills.chat.plain import plain
from drills.drill import BASE_VARIANT, Drill, Kind
from drills.errors import TellPerson
from drills.journeys.preview import Face
from drills.journeys.preview import preview as faces_of


def preview(
    drill: Annotated[str, typer.Argument(metavar="FILE|ID", help="A drill file, or the id of a shipped drill.")],
    variant: Annotated[str, typer.Option(help="Which set of values to bind.")] = BASE_VARIANT,
    reply: Annotated[str | None, typer.Option(help="The words to judge; else the drill's model answer.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the page here.")] = None,
    browser: Annotated[bool, typer.Option("--browser", help="Open the page in a browser.")] = False,
) -> None:
    """Show a drill as people will meet it: channel card, taps, form, feedback by the embedded judge.

    Example: readback drills preview my-drill.yaml --browser
    """
    shown = named_drill(drill).drill(variant)
    if shown.kind is Kind.RELAY:
        raise TellPerson(f"{shown.id} is a relay; relays lint already, playing them comes later")
    faces = asyncio.run(faces_of(shown, EmbeddedJudge(), reply or shown.model_answer, utc_now()))
    if html or browser:
        _as_page(shown, faces, html, browser)
    else:
        typer.echo(_as_text(faces))


def _as_text(faces: list[Face]) -> str:
    return "\n\n".join(f"── {caption} ──\n{plain(face)}" for caption, face in faces)


def _as_page(drill: Drill, faces: list[Face], html: Path | None, browser: bool) -> None:
    page = html or Path(gettempdir()) / f"readback-preview-{drill.id}.html"
    try:
        page.write_text(preview_page(drill.title, faces), encoding="utf-8")
    except OSError as error:
        raise TellPerson(f"{page} can't be written: {error.strerror}") from error
    typer.echo(str(page))
    if browser:
        webbrowser.open(page.resolve().as_uri())
