"""`readback slack`: the app's manifest, ready to paste into Slack."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from ruamel.yaml import YAML

from adapters.slack.manifest import BadAddress, http_manifest
from adapters.slack.manifest import manifest as socket_manifest

app = typer.Typer(
    no_args_is_help=True,
    help="What Slack wants to know about the app.\n\nExample: readback slack manifest",
)

MISUSED = 2


@app.callback()
def _group() -> None:
    """Keeps `manifest` a word of its own."""


@app.command()
def manifest(
    url: Annotated[str | None, typer.Option(help="For HTTP: the public https address of the web process.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of YAML; Slack takes either.")] = False,
) -> None:
    """Print the manifest: for Socket Mode, or with --url for HTTP.

    Example: readback slack manifest --url https://readback.example.org
    """
    try:
        found = socket_manifest() if url is None else http_manifest(url)
    except BadAddress as bad:
        typer.echo(f"--url: {bad}", err=True)
        raise typer.Exit(MISUSED) from bad
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        yaml = YAML(pure=True)
        yaml.indent(sequence=4, offset=2)
        yaml.dump(found, sys.stdout)
