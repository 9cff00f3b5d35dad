"""How this program gets at Slack: with the one token of a workspace of its own, or with one for each that installs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from starlette.routing import BaseRoute

from adapters import Parts
from adapters.slack.bolt import Anybody
from adapters.slack.clients import SLACK_API, Clients, OneWorkspace, web_client
from adapters.slack.doctor import Doctor
from adapters.slack.install import Installed, WhoInstalled
from adapters.slack.oauth import InstallFlow
from adapters.slack.oauth_client import OAuthClient
from adapters.slack.seal import Seal
from adapters.slack.states import States
from adapters.slack.tokens import ManyWorkspaces, Tokens
from drills.people import Workspace


class Removes(Protocol):
    async def remove(self, workspace: Workspace) -> None: ...


class OneToken:
    """Implements `Removes`: the one token of a self-hosted bot is the operator's to take away."""

    async def remove(self, workspace: Workspace) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True)
class Access:
    clients: Clients
    doctor: Doctor
    authorize: AsyncAuthorize
    installations: Removes
    routes: Sequence[BaseRoute] = ()


def access(parts: Parts) -> Access:
    """Raises BadKeys."""
    return _many(parts) if parts.settings.get("slack_client_id") else _one(parts)


def _one(parts: Parts) -> Access:
    base = parts.settings.get("slack_api_base", SLACK_API)
    clients = OneWorkspace(base, parts.settings.get("slack_bot_token", ""))
    app_token = parts.settings.get("slack_app_token", "")
    doctor = Doctor(parts.memory, clients, base, app_token=app_token, hosts=_hosts(parts))
    return Access(clients, doctor, Anybody(), OneToken())  # type: ignore[no-untyped-call]


def _many(parts: Parts) -> Access:
    settings = parts.settings
    base = settings.get("slack_api_base", SLACK_API)
    id_, secret = settings["slack_client_id"], settings["slack_client_secret"]
    installed = Installed(parts.memory, Seal(settings.get("encryption_keys", "")), parts.clock)
    rotator = AsyncTokenRotator(client_id=id_, client_secret=secret, client=web_client(base, kind=OAuthClient))
    clients = ManyWorkspaces(base, Tokens(installed, rotator))
    flow = InstallFlow(base, id_, secret, installed, States(parts.memory, secret, parts.clock))
    doctor = Doctor(parts.memory, clients, base, many=True, hosts=_hosts(parts))
    return Access(clients, doctor, WhoInstalled(installed), installed, flow.routes())


def _hosts(parts: Parts) -> str | None:
    return parts.settings.get("public_hosts", "") if parts.settings.get("slack_signing_secret") else None
