"""Where templates and static files are, and the one way they are filled: escaped, and loud about typos."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

STATIC = Path(__file__).parent / "static"


def environment() -> Environment:
    """Every value is escaped; a name that a template does not get is an error, not a gap."""
    return Environment(
        loader=PackageLoader("adapters.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
