"""How big files and functions are: a place to look, printed by `make check`, never a verdict."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "drills", "adapters", "storage")


def files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (p for p in sorted((ROOT / package).rglob("*.py")) if "migrations/versions" not in p.as_posix())


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """(body lines without docstring, name) of every function in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield (body[-1].end_lineno or 0) - body[0].lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def line(what: str, sizes: list[tuple[int, str]], bar: str) -> str:
    numbers = [size for size, _ in sizes]
    p95 = quantiles(numbers, n=20)[-1]
    return (
        f"{what:<10} {len(numbers):>5}  median {median(numbers):>5.0f}  p95 {p95:>5.0f}  max {max(numbers):>4}  ({bar})"
    )


def main() -> None:
    sized = [(path.read_text(encoding="utf-8").count("\n"), str(path.relative_to(ROOT))) for path in files()]
    bodies = [body for path in files() for body in functions(path)]
    print(line("files", [s for s in sized if s[0] > 3], "bar: median 80, p95 250, none over 300"))
    print(line("functions", bodies, "bar: median 7, p95 30, none over 60"))
    for size, name in sorted((s for s in sized if s[0] > 250), reverse=True):
        print(f"  look at {name}: {size} lines")
    for size, name in sorted((b for b in bodies if b[0] > 40), reverse=True):
        print(f"  look at {name}: {size} lines")


if __name__ == "__main__":
    main()
