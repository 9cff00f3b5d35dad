"""The app's manifest as data: the one source of its scopes, and its form for HTTP."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from drills.errors import OursToFix

FILE = Path(__file__).with_name("manifest.yaml")
EVENTS, INSTALL, REDIRECT = "/slack/events", "/slack/install", "/slack/oauth_redirect"


class BadAddress(OursToFix):
    """Slack sends to public https addresses only."""


@cache
def required_scopes() -> tuple[str, ...]:
    """Without these something that every team uses does not work."""
    optional = set(optional_scopes())
    return tuple(scope for scope in all_scopes() if scope not in optional)


@cache
def optional_scopes() -> tuple[str, ...]:
    """For answers typed in threads: whoever installs the app may leave them out."""
    return tuple(manifest()["oauth_config"]["scopes"]["bot_optional"])


@cache
def all_scopes() -> tuple[str, ...]:
    """What an installation asks for. Slack wants the optional ones among them, and marked."""
    return tuple(manifest()["oauth_config"]["scopes"]["bot"])


def manifest() -> dict[str, Any]:
    """For Socket Mode, as the file has it."""
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return loaded


def http_manifest(url: str) -> dict[str, Any]:
    """For HTTP, reached at `url`: https, no path. Raises BadAddress."""
    base = url.strip().rstrip("/")
    host = base.removeprefix("https://")
    if host == base or not host or any(sign in host for sign in "/?# @"):
        raise BadAddress(f"{url!r} is no address that Slack can send to: expected such as https://readback.example.org")
    changed = manifest()
    changed["features"]["slash_commands"][0]["url"] = base + EVENTS
    changed["oauth_config"]["redirect_urls"] = [base + REDIRECT]
    settings = changed["settings"]
    settings["event_subscriptions"]["request_url"] = base + EVENTS
    settings["interactivity"]["request_url"] = base + EVENTS
    settings["socket_mode_enabled"] = False
    return changed
