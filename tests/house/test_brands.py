"""Brand files: found, laid over each other, checked as a whole."""

import os

import pytest
from house_samples import focus
from msgspec.structs import replace

from layout.house import brands
from layout.house.brand import GRID_STYLES, STYLES, Brand, Cut, Family
from layout.house.brands import BUILT_IN, brand_schema
from layout.house.fontfiles import fonts_folder
from layout.manuscript.nodes import Mapping
from layout.manuscript.reading import Reading


def test_the_built_in_brand_reads_and_names_its_own_fonts():
    brand = focus()
    assert brand.name == "focus"
    assert set(STYLES) <= brand.styles.keys()
    for family in brand.fonts.values():
        for file in family.files:
            assert file.startswith(fonts_folder()) and os.path.isfile(file)


def test_the_page_in_points_is_that_in_millimetres():
    brand = focus()
    assert (brand.width, brand.height) == pytest.approx((595.276, 841.89), abs=0.001)
    assert 2 * brand.measure + brand.alley == pytest.approx(brand.type_width)
    assert brand.lines == int((297 - 18 - 27) / 25.4 * 72 / 12.5)


# --- optical sizes ---

CUTS = Family(
    regular="own",
    semibold_italic="own both",
    optical=(
        Cut(start=14, regular="large", italic="large it"),
        Cut(start=0, regular="small"),
        Cut(start=8, regular="text", italic="text it", semibold="text bold"),
        Cut(start=30, regular="huge", semibold="huge bold"),
    ),
)


@pytest.mark.parametrize(
    ("weight", "size", "file"),
    [
        ("regular", 4, "small"),
        ("regular", 7.99, "small"),
        ("regular", 8, "text"),
        ("regular", 14, "large"),
        ("regular", 200, "huge"),
        ("italic", 4, "text it"),
        ("italic", 13, "text it"),
        ("italic", 200, "large it"),
        ("semibold", 4, "text bold"),
        ("semibold", 20, "text bold"),
        ("semibold", 22, "huge bold"),
        ("semibold", 25, "huge bold"),
        ("semibold_italic", 10, "own both"),
    ],
)
def test_a_size_takes_the_nearest_cut_that_has_the_weight(weight, size, file):
    assert CUTS.file(weight, size) == file


def test_a_family_without_cuts_has_one_file_for_all_sizes():
    plain = Family(regular="own")
    assert {plain.file("regular", size) for size in (4, 10, 100)} == {"own"}
    assert plain.file("italic", 10) is None


def test_a_family_names_the_files_of_its_cuts_too():
    assert list(CUTS.files) == ["own", "own both", "large", "large it", "small", "text", "text it", "text bold", "huge", "huge bold"]  # fmt: skip


def test_all_serif_roles_share_their_cuts():
    cuts = {role: focus().fonts[role].optical for role in ("text", "display", "subhead")}
    assert [cut.start for cut in cuts["text"]] == [0, 8.5, 14, 24]
    assert cuts["text"] == cuts["display"] == cuts["subhead"]
    assert focus().fonts["sans"].optical == ()


def test_a_role_with_faces_of_its_own_loses_the_cuts_of_others(shelf):
    own = "source-sans/SourceSans3-Regular.ttf"
    shelf.put("brands/base.yaml", f"fonts: {{display: {{regular: {own}}}}}\n")
    brand = shelf.read("extends: base\nname: x\n")
    assert brand.fonts["display"].file("regular", 32).endswith(own)
    assert brand.fonts["display"].file("italic", 32) == focus().fonts["display"].italic
    assert brand.fonts["text"] == focus().fonts["text"]
    assert shelf.read("fonts: {display: {optical: []}}\n").fonts["display"].optical == ()


