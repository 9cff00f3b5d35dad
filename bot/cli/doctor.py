"""`readback doctor`: what is missing, and what mends it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.doctor import examine
from bot.settings import load_settings


def doctor(
    judge: Annotated[
        bool, typer.Option("--judge", help="Ask the language model one small made-up thing; else nobody is called.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")] = False,
) -> None:
    """Look at settings, database, judge, platforms and library. Exits with 1 when something must be mended.

    Example: readback doctor --json
    """
    findings = list(examine(load_settings(), ask_judge=judge))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            typer.echo(f"{'ok  ' if finding.well else 'MEND'} {finding.what}: {finding.says}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)
