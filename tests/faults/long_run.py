"""`make faults`: the long kill -9 run. Exits with 1 when a promise was broken.

Example: make faults ARGS="--kills 100 --seed 7"
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from secrets import randbelow

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]  # as pytest's `pythonpath` has it

from faults.killing import Report, kill_often  # noqa: E402  # found through the line above
from faults.mutations import MUTATIONS  # noqa: E402

console = Console()


def table(report: Report) -> Table:
    found = report.findings
    rows = {
        "seed": report.seed,
        "kills": report.kills,
        "seconds": round(report.seconds),
        "replies acknowledged": report.acknowledged,
        "replies in the database": found.replies,
        "posts repeated because no answer came": report.reposts,
        "acknowledged and lost": len(found.lost),
        "not finished": len(found.stuck),
        "without verdicts": len(found.unscored),
        "not in the ledger exactly once": len(found.not_in_ledger_once),
        "feedback not told exactly once": len(found.not_told_once),
        "drills not posted exactly once": len(found.not_posted_once),
        "answers of the model server: overloaded (529)": report.overloaded,
        "LLM calls finished twice (a kill fell before the commit)": len(report.judged_twice),
        "channel cards that show an old count": len(found.cards_behind),
        "readback db check": report.database or "sound",
    }
    shown = Table("what", "how many", title="kill -9 at random moments, SQLite, one process")
    for what, count in rows.items():
        shown.add_row(what, str(count))
    return shown


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--seed", type=int, default=None, help="repeats a run's choices; the moments stay the machine's")
    asked.add_argument("--mutation", choices=sorted(MUTATIONS), default="", help="break the program first")
    options = asked.parse_args()
    seed = randbelow(1_000_000) if options.seed is None else options.seed
    console.print(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="readback-faults-") as folder:
        report = _run(Path(folder), options.kills, seed, options.mutation)
    console.print(table(report))
    for what, which in report.faults.items():
        console.print(f"[bold red]{what}[/]: {', '.join(which[:10])}")
    return 1 if report.faults else 0


def _run(folder: Path, kills: int, seed: int, mutation: str) -> Report:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("killing", total=kills)

        def progress(done: int, kept: int) -> None:
            bar.update(task, completed=done, description=f"killing, {kept} replies acknowledged")

        return asyncio.run(kill_often(folder, kills=kills, seed=seed, mutation=mutation, progress=progress))


if __name__ == "__main__":
    sys.exit(main())
