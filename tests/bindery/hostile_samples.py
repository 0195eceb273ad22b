"""PDFs that are broken, odd or hostile, made by code; each is small, or as large as it is asked to be."""

import re
import zlib
from collections.abc import Callable
from functools import lru_cache

from bindery_samples import page, raw, stream, words

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"


def tree(kids: bytes, count: int, more: dict[int, bytes] | None = None, root: bytes = b"") -> bytes:
    """A file whose page tree's root has these kids; page 10 with its content is there."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        10: page(11),
        11: stream(words("raw page 1")),
    }
    return raw(objects | (more or {}))


def one(root: bytes = b"", more: dict[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """A sound file of one page, with more in its catalogue and more objects."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
        10: page(11),
        11: stream(words("raw page 1")),
    }
    return raw(objects | (more or {}), trailer)


def inside(entries: bytes, more: dict[int, bytes] | None = None, content: bytes = b"") -> bytes:
    """A sound file whose page has more entries."""
    objects = {
        1: CATALOGUE,
        2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
        10: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R %s>>" % entries,
        11: content or stream(words("raw page 1")),
    }
    return raw(objects | (more or {}))


# --- page trees ---


def deep_pages(depth: int) -> bytes:
    """Nodes in nodes, and a page in the last."""
    more = {
        20 + n: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (21 + n if n < depth - 1 else 10)
        for n in range(depth)
    }
    return tree(b"20 0 R", 1, more)


def wide_pages(count: int) -> bytes:
    """Many pages, each of them an object."""
    kids = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    each = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return tree(kids, count, {20 + n: each for n in range(count)})


def repeated_page(count: int) -> bytes:
    """One page many times."""
    return tree(b"10 0 R " * count, count)


def laughing_pages(levels: int) -> bytes:
    """Each node holds the next one twice: 2^n pages, if nodes may be entered twice."""
    more = {
        20 + n: b"<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>"
        % ((21 + n, 21 + n) if n < levels - 1 else (10, 10))
        for n in range(levels)
    }
    return tree(b"20 0 R", 2, more)


# --- references ---


def laughing_arrays(levels: int) -> bytes:
    """Arrays that refer to each other 2^n times."""
    more = {
        20 + n: b"[%d 0 R %d 0 R]" % ((21 + n, 21 + n) if n < levels - 1 else (10, 10))
        for n in range(levels)
    }
    return inside(b"/PieceInfo << /A 20 0 R >>", more)


def laughing_forms(levels: int) -> bytes:
    """Forms that paint the next one twice."""
    more = {}
    for n in range(levels):
        named = b"/A %d 0 R /B %d 0 R" % (21 + n, 21 + n) if n < levels - 1 else b""
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>" % named
        more[20 + n] = stream(b"/A Do /B Do" if named else b"", entries)
    return inside(
        b"/Resources << /XObject << /A 20 0 R /B 20 0 R >> >>", more, stream(b"/A Do /B Do")
    )


def chained_references(count: int) -> bytes:
    """A reference to a reference to a reference…"""
    more = {20 + n: b"%d 0 R" % (21 + n) for n in range(count)}
    return inside(b"/PieceInfo 20 0 R", more)


def long_chain(count: int, key: bytes = b"/Next") -> bytes:
    """Dictionaries that refer each to the next, `count` deep."""
    more = {20 + n: b"<<%s %d 0 R>>" % (key, 21 + n) for n in range(count)}
    return inside(b"/PieceInfo 20 0 R", more)


def nested(depth: int, opening: bytes = b"[", closing: bytes = b"]") -> bytes:
    """Direct objects in each other."""
    return inside(b"/PieceInfo " + opening * depth + closing * depth)


# --- trees of the catalogue ---


def deep_outline(depth: int) -> bytes:
    more = {20: b"<</Type/Outlines/First 21 0 R/Last 21 0 R/Count 1>>"}
    for n in range(depth):
        more[21 + n] = b"<</Title(a)/Parent %d 0 R/First %d 0 R/Last %d 0 R/Dest[10 0 R/Fit]>>" % (
            20 + n, 22 + n, 22 + n,
        )  # fmt: skip
    return one(b"/Outlines 20 0 R", more)


