"""How words.txt was made: `python -m benchmarks.judge_words` prints words that are surely spelled right.

Sources: this project's own texts and library, the exemplars and untouched replies of authors w and y and of the
first study (never x, z or a sealed set, never a text with typos), and the prose that comes with Python.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from pydoc_data import topics

from benchmarks.judge_sets import READ_BY_US, ROOT, labelled

_WORD = re.compile(r"[a-z]{4,16}")
_SLOPPY = {"typos", "typos_abbrev", "typos_no_punctuation"}
_OFTEN = 3  # so many times in Python's prose


def _own_texts() -> Iterator[str]:
    here = Path(__file__).parents[1]
    for path in sorted([*here.glob("*.md"), *here.glob("docs/**/*.md"), *here.glob("drills/library/*/*.yaml")]):
        yield path.read_text(encoding="utf-8")


def _study_texts() -> Iterator[str]:
    for author in READ_BY_US:
        yield from (path.read_text(encoding="utf-8") for path in sorted((ROOT / author).glob("drills/*.yaml")))
        yield from (one.text for one in labelled(author) if one.kind != "retyped")
    for path in sorted((ROOT / "first-study").glob("*.json")):
        for drill in json.loads(path.read_text(encoding="utf-8")):
            yield json.dumps(drill["criteria"], ensure_ascii=False)
            yield from (reply["text"] for reply in drill["replies"] if "typo" not in reply["type"])


def _words(texts: Iterator[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text.casefold()))


def main() -> None:
    prose = {word for word, n in _words(iter(topics.topics.values())).items() if n >= _OFTEN}
    print("# Words that are spelled right; made by benchmarks/judge_words.py, see there from what.")
    print("\n".join(sorted({*_words(_own_texts()), *_words(_study_texts()), *prose})))


if __name__ == "__main__":
    main()
