"""Words of India and South East Asia: no hyphen, and no line that ends, inside a cluster, as ICU has them."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import icu
import pytest
from msgspec.structs import replace
from setting_samples import focus, line_texts

from layout.house.companions import chain
from layout.manuscript.text import Span
from layout.setting.hyphens import hyphenator
from layout.setting.looks import Looks
from layout.setting.paragraph import Setter
from layout.setting.words import letters_of, parts_of


@dataclass(frozen=True)
class Sample:
    script: str
    language: str
    text: str


SAMPLES = (
    Sample("Deva", "hi", "मनुष्यों स्वतन्त्रता भ्रातृत्वपूर्ण क्षत्रियत्व राष्ट्रीयकरण"),
    Sample("Deva", "mr", "स्वातंत्र्यवीरांच्या विद्यार्थ्यांसाठी"),
    Sample("Deva", "sa", "धर्मक्षेत्रेकुरुक्षेत्रेसमवेतायुयुत्सवः"),
    Sample("Beng", "as", "স্বাধীনভাৱে ভ্ৰাতৃত্বসুলভ"),
    Sample("Taml", "ta", "சுதந்திரமாகவே நடந்துகொள்ளவேண்டும்"),
    Sample("Thai", "th", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน"),
)
"""Languages that pyphen has patterns for are among them: Assamese, Marathi, Sanskrit, Thai."""

HYPHENED = ("as", "mr", "sa", "ta")
"""Those whose words part with hyphens."""


class Alone(Looks):
    """The looks of a brand that brings its own faces for a script for which there are no others."""

    def companions(self, look, scripts):
        return iter(())


@cache
def looks(sample, in_own_face):
    """The looks of the brand, or of one whose own face is that of the script."""
    brand = focus()
    if in_own_face:
        file = chain(sample.script, sample.language, "serif", "regular")[0]
        fonts = {role: replace(family, regular=file, italic=None, semibold=None, semibold_italic=None, optical=())
                 for role, family in brand.fonts.items()}  # fmt: skip
        brand = replace(brand, fonts=fonts)
        return Alone(brand, sample.language)
    return Looks(brand, sample.language)


def clusters(text):
    breaker = icu.BreakIterator.createCharacterInstance(icu.Locale.getRoot())
    breaker.setText(text)
    return [text[a:b] for a, b in pairwise([0, *breaker])]


@pytest.mark.parametrize("in_own_face", [False, True], ids=["companion", "own"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda it: it.language)
def test_words_fall_into_clusters_and_hyphens_stand_between_these(sample, in_own_face):
    setter = Setter(looks(sample, in_own_face), hyphenator)
    for word in setter.words([Span(sample.text)], "text", 7):
        for atom in word:
            parts = parts_of(atom.look, atom.text, hyphenator(sample.language))
            hyphened = [part.text for part in parts if part.ends == "-"]
            assert bool(hyphened) == (sample.language in HYPHENED)
            assert all(len(clusters(part)) >= 1 and part for part in hyphened)
            if hyphened:
                assert len(clusters(hyphened[0])) > 1 and len(clusters(parts[-1].text)) > 1
            letters = [it.text for part in parts for it in letters_of(atom.look, part)]
            assert letters == clusters(atom.text)


@pytest.mark.parametrize("in_own_face", [False, True], ids=["companion", "own"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda it: it.language)
def test_lines_too_narrow_for_a_word_end_between_clusters(sample, in_own_face):
    setter = Setter(looks(sample, in_own_face), hyphenator)
    text = sample.text
    edges, at = {0}, 0
    for cluster in clusters(text):
        at += len(cluster)
        edges.add(at)
    lines = line_texts(setter.set_spans([Span(text)], "text", 30.0, 7))
    assert len(lines) > 2
    at = 0
    for line in lines:
        assert sample.language in HYPHENED or not line.endswith("\u00ad")
        line = line.removesuffix("\u00ad")
        at = text.index(line, at) + len(line)
        assert at in edges, line
    assert "".join(lines).replace(" ", "").replace("\u00ad", "") == text.replace(" ", "")
