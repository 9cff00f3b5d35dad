"""The command line: one file for each noun, one command for each verb."""

from __future__ import annotations

import typer

from bot.cli.lazy import lazy

app = typer.Typer(
    cls=lazy(
        demo="bot.cli.demo:demo",
        run="bot.cli.run:run",
        judge="bot.cli.judge:judge",
        calibrate="bot.cli.calibrate:calibrate",
        board="bot.cli.board:board",
        doctor="bot.cli.doctor:doctor",
        drills="bot.cli.drills:app",
        campaign="bot.cli.campaign:app",
        rota="bot.cli.rota:app",
        db="bot.cli.db:app",
        keys="bot.cli.keys:app",
        slack="bot.cli.slack:app",
        discord="bot.cli.discord:app",
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Communication drills for care teams. Start with `readback demo`.",
)


@app.callback()
def _program() -> None:
    """Makes a group of it: the commands are known by name only until one is called."""