def long_outline(count: int) -> bytes:
    more = {20: b"<</Type/Outlines/First 21 0 R/Last %d 0 R/Count 1>>" % (20 + count)}
    for n in range(count):
        more[21 + n] = b"<</Title(a)/Parent 20 0 R/Next %d 0 R/Dest[10 0 R/Fit]>>" % (22 + n)
    return one(b"/Outlines 20 0 R", more)


def laughing_outline(levels: int) -> bytes:
    """Each entry has the next one both below and beside it."""
    more = {20: b"<</Type/Outlines/First 21 0 R/Last 21 0 R/Count 1>>"}
    for n in range(levels):
        more[21 + n] = b"<</Title(a)/First %d 0 R/Next %d 0 R/Dest[10 0 R/Fit]>>" % (22 + n, 22 + n)
    return one(b"/Outlines 20 0 R", more)


def deep_tree(
    depth: int, key: bytes = b"/Dests", leaf: bytes = b"/Names[(a)[10 0 R/Fit]]"
) -> bytes:
    """A name tree of one name, `depth` deep."""
    more = {20 + n: b"<</Kids[%d 0 R]>>" % (21 + n) for n in range(depth)}
    more[20 + depth] = b"<<%s>>" % leaf
    return one(b"/Names<<%s 20 0 R>>" % key, more)


def laughing_tree(levels: int, key: bytes = b"/Dests") -> bytes:
    more = {20 + n: b"<</Kids[%d 0 R %d 0 R]>>" % (21 + n, 21 + n) for n in range(levels)}
    more[20 + levels] = b"<</Names[(a)[10 0 R/Fit]]>>"
    return one(b"/Names<<%s 20 0 R>>" % key, more)


def direct_tree(depth: int) -> bytes:
    """A name tree whose nodes are direct objects."""
    node = b"<</Names[(a)[10 0 R/Fit]]>>"
    for _ in range(depth):
        node = b"<</Kids[%s]>>" % node
    return one(b"/Names<</Dests %s>>" % node)


def many_names(count: int, listed: bool = False) -> bytes:
    """Named destinations, in a tree of one leaf or listed."""
    if listed:
        return one(
            b"/Dests 20 0 R",
            {20: b"<<%s>>" % b"".join(b"/n%d[10 0 R/Fit]" % n for n in range(count))},
        )
    names = b"".join(b"(n%07d)[10 0 R/Fit]" % n for n in range(count))
    return one(b"/Names<</Dests 20 0 R>>", {20: b"<</Names[%s]>>" % names})


def deep_tags(depth: int) -> bytes:
    more = {20: b"<</Type/StructTreeRoot/K 21 0 R>>"}
    for n in range(depth - 1):
        more[21 + n] = b"<</S/Div/P %d 0 R/K %d 0 R>>" % (20 + n, 22 + n)
    more[20 + depth] = b"<</S/P/P %d 0 R/Pg 10 0 R/K 0>>" % (19 + depth)
    return one(b"/StructTreeRoot 20 0 R/MarkInfo<</Marked true>>", more)


def laughing_tags(levels: int) -> bytes:
    more = {20: b"<</Type/StructTreeRoot/K 21 0 R>>"}
    for n in range(levels - 1):
        more[21 + n] = b"<</S/Div/K [%d 0 R %d 0 R]>>" % (22 + n, 22 + n)
    more[20 + levels] = b"<</S/P/Pg 10 0 R/K 0>>"
    return one(b"/StructTreeRoot 20 0 R/MarkInfo<</Marked true>>", more)


