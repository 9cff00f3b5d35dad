"""The input of a calibration: one reply a line, every fault of every line told before anything is judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from drills.catalog import Library, NoSuchDrill
from drills.drill import Drill
from drills.errors import OursToFix
from drills.judging.normal import visible
from drills.rubric import Level

_LEVELS = ", ".join(Level)


class FaultyCases(OursToFix):
    """The file can't be used; `faults` has one sentence for each, as `file:line: sentence`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """One line. `labels` are the levels that people gave, by criterion; empty where the line has none.

    `style` and `attack` are the author's names for a way of writing and a way of steering; "" where there is none.
    """

    case_id: str
    drill: Drill
    reply: str
    labels: Mapping[str, Level]
    style: str = ""
    attack: str = ""


class Drills:
    """The author's drills by id, then the shipped ones, which are read only when they are asked for."""

    def __init__(self, own: Library) -> None:
        self._own = own
        self._shipped: Library | None = None

    def get(self, id_: str) -> Drill:
        """The base variant. Raises NoSuchDrill."""
        try:
            return self._own.get(id_)
        except NoSuchDrill:
            self._shipped = self._shipped or Library.shipped()
            return self._shipped.get(id_)


def read_cases(file: Path, drills: Drills) -> list[LabelledReply]:
    """Every line that is not blank. Raises FaultyCases with all faults, OursToFix when the file can't be read."""
    cases: list[LabelledReply] = []
    faults: list[str] = []
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            cases.append(_case(line, drills))
        except _Faulty as faulty:
            faults += [f"{file}:{number}: {sentence}" for sentence in faulty.sentences]
    if not cases and not faults:
        faults = [f"{file}:1: There is no case in this file."]
    if faults:
        raise FaultyCases(faults)
    return cases


class _Faulty(Exception):
    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise OursToFix(f"{file} can't be read: {reason}.") from error


def _case(line: str, drills: Drills) -> LabelledReply:
    data = _object(line)
    case_id, drill_id, reply = _words(data)
    try:
        drill = drills.get(drill_id)
    except NoSuchDrill:
        raise _Faulty(f"`drill`: there is no drill {drill_id!r}, neither in --drills nor in the library.") from None
    labels = _labels(data.get("labels"), drill)
    return LabelledReply(case_id, drill, visible(reply).strip(), labels, _group(data, "style"), _group(data, "attack"))


def _object(line: str) -> dict[str, object]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "it can't be read")
        raise _Faulty(f"This line is no JSON: {reason}.") from None
    if not isinstance(data, dict):
        raise _Faulty("This line is no JSON object.")
    return data


def _words(data: Mapping[str, object]) -> tuple[str, str, str]:
    faults = []
    words = []
    for key in ("case_id", "drill", "reply"):
        value = data.get(key)
        if key not in data:
            faults.append(f"`{key}` is missing.")
        elif not isinstance(value, str) or (key != "reply" and not visible(value).strip()):
            faults.append(f"`{key}` must be text.")
        else:
            words.append(value)
    if faults:
        raise _Faulty(*faults)
    case_id, drill, reply = words
    return visible(case_id), drill, reply


def _labels(labels: object, drill: Drill) -> dict[str, Level]:
    if labels is None:
        return {}
    if not isinstance(labels, dict):
        raise _Faulty("`labels` must be an object of criterion and level.")
    known = {criterion.id for criterion in drill.rubric.criteria}
    strangers = sorted(set(labels) - known)
    faults = [f"`labels`: {drill.id} has no criterion {id_!r}; it has {', '.join(sorted(known))}." for id_ in strangers]
    wrong = {id_: level for id_, level in labels.items() if id_ in known and level not in list(Level)}
    faults += [f"`labels`: {id_} can't be {json.dumps(is_)}; it is one of {_LEVELS}." for id_, is_ in wrong.items()]
    if faults:
        raise _Faulty(*faults)
    return {criterion: Level(level) for criterion, level in labels.items()}


def _group(data: Mapping[str, object], key: str) -> str:
    value = data.get(key)
    return visible(value) if isinstance(value, str) else ""
