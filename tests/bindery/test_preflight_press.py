import press_faults
import pytest
from press_samples import ALSO, FAULTS, sample, written

from layout.bindery.foreign import open_bytes
from layout.bindery.preflight import Demands, Finding, inspect
from layout.bindery.preflight.profiles import profile_of
from layout.ground.problems import Place

assert press_faults  # it fills FAULTS

ALWAYS = {"inks"}
"""What is said of every file that is printed with anything."""
ELSEWHERE = {"encrypted", "unchecked", "file-id", "ink-limit", "plates-unmeasured"}
"""Rules with a test of their own."""


def found(data: bytes, demands: Demands | None = None) -> tuple[Finding, ...]:
    demands = demands or Demands(plates=False)
    return inspect(open_bytes(data, Place("a.pdf"), "a.pdf"), "press", demands)


def spoilt(*done, demands: Demands | None = None) -> tuple[Finding, ...]:
    pdf = sample()
    for each in done:
        each(pdf)
    return found(written(pdf), demands)


def rules(findings) -> set[str]:
    return {each.rule for each in findings} - ALWAYS


def test_a_whole_file_lacks_nothing():
    (finding,) = found(written(sample()))
    assert (finding.rule, finding.severity) == ("inks", "note")
    assert finding.message == "the file is printed with Cyan, Magenta, Yellow, Black"


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_as_its_rule_alone(name):
    findings, rule = spoilt(FAULTS[name]), name.split()[0]
    assert rules(findings) == {rule} | ALSO[name]
    told, row = (
        next(each for each in findings if each.rule == rule),
        profile_of("press").rules[rule],
    )
    assert (told.clause, told.severity, told.hint) == (row.clause, row.severity, row.hint)
    assert told.message.isprintable()


def test_every_rule_has_a_fault():
    assert {name.split()[0] for name in FAULTS} == set(
        profile_of("press").rules
    ) - ALWAYS - ELSEWHERE