def deep_roles(count: int) -> bytes:
    roles = b" ".join(b"/r%d /r%d" % (n, n + 1) for n in range(count))
    elements = {
        21: b"<</S/Document/K[%s]>>" % b" ".join(b"%d 0 R" % (30 + n) for n in range(count))
    }
    elements |= {30 + n: b"<</S/r%d/P 21 0 R/Pg 10 0 R/K %d>>" % (n, n) for n in range(count)}
    return one(
        b"/StructTreeRoot 20 0 R/MarkInfo<</Marked true>>",
        {20: b"<</Type/StructTreeRoot/K 21 0 R/RoleMap<<%s>>>>" % roles} | elements,
    )


def deep_fields(depth: int) -> bytes:
    more = {
        20 + n: b"<</T(a)/Parent %d 0 R/Kids[%d 0 R]>>" % (19 + n, 21 + n) for n in range(depth)
    }
    more[20 + depth] = b"<</T(b)/FT/Tx/Parent %d 0 R/Type/Annot/Subtype/Widget/Rect[0 0 9 9]>>" % (
        19 + depth
    )
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R]>>>>",
        2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>",
        10: page(11, b"/MediaBox[0 0 595 842]/Annots[%d 0 R]" % (20 + depth)),
        11: stream(words("raw page 1")),
    }
    return raw(objects | more)


def laughing_fields(levels: int) -> bytes:
    more = {20 + n: b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (21 + n, 21 + n) for n in range(levels)}
    more[20 + levels] = b"<</T(b)/FT/Tx/Type/Annot/Subtype/Widget/Rect[0 0 9 9]>>"
    return one(b"/AcroForm<</Fields[20 0 R]>>", more)


def laughing_actions(levels: int) -> bytes:
    more = {
        20 + n: b"<</S/URI/URI(http://a.b/)/Next[%d 0 R %d 0 R]>>" % (21 + n, 21 + n)
        for n in range(levels)
    }
    more[20 + levels] = b"<</S/JavaScript/JS(x)>>"
    return one(b"/OpenAction 20 0 R", more)


# --- streams ---