def test_cuts_are_found_beside_the_brand(shelf):
    with open(focus().fonts["code"].regular, "rb") as font:
        (shelf.put("brands/own.ttf", "")).write_bytes(font.read())
    brand = shelf.read("fonts: {text: {optical: [{from: 20, regular: own.ttf}]}}\n")
    assert brand.fonts["text"].file("regular", 10) == str(shelf.folder / "brands" / "own.ttf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fonts: {text: {optical: [{from: 9, regular: a.ttf}]}}\n", "1:45 there is no font file `a.ttf`"),
        ("fonts: {text: {optical: [{from: 9}]}}\n", "1:16 a cut names no file"),
        ("fonts: {text: {optical: [{from: 9, regular: source-sans/SourceSans3-Regular.ttf}, {from: 9, italic: source-sans/SourceSans3-It.ttf}]}}\n", "1:16 two cuts begin at the same size"),
        ("fonts: {text: {optical: [{regular: source-sans/SourceSans3-Regular.ttf}]}}\n", "1:26 the key `from` is missing"),
        ("fonts: {text: {optical: [{from: -1, regular: source-sans/SourceSans3-Regular.ttf}]}}\n", "1:33 expected a number"),
        ("small_capitals: {styles: [txet]}\n", "1:18 there is no style `txet`"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_type_is_told_where_it_is_written(shelf, text, expected):
    assert shelf.faults(text)[0].startswith(expected)


# --- found by name or path ---


def test_a_name_is_looked_up_beside_the_source_first(shelf):
    own = shelf.put("brands/quiet.yaml", "name: quiet\n")
    found = shelf.found("quiet")
    assert found.brand.name == "quiet"
    assert found.files == (str(own), os.path.join(BUILT_IN, "focus.yaml"))


def test_a_path_is_relative_to_the_source(shelf):
    shelf.put("looks/quiet.yaml", "name: quiet\n")
    assert shelf.found("looks/quiet.yaml").brand.name == "quiet"


def test_an_issue_finds_the_brands_of_the_folder_above(shelf):
    shelf.put("brands/quiet.yaml", "name: quiet\n")
    shelf.source = str(shelf.folder / "issues" / "one.yaml")
    assert shelf.found("quiet").brand.name == "quiet"


def test_a_brand_named_like_the_built_in_one_is_laid_over_it(shelf):
    shelf.put("brands/focus.yaml", "columns: {count: 3}\n")
    assert shelf.found(None).brand.columns.count == 3
    shelf.put("brands/focus.yaml", "extends: focus\ncolumns: {count: 1}\n")
    assert shelf.found("focus").brand.columns.count == 1


def test_an_unknown_name_is_met_with_the_nearest(shelf):
    shelf.put("brands/notes.txt", "focsu\n")
    shelf.put("brands/archive.yaml", "name: archive\n")
    assert shelf.problems("focsu") == ["interview.yaml there is no brand `focsu` | did you mean `focus`?"]  # fmt: skip
    assert shelf.problems("zzz") == ["interview.yaml there is no brand `zzz` | the brands are archive, focus; others are files in brands/"]  # fmt: skip


def test_a_path_to_nothing_and_one_that_leaves_the_tree_are_refused(shelf):
    assert "there is no brand file `none.yaml`" in shelf.problems("none.yaml")[0]
    shelf.put("elsewhere.yaml", "name: elsewhere\n")
    shelf.source = str(shelf.folder / "inner" / "interview.yaml")
    assert "lies outside this file's folder tree" in shelf.problems("../elsewhere.yaml")[0]
    assert "lies outside this file's folder tree" in shelf.problems("/etc/passwd")[0]


# --- laid over each other ---


def test_mappings_join_and_everything_else_replaces(shelf):
    brand = shelf.read(
        "margins: {inner: 20}\n"
        "styles: {text: {size: 9.5}}\n"
        "head: {title_steps: [{size: 20, leading: 25, lines: 9}]}\n"
    )
    before = focus()
    assert (brand.margins.inner, brand.margins.outer) == (20, before.margins.outer)
    assert brand.styles["text"].size == 9.5
    assert brand.styles["text"].font == before.styles["text"].font
    assert brand.styles["title"] == before.styles["title"]
    assert [step.size for step in brand.head.title_steps] == [20]
    assert brand.head.below == before.head.below


def test_brands_extend_each_other_by_name_and_by_path(shelf):
    shelf.put("brands/base.yaml", "columns: {count: 3}\nspacing: {question: 2}\n")
    shelf.put("brands/middle.yaml", "extends: base\nspacing: {question: 0}\n")
    shelf.put("brands/top.yaml", "extends: middle.yaml\nname: top\n")
    found = shelf.found("top")
    assert (found.brand.columns.count, found.brand.spacing.question, found.brand.name) == (3, 0, "top")  # fmt: skip
    names = [os.path.basename(file) for file in found.files]
    assert names == ["top.yaml", "middle.yaml", "base.yaml", "focus.yaml"]


@pytest.mark.parametrize("ring", [["a"], ["a", "b"], ["a", "b", "c"]], ids=len)
def test_rings_are_refused(shelf, ring):
    for name, above in zip(ring, [*ring[1:], ring[0]], strict=True):
        shelf.put(f"brands/{name}.yaml", f"extends: {above}\n")
    assert "these brands extend each other in a ring" in shelf.problems("a")[0]


def test_extending_nothing_that_exists_is_told_where_it_is_written(shelf):
    assert shelf.faults("name: x\nextends: focsu\n") == ["2:10 there is no brand `focsu` | did you mean `focus`?"]  # fmt: skip
    assert "`extends` is the name or the path" in shelf.faults("extends: [focus]\n")[0]


def test_a_logo_and_fonts_stand_beside_the_brand_that_names_them(shelf):
    from PIL import Image

    with open(focus().fonts["code"].regular, "rb") as font:
        data = font.read()
    shelf.put("brands/base/base.yaml", "masthead: {logo: logo.png}\nfonts: {text: {regular: own.ttf}}\n")  # fmt: skip
    (shelf.folder / "brands" / "base" / "own.ttf").write_bytes(data)
    Image.new("RGB", (40, 10)).save(shelf.folder / "brands" / "base" / "logo.png")
    brand = shelf.read("extends: base/base.yaml\nname: x\n")
    assert brand.masthead.logo.path == str(shelf.folder / "brands" / "base" / "logo.png")
    assert brand.fonts["text"].regular == str(shelf.folder / "brands" / "base" / "own.ttf")


# --- what is wrong with them, and where ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colour: red\n", "1:1 unknown key `colour`"),
        ("styles: {text: {sise: 9}}\n", "1:17 unknown key `sise`"),
        ("columns: {count: 5}\n", "1:18 expected a number from 1 to 4, found 5"),
        ("colours: {text: {srgb: red}}\n", "1:24 "),
        ("name: [x]\n", "1:7 expected text"),
        ("- a\n", "1:1 a brand is a mapping of keys to values"),
        ("fonts: {text: {regular: none.ttf}}\n", "1:25 there is no font file `none.ttf`"),
        ("fonts: {text: {regular: ../../etc/passwd}}\n", "1:25 there is no font file `../../etc/passwd`"),
        ("fonts: {text: {regular: /etc/passwd}}\n", "1:25 there is no font file `/etc/passwd`"),
        ("styles: {text: {font: txt}}\n", "1:10 there is no font `txt` | did you mean `text`?"),
        ("styles: {title: {colour: barnd}}\n", "1:10 there is no colour `barnd` | did you mean `brand`?"),
        ("sidebar: {tint: pink}\n", "1:11 there is no colour `pink`"),
        ("end_sign: {colour: pink}\n", "1:12 there is no colour `pink`"),
        ("name: x\nstyles:\n  text: {leading: 13}\n", "3:3 the text `text` does not follow the grid | its leading is the grid's: 12.5"),
        ("name: x\ninitial: {lines: 3, colour: hairline}\n", "2:21 the initial has a contrast of 3.45:1 with its ground | take a colour with 4.5:1 at least"),
        ("name: x\ncolours:\n  quiet: {srgb: '#777777'}\n", "3:3 the text `tagline` has a contrast of 4.48:1 with its ground | take a colour with 4.5:1 at least"),
        ("margins: {inner: 90, outer: 90}\n", "1:1 margins and columns leave 34 pt of measure and 57 lines"),
        ("page: {height: 60}\n", "1:1 margins and columns leave "),
        ("labels: {en: {months: Jan Feb}}\n", "1:15 "),
        ("labels: {en: {day: '{dya}'}}\n", "1:15 "),
        ("labels: {en: {contens: x}}\n", "1:15 there is no label `contens` | did you mean `contents`?"),
        ("", ""),
    ],
)  # fmt: skip
def test_one_fault_is_told_at_its_place(shelf, text, expected):
    if not text:
        assert shelf.problems("empty.yaml")
        return
    assert shelf.faults(text)[0].startswith(expected)


