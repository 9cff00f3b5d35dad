"""The two sums by which issuers catch a slip of the pen."""

from __future__ import annotations


def mod_11(digits: str) -> bool:
    """Whether ten digits are a possible NHS number: weights 10 to 2, modulus 11 (NHS Data Dictionary, NHS NUMBER)."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def luhn(digits: str) -> bool:
    """ISO/IEC 7812: cards, Australian health identifiers, Ontario health cards."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return len(digits) > 1 and sum(value - 9 * (value > 9) for value in doubled) % 10 == 0