@lru_cache
def bomb(size: int, filters: int = 1) -> bytes:
    """`size` bytes of blanks, deflated so many times."""
    squeezed = zlib.compressobj(9)
    block = b" " * min(size, 1 << 20)
    data = (
        b"".join([squeezed.compress(block) for _ in range(size // len(block))]) + squeezed.flush()
    )
    for _ in range(filters - 1):
        data = zlib.compress(data, 9)
    return data


def packed(data: bytes, entries: bytes = b"", filters: int = 1) -> bytes:
    names = b"/FlateDecode " * filters
    return stream(data, entries + b"/Filter[%s]" % names)


def object_stream(
    objects: dict[int, bytes],
    entries: bytes = b"",
    count: int | None = None,
    first: int | None = None,
) -> bytes:
    """An object stream of these."""
    body, head = b"", b""
    for number, value in objects.items():
        head += b"%d %d " % (number, len(body))
        body += value + b" "
    said = b"/Type/ObjStm/N %d/First %d" % (
        len(objects) if count is None else count, len(head) if first is None else first,
    )  # fmt: skip
    return stream(zlib.compress(head + body), b"/Filter/FlateDecode" + said + entries)


def with_xref_stream(
    objects: dict[int, bytes],
    packed_in: dict[int, tuple[int, int]],
    entries: bytes = b"",
    size: int | None = None,
) -> bytes:
    """A file with a cross-reference stream; `packed_in` says which objects stand in which object streams."""
    out, rows = bytearray(b"%PDF-1.5\n"), {0: (0, 0, 65535)}
    for number, value in objects.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n" % number + value + b"\nendobj\n"
    rows |= {number: (2, *where) for number, where in packed_in.items()}
    own = max(rows) + 1
    rows[own] = (1, len(out), 0)
    start = len(out)
    table = b"".join(
        kind.to_bytes(1, "big") + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        for kind, second, third in (rows.get(n, (0, 0, 0)) for n in range(own + 1))
    )
    said = b"/Type/XRef/W[1 4 2]/Root 1 0 R/Size %d%s" % (
        own + 1 if size is None else size,
        entries,
    )
    out += b"%d 0 obj\n" % own + stream(zlib.compress(table), b"/Filter/FlateDecode" + said)
    return bytes(out + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


PAGE = {1: CATALOGUE, 2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", 10: page(11)}
PAGES = {1: CATALOGUE, 2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>"}
CONTENT = {11: stream(words("raw page 1"))}


def in_object_stream(holder: bytes, more: dict[int, bytes] | None = None, inside: int = 5) -> bytes:
    """A file whose pages are in the object stream 5."""
    where = {number: (inside, at) for at, number in enumerate(PAGE)}
    return with_xref_stream({5: holder} | CONTENT | (more or {}), where)


def wrong_table(data: bytes, change: Callable[[int], int]) -> bytes:
    """The same file with other offsets in its table."""
    return re.sub(
        rb"(?m)^(\d{10})( 00000 n)", lambda it: b"%010d" % change(int(it[1])) + it[2], data
    )


def with_length(length: bytes, content: bytes = words("raw page 1")) -> bytes:
    """A content stream whose /Length is that, whatever its content."""
    return one(more={11: b"<< /Length %s >>\nstream\n" % length + content + b"\nendstream"})


def many_lengths(count: int, length: bytes = b"1") -> bytes:
    """Many content streams of a wrong length."""
    refs = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    body = b"<</Length %s>>\nstream\n%s\nendstream" % (length, words("raw"))
    return raw(PAGES | {10: page_of(refs)} | {20 + n: body for n in range(count)})


def page_of(contents: bytes, entries: bytes = b"") -> bytes:
    """A page whose content is an array of these references."""
    said = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[%s]%s>>"
    return said % (contents, entries)


def overlapping(count: int, size: int) -> bytes:
    """Streams that all end where the last one does: copied one by one they are `count` times as large."""
    out = bytearray(b"%PDF-1.4\n")
    places, end = {}, count * 60 + size
    refs = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    for number, body in (PAGES | {10: page_of(refs)}).items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end += len(out)
    for n in range(count):
        places[20 + n] = len(out)
        head = b"%d 0 obj\n<</Length 0000000000>>\nstream\n" % (20 + n)
        out += head.replace(b"0000000000", b"%010d" % (end - len(out) - len(head)))
    out += b" " * (end - len(out)) + b"\nendstream\nendobj\n"
    start = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return bytes(out + b"trailer\n<</Root 1 0 R/Size 9>>\nstartxref\n%d\n%%%%EOF\n" % start)


def shared_by_pages(count: int, entries: int) -> bytes:
    """Pages that inherit a large dictionary which is no object: copied into each they are `count` times as large."""
    state = b"".join(b"/G%d<</CA 1>>" % n for n in range(entries))
    kids = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    tree = b"<</Type/Pages/Count %d/MediaBox[0 0 9 9]/Resources<</ExtGState<<%s>>/A 1/B 2/C 3/D 4/E 5/F 6/G 7/H 8>>/Kids[%s]>>"
    objects = {20 + n: b"<</Type/Page/Parent 2 0 R>>" for n in range(count)}
    return raw({1: CATALOGUE, 2: tree % (count, state, kids)} | objects)


def high_marks(count: int, mark: int) -> bytes:
    """Pages with one piece of marked content each, of a high number: the array of each is as long."""
    kids = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 3 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        3: b"<</Type/StructTreeRoot/K[%s]>>"
        % b" ".join(b"%d 0 R" % (20 + count + n) for n in range(count)),
    }
    for n in range(count):
        objects[20 + n] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
        objects[20 + count + n] = b"<</S/P/P 3 0 R/Pg %d 0 R/K %d>>" % (20 + n, mark)
    return raw(objects)


def many_layers(layers: int, configs: int) -> bytes:
    """Layers, each in each of the configurations."""
    groups = b"".join(b"%d 0 R " % (20 + n) for n in range(layers))
    each = b"<</Name(x)/BaseState/OFF>>" * configs
    root = b"/OCProperties<</OCGs[%s]/D<<>>/Configs[%s]>>" % (groups, each)
    return one(root, {20 + n: b"<</Type/OCG/Name(l)>>" for n in range(layers)})
