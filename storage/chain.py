"""The ledger's hash chain: how one entry is bound to the one before it, and how a break is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from drills.people import Workspace
from drills.ports import LedgerEntry

GENESIS = "0" * 64  # what the first entry of a workspace follows


def canonical(data: object) -> str:
    """One spelling for equal JSON data, in ASCII. Raises TypeError or ValueError for what JSON can't say."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def link(previous: str, workspace: Workspace, seq: int, at: datetime, body: dict[str, Any]) -> str:
    """SHA-256, as hex, of the previous hash and the entry's own content."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = canonical({"seq": seq, "at": moment, "workspace": str(workspace), "body": body})
    return hashlib.sha256((previous + content).encode()).hexdigest()


def verify(entries: Iterable[LedgerEntry], *, head: tuple[int, str] | None = None) -> list[str]:
    """What is wrong with one workspace's entries, oldest first, each fault naming its seq; [] for a sound chain.

    `head` is the last seq and hash as noted elsewhere: it betrays entries cut off at the end.
    """
    faults: list[str] = []
    seq, previous = 0, GENESIS
    for entry in entries:
        faults += _faults_of(entry, seq + 1, previous)
        seq, previous = entry.seq, entry.hash
    if head is not None and head != (seq, previous):
        faults.append(f"entry {head[0]} should be the last one, but the ledger ends with entry {seq}")
    return faults


def _faults_of(entry: LedgerEntry, expected: int, previous: str) -> list[str]:
    faults = []
    if entry.seq != expected:
        faults.append(f"entry {expected} is missing: entry {entry.seq} stands in its place")
    if entry.previous != previous:
        faults.append(f"entry {entry.seq} does not follow the entry before it")
    if entry.hash != link(entry.previous, entry.workspace, entry.seq, entry.at, entry.body):
        faults.append(f"entry {entry.seq} was changed: its content does not match its hash")
    return faults
