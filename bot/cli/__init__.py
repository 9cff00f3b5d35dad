"""The command line: one file for each noun, one command for each verb."""

from __future__ import annotations

import typer

from bot.cli import db, drills
from bot.cli.board import board
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.judge import judge
from bot.cli.preview import preview
from bot.cli.run import run

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Communication drills for care teams. Start with `readback demo`.",
)
app.command()(demo)
app.command()(run)
app.command()(judge)
app.command()(board)
app.command()(doctor)
drills.app.command()(preview)
app.add_typer(drills.app, name="drills")
app.add_typer(db.app, name="db")
