"""docs/preflight-press.md and the rows: the page names every rule as it is, and no other."""

import re
from pathlib import Path

import yaml

from layout.bindery.preflight.press.rules import PRESS_RULES
from layout.bindery.preflight.profiles import profile_of
from layout.house.brands import read_brand

PAGE = (Path(__file__).parents[2] / "docs" / "preflight-press.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("| `")
]


def test_every_rule_has_its_row_and_no_other():
    rules = profile_of("press").rules
    assert [row[0].strip("`") for row in ROWS] == [
        *(key for key in rules if key in PRESS_RULES),
        *(key for key in rules if key not in PRESS_RULES),
    ]
    for name, severity, clause, summary, hint in ROWS:
        rule = rules[name.strip("`")]
        assert (severity, clause, hint) == (rule.severity, rule.clause or "\u2013", rule.hint)
        assert summary == rule.summary.replace("{}", "\u2026").replace("|", "/")


def test_the_limits_on_the_page_are_those_that_are_built_in():
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    told = yaml.safe_load(example)["press"]
    press = read_brand(None, "a.yaml").brand.press
    assert told["ink_limit"] == press.ink_limit
    for part in ("resolution", "limits"):
        kept = getattr(press, part)
        assert told[part] == {key: getattr(kept, key) for key in kept.__struct_fields__}
    assert told["severities"].keys() <= profile_of("press").rules.keys()
