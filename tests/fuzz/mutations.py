"""Ways to spoil a PDF, by the number of a case: the same number always spoils the same file in the same way."""

import re
from collections.abc import Callable, Mapping
from random import Random

OBJECT = re.compile(rb"(?m)^(\d+) (\d+) obj\b(.*?)\bendobj", re.DOTALL)
ENTRY = re.compile(rb"/([A-Z][A-Za-z]*)\s*((?:\d+ \d+ R)|(?:[-+.\d]+)|(?:/[A-Za-z0-9+#-]+)|\([^()\\]*\)|\[[^\[\]]*\]|<[0-9a-f]*>|<<[^<>]*>>|true|false|null)")  # fmt: skip
NUMBER = re.compile(rb"(?<![A-Za-z0-9.])\d+")
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2",
    b"7",
    b"99",
    b"65535",
    b"2147483648",
    b"99999999999",
    b"1e9",
    b"0.5",
    b"1" * 60,
)
WORDS = (
    b"obj", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"startxref", b"%%EOF", b" R", b"null", b"true",
    b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"/Type", b"/Page", b"/Pages", b"/Kids", b"/Count", b"/Parent",
    b"/Length", b"/Filter", b"/FlateDecode", b"/DecodeParms", b"/First", b"/Next", b"/Prev", b"/Size", b"/Root",
    b"/Annots", b"/Contents", b"/Resources", b"/MediaBox", b"/Names", b"/Dests", b"/K", b"/S", b"/P", b"/D", b"/A",
    b"/Font", b"/XObject", b"/Subtype", b"/Rect", b"/W", b"/Index", b"/ObjStm", b"/XRef", b"/N", b"/V", b"/T",
    b"/StructParents", b"/ParentTree", b"/Encrypt", b"/CF", b"/StmF", b"/Identity", b"/Crypt", b"/LZWDecode",
)  # fmt: skip
VALUES = (
    b"null", b"true", b"-1", b"0", b"99999999999", b"3.5", b"/Name", b"()", b"(text)", b"<feff0041>", b"[]", b"<<>>",
    b"[null]", b"[[[]]]", b"[0 0 0 0]", b"[1 2]", b"<</S/GoTo>>", b"<</Type/Page>>", b"<</Kids[]>>", b"0 0 R", b"9999 0 R",
    b"/FlateDecode", b"[/FlateDecode/FlateDecode]", b"/LZWDecode", b"/Identity", b"/Page", b"/Pages", b"/Catalog",
    b"<</Predictor 15/Columns 99999999>>",
)  # fmt: skip

HALF, OFTEN = 0.5, 0.8
Change = Callable[[bytes, Random], bytes]


