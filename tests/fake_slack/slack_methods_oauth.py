"""oauth.v2.access: a code becomes a token, a refresh token becomes the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_slack.slack_calls import Call
from fake_slack.slack_state import Json, Refused, Token

if TYPE_CHECKING:
    from fake_slack.slack_world import World

ROTATES_AFTER_S = 43_200


def access(world: World, call: Call) -> Json:
    if (call.args.get("client_id"), call.args.get("client_secret")) != (world.client_id, world.client_secret):
        raise Refused("bad_client_secret" if call.args.get("client_id") == world.client_id else "invalid_client_id")
    if call.args.get("grant_type") == "refresh_token":
        return _refreshed(world, call.need("refresh_token"))
    consent = world.consents.pop(call.args.get("code", ""), None)
    if consent is None:
        raise Refused("invalid_code")
    if consent.redirect_uri and call.args.get("redirect_uri") != consent.redirect_uri:
        raise Refused("bad_redirect_uri")
    token = world.new_token(consent.teams, consent.scopes, enterprise=consent.enterprise)
    return _answer(world, token, consent.user)


def _refreshed(world: World, refresh: str) -> Json:
    """The old refresh token is of no use afterwards."""
    old = next((token for token in world.tokens.values() if token.refresh == refresh), None)
    if old is None or old.trouble:
        raise Refused("invalid_refresh_token")
    old.refresh = None
    return _answer(world, world.new_token(old.teams, old.scopes, enterprise=old.enterprise), None)


def _answer(world: World, token: Token, user: str | None) -> Json:
    team = token.team
    rotating = {"refresh_token": token.refresh, "expires_in": world.rotates_after_s} if token.refresh else {}
    return {
        "app_id": "A0FAKE",
        "access_token": token.text,
        "token_type": "bot",
        "scope": ",".join(sorted(token.scopes)),
        "bot_user_id": team.bot_user,
        "team": None if token.enterprise else {"id": team.id, "name": team.name},
        "enterprise": {"id": team.enterprise, "name": "The Group"} if team.enterprise else None,
        "is_enterprise_install": token.enterprise is not None,
        **({"authed_user": {"id": user}} if user else {}),
        **rotating,
    }
