"""`readback` as an operator starts it, only that its clock runs fast: slots come and claims grow stale in seconds."""

from __future__ import annotations

import sys

from faults.child import hurry
from faults.mutations import MUTATIONS

from bot.__main__ import main

HASTE = 60.0
"""A minute passes in a second: LEASE_S is 1 s, TICK_S a quarter."""

if __name__ == "__main__":
    _, epoch, mutation, *arguments = sys.argv
    hurry(float(epoch), HASTE)
    if mutation:
        MUTATIONS[mutation]()
    sys.argv = ["readback", *arguments]
    main()
