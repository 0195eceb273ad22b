"""Brand files to brands: by name or path, each over the one it extends, checked as a whole."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from layout.ground.problems import Place, Refused, refuse
from layout.house.brand import GRID_STYLES, STYLES, WEIGHTS, Brand, Family, Lever
from layout.house.colour import contrast
from layout.house.fontfiles import PACKAGE, fonts_folder, index_fault, split_index
from layout.house.inks import faults_of
from layout.house.labels import ENGLISH, VALUES
from layout.house.levers import RANGES, moved
from layout.house.profile import profile_fault
from layout.manuscript.convert import RECORDS
from layout.manuscript.nodes import Mapping, Node, Scalar
from layout.manuscript.nodes import Sequence as Row
from layout.manuscript.paths import tree_of
from layout.manuscript.reader import read_tree
from layout.manuscript.reading import Reading, did_you_mean, in_file_order

DEFAULT = "focus"
"""The built-in brand, which every other one extends in the end."""

BUILT_IN = os.path.join(PACKAGE, "house", "brands")
"""The folder of the brands that come with the program."""

MIN_CONTRAST = 4.5
"""Of text on its ground (WCAG 2.2, 1.4.3)."""

PAPER = "#FFFFFF"
"""The ground of everything that stands on no tint."""

ON_TINT = ("sidebar_title", "sidebar_intro", "handle", "account_name", "about")
"""Styles that stand on the sidebar's tint."""

MIN_MEASURE, MIN_LINES = 40, 12
"""The least that margins may leave: points of measure, lines of a column."""

IN_LISTS = ("Lever", "TitleStep", "Cut")
"""Records that stand in lists, which replace those below: they are written whole."""

MAX_ANCESTORS = 8
"""So many brands may extend each other in a row."""


class Found(Struct, frozen=True):
    """A brand and the files it was read from, its own first."""

    brand: Brand
    files: tuple[str, ...]


class _Layers(Struct, frozen=True):
    """A brand file's `own` tree, the `whole` one of it and all below it, and their files, its own first."""

    own: Mapping
    whole: Mapping
    reading: Reading
    files: tuple[str, ...]

    def brand(self, press: bool = False) -> Brand:
        """The brand that they make; raises `Refused` with every problem of the uppermost.

        For the `press` its colours must have inks.
        """
        brand = RECORDS.read(self.whole, Brand, self.reading)
        if brand is not None:
            _check(brand, self.own, self.reading)
            if press:
                _check_inks(brand, self.own, self.reading)
        if brand is None or self.reading.problems:
            raise Refused(in_file_order(self.reading.problems))
        return brand


def read_brand(
    name: str | None, source: str, place: Place | None = None, press: bool = False
) -> Found:
    """The brand that `source` calls by name or path (None: the built-in one); raises `Refused` with every problem.

    With `press` it must be fit for the press as well.
    """
    layers = _layers(_path(name or DEFAULT, source, place or Place(source)), press=press)
    return Found(layers.brand(press), layers.files)


def _path(name: str, source: str, place: Place) -> str:
    """The file of a brand: a path beside the source, or a name in its `brands/` folder or among the built-in ones."""
    if "/" in name or name.endswith((".yaml", ".yml")):
        path = os.path.join(os.path.dirname(os.path.abspath(source)), name)
        tree = os.path.realpath(tree_of(source))
        if os.path.commonpath((tree, os.path.realpath(path))) != tree:
            raise refuse(
                place,
                f"the brand `{name}` lies outside this file's folder tree",
                "copy it into that tree",
            )
        if os.path.isfile(path):
            return path
        raise refuse(
            place,
            f"there is no brand file `{name}`",
            "name a file beside this one, or a brand by its name",
        )
    own = os.path.join(tree_of(source), "brands")
    paths = [os.path.join(folder, name + ".yaml") for folder in (own, BUILT_IN)]
    paths = [path for path in paths if os.path.isfile(path)]
    if paths:
        # A brand that is named like the built-in one means that one by this name, and not itself.
        return next((path for path in paths if path != os.path.abspath(source)), paths[0])
    known = sorted(
        {
            _stem(file)
            for folder in (own, BUILT_IN)
            if os.path.isdir(folder)
            for file in os.listdir(folder)
            if file.endswith(".yaml")
        }
    )
    hint = (
        did_you_mean(name, known)
        or f"the brands are {', '.join(known)}; others are files in brands/"
    )
    raise refuse(place, f"there is no brand `{name}`", hint)


