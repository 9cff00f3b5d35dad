"""What is wrong with a drill file, where, and how badly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from typing_extensions import override

from drills.catalog.source import Path, Source
from drills.errors import OursToFix

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault before it has a line: a rule knows the path only.

    `at_key` points at the key, not at its value; `word` at its first appearance in the value.
    """

    path: Path
    message: str
    severity: Severity = "error"
    at_key: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One sentence about one place in one file. Line and column count from 1."""

    file: str
    line: int
    column: int
    severity: Severity
    message: str

    @override
    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}:{self.column}: {self.severity}: {self.message}"


class FaultyDrill(OursToFix):
    """A drill file that can't be used. `faults` holds them all, errors and warnings."""

    tell = "This drill can't be shown just now. Whoever looks after the drills has been told."

    def __init__(self, faults: Sequence[Fault]) -> None:
        errors = [fault for fault in faults if fault.severity == "error"]
        super().__init__("\n".join(str(fault) for fault in errors))
        self.faults = tuple(faults)


def located(findings: Sequence[Finding], source: Source, file: str) -> list[Fault]:
    """Faults in reading order, each once."""
    faults = {_fault(finding, source, file) for finding in findings}
    faults |= {Fault(file, p.spot.line, p.spot.column, "error", printable(p.message)) for p in source.problems}
    return sorted(faults)


def printable(text: str, most: int = 400) -> str:
    """Safe to print: a file's own words may hold control characters that would steer a terminal."""
    safe = "".join(character if character.isprintable() else " " for character in text)
    return safe if len(safe) <= most else safe[:most] + " …"


def _fault(finding: Finding, source: Source, file: str) -> Fault:
    spot = source.where(finding.path, key=finding.at_key, word=finding.word)
    return Fault(file, spot.line, spot.column, finding.severity, printable(finding.message))
