"""What to tell a clinician whose file is not YAML (yet): what is wrong, and what to type instead."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError, YAMLError

TOO_BIG = "This file is far larger than any drill or campaign, so it was not read. Is it the right file?"
TOO_DEEP = (
    "This file is nested or repeated far deeper than any drill or campaign, so it was not read. Is it the right file?"
)
TAG = "Words that begin with `!` have a special meaning in YAML. Put the text in quotation marks."
MERGE = "`<<` is not used here. Write the keys out."
HALF_CHARACTER = "Here is half a character (an escape such as \\ud800). Type the character itself."
UNSEEN = "Here is an invisible control character (an escape such as \\e or \\u202e). Delete it."
KEY_IS_NO_WORD = "A key must be one plain word here. If this is text that begins with `{{`, put it in quotation marks."
NOT_TEXT = "This file is not text in UTF-8, so it can't be read. Save it as UTF-8 in your editor."

_BRACES = "Text that begins with `{{` needs quotation marks around it."
_WORDS = (
    (r"character '\\t'", "There is a tab here. YAML wants spaces: replace the tab with spaces."),
    (
        r"character '(.)' that cannot start",
        r"Text may not begin with `\1` here. Put the text in quotation marks.",
    ),
    (
        "mapping values are not allowed",
        (
            "There is a colon too many on this line, or the line is indented wrongly. "
            "Text that contains a colon and a space needs quotation marks."
        ),
    ),
    ("end of stream|stream end", "The file ends too early: a quotation mark or a bracket was opened and never closed."),
    (
        "another document",
        "A file holds one drill or one campaign. Remove this `---` and what follows it, or make it a second file.",
    ),
    ("undefined alias", "`*` at the beginning of text has a special meaning in YAML. Put the text in quotation marks."),
    ("could not find expected ':'", "A key needs a colon and a space after it."),
    ("unknown escape", "A backslash has a special meaning between double quotation marks. Use single ones, or `\\\\`."),
    ("unacceptable character", "There is an invisible control character here. Delete it."),
    (
        "expected <block end>|expected ',' or|expected the node content",
        (
            "The line above is not closed, or this line is indented differently from its neighbours. "
            "Check quotation marks, brackets, commas and the spaces at the beginning of the line."
        ),
    ),
)


def twice(key: str) -> str:
    return f"`{key}` is written twice. Keep one; only the first was read."


def words(error: YAMLError, text: str) -> str:
    """One clear sentence for any complaint of the YAML reader."""
    if isinstance(error, MarkedYAMLError) and _begins_with_braces(error, text):
        return _BRACES
    complaint = " ".join(filter(None, (getattr(error, "problem", None), getattr(error, "context", None), str(error))))
    for pattern, sentence in _WORDS:
        found = re.search(pattern, complaint)
        if found:
            return found.expand(sentence) if r"\1" in sentence else sentence
    return "This line can't be read as YAML. Check quotation marks, colons and the spaces at its beginning."


def _begins_with_braces(error: MarkedYAMLError, text: str) -> bool:
    lines = text.splitlines()
    mark = error.problem_mark
    at = mark.line if mark is not None else -1
    return 0 <= at < len(lines) and re.search(r"[:\-,\[] +\{\{", lines[at]) is not None