def _stem(file: str) -> str:
    return os.path.splitext(file)[0]


def _layers(path: str, depth: int = 0, press: bool = False) -> _Layers:
    """A brand file laid over those it extends, each of which is sound in itself; its profile is, for the `press`."""
    if depth > MAX_ANCESTORS:
        raise refuse(
            Place(path), "these brands extend each other in a ring", "take one `extends:` out"
        )
    tree, reading = read_tree(path)
    if not isinstance(tree, Mapping):
        if tree is not None:
            reading.report(tree.line, tree.column, "a brand is a mapping of keys to values")
        raise Refused(in_file_order(reading.problems))
    folder = os.path.dirname(os.path.abspath(path))
    _resolve_fonts(tree, folder, reading)
    if press:
        _resolve_profile(tree, folder, reading)
    key = tree.pairs.pop("extends", None)
    if folder == BUILT_IN and _stem(os.path.basename(path)) == DEFAULT and key is None:
        return _Layers(tree, tree, reading, (path,))
    parent = DEFAULT
    place = Place(path)
    if key is not None:
        node = key[1]
        place = Place(path, node.line, node.column)
        if not isinstance(node, Scalar) or node.tag != "str":
            raise refuse(place, "`extends` is the name or the path of a brand", "")
        parent = node.text
    below = _layers(_path(parent, path, place), depth + 1, press)
    if len(below.files) > 1:
        below.brand()
    _resolve_logo(below, folder)
    _own_faces(below.whole, tree)
    _own_inks(below.whole, tree)
    return _Layers(tree, _over(below.whole, tree), reading, (path, *below.files))


def _over(below: Mapping, above: Mapping) -> Mapping:
    """One mapping laid over another: mappings join, everything else replaces."""
    pairs: dict[str, tuple[Scalar, Node]] = dict(below.pairs)
    for key, (name, node) in above.pairs.items():
        old = pairs.get(key)
        if old is not None and isinstance(old[1], Mapping) and isinstance(node, Mapping):
            pairs[key] = (name, _over(old[1], node))
        else:
            pairs[key] = (name, node)
    return Mapping(pairs, above.line, above.column)


def _own_faces(below: Mapping, above: Mapping) -> None:
    """Take the cuts away from the roles below for which the brand above names faces but no cuts: those are no kin."""
    roles, own = (_inside(tree, "fonts") for tree in (below, above))
    for role, (_, family) in own.items():
        if role in roles and isinstance(family, Mapping) and "optical" not in family.pairs:
            old = roles[role][1]
            if isinstance(old, Mapping) and any(weight in family.pairs for weight in WEIGHTS):
                roles[role] = (roles[role][0], _without(old, ("optical",)))


def _own_inks(below: Mapping, above: Mapping) -> None:
    """Take the inks away from the colours below that the brand above says anew: those would print another colour."""
    colours, own = (_inside(tree, "colours") for tree in (below, above))
    for name, (_, colour) in own.items():
        if name in colours and isinstance(colour, Mapping):
            old = colours[name][1]
            if isinstance(old, Mapping) and colour.pairs.keys() & {"srgb", "cmyk", "spot"}:
                colours[name] = (colours[name][0], _without(old, ("cmyk", "spot", "density")))


def _without(tree: Mapping, keys: Sequence[str]) -> Mapping:
    """A mapping without some of its keys."""
    kept = {key: pair for key, pair in tree.pairs.items() if key not in keys}
    return Mapping(kept, tree.line, tree.column)


