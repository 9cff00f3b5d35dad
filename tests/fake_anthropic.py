"""A loopback server that speaks enough of /v1/messages to tell every story a judge can live through.

    async with FakeAnthropic() as fake:
        judge = AnthropicJudge(api_key="test", base_url=fake.url)
        fake.script("rate_limited", "ok")

A request plays the next scripted scenario; when the script is empty, the one its model is named after
("model-refusal" plays "refusal"), else "ok". `requests` holds what came in. A start-up canary is no reply of anybody:
it plays `canary_scenario`, and is kept in `canaries` instead. The paths of Bedrock and Vertex lead here too.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeAlias

from aiohttp import web

Body: TypeAlias = dict[str, Any]
Said: TypeAlias = tuple[str, str]
Opinion: TypeAlias = Callable[[str, str], Said]
"""(criterion id, reply) -> (level, evidence quote)."""


@dataclass(frozen=True)
class Request:
    """One call as it came in. `reply` is the learner's text, unescaped."""

    body: Body
    headers: dict[str, str]

    @property
    def reply(self) -> str:
        return str(json.loads(self.body["messages"][-1]["content"][-1]["text"].split("\n", 1)[1]))

    @property
    def schema(self) -> Body:
        if "tools" in self.body:
            return dict(self.body["tools"][0]["input_schema"])
        return dict(self.body["output_config"]["format"]["schema"])

    @property
    def is_canary(self) -> bool:
        return "canary_request" in self.schema["properties"]["criteria"]["properties"]


def first_words(_criterion: str, reply: str) -> Said:
    """The default opinion: everything is met, and the first words show it."""
    quote = " ".join(reply.split()[:6])
    return ("met", quote) if len(quote) >= 3 else ("not_yet", "")


@dataclass
class FakeAnthropic:
    """`opinion` decides the verdicts of "ok"; `flags` are the red flags it sees, by id, with their quotes."""

    latency_s: float = 0.0
    opinion: Opinion = first_words
    flags: dict[str, str] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    canary_scenario: str = "ok"
    canaries: list[Request] = field(default_factory=list)
    open_calls: int = 0
    most_open_calls: int = 0

    def __post_init__(self) -> None:
        self._script: deque[str] = deque()
        self._runner: web.AppRunner | None = None
        self._never = asyncio.Event()
        self.url = ""

    def script(self, *scenarios: str) -> None:
        """Play these for the next requests, in order."""
        unknown = set(scenarios) - set(_SCENARIOS)
        if unknown:
            raise ValueError(f"no such scenario: {sorted(unknown)}; there are {sorted(_SCENARIOS)}")
        self._script.extend(scenarios)

    async def __aenter__(self) -> Self:
        app = web.Application()
        for path in _PATHS:
            app.router.add_post(path, self._door)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._never.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def hang(self) -> None:
        await self._never.wait()

    async def _door(self, request: web.Request) -> web.Response:
        call = await _call(request)
        if not call.is_canary:
            return await self._messages(request)
        self.canaries.append(call)
        return await _SCENARIOS[self.canary_scenario](self, call)

    async def _messages(self, request: web.Request) -> web.Response:
        call = await _call(request)
        self.requests.append(call)
        self.open_calls += 1
        self.most_open_calls = max(self.most_open_calls, self.open_calls)
        try:
            await asyncio.sleep(self.latency_s)
            return await _SCENARIOS[self._scenario(call)](self, call)
        finally:
            self.open_calls -= 1

    def _scenario(self, call: Request) -> str:
        if self._script:
            return self._script.popleft()
        named = str(call.body["model"]).removeprefix("model-")
        return named if named in _SCENARIOS else "ok"

    def answer(self, call: Request) -> Body:
        """An answer that obeys the request's own schema, so that the fake cannot drift from the prompt."""
        parts = call.schema["properties"]
        return {
            "criteria": {
                id_: self._verdict(id_, spec, call.reply) for id_, spec in parts["criteria"]["properties"].items()
            },
            "red_flags": {
                id_: {"evidence_quote": self.flags.get(id_, ""), "present": id_ in self.flags}
                for id_ in parts["red_flags"]["properties"]
            },
            "integrity": "ordinary_reply",
        }

    def _verdict(self, id_: str, spec: Body, reply: str) -> Body:
        level, quote = self.opinion(id_, reply)
        offered = spec["properties"]["level"]["enum"]
        return {
            "evidence_quote": quote,
            "note": f"Your words show {id_}.",
            "level": level if level in offered else "not_yet",
        }


_PATHS = (
    "/v1/messages",
    "/model/{model}/invoke",
    "/projects/{project}/locations/{region}/publishers/anthropic/models/{model}:rawPredict",
)


async def _call(request: web.Request) -> Request:
    """Bedrock and Vertex name the model in the path."""
    return Request({**request.match_info, **await request.json()}, dict(request.headers))


def _message(call: Request, content: list[Body], stop_reason: str = "end_turn", **more: Any) -> web.Response:
    body = {
        "id": "msg_fake",
        "type": "message",
        "role": "assistant",
        "model": call.body["model"],
        "content": content,
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {
            "input_tokens": 600,
            "output_tokens": 1100,
            "cache_read_input_tokens": 2600,
            "cache_creation_input_tokens": 0,
        },
        **more,
    }
    return web.json_response(body, headers={"request-id": "req_fake"})


def _text(text: str) -> Body:
    return {"type": "text", "text": text}


