"""The calls that a test may want to count or to trouble, as Discord's own API description names them."""

from __future__ import annotations

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"
EDIT_ANSWER = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
EDIT_FOLLOW_UP = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
POST = "POST /channels/{channel_id}/messages"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
HISTORY = "GET /channels/{channel_id}/messages"
OPEN_DIRECT = "POST /users/@me/channels"
THREAD = "POST /channels/{channel_id}/messages/{message_id}/threads"
COMMANDS = "PUT /applications/{application_id}/commands"
COMMANDS_THERE = "PUT /applications/{application_id}/guilds/{guild_id}/commands"
ME = "GET /users/@me"
APPLICATION = "GET /oauth2/applications/@me"
GATEWAY = "GET /gateway/bot"
