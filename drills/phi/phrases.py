"""How people tell of real patients and real trouble: the lines of phrases.txt, ready to search with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def ways(section: str) -> tuple[re.Pattern[str], ...]:
    """Raises KeyError for a section that the file does not have."""
    return _sections()[section]


@cache
def _sections() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    parts: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines():
        if part := re.fullmatch(r"(<[A-Z]+>) = (.+)", line):
            parts[part[1]] = _filled(part[2], parts)
        elif line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.append(_filled(line, parts))
    return {name: tuple(re.compile(line, re.IGNORECASE) for line in lines) for name, lines in sections.items()}


def _filled(line: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        line = line.replace(name, part)
    return line
