"""`readback drills lint`: every fault of a drill's form, then what a reader and the embedded judge stumble over."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from adapters.judges.embedded import EmbeddedJudge
from bot.cli.faults import FAULTY, misuse, print_faults, print_json
from drills.catalog import SHIPPED, Fault, drill_files, has_errors, lint_files, read
from drills.catalog.reading import text_of
from drills.journeys.lint import deep_lint

FEW = 3  # so many files are done before a progress bar could be read


def lint(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Files or folders.", show_default="the shipped library")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Form only: no judge, no reading grade.")] = False,
) -> None:
    """Tell every fault of every file as file:line:column, in plain words. Exits with 1 when there are errors.

    Files without errors are then tried out with the embedded judge: its findings, the reading grade, and what the
    story does not give are warnings.

    Example: readback drills lint my-drill.yaml more-drills/
    """
    files = [file for path in paths or [SHIPPED] for file in _files_at(path)]
    faults = lint_files(files)
    if not quick:
        faults = _in_order(files, [*faults, *asyncio.run(_deeper(_sound(files, faults)))])
    if as_json:
        print_json({"files": len(files), "faults": [asdict(fault) for fault in faults]})
    else:
        print_faults(faults, len(files))
    if has_errors(faults):
        raise typer.Exit(FAULTY)


def _files_at(path: Path) -> list[Path]:
    if not path.exists():
        raise misuse(f"{path} is not there.")
    files = list(drill_files(path))
    if not files:
        raise misuse(f"{path} holds no .yaml file.")
    return files


def _sound(files: Sequence[Path], faults: Sequence[Fault]) -> list[Path]:
    """Each file once that has no errors: the deeper rules need a drill to work on."""
    faulty = {fault.file for fault in faults if fault.severity == "error"}
    return [file for file in dict.fromkeys(files) if str(file) not in faulty]


async def _deeper(files: Sequence[Path]) -> list[Fault]:
    judge = EmbeddedJudge()
    faults: list[Fault] = []
    with _progress(shown=len(files) > FEW) as bar:
        for file in bar.track(files, description="Reading as a judge"):
            faults += await deep_lint(read(text_of(file), str(file)), judge)
    return faults


def _progress(*, shown: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not shown)


def _in_order(files: Sequence[Path], faults: Sequence[Fault]) -> list[Fault]:
    """File by file as they were named, then by line."""
    place = {str(file): number for number, file in enumerate(dict.fromkeys(files))}
    return sorted(faults, key=lambda fault: (place[fault.file], fault))