def _inside(tree: Mapping, key: str) -> dict[str, tuple[Scalar, Node]]:
    """The pairs of the mapping under a key, none where there is no such mapping."""
    node = tree.pairs[key][1] if key in tree.pairs else None
    return node.pairs if isinstance(node, Mapping) else {}


def _resolve_logo(below: _Layers, folder: str) -> None:
    """Turn a logo beside the brand's file into a path from `folder`, where the brand above it stands."""
    masthead = below.whole.pairs.get("masthead")
    if masthead is not None and isinstance(masthead[1], Mapping):
        node = masthead[1].pairs.get("logo", (None, None))[1]
        if isinstance(node, Scalar) and node.tag == "str":
            path = os.path.join(os.path.dirname(os.path.abspath(below.files[0])), node.text)
            node.text = os.path.relpath(path, folder)


def _resolve_fonts(tree: Mapping, folder: str, reading: Reading) -> None:
    """Turn font files into full paths: beside the brand's file first, then the program's own fonts."""
    fonts = tree.pairs.get("fonts")
    if fonts is None or not isinstance(fonts[1], Mapping):
        return
    places = (folder, fonts_folder())
    real = cache(os.path.realpath)  # of folders: most files lie in the same few
    # Roles may share their cuts by an alias: a node is looked up once.
    nodes = {id(it): it for _, family in fonts[1].pairs.values() for it in _scalars(family)}
    for node in nodes.values():
        path = next(filter(None, (_face_in(place, node.text, real) for place in places)), "")
        if path and (fault := index_fault(path)):
            reading.report(node.line, node.column, f"`{node.text}`: {fault[0]}", fault[1])
        elif path:
            node.text = path
        else:
            hint = "give a path beside the brand's file, or one of the program's own fonts"
            reading.report(node.line, node.column, f"there is no font file `{node.text}`", hint)


def _resolve_profile(tree: Mapping, folder: str, reading: Reading) -> None:
    """Turn the press profile beside the brand's file into its full path; it must be one of a CMYK printer."""
    node = _inside(tree, "press").get("profile", (None, None))[1]
    if not isinstance(node, Scalar) or node.tag != "str":
        return
    path = _in(folder, node.text)
    if not path:
        hint = "give a path beside the brand's file"
        reading.report(node.line, node.column, f"there is no profile `{node.text}`", hint)
    elif fault := profile_fault(path):
        hint = "take the profile of your printer's press and paper"
        message = f"`{node.text}` is not a CMYK printer profile: {fault}"
        reading.report(node.line, node.column, message, hint)
    else:
        node.text = path


def _in(folder: str, name: str, real: Callable[[str], str] = os.path.realpath) -> str:
    """The path of a file of that name that truly lies in a folder, or ''; `real` tells real paths of folders."""
    path = os.path.join(folder, name)
    if not os.path.isfile(path):
        return ""
    home = real(folder)
    lies = os.path.realpath(path) if os.path.islink(path) else real(os.path.dirname(path))
    return path if os.path.commonpath((home, lies)) == home else ""


def _face_in(folder: str, name: str, real: Callable[[str], str]) -> str:
    """The same of a font, of which "a.ttc#2" is one face."""
    path = os.path.join(folder, name)
    file, _ = split_index(path)
    return path if _in(folder, file, real) else ""


def _scalars(node: Node) -> Iterator[Scalar]:
    """The names of files in a family, its cuts and what it falls back on."""
    if isinstance(node, Scalar):
        yield node
    if isinstance(node, Mapping):
        for key, (_, value) in node.pairs.items():
            if isinstance(value, Scalar) and value.tag == "str" and key != "companions":
                yield value
            elif isinstance(value, Row):
                for cut in value.items:
                    yield from _scalars(cut)


