"""The command line: one file for each noun, one command for each verb."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True)