def _error(status: int, type_: str, headers: dict[str, str] | None = None, **error: Any) -> web.Response:
    body = {"type": "error", "error": {"type": type_, "message": type_, **error}, "request_id": "req_fake"}
    return web.json_response(body, status=status, headers={"request-id": "req_fake", **(headers or {})})


async def _ok(fake: FakeAnthropic, call: Request) -> web.Response:
    if "tool_choice" not in call.body:
        return await _text_only(fake, call)
    use = {"type": "tool_use", "id": "toolu_fake", "name": call.body["tool_choice"]["name"], "input": fake.answer(call)}
    return _message(call, [use], "tool_use")


async def _text_only(fake: FakeAnthropic, call: Request) -> web.Response:
    """The right JSON, but as text, whatever tool was forced."""
    return _message(call, [_text(json.dumps(fake.answer(call)))])


async def _own_shape(fake: FakeAnthropic, call: Request) -> web.Response:
    """JSON, but of the model's own making: what a server gives that drops the schema."""
    levels = {id_: said["level"] for id_, said in fake.answer(call)["criteria"].items()}
    return _message(call, [_text(json.dumps({"verdicts": levels}))])


async def _thinking_first(fake: FakeAnthropic, call: Request) -> web.Response:
    thinking = {"type": "thinking", "thinking": "Let me see.", "signature": "c2ln"}
    return _message(call, [thinking, _text(json.dumps(fake.answer(call)))])


async def _truncated(fake: FakeAnthropic, call: Request) -> web.Response:
    return _message(call, [_text(json.dumps(fake.answer(call))[:80])], "max_tokens")


async def _refusal(_: FakeAnthropic, call: Request) -> web.Response:
    details = {"type": "refusal", "category": "bio", "explanation": None}
    return _message(call, [], "refusal", stop_details=details)


async def _refusal_with_text(_: FakeAnthropic, call: Request) -> web.Response:
    return _message(call, [_text("I can't help with that.")], "refusal")


async def _garbage(_: FakeAnthropic, call: Request) -> web.Response:
    return _message(call, [_text("Sure! The reply is great, all met.")])


async def _empty(_: FakeAnthropic, call: Request) -> web.Response:
    return _message(call, [])


async def _html(_: FakeAnthropic, __: Request) -> web.Response:
    return web.Response(text="<html>hospital proxy: sign in</html>", content_type="text/html")


async def _broken_json(_: FakeAnthropic, __: Request) -> web.Response:
    return web.Response(text='{"id": "msg', content_type="application/json")


async def _wrong_shape(_: FakeAnthropic, __: Request) -> web.Response:
    return web.json_response({"choices": [{"message": {"content": "hi"}}]})


async def _missing_criterion(fake: FakeAnthropic, call: Request) -> web.Response:
    answer = fake.answer(call)
    answer["criteria"].popitem()
    return _message(call, [_text(json.dumps(answer))])


async def _invented_criterion(fake: FakeAnthropic, call: Request) -> web.Response:
    answer = fake.answer(call)
    answer["criteria"]["bonus"] = {"evidence_quote": "", "note": "", "level": "met"}
    return _message(call, [_text(json.dumps(answer))])


async def _invented_level(fake: FakeAnthropic, call: Request) -> web.Response:
    answer = fake.answer(call)
    next(iter(answer["criteria"].values()))["level"] = "excellent"
    return _message(call, [_text(json.dumps(answer))])


async def _fabricated_quote(fake: FakeAnthropic, call: Request) -> web.Response:
    answer = fake.answer(call)
    for verdict in answer["criteria"].values():
        verdict.update(evidence_quote="words that nobody ever typed", level="met")
    for flag in answer["red_flags"].values():
        flag.update(evidence_quote="nor these", present=True)
    return _message(call, [_text(json.dumps(answer))])


async def _hang(fake: FakeAnthropic, call: Request) -> web.Response:
    await fake.hang()
    return await _ok(fake, call)


def _failing(
    status: int, type_: str, headers: dict[str, str] | None = None, **error: Any
) -> Callable[[FakeAnthropic, Request], Awaitable[web.Response]]:
    async def fail(_: FakeAnthropic, __: Request) -> web.Response:
        return _error(status, type_, headers, **error)

    return fail


_SPENT = {"error_code": "enforced_spend_limit_reached"}

_SCENARIOS: dict[str, Callable[[FakeAnthropic, Request], Awaitable[web.Response]]] = {
    "ok": _ok,
    "text_only": _text_only,
    "own_shape": _own_shape,
    "thinking_first": _thinking_first,
    "truncated": _truncated,
    "refusal": _refusal,
    "refusal_with_text": _refusal_with_text,
    "garbage": _garbage,
    "empty": _empty,
    "html": _html,
    "broken_json": _broken_json,
    "wrong_shape": _wrong_shape,
    "missing_criterion": _missing_criterion,
    "invented_criterion": _invented_criterion,
    "invented_level": _invented_level,
    "fabricated_quote": _fabricated_quote,
    "hang": _hang,
    "rate_limited": _failing(429, "rate_limit_error", {"retry-after": "7"}),
    "rate_limited_for_hours": _failing(429, "rate_limit_error", {"retry-after": "36000"}),
    "spend_limit": _failing(429, "rate_limit_error", details=_SPENT),
    "overloaded": _failing(529, "overloaded_error"),
    "server_error": _failing(500, "api_error"),
    "bad_request": _failing(400, "invalid_request_error"),
    "bad_key": _failing(401, "authentication_error"),
    "forbidden": _failing(403, "permission_error"),
    "no_such_model": _failing(404, "not_found_error"),
}
