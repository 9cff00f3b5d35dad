"""`readback calibrate`: how far may this judge be believed, on replies whose levels people have given?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal, NoReturn, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.calibration.cases import Drills, LabelledReply, read_cases
from bot.calibration.judging import Judged, judge_all
from bot.calibration.report import Report
from bot.calibration.tables import show
from bot.judges import open_judge
from bot.settings import Settings, load_settings
from drills.catalog import FaultyDrill, Library
from drills.errors import OursToFix

NOTHING_JUDGED = 1
MISUSED = 2

_WIDE = 120  # columns of a table that is piped into a file


def calibrate(
    cases: Annotated[Path, typer.Argument(metavar="CASES.jsonl", help="One reply a line: case_id, drill, reply.")],
    drills: Annotated[Path, typer.Option(help="Drill files that the cases name by id; the library comes after them.")],
    judge: Annotated[
        Literal["embedded", "anthropic"] | None,
        typer.Option(help="Default: anthropic if ANTHROPIC_API_KEY is set, else embedded."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="The embedded judge commits to a level everywhere.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write one line a case here, in the order of the input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as plain JSON on standard output.")] = False,
) -> None:
    """Judge a file of replies and, where it holds labels, compare.

    Example: readback calibrate replies.jsonl --drills my-drills --out verdicts.jsonl

    Exits with 0 when cases were judged, 1 when not one could be, 2 when the call or the files were wrong.
    """
    replies = _cases(cases, drills)
    settings = load_settings(**({"judge": judge} if judge else {}))
    with ExitStack() as stack:
        written = stack.enter_context(_opened(out)) if out else None
        report = asyncio.run(_run(replies, settings, force, written))
    if as_json:
        typer.echo(json.dumps(report.document(), indent=2, ensure_ascii=False))
    else:
        console = Console(highlight=False)
        show(report, console if console.is_terminal else Console(highlight=False, width=_WIDE))
    if report.errors == len(report.judged):
        _stop(f"Not one case was judged: {report.judged[0].error}", NOTHING_JUDGED)


def _cases(file: Path, drills: Path) -> list[LabelledReply]:
    try:
        return read_cases(file, Drills(Library.load(drills)))
    except FaultyDrill as faulty:
        _stop("\n".join(map(str, faulty.faults)), MISUSED)
    except OursToFix as wrong:
        _stop(str(wrong), MISUSED)


def _opened(out: Path) -> TextIO:
    try:
        return out.open("w", encoding="utf-8")
    except OSError as error:
        _stop(f"{out} can't be written: {error.strerror}.", MISUSED)


async def _run(replies: Sequence[LabelledReply], settings: Settings, force: bool, written: TextIO | None) -> Report:
    async with open_judge(settings, forced=force) as judge:
        report = Report(judge.name, force)
        with _progress() as bar:
            task = bar.add_task("Judging", total=len(replies))
            tell = _tell(report, written, lambda: bar.advance(task))
            await judge_all(replies, judge, slots=settings.judge_slots, forced=force, tell=tell)
    return report


def _tell(report: Report, written: TextIO | None, advance: Callable[[], None]) -> Callable[[Judged], None]:
    def tell(judged: Judged) -> None:
        report.add(judged)
        if written:
            written.write(json.dumps(judged.line(), ensure_ascii=False) + "\n")
            written.flush()
        advance()

    return tell


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
