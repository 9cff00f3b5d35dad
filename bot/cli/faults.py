"""How the commands for authors tell what is wrong, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import typer

from drills.catalog import Fault

FAULTY = 1
MISUSED = 2


def print_faults(faults: Iterable[Fault], files: int) -> None:
    """A line for each fault, then how many there are."""
    faults = list(faults)
    for fault in faults:
        typer.echo(str(fault))
    errors = sum(fault.severity == "error" for fault in faults)
    typer.echo(f"{_count(files, 'file')}: {_count(errors, 'error')}, {_count(len(faults) - errors, 'warning')}.")


def print_json(data: Any) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def misuse(sentence: str) -> typer.Exit:
    """Tells the sentence; the caller raises what comes back."""
    typer.echo(sentence, err=True)
    return typer.Exit(MISUSED)


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
