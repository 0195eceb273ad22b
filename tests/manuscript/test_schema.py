"""The JSON Schema and the reader agree, as far as a schema can say it."""

from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from msgspec import Meta, Struct

from layout.ground.problems import Refused
from layout.manuscript.reader import read_source
from layout.manuscript.schema import DIALECT, json_schema, schema_of
from layout.manuscript.values import Mark

from .conftest import HEAD, SAMPLES, TURN

jsonschema = pytest.importorskip("jsonschema")


class PlainDates(yaml.SafeLoader):
    """YAML as editors' schema checkers read it: dates stay text."""


PlainDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(source: str) -> list[str]:
    data = yaml.load(source, Loader=PlainDates)
    schema = json_schema("issue" if isinstance(data, dict) and "contents" in data else "interview")
    return [fault.message for fault in jsonschema.Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.parametrize("kind", ["interview", "issue"])
def test_the_schemas_are_schemas(kind):
    schema = json_schema(kind)
    assert schema["$schema"] == DIALECT
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("sample", sorted(SAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_sample_that_reads_is_valid(sample: Path):
    read_source(str(sample))
    assert not faults(sample.read_text())


@pytest.mark.parametrize(
    "source",
    [
        HEAD + "kiker: K\n" + TURN,
        "format: 1\n" + TURN,
        "format: 2\ntitle: T\n" + TURN,
        "format: 1\ntitle: 12\n" + TURN,
        "format: 1\ntitle: ''\n" + TURN,
        HEAD + "interview: []\n",
        HEAD + "interview: [{answer: A}]\n",
        HEAD + "interview: [{heading: H, text: T}]\n",
        HEAD + "language: english_\n" + TURN,
        HEAD + "date: June\n" + TURN,
        HEAD + "date: 12\n" + TURN,
        HEAD + "original: {url: 'javascript:x'}\n" + TURN,
        HEAD + TURN + "accounts: {entries: []}\n",
        HEAD + TURN + "accounts: {network: icq, entries: [{handle: '@a'}]}\n",
        "format: 1\ntitle: T\ncontents: [{blank: 0}]\n",
        "format: 1\ntitle: T\ncontents: [{blank: 1}]\nopens: verso\n",
        "format: 1\ntitle: T\ncontents: [{contents: C, section: S}]\n",
        "format: 1\ntitle: T\ncontents: [{blank: 1}]\nfill: 4\n",
        "format: 1\ntitle: T\ncontents: [{blank: 1}]\nfill: {to: 1}\n",
        "format: 1\ntitle: T\ncontents: [{blank: 1}]\nfill: {to: 4, given: {pdf: a.pdf}}\n",
        "format: 1\ntitle: T\ncontents: [{interview: a.yaml, placed: [{blank: 1}]}]\n",
        "format: 1\ntitle: T\ncontents: [{interview: a.yaml, placed: [{blank: 1, after: 0}]}]\n",
        "format: 1\ntitle: T\ncontents: [{interview: a.yaml, placed: [{blank: 1, after: '1'}]}]\n",
        "format: 1\ntitle: T\ncontents: [{blank: 1, after: 1}]\n",
    ],
)
def test_both_refuse(tmp_path: Path, source):
    path = tmp_path / "source.yaml"
    path.write_text(source)
    assert faults(source)
    with pytest.raises(Refused):
        read_source(str(path))


def records(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *(part for part in schema["$defs"].values() if "properties" in part)]


@pytest.mark.parametrize("kind", ["interview", "issue"])
def test_every_key_is_described_and_no_other_is_allowed(kind):
    for record in records(json_schema(kind)):
        assert record["additionalProperties"] is False
        assert record["description"]
        for name, key in record["properties"].items():
            assert key["description"] and key["title"], name


def test_kinds_are_one_of_five():
    assert len(json_schema("interview")["$defs"]["Entry"]["anyOf"]) == 5
    assert len(json_schema("issue")["$defs"]["Part"]["anyOf"]) == 5
    assert len(json_schema("issue")["$defs"]["Placed"]["anyOf"]) == 2


def test_nothing_of_the_program_shows():
    for kind in ("interview", "issue"):
        assert not {"Place", "Span", "Words", "Prose", "Picture", "File"} & set(
            json_schema(kind)["$defs"]
        )


def test_another_rooms_record():
    ink = Mark("ink")

    class Ink(Struct, forbid_unknown_fields=True):
        """A colour."""

        srgb: Annotated[str, Meta(description="the colour"), ink]
        tint: Annotated[float, Meta(ge=0, le=1)] = 1.0

    class Look(Struct, forbid_unknown_fields=True):
        """A look."""

        inks: dict[str, Ink] = {}
        pair: tuple[int, ...] = (1, 2)

    schema = schema_of(Look, "Look", {ink: Annotated[str, Meta(pattern="^#")]})
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"inks": {"red": {"srgb": "#f00"}}})
    assert not validator.is_valid({"inks": {"red": {"srgb": "red"}}})
    assert not validator.is_valid({"inks": {"red": {"srgb": "#f00", "tint": 2}}})
