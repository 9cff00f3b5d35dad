"""`readback db`: bring the database up to date, and say whether it can be trusted."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.settings import load_settings
from storage.check import check as find_faults
from storage.upgrade import upgrade as bring_up_to_date

app = typer.Typer(
    no_args_is_help=True,
    help="Bring the database up to date, check it.\n\nExample: readback db check",
)

Url = Annotated[str | None, typer.Option(help="The database, instead of DATABASE_URL.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")]

FAULTY = 1


@app.command()
def upgrade(url: Url = None) -> None:
    """Bring the schema up to date, in one transaction. Nothing happens when it is.

    Example: readback db upgrade
    """
    bring_up_to_date(_database(url))
    typer.echo("The database is up to date.")


@app.command()
def check(url: Url = None, as_json: AsJson = False) -> None:
    """Check the schema, the file and the ledger's chain. Changes nothing; may run beside the program.

    Exits with 1 when something is wrong.

    Example: readback db check --json
    """
    faults = find_faults(_database(url))
    if as_json:
        typer.echo(json.dumps({"ok": not faults, "faults": faults}, indent=2))
    else:
        typer.echo("\n".join(faults) if faults else "The schema, the database and the ledger's chain are sound.")
    raise typer.Exit(FAULTY if faults else 0)


def _database(url: str | None) -> str:
    return url or load_settings().database_url
