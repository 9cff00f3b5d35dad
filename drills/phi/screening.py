"""What a look at somebody's words gives: whether they are held back, why, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """`phi`: take it out and send the rest. `real_event`: not for a drill at all."""

    PHI = "phi"
    REAL_EVENT = "real_event"


class Sign(StrEnum):
    """A kind of thing that was seen. These words are stored and counted; the text itself never is."""

    MRN = "mrn"
    SSN = "ssn"
    NATIONAL_ID = "national_id"
    NHS_NUMBER = "nhs_number"
    INSURANCE = "insurance"
    PHONE = "phone"
    EMAIL = "email"
    DATE_OF_BIRTH = "date_of_birth"
    ADDRESS = "address"
    NAME = "name"
    REAL_CASE = "real_case"
    REAL_INCIDENT = "real_incident"
    SELF_HARM = "self_harm"
    DISTRESS = "distress"
    HARMED = "harmed"

    @property
    def reason(self) -> Reason:
        events = {Sign.REAL_INCIDENT, Sign.SELF_HARM, Sign.DISTRESS, Sign.HARMED}
        return Reason.REAL_EVENT if self in events else Reason.PHI


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters [start, end) of the text that was screened."""

    sign: Sign
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Screening:
    """Findings in order of their place, at most one on any character."""

    findings: tuple[Finding, ...] = ()

    @property
    def reason(self) -> Reason | None:
        """None: go ahead. A real event weighs more than an identifier beside it."""
        reasons = {finding.sign.reason for finding in self.findings}
        return next((reason for reason in (Reason.REAL_EVENT, Reason.PHI) if reason in reasons), None)

    @property
    def types(self) -> tuple[str, ...]:
        """The kinds of things seen, each once, sorted: all that may be written down."""
        return tuple(sorted({finding.sign.value for finding in self.findings}))

    @property
    def blocked(self) -> dict[str, object] | None:
        """As JSON data: None, or `{"reason": …, "types": […]}`."""
        return {"reason": self.reason.value, "types": [*self.types]} if self.reason else None
