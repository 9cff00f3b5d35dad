"""A calibration's report in a terminal: the same figures as its JSON, two digits each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from bot.calibration.report import Measured, Report
from drills.judging.resampling import Interval
from drills.rubric import Level

_COLUMNS = ("n", "covered", "exact", "κ", "quadratic κ", "macro-F1", "met right", "false met")


def show(report: Report, console: Console) -> None:
    """Prints what there is: without labels, one line."""
    for part in _parts(report):
        console.print(part)


def _parts(report: Report) -> Iterator[RenderableType]:
    counts = f"{len(report.judged)} cases, judge: {report.judge}{' (forced)' if report.forced else ''}"
    yield Text(f"{counts}; held back before judging: {report.blocked}; errors: {report.errors}")
    if not report.labelled:
        yield Text("No case has labels, so there is nothing to compare.")
        return
    yield _table("Agreement", {"all": report.overall()})
    yield _confusion(report.overall())
    for title, groups in (("By style", report.styles()), ("By attack", report.attacks())):
        if groups:
            yield _table(title, groups)
    for drill, criteria in report.criteria().items():
        if criteria:
            yield _table(drill, criteria)
    yield Text("κ with its 95 % interval; – is undefined. Figures but n and covered are over what the judge decided.")


def _table(title: str, rows: Mapping[str, Measured]) -> Table:
    table = _plain(title)
    table.add_column("", overflow="fold")
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    for name, measured in rows.items():
        table.add_row(Text(name), *_cells(measured))
    return table


def _plain(title: str) -> Table:
    return Table(title=Text(title), title_justify="left", title_style="bold", box=None, padding=(0, 1))


def _cells(measured: Measured) -> list[str]:
    found = measured.agreement
    return [
        str(found.n),
        _share(found.coverage),
        _share(found.exact),
        _with_interval(found.kappa, measured.kappa_interval),
        _with_interval(found.quadratic_kappa, measured.quadratic_interval),
        _figure(found.macro_f1),
        _share(found.met_precision),
        str(found.false_met),
    ]


def _confusion(measured: Measured) -> Table:
    confusion = measured.agreement.confusion
    said = [level for level in Level if any(level in row for row in confusion.values())]
    table = _plain("People said (rows), the judge said (columns)")
    table.add_column("")
    for level in said:
        table.add_column(level.value, justify="right")
    for label, row in confusion.items():
        table.add_row(label.value, *(str(row[level]) for level in said))
    return table


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _with_interval(value: float | None, interval: Interval | None) -> str:
    return _figure(value) + (f" [{interval.low:.2f}, {interval.high:.2f}]" if interval else "")