def test_every_fault_is_told_at_once_in_the_order_of_the_file(shelf):
    faults = shelf.faults("styles:\n  text: {font: txt}\n  title: {colour: barnd}\nfonts: {sans: {italic: no.ttf}}\n")  # fmt: skip
    assert [fault.split(" ")[0] for fault in faults] == ["2:3", "3:3", "4:24"]


def test_a_fault_between_two_files_is_told_in_the_one_that_was_asked_for(shelf):
    faults = shelf.faults("name: x\ngrid: {leading: 13}\n")
    assert [fault.split("`")[1] for fault in faults] == sorted(
        GRID_STYLES, key=list(focus().styles).index
    )
    assert all(fault.startswith("2:1 ") for fault in faults)


def test_a_fault_of_a_brand_below_is_told_in_its_own_file(shelf):
    shelf.put("brands/base.yaml", "name: base\ncolumns: {count: 9}\n")
    shelf.put("brands/top.yaml", "extends: base\n")
    assert shelf.problems("top")[0].startswith("brands/base.yaml:2:18 expected a number")
    shelf.put("brands/base.yaml", "name: base\nfonts: {text: {regular: none.ttf}}\n")
    assert shelf.problems("top")[0].startswith("brands/base.yaml:2:25 there is no font file")


def test_text_must_be_readable_on_white_and_on_the_tint(shelf):
    shelf.read("colours: {grey: {srgb: '#767676'}}\nstyles: {caption: {colour: grey}}\n")
    faults = shelf.faults("colours: {grey: {srgb: '#767676'}}\nstyles: {about: {colour: grey}}\n")
    assert faults == ["2:10 the text `about` has a contrast of 3.92:1 with its ground | take a colour with 4.5:1 at least"]  # fmt: skip


