"""`readback drills`: look at drills, check them, begin new ones. For authors; needs no settings and no network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.columns import Leaving, Table
from bot.cli.faults import FAULTY, misuse, print_faults, print_json
from bot.cli.lazy import Later, lazy
from drills.catalog import (
    SHIPPED,
    DrillFile,
    FaultyDrill,
    Library,
    drill_schema_text,
    has_errors,
    lint,
    scaffold,
    schema_beside,
)
from drills.drill import BASE_VARIANT, Drill, Kind
from drills.errors import NotFound

app = typer.Typer(
    cls=lazy(
        lint=Later(
            "bot.cli.lint:lint",
            "Tell every fault of every file as file:line:column, in plain words. Exits with 1 when there are errors.",
        ),
        preview=Later(
            "bot.cli.preview:preview",
            "Show a drill as people will meet it: channel card, taps, form, feedback by the embedded judge.",
        ),
    ),
    no_args_is_help=True,
    help="Look at drills, check them, begin new ones.\n\nExample: readback drills lint my-drill.yaml",
)

AsJson = Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")]
Folder = Annotated[Path, typer.Option("--library", help="A folder of drill files.", show_default="the shipped library")]

_HEADINGS = ("Id", "Kind", "Title", "For", "Level", "Variants", "Status")


@app.command("list")
def list_(
    kind: Annotated[Kind | None, typer.Option(help="Only drills of this kind.")] = None,
    as_json: AsJson = False,
    library: Folder = SHIPPED,
) -> None:
    """List the drills of a library.

    Example: readback drills list --kind sbar
    """
    files = [file for file in _load(library).all() if kind in {None, file.written.kind}]
    if as_json:
        print_json([_summary(file) for file in files])
        return
    _print_table(files)


@app.command()
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The drill's id.")],
    variant: Annotated[str, typer.Option(help="Which set of values to bind.")] = BASE_VARIANT,
    as_json: AsJson = False,
    library: Folder = SHIPPED,
) -> None:
    """Show one drill with its rubric, every value bound. It tells the answer: it is for authors.

    Example: readback drills show sbar-001-night-call --variant b
    """
    try:
        drill = _load(library).get(id_, variant)
    except NotFound as error:
        raise misuse(str(error)) from error
    if as_json:
        print_json(asdict(drill))
    else:
        typer.echo("\n".join(_page(drill)))


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="What is practised.")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and hyphens.")],
    folder: Annotated[Path, typer.Option("--dir", help="Where to write the file.")] = Path(),
) -> None:
    """Write a first draft that guides you by its comments. Never overwrites a file.

    Example: readback drills new sbar sbar-101-quiet-baby
    """
    file = folder / f"{id_}.yaml"
    try:
        text = scaffold(kind, id_, schema_beside(file))
    except ValueError as error:
        raise misuse(str(error)) from error
    faults = lint(text, str(file))
    if has_errors(faults):  # only the id can be at fault: the rest is ours
        print_faults(faults, 1)
        raise typer.Exit(FAULTY)
    _write_new(file, text)
    typer.echo(f"Wrote {file}. Fill it in, then: readback drills lint {file}")


@app.command()
def schema(
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
) -> None:
    """Print the JSON Schema that lets an editor check a drill while you type.

    Example: readback drills schema --out drill.schema.json
    """
    if out is None:
        typer.echo(drill_schema_text(), nl=False)
        return
    try:
        out.write_text(drill_schema_text(), encoding="utf-8")
    except OSError as error:
        raise misuse(f"{out} can't be written: {error.strerror}") from error


def _load(path: Path) -> Library:
    try:
        return Library.load(path)
    except FaultyDrill as error:
        print_faults(error.faults, 1)
        raise typer.Exit(FAULTY) from error


def _write_new(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise misuse(f"{file} is there already; nothing was changed.") from error
    except OSError as error:
        raise misuse(f"{file} can't be written: {error.strerror}") from error


def _summary(file: DrillFile) -> dict[str, Any]:
    written = file.written
    return {
        "id": file.id,
        "kind": written.kind,
        "title": file.drill().title,
        "status": written.status,
        "version": written.version,
        "primary": written.roles.primary,
        "also": written.roles.also,
        "difficulty": written.difficulty,
        "locale": written.locale,
        "variants": file.variants,
        "hash": file.hash,
    }


def _print_table(files: Iterable[DrillFile]) -> None:
    rows = [_row(file.drill(), file.variants) for file in files]
    Table(_HEADINGS, rows, (Leaving(("Title", "For")), Leaving(("Kind", "Level", "Variants", "Status")))).show()


def _row(drill: Drill, variants: Iterable[str]) -> tuple[str, ...]:
    whose = (drill.id, drill.kind.label, drill.title, drill.roles.primary.label, str(drill.difficulty))
    return (*whose, " ".join(variants), drill.status.value)


def _page(drill: Drill) -> Iterable[str]:
    yield f"{drill.title}  ({drill.id}, {drill.kind.label}, variant {drill.variant} of {', '.join(drill.variants)})"
    yield f"status {drill.status} · version {drill.version} · for {drill.roles.primary.label} · hash {drill.hash[:12]}"
    yield f"\nDRILL – fictional patient\n{drill.scenario}"
    yield from ([f"\n{drill.ask}"] if drill.ask else [])
    if drill.reliance:
        card = drill.reliance.ai_card
        yield f"\nBefore: {drill.reliance.before}"
        yield f"AI card: {card.system}: {card.output}"
        yield f"After: {drill.reliance.after}"
        yield "Taps: " + " · ".join(option.label for option in drill.reliance.options)
        yield f"Truth: {drill.reliance.ground_truth}, correct: {', '.join(drill.reliance.correct)}"
    for step in drill.steps:
        yield f"\nStep {step.id}, {step.role.label}: {step.ask}"
        yield from (f"  {criterion.id} ({criterion.weight}): {criterion.text}" for criterion in step.rubric.criteria)
    yield "\nWhat is looked for"
    for criterion in drill.rubric.criteria:
        yield f"  {criterion.id} ({criterion.weight}{', critical' if criterion.critical else ''}): {criterion.text}"
    yield from (f"  red flag {flag.id} ({flag.severity}): {flag.text}" for flag in drill.red_flags)
    yield f"\nOne good answer\n{drill.model_answer}"
