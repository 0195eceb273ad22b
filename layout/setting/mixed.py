"""Words of text that is not plainly set in one face: other scripts, and places to break that no space marks.

Characters are taken by grapheme clusters, so that a mark never leaves its base; a cluster is set in the face of its
text where that has it, else in the one that goes with it for the cluster's script (UAX 24, UAX 29).
"""

from collections.abc import Iterator, Sequence
from unicodedata import category

from layout.manuscript.text import Span
from layout.setting.language import TIGHT
from layout.setting.looks import SIGNS, Look, Looks
from layout.setting.shaping import MissingGlyph
from layout.setting.unicode import clusters, line_breaks, script_runs
from layout.setting.words import BREAK, TIES, Atom, Word, plain_look

OWN_SCRIPTS = frozenset(("Latn", "Grek", "Cyrl", "Zyyy", "Zinh", "Zzzz"))
"""Scripts whose letters are set in the face of the text where that has them, and signs of no script."""

RTL = frozenset(("Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"))
"""Scripts that are written from the right, which lines do not order yet."""

SPACES = " \t\n\r\f"


def mixed_words(
    spans: Sequence[Span], style: str, elements: Sequence[int], looks: Looks
) -> list[Word]:
    """Characters as words, as `words_of` makes them; raises `MissingGlyph`.

    Where a line may end between two words that no space parts the second one is `tight`.
    """
    text = "".join([span.text for span in spans])
    breaks = frozenset(line_breaks(text, looks.language))
    words: list[Word] = []
    open_word = False
    for start, end, script, number in _clusters(text, spans):
        span, element, cluster = spans[number], elements[number], text[start:end]
        if span.text == BREAK:
            words.append([Atom(looks.look(style), BREAK, element)])
            open_word = False
            continue
        if cluster[0] in SPACES:
            open_word = False
            continue
        own = looks.of_span(style, span)
        if cluster in TIES:
            atom = Atom(own, cluster, element, span.href)
        else:
            look = look_for(cluster, script, own, looks)
            atom = Atom(look, cluster, element, span.href)
        tight = open_word and start in breaks and _is_tight(text[start - 1], text[start])
        if tight or not open_word:
            words.append([_opened(atom, tight)])
            open_word = True
        else:
            _add(words[-1], atom)
    return [[_capitals(atom, looks) for atom in word] for word in words]


def _opened(atom: Atom, tight: bool) -> Atom:
    return Atom(atom.look, atom.text, atom.element, atom.href, True) if tight else atom


def _add(word: Word, atom: Atom) -> None:
    """Put a cluster to a word: to its last atom, if it is of the same kind."""
    last = word[-1]
    same = last.look is atom.look and last.element == atom.element and last.href == atom.href
    if same and last.text not in TIES and atom.text not in TIES:
        word[-1] = Atom(last.look, last.text + atom.text, last.element, last.href, last.tight)
    else:
        word.append(atom)


def _capitals(atom: Atom, looks: Looks) -> Atom:
    """An atom in the look that words of capitals have, if it is one."""
    look = plain_look(atom.look, atom.text)
    if look is atom.look:
        return atom
    return Atom(look, atom.text, atom.element, atom.href, atom.tight)


def _is_tight(before: str, after: str) -> bool:
    """Whether a line may end between these two because of the script and not of a dash or sign."""
    return TIGHT.match(before) is not None or TIGHT.match(after) is not None


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
    has = own.face.shows(cluster)
    if script in OWN_SCRIPTS and has:
        return own
    if script in RTL:
        # TODO: set them once lines are ordered by the bidirectional algorithm (`unicode.levels`, `unicode.visual`).
        raise MissingGlyph(cluster[0], own.face, script)
    for companion in looks.companions(own, script):
        if companion.script in SIGNS and category(cluster[0])[0] not in "SP":
            continue
        if companion.face.shows(cluster):
            return companion
    if has:
        return own
    wanted = next(c for c in cluster if not own.face.shows(c))
    raise MissingGlyph(wanted, own.face, script)


def missing_from(text: str, own: Look, looks: Looks) -> list[MissingGlyph]:
    """What no face has of a text in the look `own`, in order."""
    found: list[MissingGlyph] = []
    for start, end, script, _ in _clusters(text, (Span(text),)):
        if text[start] not in SPACES:
            try:
                look_for(text[start:end], script, own, looks)
            except MissingGlyph as missing:
                found.append(missing)
    return found
