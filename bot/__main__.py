"""`python -m bot` and the `readback` command: the edge where errors become a sentence and an exit code."""

from __future__ import annotations

import sys

from bot.cli import app
from bot.settings import BadSettings
from drills.errors import ReadbackError

EXIT_FAILED, EXIT_USAGE = 1, 2


def main() -> None:
    """Errors of ours end in their sentence on stderr; anything else is a bug and keeps its traceback."""
    try:
        app()
    except BadSettings as bad:
        sys.stderr.write("".join(f"{fault}\n" for fault in bad.faults))
        sys.exit(EXIT_USAGE)
    except ReadbackError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(EXIT_FAILED)


if __name__ == "__main__":
    main()
