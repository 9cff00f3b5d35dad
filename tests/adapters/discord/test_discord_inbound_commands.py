"""The commands as Discord takes them, and whether what it has is what we have."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any
from urllib.parse import parse_qs, urlsplit

from adapters.discord.commands import changes, commands, hash_of, ours
from adapters.discord.install import all_permissions, link, missing
from drills.views.help import COMMANDS, DOCTOR, FOR_EDUCATORS, FOR_LEADS, SET_UP


def as_discord_lists_them() -> list[dict[str, Any]]:
    """With what it adds, and without what is at its default."""
    found = deepcopy(commands())
    for number, one in enumerate(reversed(found)):
        one |= {"id": str(number), "application_id": "1", "version": "2", "nsfw": False, "dm_permission": True}
        needed = one.get("default_member_permissions")
        one["default_member_permissions"] = None if needed is None else str(needed)
        one.setdefault("description", "")
        for word in one.get("options", []):
            if not word["options"]:
                del word["options"]
            for option in word.get("options", []):
                if not option.get("required"):
                    option.pop("required", None)
    return found[::-1]


def test_what_is_registered_is_recognised_whatever_discord_adds() -> None:
    listed = as_discord_lists_them()
    assert list(changes(listed)) == []
    assert hash_of(listed) == hash_of(commands())


def test_each_difference_is_named() -> None:
    listed = as_discord_lists_them()
    listed[-1]["options"][0]["description"] = "Something else"
    listed[0]["name"] = "Old one"
    assert sorted(changes(listed)) == [
        *("added “Answer this drill” on messages", "changed /drill", "removed “Old one” on messages"),
    ]
    assert hash_of(listed) != hash_of(commands())


def test_commands_keep_discords_limits() -> None:
    """https://discord.com/developers/docs/interactions/application-commands#application-command-object"""
    for command in commands():
        assert len(json.dumps(command)) <= 8000
        assert len(command.get("options", ())) <= 25
        for word in command.get("options", ()):
            assert 1 <= len(word["name"]) <= 32
            assert 1 <= len(word["description"]) <= 100
            assert word["name"] == word["name"].lower()


def test_looking_after_a_team_is_offered_to_those_who_manage_the_server() -> None:
    by_name = {command["name"]: command for command in commands()}
    assert by_name["drill-admin"]["default_member_permissions"] == 32
    assert "default_member_permissions" not in by_name["drill"]
    assert all(command["contexts"] == [0] for command in commands())


def test_commands_in_sentences_are_called_as_they_are_called_here() -> None:
    assert ours("`/drill setup`, /drill mine, /drill pushover") == "`/drill-admin setup`, /drill mine, /drill pushover"
    assert ours("`/drill hold 6h`, `/drill hold off`; `/drill hold` alone") == (
        "`/drill-admin hold length:6h`, `/drill-admin hold length:off`; `/drill-admin hold` alone"
    )
    assert (
        ours("`/drill snooze 7`, `/drill campaign new`") == "`/drill snooze days:7`, `/drill-admin campaign what:new`"
    )
    assert ours("/drill push sbar-001-night-call") == "/drill-admin push drill:sbar-001-night-call"
    assert ours("Everyone in this workspace; the workspace's") == "Everyone in this server; the server's"


def test_every_command_that_help_names_can_be_asked_in_discord() -> None:
    said = {f"{command['name']} {word['name']}" for command in commands() for word in command.get("options", ())}
    for words, _ in (*COMMANDS, *FOR_LEADS, *FOR_EDUCATORS, *DOCTOR, *SET_UP):
        called, _, given = ours(f"/drill {words}").removeprefix("/").partition(":")
        command, word, *option = called.split()
        assert f"{command} {word}" in said
        assert bool(option) == bool(given)


def test_the_link_asks_for_exactly_what_is_needed() -> None:
    asked = parse_qs(urlsplit(link("42")).query)
    assert asked == {"client_id": ["42"], "scope": ["bot applications.commands"], "permissions": ["377957239808"]}
    assert missing(all_permissions()) == []
    assert missing(1 << 3) == []  # an administrator may do anything
    assert missing(1 << 11) == ["View Channels", "Read Message History"]
