"""Every command that a sentence of the product names can really be asked, on each platform, as it is written there.

The core writes `/drill …`, which is what Slack and the room take. Discord has a second command for those who look after
a team, and names for what follows a word: its own words are `adapters.discord.commands.ours`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from adapters.discord.commands import commands, ours
from adapters.web.room.inbound import COMMAND
from drills.journeys.ask import _WORDS
from drills.views.help import COMMANDS, DOCTOR, FOR_EDUCATORS, FOR_LEADS, SET_UP

ROOT = Path(__file__).parents[2]
CORE = ("drills",)
HELD = "some-001"  # where an f-string puts a value, such as a drill's id
QUOTED = re.compile(r"`(/drill(?:-admin)?) ([a-z][a-z-]*)((?: [^`]+)?)`")
BARE = re.compile(r"(?<![`\w-])(/drill(?:-admin)?) ([a-z][a-z-]*)()")


class Named(NamedTuple):
    """A command as a sentence names it: what follows its word is known only where the sentence quotes it."""

    command: str
    word: str
    rest: str


def sentences(*folders: str) -> list[str]:
    """What the program may say: every text in its source that is no docstring."""
    found = [f"`/drill {words}`" for words, _ in (*COMMANDS, *FOR_LEADS, *FOR_EDUCATORS, *DOCTOR, *SET_UP)]
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            found += _texts(ast.parse(file.read_text(encoding="utf-8")))
    return [text for text in found if "/drill" in text]


def _texts(tree: ast.Module) -> Iterator[str]:
    silent = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        for part in ast.walk(node.value)
        if isinstance(node.value, ast.Constant)
    }
    silent |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else HELD for one in node.values)


def named_in(text: str) -> list[Named]:
    said = [Named(*found) for pattern in (QUOTED, BARE) for found in pattern.findall(text)]
    return [one for one in said if not HELD.startswith(one.word)]


def fits(named: Named) -> str:
    """What Discord would refuse of it; empty where it takes it."""
    known = {command["name"]: command for command in commands()}
    words = {option["name"]: option for option in known.get(named.command[1:], {}).get("options", ())}
    if named.word not in words:
        return f"{named.command} has no {named.word}, only {sorted(words)}"
    options = list(words[named.word]["options"])
    given = named.rest.split()
    if len(given) > len(options):
        return f"{named.command} {named.word} takes no {given}"
    return "".join(_misfit(option, value) for option, value in zip(options, given, strict=False))


def _misfit(option: dict[str, Any], given: str) -> str:
    name, _, value = given.rpartition(":")
    if name != option["name"]:
        return f"{given}: Discord asks for {option['name']}:{value}"
    if HELD in value:
        return ""
    if option["type"] == 4 and not option["min_value"] <= int(value) <= option["max_value"]:
        return f"{given} is not between {option['min_value']} and {option['max_value']}"
    choices = [choice["value"] for choice in option.get("choices", ())]
    return f"{given} is none of {choices}" if choices and value not in choices else ""


def test_sentences_are_found_at_all() -> None:
    named = {one.word for text in sentences(*CORE) for one in named_in(text)}
    assert {"setup", "join", "hold", "review", "campaign", "mine"} <= named
    assert Named("/drill", "hold", " 6h") in {one for text in sentences(*CORE) for one in named_in(text)}


@pytest.mark.parametrize("folders", [CORE, (*CORE, "adapters/slack"), (*CORE, "adapters/web")], ids=" ".join)
def test_in_slack_and_in_the_room_each_is_a_word_behind_the_one_command_there(folders: tuple[str, ...]) -> None:
    for text in sentences(*folders):
        for one in named_in(text):
            assert one.command == COMMAND == "/drill", text
            assert one.word in {*_WORDS, "help"}, text


def test_in_discord_each_is_a_command_there_with_its_option_by_name() -> None:
    faults = [
        f"{ours(text)!r}: {fault}"
        for text in sentences(*CORE, "adapters/discord")
        for one in named_in(ours(text))
        if (fault := fits(one))
    ]
    assert faults == []


def test_what_discord_would_not_take_is_noticed() -> None:
    assert "has no setup" in fits(Named("/drill", "setup", ""))
    assert "takes no" in fits(Named("/drill", "mine", " 3"))
    assert "asks for days:7" in fits(Named("/drill", "snooze", " 7"))
    assert "is not between" in fits(Named("/drill", "snooze", " days:700"))
    assert fits(Named("/drill", "snooze", " days:7")) == ""
