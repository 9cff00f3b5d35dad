"""YAML text as plain data, with the line and column of every part, so that a fault can point at its cause.

Read as YAML 1.2: `on`, `no` and `15:00` stay text. The pure Python loader is used on purpose: libyaml follows
YAML 1.1, and a drill of 12 KB takes about 20 ms here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from drills.catalog import unreadable

Path: TypeAlias = tuple[str | int, ...]

MAX_CHARACTERS = 256_000  # the longest drill we know has 13,000; a file beyond this is something else
MAX_PARTS = 20_000  # bounds what repeated anchors (`*name`) may grow to
MAX_DEPTH = 30  # a drill needs six levels

# Escapes can smuggle in what YAML refuses as plain characters: it would steer a terminal, or turn text around.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = {_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the YAML itself has wrong."""

    spot: Spot
    message: str


@dataclass(slots=True)
class Source:
    """What a file says and where. `data` is None when nothing could be read; then `problems` says why."""

    data: Any = None
    values: dict[Path, Spot] = field(default_factory=dict)
    keys: dict[Path, Spot] = field(default_factory=dict)
    left_empty: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""

    def where(self, path: Path, *, key: bool = False, word: str = "") -> Spot:
        """The spot of a value, of its key, or of a word in it; of the nearest enclosing part when there is none."""
        for depth in range(len(path), -1, -1):
            spot = self._spot(path[:depth], key=key and depth == len(path))
            if spot is not None:
                return self._word_after(spot, word) if word else spot
        return Spot(1, 1)

    def _word_after(self, spot: Spot, word: str) -> Spot:
        lines = self.text.split("\n")
        for number, line in enumerate(lines[spot.line - 1 :], start=spot.line):
            column = line.find(word, spot.column - 1 if number == spot.line else 0)
            if column >= 0:
                return Spot(number, column + 1)
        return spot

    def _spot(self, path: Path, *, key: bool) -> Spot | None:
        if key or path in self.left_empty:  # an empty value has no place of its own
            return self.keys.get(path) or self.values.get(path)
        return self.values.get(path)


def read_source(text: str, *, verbatim: Collection[str] = ()) -> Source:
    """Never raises. Below the top-level keys in `verbatim`, numbers stay as they were written ("38.40")."""
    if len(text) > MAX_CHARACTERS:
        return Source(problems=[Problem(Spot(1, 1), unreadable.TOO_BIG)])
    try:
        root = _compose(text.removeprefix("\ufeff"))
    except MarkedYAMLError as error:
        return Source(problems=[Problem(_spot_of_error(error), unreadable.words(error, text))])
    except YAMLError as error:
        return Source(problems=[Problem(_spot_of_character(error, text), unreadable.words(error, text))])
    except (RecursionError, ValueError, OverflowError):
        return Source(problems=[Problem(Spot(1, 1), unreadable.TOO_DEEP)])
    return Source() if root is None else _Reading(text.removeprefix("\ufeff"), frozenset(verbatim)).read(root)


def _compose(text: str) -> Node | None:
    yaml = YAML(typ="safe", pure=True)  # a fresh one each time: they keep state
    yaml.composer.warn_double_anchors = False
    root: Node | None = yaml.compose(text)
    return root


def _spot_of_error(error: MarkedYAMLError) -> Spot:
    mark = error.problem_mark or error.context_mark
    return Spot(1, 1) if mark is None else Spot(mark.line + 1, mark.column + 1)


def _spot_of_character(error: YAMLError, text: str) -> Spot:
    before = text[: getattr(error, "position", 0)]
    return Spot(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


class _TooMuch(Exception):
    """The file unfolds to more than a drill can be."""


class _Reading:
    """One walk over the node tree."""

    def __init__(self, text: str, verbatim: frozenset[str]) -> None:
        self.source = Source(text=text)
        self.verbatim = verbatim
        self.parts = 0

    def read(self, root: Node) -> Source:
        try:
            self.source.data = self.value(root, ())
        except _TooMuch:
            return Source(problems=[Problem(_spot(root), unreadable.TOO_DEEP)])
        return self.source

    def value(self, node: Node, path: Path) -> Any:
        self.parts += 1
        if self.parts > MAX_PARTS or len(path) > MAX_DEPTH:
            raise _TooMuch
        self.source.values[path] = _spot(node)
        if node.tag not in _PLAIN_TAGS:
            self.problem(node, unreadable.TAG)
        match node:
            case MappingNode():
                return dict(self.entries(node, path))
            case SequenceNode():
                return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
            case ScalarNode():
                return self.scalar(node, path)
            case _:
                return None

    def entries(self, node: MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key, value in node.value:
            self.parts += 1
            if not isinstance(key, ScalarNode):
                self.problem(key, unreadable.KEY_IS_NO_WORD)
            elif key.value in seen:
                self.problem(key, unreadable.twice(key.value))
            elif key.value == "<<":
                self.problem(key, unreadable.MERGE)
            else:
                seen.add(key.value)
                self.source.keys[(*path, key.value)] = _spot(key)
                yield key.value, self.value(value, (*path, key.value))

    def scalar(self, node: ScalarNode, path: Path) -> Any:
        text: str = node.value
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.problem(node, unreadable.HALF_CHARACTER)
            return "?"
        if _STEERING.search(text):
            self.problem(node, unreadable.UNSEEN)
        if node.tag == _TAG + "null":
            if text == "":
                self.source.left_empty.add(path)
            return None
        if path and path[0] in self.verbatim:
            return text
        return _plain(str(node.tag), text)

    def problem(self, node: Node, message: str) -> None:
        self.source.problems.append(Problem(_spot(node), message))


def _spot(node: Node) -> Spot:
    return Spot(node.start_mark.line + 1, node.start_mark.column + 1)


def _plain(tag: str, text: str) -> Any:
    """A number or a truth value; whatever does not convert cleanly stays text, and so do dates."""
    try:
        match tag.removeprefix(_TAG):
            case "bool":
                return text.lower() == "true"
            case "int":
                return _whole_number(text.replace("_", ""))
            case "float":
                number = float(text.replace("_", ""))
                return number if math.isfinite(number) else text
            case _:
                return text
    except ValueError:
        return text


def _whole_number(text: str) -> int:
    return int(text, 10) if text.lstrip("+-").isdigit() else int(text, 0)
