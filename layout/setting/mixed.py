"""Words of text that is not plainly set in one face: other scripts, and places to break that no space marks.

Characters are taken by grapheme clusters, so that a mark never leaves its base; a cluster is set in the face of its
text where that has it, else in the one that goes with it for the cluster's script (UAX 24, UAX 29).
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import category

from msgspec.structs import replace

from layout.ground.problems import Problem
from layout.house.companion_table import REGIONS
from layout.house.companions import region_of
from layout.manuscript.text import Span
from layout.setting.eastern import SQUARE, is_ideographic, script_of
from layout.setting.language import primary
from layout.setting.levels import levels_of
from layout.setting.looks import Look, Looks
from layout.setting.shaping import MissingGlyph
from layout.setting.unicode import clusters, line_breaks, script_runs, sharing
from layout.setting.words import BREAK, NO_BREAK_SPACE, SPACES, TIGHT, Atom, Word, plain_look

OWN_SCRIPTS = frozenset(("Latn", "Grek", "Cyrl", "Zyyy", "Zinh", "Zzzz"))
"""Scripts whose letters are set in the face of the text where that has them, and signs of no script."""

LOWER = ("Armn", "Geor")
"""Scripts with letters that rise and descend as old-style figures do."""

_TIGHT = re.compile(f"[{TIGHT}]")

IDEOGRAPHIC_SPACE = "\u3000"

SIGNS = ("Zsye", "Zsym")
"""The codes of emoji and of signs, which belong to no script (ISO 15924)."""


def mixed_words(
    spans: Sequence[Span], style: str, elements: Sequence[int], looks: Looks, part: bool = False
) -> list[Word]:
    """Characters as words, as `words_of` makes them; raises `MissingGlyph`.

    Where a line may end between two words that no space parts the second one is `tight`.
    """
    text = "".join([span.text for span in spans])
    breaks = line_breaks(text, looks.language) if _TIGHT.search(text) else ()
    ends = {at for at in breaks if _TIGHT.match(text[at - 1]) or _TIGHT.match(text[at])}
    levels = levels_of(spans, looks.rtl, part)
    words: list[Word] = []
    inside = False
    for start, end, script, number in _clusters(text, spans):
        span, element = spans[number], elements[number]
        if span.text == BREAK:
            words.append([Atom(looks.look(style), BREAK, element)])
            inside = False
            continue
        cluster = text[start:end].lstrip(SPACES)
        inside = inside and len(cluster) == end - start
        if not cluster:
            continue
        look = looks.of_span(style, span)
        if cluster != NO_BREAK_SPACE:
            look = look_for(cluster, script, look, looks)
        level = lead = 0
        if levels is not None:
            level, lead = levels[end - 1], levels[start - 1 if start else 0]
            look = look.at(level)
        if inside and start not in ends:
            _add(words[-1], Atom(look, cluster, element, span.href, False, level))
        else:
            words.append([Atom(look, cluster, element, span.href, inside, level, lead)])
            inside = True
    lining = primary(looks.language) in SQUARE
    return [[_with_capitals(atom, lining) for atom in word] for word in words]


def _add(word: Word, atom: Atom) -> None:
    """Put a cluster to a word: to its last atom, if it is of the same kind."""
    last = word[-1]
    same = last.look is atom.look and last.element == atom.element and last.href == atom.href
    if same and last.level == atom.level and NO_BREAK_SPACE not in (last.text, atom.text):
        word[-1] = replace(last, text=last.text + atom.text)
    else:
        word.append(atom)


def _with_capitals(atom: Atom, lining: bool) -> Atom:
    """An atom in the look that words of capitals have, if it is one, or its figures are to be as high as capitals."""
    look = plain_look(atom.look, atom.text)
    if lining and atom.look.lining is not None and any(map(str.isdecimal, atom.text)):
        look = atom.look.lining
    if look is atom.look:
        return atom
    return replace(atom, look=look)


def _clusters(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, str, int]]:
    """Start, end and script of each cluster, and the number of its span; spans part clusters."""
    ends = set(clusters(text))
    at, bounds = 0, []
    for span in spans:
        at += len(span.text)
        bounds.append(at)
    ends.update(bounds)
    scripts = iter(script_runs(text))
    script = next(scripts, (0, len(text), "Zyyy"))
    number = start = 0
    for end in sorted(ends):
        if end <= start:
            continue
        while script[1] <= start:
            script = next(scripts)
        while bounds[number] <= start:
            number += 1
        yield start, end, script[2], number
        start = end


def look_for(cluster: str, script: str, own: Look, looks: Looks) -> Look:
    """The look that sets a cluster beside a text in the look `own`; raises `MissingGlyph`."""
    script = script_of(cluster, script, looks.language)
    has = own.face.shows(cluster)
    if script in OWN_SCRIPTS and has:
        return own
    if script in REGIONS:
        script = region_of(script, looks.language)
        if has and is_ideographic(own.face):
            return looks.itself(own, script)
    names = [region_of(it, looks.language) for it in _names(cluster, script, looks.language)]
    if has and names:  # a sign that the text's own face has is not taken from a third script's
        names = [region_of(script, looks.language)]
    for companion in looks.companions(own, names):
        if companion.face.shows(cluster):
            looks.met.used[companion.face.path] = None
            return companion
        if has:  # a figure that a script's serif lacks is no reason to set it in its sans
            break
    if has:
        falls = script in LOWER and "italic" not in own.weight
        return own if falls or not names or script in OWN_SCRIPTS else looks.upright(own, script)
    wanted = next(c for c in cluster if not own.face.shows(c))
    raise MissingGlyph(wanted, own.face, script)


def _names(cluster: str, script: str, language: str) -> tuple[str, ...]:
    """Where a cluster's face is looked for: a sign belongs to no script, what parts lines has no face at all.

    A full stop such as the danda is shared by scripts, and may stand after a word of another one.
    """
    kind = category(cluster[0])[0]
    if kind == "S":
        return (*SIGNS, script)
    if kind == "P":
        return tuple(dict.fromkeys((script, *sharing(cluster[0], language), *SIGNS)))
    return () if kind == "Z" and cluster[0] != IDEOGRAPHIC_SPACE else (script,)


def passed_over(missing: MissingGlyph, own: Look, looks: Looks) -> list[Problem]:
    """Faces that might have had what is missing and were passed over, each with the reason."""
    return looks.passed_over(own, _names(missing.character, missing.script, looks.language))


def missing_from(text: str, own: Look, looks: Looks) -> list[MissingGlyph]:
    """What no face has of a text in the look `own`, in order."""
    found: list[MissingGlyph] = []
    for start, end, script, _ in _clusters(text, (Span(text),)):
        if text[start:end].strip(SPACES):
            try:
                look_for(text[start:end].lstrip(SPACES), script, own, looks)
            except MissingGlyph as missing:
                found.append(missing)
    return found