def _check(brand: Brand, tree: Mapping, reading: Reading) -> None:
    """What no single key can tell: names that lead nowhere, text off the grid, text too pale to read."""
    for name in STYLES:
        if name not in brand.styles:
            message = f"the style `{name}` is missing"
            reading.report(*_at(tree, ("styles",)), message, f"give `{name}:` under styles")
    for name in brand.styles:
        _check_style(name, brand, tree, reading)
    _check_type(brand, tree, reading)
    _check_colours(brand, tree, reading)
    if brand.measure < MIN_MEASURE or brand.lines < MIN_LINES:
        message = (
            f"margins and columns leave {brand.measure:.0f} pt of measure and {brand.lines} lines"
        )
        at = _at(tree, ("margins",), ("columns",), ("page",), ("grid",))
        reading.report(*at, message, "make the page larger or its margins smaller")
    _check_levers(brand, tree, reading)
    for language, words in brand.labels.items():
        for key, text in words.items():
            if fault := _label_fault(key, text):
                reading.report(*_at(tree, ("labels", language, key)), *fault)


def _check_colours(brand: Brand, tree: Mapping, reading: Reading) -> None:
    """Colours that are named outside the styles: they are there, and the initial can be read."""
    for name, *way in (
        ("text", "colours"),
        ("brand", "colours"),
        ("hairline", "colours"),
        (brand.sidebar.tint, "sidebar", "tint"),
        (brand.end_sign.colour, "end_sign", "colour"),
        (brand.initial.colour, "initial", "colour"),
    ):
        if name not in brand.colours:
            message = f"there is no colour `{name}`"
            reading.report(*_at(tree, way), message, "add it under colours")
    colour = brand.initial.colour
    if brand.initial.lines > 1 and colour in brand.colours:
        ratio = contrast(brand.colours[colour].srgb, PAPER)
        if ratio < MIN_CONTRAST:
            message = f"the initial has a contrast of {ratio:.2f}:1 with its ground"
            at = _at(tree, ("initial", "colour"), ("initial", "lines"), ("colours", colour))
            reading.report(*at, message, f"take a colour with {MIN_CONTRAST}:1 at least")


def _check_inks(brand: Brand, tree: Mapping, reading: Reading) -> None:
    """Whether every colour can be printed."""
    for fault in faults_of(brand):
        way = ("colours", fault.colour)
        at = _at(tree, (*way, fault.key), way, ("colours",))
        reading.report(*at, fault.message, fault.hint)


def _check_type(brand: Brand, tree: Mapping, reading: Reading) -> None:
    """Cuts of the fonts, and the styles that have small capitals."""
    for role, family in brand.fonts.items():
        if fault := _cuts_fault(family):
            reading.report(*_at(tree, ("fonts", role, "optical"), ("fonts", role)), *fault)
    for name in brand.small_capitals.styles:
        if name not in brand.styles:
            hint = did_you_mean(name, list(brand.styles))
            at = _at(tree, ("small_capitals", "styles"))
            reading.report(*at, f"there is no style `{name}`", hint)


def _check_levers(brand: Brand, tree: Mapping, reading: Reading) -> None:
    """What may move: each thing once, and not so far that the brand would be refused if it were written so."""
    known: set[str] = set()
    for number, lever in enumerate(brand.copyfit):
        fault = ("it moves twice", "give each thing one lever") if lever.move in known else None
        known.add(lever.move)
        if fault := fault or _lever_fault(brand, lever):
            at = _at(tree, ("copyfit",))
            row = tree.pairs["copyfit"][1] if "copyfit" in tree.pairs else None
            if isinstance(row, Row) and number < len(row.items):
                at = row.items[number].line, row.items[number].column
            reading.report(*at, f"`{lever.move}`: {fault[0]}", fault[1])