def test_a_brand_that_lacks_a_style_is_refused():
    """The built-in brand has every style, and what extends it cannot lose one."""
    reading = Reading("brand.yaml", [])
    short = {name: style for name, style in focus().styles.items() if name != "byline"}
    brands._check(replace(focus(), styles=short), Mapping({}, 1, 1), reading)
    assert [problem.message for problem in reading.problems] == ["the style `byline` is missing"]


# --- the schema ---


def test_the_schema_takes_what_the_reader_takes(shelf):
    jsonschema = pytest.importorskip("jsonschema")
    import yaml

    schema = brand_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    with open(os.path.join(BUILT_IN, "focus.yaml"), encoding="utf-8") as file:
        validator.validate(yaml.safe_load(file))
    three = "extends: focus\nname: three\ncolours: {brand: {srgb: '#005A9C'}}\n"
    assert shelf.read(three).colours["brand"].srgb == "#005A9C"
    validator.validate(yaml.safe_load(three))


@pytest.mark.parametrize(
    "text",
    [
        "colour: red\n",
        "page: {widht: 1}\n",
        "styles: {text: {sise: 9}}\n",
        "colours: {text: {srgb: red}}\n",
        "columns: {count: 0}\n",
        "head: {title_steps: []}\n",
        "head: {title_steps: [{size: 20}]}\n",
        "extends: [focus]\n",
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(shelf, text):
    jsonschema = pytest.importorskip("jsonschema")
    import yaml

    assert shelf.faults(text)
    assert not jsonschema.Draft202012Validator(brand_schema()).is_valid(yaml.safe_load(text))


def test_every_field_of_a_brand_is_described_by_the_schema():
    assert set(brand_schema()["properties"]) == {*Brand.__struct_fields__, "extends"}
