"""Whose account pays: Anthropic's own API, or the same models in a hospital's cloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeAlias, assert_never

import anthropic

from drills.errors import OursToFix

PUBLIC_API = "https://api.anthropic.com"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Anthropic's API, or a gateway that takes its key."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bedrock:
    """Amazon Bedrock. A bearer token, or a key pair, or neither: then what the machine's own role allows."""

    region: str
    bearer_token: str | None = field(default=None, repr=False)
    access_key: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)
    session_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Vertex:
    """Google Vertex AI. An access token, or none: then Google's default credentials of this machine."""

    region: str
    project: str
    access_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Foundry:
    """Microsoft Foundry: a resource's name and its key."""

    resource: str
    key: str = field(repr=False)


Account: TypeAlias = ApiKey | Bedrock | Vertex | Foundry
Client: TypeAlias = (
    anthropic.AsyncAnthropic
    | anthropic.AsyncAnthropicBedrock
    | anthropic.AsyncAnthropicVertex
    | anthropic.AsyncAnthropicFoundry
)


def client_for(account: Account, base_url: str | None, deadline_s: float) -> Client:
    """The client, with retries and tracing off. Raises OursToFix where a package is missing."""
    common: dict[str, Any] = {
        "max_retries": 0,
        "timeout": anthropic.Timeout(deadline_s, connect=min(5.0, deadline_s)),
        "open_telemetry": False,
    }
    match account:
        case ApiKey():
            return anthropic.AsyncAnthropic(api_key=account.key, base_url=base_url or PUBLIC_API, **common)
        case Bedrock():
            return _bedrock(account, base_url, common)
        case Vertex():
            return _vertex(account, base_url, common)
        case Foundry():
            if base_url:
                return anthropic.AsyncAnthropicFoundry(api_key=account.key, base_url=base_url, **common)
            return anthropic.AsyncAnthropicFoundry(api_key=account.key, resource=account.resource, **common)
        case _:
            assert_never(account)


def signing_faults(account: Account) -> tuple[type[Exception], ...]:
    """What a cloud's client raises, besides the SDK's own errors, when it can't get or use credentials."""
    match account:
        case Bedrock():
            return RuntimeError, ValueError, *_named("botocore.exceptions", "BotoCoreError")
        case Vertex():
            return RuntimeError, ValueError, *_named("google.auth.exceptions", "GoogleAuthError")
        case _:
            return ()


def _named(module: str, error: str) -> tuple[type[Exception], ...]:
    return (getattr(import_module(module), error),) if _installed(module) else ()


def _bedrock(account: Bedrock, base_url: str | None, common: dict[str, Any]) -> anthropic.AsyncAnthropicBedrock:
    common = {**common, "aws_region": account.region, "base_url": base_url}
    if account.bearer_token:
        return anthropic.AsyncAnthropicBedrock(api_key=account.bearer_token, **common)
    _need("boto3", "bedrock")
    return anthropic.AsyncAnthropicBedrock(
        aws_access_key=account.access_key,
        aws_secret_key=account.secret_key,
        aws_session_token=account.session_token,
        **common,
    )


def _vertex(account: Vertex, base_url: str | None, common: dict[str, Any]) -> anthropic.AsyncAnthropicVertex:
    if not account.access_token:
        _need("google.auth", "vertex")
    return anthropic.AsyncAnthropicVertex(
        region=account.region,
        project_id=account.project,
        access_token=account.access_token,
        base_url=base_url,
        **common,
    )


def _need(module: str, extra: str) -> None:
    if not _installed(module):
        raise OursToFix(
            f"READBACK_JUDGE_CLIENT={extra} needs the package {module.replace('.', '-')}, which is not installed: "
            f"pip install 'anthropic[{extra}]'"
        )


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False