def _lever_fault(brand: Brand, lever: Lever) -> tuple[str, str] | None:
    """What is wrong with a lever, and the hint."""
    lowest, highest = RANGES[lever.move]
    if lever.least > lever.most:
        return "`least` is more than `most`", "exchange the two"
    if lever.least < lowest or lever.most > highest:
        return "it would move too far", f"keep it from {lowest:g} to {highest:g}"
    for value in (lever.least, lever.most):
        made = moved(brand, lever, value)
        if made.measure < MIN_MEASURE or made.lines < MIN_LINES:
            message = (
                f"at {value:g} it leaves {made.measure:.0f} pt of measure and {made.lines} lines"
            )
            return message, "let it move less"
    return None


def _check_style(name: str, brand: Brand, tree: Mapping, reading: Reading) -> None:
    style, way = brand.styles[name], ("styles", name)
    if style.font not in brand.fonts:
        hint = did_you_mean(style.font, list(brand.fonts))
        reading.report(*_at(tree, way), f"there is no font `{style.font}`", hint)
    if style.colour not in brand.colours:
        hint = did_you_mean(style.colour, list(brand.colours))
        reading.report(*_at(tree, way), f"there is no colour `{style.colour}`", hint)
    else:
        ground = brand.sidebar.tint if name in ON_TINT else ""
        behind = brand.colours[ground].srgb if ground in brand.colours else PAPER
        ratio = contrast(brand.colours[style.colour].srgb, behind)
        if ratio < MIN_CONTRAST:
            message = f"the text `{name}` has a contrast of {ratio:.2f}:1 with its ground"
            at = _at(tree, way, ("colours", style.colour), ("sidebar", "tint"), ("colours", ground))
            reading.report(*at, message, f"take a colour with {MIN_CONTRAST}:1 at least")
    if name in GRID_STYLES and abs(style.leading - brand.grid.leading) > 1e-6:
        hint = f"its leading is the grid's: {brand.grid.leading:g}"
        at = _at(tree, way, ("grid",))
        reading.report(*at, f"the text `{name}` does not follow the grid", hint)


def _cuts_fault(family: Family) -> tuple[str, str] | None:
    """What is wrong with the optical sizes of a family, and the hint."""
    starts = [cut.start for cut in family.optical]
    if len(set(starts)) < len(starts):
        return "two cuts begin at the same size", "give each a `from:` of its own"
    if any(not any(getattr(cut, weight) for weight in WEIGHTS) for cut in family.optical):
        return "a cut names no file", f"give it one of {', '.join(WEIGHTS)}"
    return None


def _label_fault(key: str, text: str) -> tuple[str, str] | None:
    """What is wrong with one of the brand's own words, and the hint."""
    known = ENGLISH
    if key not in known:
        hint = did_you_mean(key, list(known)) or f"the labels are {', '.join(known)}"
        return f"there is no label `{key}`", hint
    if key == "months" and len(text.split(" ")) != 12:
        return "the months are not twelve words", "write one space between two of them"
    if key in VALUES and set("{}") & set(text.replace(VALUES[key], "")):
        return "a label has a placeholder of its own", f"write {VALUES[key]}, or none"
    if key in ("day", "month"):
        try:
            text.format(day=1, month="", year="")
        except (AttributeError, IndexError, KeyError, ValueError):
            return "this is no form of a date", f"write it like `{known[key]}`"
    return None


def _at(tree: Mapping, *ways: Sequence[str]) -> tuple[int, int]:
    """Line and column of the last key of the first of these ways that the file itself takes, else its start."""
    for way in ways:
        node: Node = tree
        for key in way:
            if not isinstance(node, Mapping) or key not in node.pairs:
                break
            name, node = node.pairs[key]
        else:
            return name.line, name.column
    return tree.line, tree.column


def brand_schema() -> dict[str, Any]:
    """The JSON Schema of a brand file, in which every key may be left out and `extends` added."""
    from layout.manuscript.schema import schema_of

    schema = schema_of(Brand, "Offprint brand, format 1")
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "the name or the path of the brand that this one is laid over; default: focus",
    }
    for name, part in (("", schema), *schema["$defs"].items()):
        if name not in IN_LISTS:
            part.pop("required", None)
    return schema