def mutated(case: int, samples: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name of the sample that a case takes, with what it does to it, and the spoilt file."""
    chance = Random(case)
    names = sorted(samples)
    name = chance.choice(
        [it for it in names if it.endswith("qdf")] if chance.random() < HALF else names
    )
    data, told = samples[name], []
    text = b"qdf" in data[:40] or name.endswith("qdf")
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change = chance.choice(OBJECTS if text and chance.random() < OFTEN else BYTES)
        data = change(data, chance)
        told.append(change.__name__.strip("_"))
    if text and chance.random() < OFTEN:
        data = tabled(data)
        told.append("tabled")
    return f"{name}: {', '.join(told)}", data


# --- bytes ---


def _flip(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 30))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 9, 99, 999, 9999)))


def _drop(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[start:end] + data[at:]


def _blank(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.choice((b"\0", b" ", b"\xff", b"0")) * (end - start) + data[end:]


def _number(data: bytes, chance: Random) -> bytes:
    return _replaced(NUMBER, data, chance, lambda _: chance.choice(NUMBERS))


def _word(data: bytes, chance: Random) -> bytes:
    word = chance.choice([word for word in WORDS if word in data] or [b" "])
    places = [found.start() for found in re.finditer(re.escape(word), data)][:5000]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + chance.choice(WORDS) + data[at + len(word) :]


def _replaced(
    pattern: re.Pattern[bytes], data: bytes, chance: Random, by: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    """One of the places that a pattern matches, replaced."""
    start = chance.randrange(len(data) + 1)
    found = pattern.search(data, start) or pattern.search(data)
    return data[: found.start()] + by(found) + data[found.end() :] if found else data


# --- objects of an uncompressed file ---


def _body(data: bytes, chance: Random, by: Callable[[bytes, list[bytes]], bytes]) -> bytes:
    """One object with another body."""
    found = list(OBJECT.finditer(data))
    if not found:
        return data
    each = chance.choice(found)
    made = by(each[3], [it[1] for it in found])
    return data[: each.start(3)] + made + data[each.end(3) :]


def _entry(
    data: bytes, chance: Random, by: Callable[[re.Match[bytes], list[bytes]], bytes]
) -> bytes:
    """One entry of one object in other words."""

    def change(body: bytes, numbers: list[bytes]) -> bytes:
        head, stream, rest = body.partition(b"stream\n")
        entries = list(ENTRY.finditer(head))
        if not entries:
            return body
        each = chance.choice(entries)
        return head[: each.start()] + by(each, numbers) + head[each.end() :] + stream + rest

    return _body(data, chance, change)


def _value(data: bytes, chance: Random) -> bytes:
    return _entry(data, chance, lambda it, _: b"/" + it[1] + b" " + chance.choice(VALUES))


def _elsewhere(data: bytes, chance: Random) -> bytes:
    return _entry(data, chance, lambda it, all_: b"/%s %s 0 R" % (it[1], chance.choice(all_)))


def _listed(data: bytes, chance: Random) -> bytes:
    def change(it: re.Match[bytes], numbers: list[bytes]) -> bytes:
        each = [chance.choice(numbers) for _ in range(chance.randrange(4))]
        return b"/%s [%s]" % (it[1], b" ".join(b"%s 0 R" % number for number in each))

    return _entry(data, chance, change)


def _missing(data: bytes, chance: Random) -> bytes:
    return _entry(data, chance, lambda _it, _all: b"")


def _twice(data: bytes, chance: Random) -> bytes:
    return _entry(data, chance, lambda it, _: it[0] + b" /%s %s" % (it[1], chance.choice(VALUES)))


def _renamed(data: bytes, chance: Random) -> bytes:
    keys = [word for word in WORDS if word[:1] == b"/"]
    return _entry(data, chance, lambda it, _: chance.choice(keys) + b" " + it[2])


def _gone(data: bytes, chance: Random) -> bytes:
    return _body(data, chance, lambda _body, _all: b"\n" + chance.choice(VALUES) + b"\n")


def _pointing(data: bytes, chance: Random) -> bytes:
    return _body(data, chance, lambda _body, all_: b"\n%s 0 R\n" % chance.choice(all_))


def _same(data: bytes, chance: Random) -> bytes:
    """One object with the body of another."""
    bodies = [it[3] for it in OBJECT.finditer(data)]
    return _body(data, chance, lambda _body, _all: chance.choice(bodies))


BYTES: tuple[Change, ...] = (
    _flip, _flip, _flip, _cut, _drop, _double, _double, _blank, _number, _number, _number, _word, _word, _word,
)  # fmt: skip
OBJECTS: tuple[Change, ...] = (
    _value, _value, _elsewhere, _elsewhere, _listed, _missing, _twice, _renamed, _gone, _pointing, _same,
)  # fmt: skip


def tabled(data: bytes) -> bytes:
    """The same file with a cross-reference table that is right: damage is met, and not what mends tables."""
    body, trailer = data.rpartition(b"\nxref\n")[::2]
    root = re.search(rb"trailer.*?(<<.*>>)", trailer, re.DOTALL)
    if not root or not body:
        return data
    places = {int(it[1]): it.start() for it in OBJECT.finditer(body)}
    size = max(places, default=0) + 1
    rows = [
        b"%010d %05d %s \n"
        % (places.get(n, 0), 0 if n in places else 65535, b"n" if n in places else b"f")
        for n in range(min(size, 100_000))
    ]
    said = re.sub(rb"/Size \d+", b"/Size %d" % size, root[1])
    table = b"\nxref\n0 %d\n%strailer %s\n" % (len(rows), b"".join(rows), said)
    return body + table + b"startxref\n%d\n%%%%EOF\n" % (len(body) + 1)
