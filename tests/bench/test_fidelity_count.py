"""The count of what other programs read: what is there, what is in order, and what is not."""

import pytest

from bench.fidelity import counted, folded, rows

WANTED = ["One sentence.", "Another one.", "The last."]


@pytest.mark.parametrize(
    ("have", "found"),
    [
        ("One sentence. Another one. The last.", (3, 3)),
        ("7 One sentence. A head Another one. The last.", (3, 3)),
        ("Another one. One sentence. The last.", (3, 2)),
        ("One sentence. Another 7 one. The last.", (2, 2)),
        ("", (0, 0)),
    ],
)
def test_texts_are_counted_where_they_are_and_where_they_are_in_order(have, found):
    assert counted(WANTED, have) == found


def test_the_rule_joins_a_parted_word_and_nothing_else():
    read = "an ex\u00ad\nample of well-\nknown  words"
    assert folded(read, rule=True) == "an example of well- known words"
    assert "\u00ad" in folded(read, rule=False)


def test_a_reader_that_is_missing_is_named(monkeypatch):
    def missing(path):
        raise FileNotFoundError("no such program")

    monkeypatch.setattr("bench.fidelity.READERS", {"good": lambda path: WANTED[0], "none": missing})
    table = list(rows([(WANTED[:1], "a.pdf")]))
    assert "| good | 1 | 1 | 1 | 1 | 1 |" in table
    assert any(line.startswith("| none | skipped: no such program") for line in table)
