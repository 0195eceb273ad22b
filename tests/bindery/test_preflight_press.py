import press_faults
import pytest
from press_samples import ALSO, FAULTS, draw, form, resources, sample, written

from layout.bindery.foreign import open_bytes
from layout.bindery.preflight import Demands, Finding, inspect
from layout.bindery.preflight.press import job
from layout.bindery.preflight.press.run import Run
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


def forms_in_forms(pdf) -> None:
    """Fifteen forms that paint the next one four times each: the last, which is empty, is painted 2^30 times."""
    form(pdf, "", "F15")
    for number in reversed(range(15)):
        form(pdf, f"/F{number + 1} Do " * 4, f"F{number}")
    draw(pdf, "/F0 Do")


def cells_in_forms(pdf) -> None:
    """A form with 100 patterns, painted at 1000 places: their empty cells lie at 100 000."""
    for number in range(100):
        resources(pdf).Pattern[f"/P{number}"] = pdf.make_stream(
            b"", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 5, 5], XStep=5, YStep=5
        )
    form(pdf, "/Pattern cs " + " ".join(f"/P{number} scn" for number in range(100)))
    draw(pdf, "1 0 0 1 1 0 cm /Fm Do " * 1000)


@pytest.mark.parametrize("hostile", [forms_in_forms, cells_in_forms], ids=lambda it: it.__name__)
def test_what_takes_few_operators_and_much_work_ends_soon_and_is_told(hostile, monkeypatch):
    begun = []
    inner = Run.inner
    monkeypatch.setattr(Run, "inner", lambda *given: begun.append(1) or inner(*given))
    monkeypatch.setattr(job, "MOST_OPERATORS", 100_000)
    findings = spoilt(hostile)
    assert rules(findings) == {"unchecked"}
    assert findings[0].message == "all that is beyond 100000 operators of content cannot be checked"
    assert 0 < len(begun) <= 100_000 / job.FORM
