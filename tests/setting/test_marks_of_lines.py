"""Pieces of a line to runs: those of one look at once are what they are one by one."""

from hypothesis import given
from hypothesis import strategies as st
from setting_samples import looks

from layout.setting.fit import Fit
from layout.setting.runs import _mixed, marks_of
from layout.setting.words import Atom

LOOK = looks().look("text")


@given(
    st.lists(st.sampled_from(("Mine", "ban", "AVAV", "office", "1997")), min_size=1, max_size=9),
    st.floats(0.7, 1.5),
    st.floats(0.98, 1.02),
    st.floats(-0.01, 0.01),
)
def test_a_line_of_one_look_is_one_run(words, space, scale, tracking):
    atoms = [Atom(LOOK, text, 3) for word in words for text in (word, " ")][:-1]
    pieces = [(atom, *LOOK.glyphs(atom.text)) for atom in atoms]
    fit = Fit(space, scale, tracking)
    (run,) = marks_of(pieces, 12.5, fit, 0.0, 0.5)
    assert (run,) == _mixed(pieces, 12.5, fit, 0.0, 0.5)
    assert run.text == " ".join(words)
