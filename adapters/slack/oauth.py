"""Adding the app to one workspace of many: Bolt's OAuth flow with our store, our states and our pages."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from typing_extensions import override

from adapters.slack.clients import is_override, quiet, web_client
from adapters.slack.errors import NETWORK, code_of
from adapters.slack.install import Installed
from adapters.slack.install_pages import Pages
from adapters.slack.manifest import INSTALL, REDIRECT, all_scopes
from adapters.slack.oauth_client import OAuthClient
from adapters.slack.states import LIFE, States
from drills.errors import TryLater

log = logging.getLogger(__name__)

_COOKIE = "readback-slack-install"
_ALLOW = "https://slack.com/oauth/v2/authorize"
_HTML = {"Content-Type": "text/html; charset=utf-8"}


class SlackAway(TryLater):
    tell = "Slack can't be reached just now, so nothing was installed. Please try again in a few minutes."


class InstallFlow(AsyncOAuthFlow):
    """Bolt checks state and cookie; what differs here is what is kept, what is shown, and what is logged."""

    def __init__(self, base: str, client_id: str, client_secret: str, installed: Installed, states: States) -> None:
        self._pages = Pages()
        super().__init__(
            client=web_client(base, kind=OAuthClient),
            logger=quiet(),
            settings=AsyncOAuthSettings(
                client_id=client_id,
                client_secret=client_secret,
                scopes=all_scopes(),
                user_scopes=[],
                authorization_url=urljoin(base, "/oauth/v2/authorize") if is_override(base) else _ALLOW,
                installation_store=installed,
                installation_store_bot_only=True,
                state_store=states,
                state_cookie_name=_COOKIE,
                state_expiration_seconds=int(LIFE.total_seconds()),
                callback_options=AsyncCallbackOptions(success=self._installed, failure=self._failed),
                logger=quiet(),
            ),
        )

    def routes(self) -> list[Route]:
        return [
            Route(INSTALL, self._begin, name="slack-install"),
            Route(REDIRECT, self._back, name="slack-oauth-redirect"),
        ]

    @override
    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        return self._pages.begin(url)

    @override
    async def run_installation(self, code: str) -> Installation | None:
        """None when Slack refuses. Raises SlackAway. Bolt's own would keep people's tokens and log the code."""
        try:
            given = await self.client.oauth_v2_access(
                client_id=self.settings.client_id, client_secret=self.settings.client_secret, code=code
            )
            bot = await self.client.auth_test(token=given["access_token"])
        except SlackApiError as refused:
            log.warning("Slack refused an installation: %s", code_of(refused))
            return None
        except NETWORK as trouble:
            raise SlackAway(f"an installation met {type(trouble).__name__}") from trouble
        return _installation(given.data, bot.data)

    async def _begin(self, request: Request) -> Response:
        return to_starlette_response(await self.handle_installation(to_async_bolt_request(request, b"")))

    async def _back(self, request: Request) -> Response:
        return to_starlette_response(await self.handle_callback(to_async_bolt_request(request, b"")))

    async def _installed(self, done: AsyncSuccessArgs) -> BoltResponse:
        got = done.installation
        whole, name = got.is_enterprise_install, got.team_name or got.enterprise_name
        log.info("installed in %s", got.enterprise_id if whole else got.team_id)
        where = f"the organisation {name}" if whole else name or "your workspace"
        link = None if whole else f"https://app.slack.com/client/{got.team_id}"
        return self._answer(200, self._pages.done(where, link))

    async def _failed(self, failed: AsyncFailureArgs) -> BoltResponse:
        return self._answer(failed.suggested_status_code, self._pages.failed(failed.reason))

    def _answer(self, status: int, page: str) -> BoltResponse:
        gone = self.settings.state_utils.build_set_cookie_for_deletion()
        return BoltResponse(status=status, body=page, headers={**_HTML, "Set-Cookie": gone})


def _installation(given: Any, bot: Any) -> Installation:
    """Of what Slack answers, what the bot needs. `given` is oauth.v2.access, `bot` auth.test with the new token."""
    team, org = _part(given, "team"), _part(given, "enterprise")
    return Installation(
        app_id=given.get("app_id"),
        enterprise_id=org.get("id"),
        enterprise_name=org.get("name"),
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=given["access_token"],
        bot_id=bot.get("bot_id"),
        bot_user_id=given.get("bot_user_id"),
        bot_scopes=given.get("scope") or "",
        bot_refresh_token=given.get("refresh_token"),
        bot_token_expires_in=given.get("expires_in"),
        user_id=_part(given, "authed_user").get("id") or "",
        is_enterprise_install=bool(given.get("is_enterprise_install")),
        token_type=given.get("token_type"),
    )


def _part(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return given.get(name) or {}
