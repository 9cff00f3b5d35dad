"""What people do in Slack, as a test says it: type, command, tap, fill in, send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from fake_slack import slack_payloads as payloads
from fake_slack.slack_blocks import check_message, check_view
from fake_slack.slack_delivery import Acked, Delivery
from fake_slack.slack_eyes import Sight, elements
from fake_slack.slack_looking import Looking
from fake_slack.slack_methods_views import made
from fake_slack.slack_screens import DEEPEST, Modal, inputs
from fake_slack.slack_state import Channel, Json, Message, Refused, Team
from fake_slack.slack_world import Sent


class BadAck(AssertionError):
    """The app acknowledged with something that Slack's client can't use: the person sees an error."""


class Door(Protocol):
    async def deliver(self, delivery: Delivery) -> Acked: ...


@dataclass
class Hands(Looking):
    """Every method raises Unheard when the app did not acknowledge within `patience_s`, Slack's three seconds."""

    door: Door | None = None
    last: Delivery | None = None
    patience_s: float = 3.0

    async def says(self, command: str, words: str, user: str, channel: str) -> Acked:
        """A slash command; what it is acknowledged with is seen by the person only."""
        team, place = self.place_of(channel)
        payload = payloads.command(self, team, team.users[user], place, command, words)
        acked = await self.deliver(Delivery("command", payload))
        if acked.payload:
            self._passing(team, place, user, acked.payload)
        return acked

    async def types(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Words in a channel, a thread or the direct message. The app hears of it where it may."""
        team, place = self.place_of(channel)
        message = Message(self.numbers.ts(), user, payloads.escaped(text), thread_ts=thread_ts)
        place.messages.append(message)
        if team.bot_user in place.members and f"{place.kind}:history" in self.token_of(team).scopes:
            await self.happens(team, payloads.message_event(team, place, message))
        return message

    async def writes_directly(self, user: str, text: str) -> Message:
        return await self.types(user, self.team_of(user).direct(user).id, text)

    async def clicks(self, user: str, message_ts: str, label: str, *, as_seen: Sight | None = None) -> Acked:
        """A button (or a menu's option) under a message they see; `as_seen` when their client shows an older one."""
        team = self.team_of(user)
        for place in team.channels.values():
            message = place.message(message_ts)
            if message and message.to in (None, user):
                block, element = _labelled(as_seen.blocks if as_seen else message.blocks, label)
                where = payloads.on_message(self, team, team.users[user], place, message)
                return await self._tap(team, user, element, block, where)
        raise LookupError(f"{user} sees no message {message_ts}")

    async def clicks_in_modal(self, user: str, label: str) -> Acked:
        modal = self._open(user)
        block, element = _labelled(modal.view["blocks"], label)
        return await self._tap(self.team_of(user), user, element, block, payloads.on_view(modal.view, modal.state()))

    async def clicks_at_home(self, user: str, label: str) -> Acked:
        team = self.team_of(user)
        block, element = _labelled(team.homes[user]["blocks"], label)
        return await self._tap(team, user, element, block, payloads.on_view(team.homes[user], {"values": {}}))

    async def submits(self, user: str, values: Mapping[str, str]) -> Acked | None:
        """Fill the modal on top and send it. None when Slack's own client refuses: required fields are empty."""
        modal = self._open(user)
        modal.fill(values)
        modal.errors = modal.missing()
        if modal.errors:
            return None
        team = self.team_of(user)
        acked = await self.deliver(Delivery("interaction", payloads.submission(self, team, team.users[user], modal)))
        self._after_submission(team, user, modal, acked.payload or {})
        return acked

    async def closes(self, user: str) -> None:
        """The cross of the modal on top."""
        modal = self._open(user)
        self.modals[user].remove(modal)
        if modal.view.get("notify_on_close"):
            team = self.team_of(user)
            await self.deliver(Delivery("interaction", payloads.closed(self, team, team.users[user], modal)))

    async def opens_home(self, user: str) -> None:
        team = self.team_of(user)
        home = team.homes.get(user)
        shown = {"view": home} if home else {}
        inner = {"type": "app_home_opened", "user": user, "channel": team.direct(user).id, "tab": "home", **shown}
        await self.happens(team, inner)

    async def uses_shortcut(self, user: str, callback_id: str, channel: str, message_ts: str) -> Acked:
        """The entry of a message's menu."""
        team, place = self.place_of(channel)
        message = place.message(message_ts)
        assert message
        payload = payloads.message_shortcut(self, team, team.users[user], place, message, callback_id)
        return await self.deliver(Delivery("interaction", payload))

    async def uses_global_shortcut(self, user: str, callback_id: str) -> Acked:
        team = self.team_of(user)
        payload = payloads.global_shortcut(self, team, team.users[user], callback_id)
        return await self.deliver(Delivery("interaction", payload))

    async def joins(self, user: str, channel: str) -> None:
        """A person (or the app's own user) comes into a channel."""
        team, place = self.place_of(channel)
        place.members.add(user)
        inner = {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel,
            "channel_type": "C",
            "team": team.id,
        }
        await self.happens(team, inner)

    async def uninstalls(self, team: Team) -> None:
        """An admin removes the app: its tokens are dead when the app hears of it."""
        for token in self.tokens.values():
            if team in token.teams:
                token.trouble = "account_inactive"
        await self.happens(team, {"type": "app_uninstalled"})

    async def happens(self, team: Team, inner: Json) -> Acked:
        """Any event."""
        return await self.deliver(Delivery("event", payloads.event(self, team, inner)))

    async def redelivers(self, reason: str = "timeout") -> Acked:
        """The last payload once more, as after an answer that came too late."""
        assert self.last
        return await self.deliver(self.last.again(reason))

    async def _tap(self, team: Team, user: str, element: Json, block: Json, where: Json) -> Acked:
        payload = payloads.tap(self, team, team.users[user], element, block, where)
        return await self.deliver(Delivery("interaction", payload))

    async def deliver(self, delivery: Delivery) -> Acked:
        """Anything at all."""
        assert self.door
        self.last = delivery = replace(delivery, within_s=self.patience_s)
        acked = await self.door.deliver(delivery)
        if acked.payload:
            self.sent.append(Sent(f"ack:{delivery.payload.get('type', 'command')}", acked.payload))
        return acked

    def _after_submission(self, team: Team, user: str, modal: Modal, answer: Json) -> None:
        stack = self.modals[user]
        match answer.get("response_action"):
            case None:
                stack.remove(modal)
            case "clear":
                stack.clear()
            case "errors":
                _check_errors(modal, answer["errors"])
                modal.errors = dict(answer["errors"])
            case "update":
                self._check(answer["view"])
                modal.show(made(self, team, answer["view"], modal.view))
            case "push" if len(stack) < DEEPEST:
                self._check(answer["view"])
                stack.append(Modal(made(self, team, answer["view"])))
            case other:
                raise BadAck(f"no such response_action: {other}")

    def _check(self, view: Json) -> None:
        try:
            check_view(view, "modal", self.refuses)
        except Refused as no:
            raise BadAck(f"{no.error}: {no.more}") from no

    def _passing(self, team: Team, place: Channel, user: str, answer: Json) -> None:
        blocks = answer.get("blocks") or []
        check_message(blocks, self.refuses)
        message = Message(
            self.numbers.ts(), team.bot_user, answer.get("text") or "", self.with_ids(blocks), by_app=True
        )
        message.to = None if answer.get("response_type") == "in_channel" else user
        place.messages.append(message)

    def _open(self, user: str) -> Modal:
        modal = self.modal(user)
        if modal is None:
            raise LookupError(f"{user} has no modal open")
        return modal


def _labelled(blocks: list[Json], label: str) -> tuple[Json, Json]:
    for block, element in elements(blocks):
        if element["type"] == "button" and element["text"]["text"] == label:
            return block, element
        for option in element.get("options", ()):
            if element["type"] == "overflow" and option["text"]["text"] == label:
                return block, {**element, "selected_option": option}
    raise LookupError(f"nothing here says {label!r}")


def _check_errors(modal: Modal, errors: Mapping[str, str]) -> None:
    """Slack's client refuses errors for anything but an input block."""
    fields = {block["block_id"] for block, _ in inputs(modal.view) if block["type"] == "input"}
    if not errors or not set(errors) <= fields:
        raise BadAck(f"errors for {sorted(errors)}, but the inputs are {sorted(fields)}")
