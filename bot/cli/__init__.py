"""The command line: one file for each noun, one command for each verb."""

from __future__ import annotations

import typer

from bot.cli.lazy import Later, lazy

app = typer.Typer(
    cls=lazy(
        demo=Later(
            "bot.cli.demo:demo",
            "Open the demo room: made-up teams with eight weeks of history, and two drills to answer.",
        ),
        run=Later("bot.cli.run:run", "Run Readback until SIGINT or SIGTERM."),
        judge=Later("bot.cli.judge:judge", "Judge one reply and show the feedback. Nothing is stored."),
        calibrate=Later("bot.cli.calibrate:calibrate", "Judge a file of replies and, where it holds labels, compare."),
        board=Later("bot.cli.board:board", "Show the team board and the rule behind it. It names teams, never people."),
        doctor=Later(
            "bot.cli.doctor:doctor",
            "Look at settings, database, judge, platforms and library. Exits with 1 when something must be mended.",
        ),
        drills=Later("bot.cli.drills:app", "Look at drills, check them, begin new ones."),
        campaign=Later("bot.cli.campaign:app", "Which drills go to which team, and when."),
        rota=Later(
            "bot.cli.rota:app",
            "When people are on shift or on leave, so that a drill reaches each of them on their own shift.",
        ),
        db=Later("bot.cli.db:app", "Bring the database up to date, check it."),
        keys=Later("bot.cli.keys:app", "Make an encryption key, move everything to a new one."),
        slack=Later("bot.cli.slack:app", "What Slack wants to know about the app."),
        discord=Later("bot.cli.discord:app", "What Discord wants to know about the app."),
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Communication drills for care teams. Start with `readback demo`.",
)


@app.callback()
def _program() -> None:
    """Makes a group of it: the commands are known by name only until one is called."""
