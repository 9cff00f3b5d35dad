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

from benchmarks.judge_sets import ROOT, labelled

_READ = ("w", "y")
_WORD = re.compile(r"[a-z]{4,16}")
_SLOPPY = {"typos", "typos_abbrev", "typos_no_punctuation"}
_OFTEN = 3  # so many times in Python's prose
_THREE = """
    ace ack act add age ago aid aim air all ana and ann any api app are arm ask ate auc aws bad bae bag ban bar
    bay bea bed beg ben bet bev bid big bin bit boo bot bow box boy bud bug bun bus but buy bye can cap car cat
    cop cow cry cup cut dad day dee den did die dig dim dip dir dis doc dot dry due ear eat egg ego end era eye
    fan far fed few fit fix fly for fox fri fun fur gal gap gas gen get got gum gun gut gym had ham has her hey
    him hip his hit hmm hop hot how hrs ice icu icy ida ids ill ink ins its jam jan jar jaw job joe kai key kim
    kit lab lap law lay led lee leg leo les let lid lip lit log los lot low luz mad mak man map mar max may med
    met mia mid min mit mix mom mon mop mrs mud mug mum net new nil nod non nor not now nut odd off oil old one
    our out own pad pat pay peg pen per pet pie pig pin pip pit pod pop pos pot pur put ran rat raw ray red reg
    res rev rib rid rim rob rod row rub rug run sad sam sat saw say sea see set sha she sip sir sit six ski sky
    sob soc son spo sue sum sun tab tag tap tax tea ten the thu tie til tip toe tom too top try two ups use van
    vet via wal war was way web wet who why win won yes yet you
"""  # by hand, from the texts above and everyday words: of three letters a count says too little


def _own_texts() -> Iterator[str]:
    here = Path(__file__).parents[1]
    for path in sorted([*here.glob("*.md"), *here.glob("docs/**/*.md"), *here.glob("drills/library/*/*.yaml")]):
        yield path.read_text(encoding="utf-8")


def _study_texts() -> Iterator[str]:
    for author in _READ:
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
    print("\n".join(sorted({*_words(_own_texts()), *_words(_study_texts()), *prose, *_THREE.split()})))


if __name__ == "__main__":
    main()
