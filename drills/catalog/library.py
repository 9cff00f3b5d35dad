"""Drills from files: one, a folder, or the library that comes with Readback. Nothing is read at import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from drills.catalog.faults import Fault, FaultyDrill, printable
from drills.catalog.file import WrittenDrill, WrittenGolden
from drills.catalog.linting import has_errors, lint_source, look_at, shape_faults
from drills.catalog.reading import drill_files, text_of
from drills.catalog.rendering import bind_variant, content_hash, to_drill
from drills.catalog.schema import FILE_NAME
from drills.catalog.source import Source
from drills.drill import BASE_VARIANT, Drill
from drills.errors import NotFound

SHIPPED = Path(__file__).parents[1] / "library"


class NoSuchDrill(NotFound):
    """No drill of that name, or no such variant of it."""


@dataclass(frozen=True)
class DrillFile:
    """A file that can be used: its text as it stands, and what it says."""

    name: str
    source: str
    data: Mapping[str, object]
    written: WrittenDrill

    @property
    def id(self) -> str:
        return self.written.id

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the meaning of the whole file, all variants included."""
        return content_hash(self.data)

    @cached_property
    def places(self) -> Source:
        """The text once more, with the line and column of every part; read when the linter asks for them."""
        return look_at(self.source)

    @property
    def variants(self) -> tuple[str, ...]:
        return (BASE_VARIANT, *self.written.variants)

    def drill(self, variant: str = BASE_VARIANT) -> Drill:
        """One variant, bound. Raises NoSuchDrill for a variant that the file does not have."""
        if variant not in self.variants:
            raise NoSuchDrill(f"{self.id} has no variant {variant!r}; it has {', '.join(self.variants)}")
        bound = WrittenDrill.model_validate(bind_variant(self.data, variant))
        return to_drill(bound, self.hash, variant)

    @property
    def golden(self) -> tuple[WrittenGolden, ...]:
        """Made-up replies to the base variant with the levels that any judge must find."""
        return tuple(WrittenDrill.model_validate(bind_variant(self.data, BASE_VARIANT)).golden)


def read(text: str, name: str = "drill.yaml") -> DrillFile:
    """A file's text as a drill file. Raises FaultyDrill, with every fault, when the linter finds an error."""
    source = look_at(text)
    faults = lint_source(source, name)
    if has_errors(faults):
        raise FaultyDrill(faults)
    return _accepted(text, source, name)


def drill_from_source(source: str, variant: str = BASE_VARIANT) -> Drill:
    """A drill from the text that storage kept.

    Checks the shape and no more: what was pushed once stays readable when the linter learns new rules.
    Raises FaultyDrill when the text is no drill file, NoSuchDrill for an unknown variant.
    """
    return _accepted(source, look_at(source), "(stored)").drill(variant)


def lint_files(files: Iterable[Path]) -> list[Fault]:
    """Every fault of every file, file by file; also a warning where two files have the same id. Never raises."""
    faults: list[Fault] = []
    owners: dict[str, Path] = {}
    for file in files:
        try:
            text = text_of(file)
        except FaultyDrill as error:
            faults += error.faults
            continue
        source = look_at(text)
        faults += sorted([*lint_source(source, str(file)), *_shared_id(source, file, owners)])
    return faults


def _shared_id(source: Source, file: Path, owners: dict[str, Path]) -> Iterator[Fault]:
    id_ = source.data.get("id") if isinstance(source.data, dict) else None
    if isinstance(id_, str) and owners.setdefault(id_, file) is not file:
        spot = source.where(("id",))
        message = f"`{id_}` is the id of {owners[id_]} too. A library takes one of them."
        yield Fault(str(file), spot.line, spot.column, "warning", printable(message))


def schema_beside(file: Path) -> str:
    """How a drill file names the JSON Schema to an editor: by a relative path within the shipped library."""
    within = file.resolve().parent
    if within != SHIPPED and SHIPPED not in within.parents:
        return FILE_NAME
    return "../" * len(within.relative_to(SHIPPED).parts) + FILE_NAME


def _accepted(text: str, source: Source, name: str) -> DrillFile:
    try:
        written = WrittenDrill.model_validate(source.data)
    except ValidationError as error:
        raise FaultyDrill(shape_faults(source, error, name)) from error
    return DrillFile(name, text, source.data, written)


class Library:
    """A set of drill files with distinct ids. Build it once and pass it on."""

    def __init__(self, files: Iterable[DrillFile]) -> None:
        self._files: dict[str, DrillFile] = {}
        for file in files:
            other = self._files.setdefault(file.id, file)
            if other is not file:
                raise FaultyDrill([Fault(file.name, 1, 1, "error", f"`{file.id}` is the id of {other.name} too.")])

    @classmethod
    def load(cls, *paths: Path) -> Library:
        """All drill files at `paths` (files or folders). Raises FaultyDrill at the first that has errors."""
        return cls(read(text_of(file), str(file)) for path in paths for file in drill_files(path))

    @classmethod
    def shipped(cls) -> Library:
        """The drills that come with Readback."""
        return cls.load(SHIPPED)

    def all(self) -> tuple[DrillFile, ...]:
        """By kind, then by id."""
        return tuple(sorted(self._files.values(), key=lambda file: (file.written.kind, file.id)))

    def file(self, id_: str) -> DrillFile:
        """Raises NoSuchDrill."""
        if id_ not in self._files:
            raise NoSuchDrill(f"There is no drill {id_!r}. Known: {', '.join(sorted(self._files))}")
        return self._files[id_]

    def get(self, id_: str, variant: str = BASE_VARIANT) -> Drill:
        """Raises NoSuchDrill."""
        return self.file(id_).drill(variant)
