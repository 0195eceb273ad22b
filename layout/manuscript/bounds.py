"""The bounds that an annotation sets on a value, as msgspec's Meta states them."""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Meta

Fault = tuple[str, str]
"""What is wrong with a value, and the hint."""

Bounds = Callable[[Any], Fault | None]
"""From a value to what is wrong with it, or None."""


def bounds_of(meta: Meta) -> Bounds | None:
    """The check that a Meta asks for by ge, gt, le, lt, pattern, min_length and max_length, if any."""
    checks = [check for check in (_number(meta), _length(meta), _pattern(meta)) if check]
    if len(checks) < 2:
        return checks[0] if checks else None
    return lambda value: next(filter(None, (check(value) for check in checks)), None)


def _number(meta: Meta) -> Bounds | None:
    ge, gt, le, lt = meta.ge, meta.gt, meta.le, meta.lt
    if ge is None and gt is None and le is None and lt is None:
        return None
    expected = _range(ge, gt, le, lt)

    def check(value: Any) -> Fault | None:
        low = (ge is None or value >= ge) and (gt is None or value > gt)
        high = (le is None or value <= le) and (lt is None or value < lt)
        return (
            None if low and high else (f"expected a number {expected}, found {_shown(value)}", "")
        )

    return check


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, float) or abs(value) < 10**20 else "a longer one"


def _range(ge: Any, gt: Any, le: Any, lt: Any) -> str:
    if ge is not None and le is not None:
        return f"from {ge} to {le}"
    words = (("of at least", ge), ("above", gt), ("of at most", le), ("below", lt))
    return " and ".join(f"{word} {bound}" for word, bound in words if bound is not None)


def _length(meta: Meta) -> Bounds | None:
    low, high = meta.min_length or 0, meta.max_length
    if not low and high is None:
        return None

    def check(value: Any) -> Fault | None:
        unit = "character" if isinstance(value, str) else "entry"
        if len(value) < low:
            return f"expected {_several('at least', low, unit)}, found {len(value)}", ""
        if high is not None and len(value) > high:
            return f"expected {_several('at most', high, unit)}, found {len(value)}", ""
        return None

    return check


def _several(bound: str, count: int, unit: str) -> str:
    plural = {"character": "characters", "entry": "entries"}
    return f"{bound} {count} {unit if count == 1 else plural[unit]}"


def _pattern(meta: Meta) -> Bounds | None:
    if meta.pattern is None:
        return None
    pattern = re.compile(meta.pattern)

    def check(value: Any) -> Fault | None:
        if pattern.search(value):
            return None
        from layout.manuscript.reading import quoted

        expected = (
            f"expected {meta.description}" if meta.description else f"it must match {meta.pattern}"
        )
        return f"{quoted(value)} is not written as it should be", expected

    return check
