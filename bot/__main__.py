"""`python -m bot` and the `readback` command: the edge where errors become a sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator

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
    except BaseExceptionGroup as several:  # what ended the program's task group, as a refused platform token does
        sys.stderr.write("".join(f"{error}\n" for error in _only_ours(several)))
        sys.exit(EXIT_FAILED)


def _only_ours(several: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    """Every error in the group, however deep. Raises the group itself when a bug is among them."""
    if several.split(ReadbackError)[1] is not None:
        raise several
    for error in several.exceptions:
        yield from _only_ours(error) if isinstance(error, BaseExceptionGroup) else [error]


if __name__ == "__main__":
    main()
