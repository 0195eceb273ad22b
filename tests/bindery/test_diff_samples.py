"""Our own reprints with one word changed, and two issues of two hundred pages."""

import random
from time import process_time

import pytest
from diff_samples import found, pages
from reprints import SOURCES, reprint


@pytest.mark.parametrize(
    ("name", "around", "old", "new"),
    [
        ("why-hyphens", "you have {} the corner", "turned", "passed"),
        ("why-hyphens", "and the spaces {} until", "swell", "internationalise"),
        ("why-hyphens", "And {} somebody copies", "when", "if"),
        ("mine-ban-convention", "Very {} people", "few", "many"),
        ("mine-ban-convention", "was an {} transition", "easy", "uncomplicated"),
    ],
)
def test_one_word_of_a_source_is_one_word_of_its_pages(name, around, old, new, tmp_path):
    """However its lines are broken then: what moves is told as moved."""
    text = (SOURCES / f"{name}.yaml").read_text()
    assert text.count(around.format(old)) == 1
    edited = tmp_path / f"{name}.yaml"
    edited.write_text(text.replace(around.format(old), around.format(new)))
    changes = found(reprint(f"sources/{name}.yaml").pdf, reprint(edited).pdf)
    assert [(it.old, it.new) for it in changes if it.kind == "words"] == [(old, new)]
    assert {it.kind for it in changes} <= {"words", "reflow", "drawing"}


@pytest.mark.slow
def test_two_issues_of_two_hundred_pages_take_well_under_a_minute():
    rng = random.Random(11)
    vocabulary = [
        "".join(rng.choice("abcdefghilmnoprstu") for _ in range(rng.randint(2, 9)))
        for _ in range(4000)
    ]
    texts = [[[rng.choice(vocabulary) for _ in range(8)] for _ in range(22)] for _ in range(200)]
    edited = [[list(line) for line in text] for text in texts]
    changed = 0
    for text in edited:
        for line in text[2:-2:5]:
            line[3], changed = "CHANGED", changed + 1
    titles = [f"Article {n // 4}" if n % 4 == 0 else None for n in range(200)]
    order = [*range(8, 200), *range(8)]  # two articles come last

    def drawn(texts, order):
        made = [[" ".join(line) for line in texts[at]] for at in order]
        return pages(*made, titles=[titles[at] for at in order], size=6)

    a, b = drawn(texts, range(200)), drawn(edited, order)
    start = process_time()
    changes = found(a, b)
    assert process_time() - start < 30
    assert sum(it.new == "CHANGED" for it in changes) == changed
    assert [it.article for it in changes if it.change == "moved"] == ["Article 0", "Article 1"]
