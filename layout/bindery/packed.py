"""The objects of an object stream (ISO 32000-1, 7.5.7), read in one pass."""

from bisect import bisect_right
from typing import Any

from pypdf.generic import NumberObject, StreamObject

from layout.bindery.values import Broken, Odd, Short, Values

MOST = 1 << 24
"""Bytes of an object stream; real ones have some ten thousand."""
DIGITS = 10
"""Of a number in the head of an object stream."""


def members(stream: StreamObject, data: bytes) -> list[int]:
    """The numbers of the objects in a stream with this unpacked `data`; raises `Broken`."""
    return [number for number, _ in _places(stream, data)[1]]


def unpacked(stream: StreamObject, data: bytes, reader: Any, wanted: set[int]) -> dict[int, Any]:
    """The `wanted` objects of a stream with this unpacked `data`, by their numbers; raises `Broken`."""
    first, places = _places(stream, data)
    ends = [*sorted(place for _, place in places), len(data)]
    values = Values(data, reader, reader.room)
    found: dict[int, Any] = {}
    for number, place in places:
        if number in wanted and number not in found:
            try:
                found[number] = values.value(first + place)
            except Short:
                raise Broken(f"object {number} ends too early") from None
            except Odd:
                end = ends[bisect_right(ends, place, hi=len(ends) - 1)]
                found[number] = reader.odd(
                    data[first + place : min(first + end, len(data))], number
                )
    return found


def _places(stream: StreamObject, data: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Where the objects begin, and the number of each with its place behind that."""
    count, first = (getattr(stream.get(key), "get_object", int)() for key in ("/N", "/First"))
    if not isinstance(count, NumberObject) or not isinstance(first, NumberObject):
        raise Broken("an object stream does not say what is in it")
    if len(data) > MOST:
        raise Broken(f"an object stream has more than {MOST >> 20} MiB")
    if not 0 <= first <= len(data) or not 0 <= count <= first:
        raise Broken("an object stream says more of its objects than there is")
    said = data[: int(first)].split(None, 2 * int(count))[: 2 * int(count)]
    if len(said) < 2 * count or not all(it.isdigit() and len(it) <= DIGITS for it in said):
        raise Broken("an object stream does not say where its objects are")
    numbers = list(map(int, said))
    return int(first), list(zip(numbers[::2], numbers[1::2], strict=False))
