"""What the API's errors mean for a reply that waits: later, never, or somebody must mend the configuration."""

from __future__ import annotations

import email.utils
import time

import anthropic

from drills.errors import JudgeUnavailable, JudgeUnusable, OursToFix, ReadbackError

DEFAULT_WAIT_S = 10.0
MAX_WAIT_S = 900.0  # a header may ask for hours; the row is looked at again after a quarter of one
SPEND_WAIT_S = MAX_WAIT_S

_SPEND_LIMITS = (
    anthropic.ContractSpendLimitReachedError,
    anthropic.EnforcedSpendLimitReachedError,
    anthropic.LinkedOrganizationSpendLimitReachedError,
    anthropic.PaymentRequiredError,
)
_LATER = (
    anthropic.RateLimitError,
    anthropic.InternalServerError,
    anthropic.RequestTimeoutError,
    anthropic.ConflictError,
    anthropic.ClientClosedRequestError,
)
_FIX = {
    401: "ANTHROPIC_API_KEY is not accepted by the server. Check the key, and ANTHROPIC_BASE_URL if it is set.",
    403: "ANTHROPIC_API_KEY may not use this model or endpoint. Check its workspace and permissions.",
    404: "The server does not know the model {model!r}. Check READBACK_JUDGE_MODEL and ANTHROPIC_BASE_URL.",
}
_MODE = " A server that is not Anthropic's may want READBACK_JUDGE_STRUCTURED_MODE=forced_tool."


def as_ours(error: anthropic.AnthropicError, model: str) -> ReadbackError:
    """The error in our words. Raise the result `from` the original; no message of ours holds words of the reply."""
    if isinstance(error, _SPEND_LIMITS):
        return JudgeUnavailable("the spend limit of the API key is reached", retry_after=SPEND_WAIT_S)
    if isinstance(error, anthropic.APIConnectionError):
        return JudgeUnavailable("no connection to the model server", retry_after=DEFAULT_WAIT_S)
    if isinstance(error, anthropic.APIResponseValidationError):
        return JudgeUnusable("unreadable", detail="the server's answer is no message")
    if isinstance(error, _LATER):
        return JudgeUnavailable(f"the model server answered {error.status_code}", retry_after=_wait(error))
    if isinstance(error, anthropic.APIStatusError):
        return OursToFix(_fix(error, model))
    return OursToFix(f"the Anthropic client could not send the request: {type(error).__name__}")


def _fix(error: anthropic.APIStatusError, model: str) -> str:
    known = _FIX.get(error.status_code)
    if known:
        return known.format(model=model)
    refused = f"The model server refused our request with {error.status_code} {error.type or ''}".rstrip()
    request = f" (request {error.request_id})." if error.request_id else "."
    return refused + request + (_MODE if error.status_code in {400, 422} else "")


def _wait(error: anthropic.APIStatusError) -> float:
    """Seconds, from retry-after (a number or a date), between 1 and MAX_WAIT_S."""
    header = error.response.headers.get("retry-after")
    asked = _seconds(header) if header else None
    return DEFAULT_WAIT_S if asked is None else min(MAX_WAIT_S, max(1.0, asked))


def _seconds(header: str) -> float | None:
    try:
        return float(header)
    except ValueError:
        date = email.utils.parsedate_tz(header)
        return email.utils.mktime_tz(date) - time.time() if date else None


def unsigned(error: Exception) -> ReadbackError:
    """A cloud's client could not sign the request. Its own sentence may name files and keys, so it stays the cause.

    The SDK's plain errors mean that there are no credentials; the cloud's own ones may pass, like a lost connection.
    """
    sentence = f"the request could not be signed for the cloud ({type(error).__name__})"
    if isinstance(error, RuntimeError | ValueError):
        return OursToFix(f"{sentence}. Check the credentials that go with READBACK_JUDGE_CLIENT.")
    return JudgeUnavailable(sentence, retry_after=DEFAULT_WAIT_S)
