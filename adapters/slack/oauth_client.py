"""The client for oauth.v2.access: with the app's own credentials in place of a workspace's token."""

from __future__ import annotations

from typing import Any

from aiohttp import encode_basic_auth
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from typing_extensions import override


class OAuthClient(AsyncWebClient):
    """The SDK would use a class of aiohttp's that is deprecated and goes with its next version."""

    @override
    async def api_call(
        self,
        api_method: str,
        *,
        auth: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        **rest: Any,
    ) -> AsyncSlackResponse:
        if auth:
            credentials = encode_basic_auth(auth["client_id"], auth["client_secret"])
            headers = {**(headers or {}), "Authorization": credentials}
        return await super().api_call(api_method, headers=headers, **rest)
