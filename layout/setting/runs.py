"""Pieces of a line to marks: runs of one look side by side, links over what is linked."""

from layout.setting.fit import AS_IT_IS, Fit, SquareFit
from layout.setting.looks import EASTERN, Look
from layout.setting.marks import Link, Mark, Rule, Run, Shaped, Tint
from layout.setting.pieces import Piece, Sign
from layout.setting.words import Atom


def marks_of(
    pieces: list[Piece], x: float, fit: Fit | SquareFit, squeeze: float, link_rule: float
) -> tuple[Mark, ...]:
    """Pieces side by side as runs of one look, with links over what is linked and the sign after the last."""
    first = pieces[0][0] if pieces else None
    if isinstance(first, Atom) and _is_plain(pieces, first):
        shapes = [shaped for _, shaped, _ in pieces if shaped is not None]
        return (run_of(first, shapes, x, fit, squeeze, False),)
    return _mixed(pieces, x, fit, squeeze, link_rule)


def _mixed(
    pieces: list[Piece], x: float, fit: Fit | SquareFit, squeeze: float, link_rule: float
) -> tuple[Mark, ...]:
    """The same where looks, elements or links change inside a line."""
    marks: list[Mark] = []
    run: list[Shaped] = []
    holder: Atom | None = None
    start, joined = x, False
    scale, spread = fit.scale, fit.tracking
    links: list[tuple[str, float, float, Atom, str]] = []
    for atom, shaped, width in pieces:
        if isinstance(atom, Sign):
            marks.append(Tint(x + atom.gap, 0.0, atom.size, atom.size, atom.colour))
            x += width
            continue
        assert shaped is not None
        look = atom.look
        if holder is not None and (look is not holder.look or atom.element != holder.element):
            marks.append(run_of(holder, run, start, fit, squeeze, joined))
            holder, joined = None, True
        if holder is None:
            holder, run, start, spread = atom, [], x, _spread(look, fit)
        run.append(shaped)
        if shaped.is_space:
            # The letterspace after the letter before it is part of the space: so wide it is, whatever letters do.
            advance = width * fit.space - spread * look.size + squeeze
        else:
            own = look.tracking * shaped.letters
            advance = (width - own) * scale + own + (spread * look.size + squeeze) * shaped.letters
        end = x + advance - (0.0 if shaped.is_space else spread * look.size)
        if atom.href:
            again = links and links[-1][0] == atom.href and links[-1][3].element == atom.element
            if again and abs(links[-1][2] - x) < 1.0:
                href, left, _, first, text = links[-1]
                links[-1] = (href, left, end, first, text + shaped.text)
            else:
                links.append((atom.href, x, end, atom, shaped.text))
        x += advance
    if holder is not None:
        marks.append(run_of(holder, run, start, fit, squeeze, joined))
    for href, left, right, atom, text in links:
        marks += link_marks(href, left, right, atom, text, link_rule)
    return tuple(marks)


def _is_plain(pieces: list[Piece], first: Atom) -> bool:
    """Whether a line is one run without links, as nearly all are: nothing need be known of where its pieces stand."""
    look, element = first.look, first.element
    for atom, _, _ in pieces:
        if not isinstance(atom, Atom) or atom.look is not look or atom.element != element:
            return False
        if atom.href:
            return False
    return True


def _spread(look: Look, fit: Fit | SquareFit) -> float:
    """The letterspace of one look in a line, in ems."""
    if fit.square and look.script in EASTERN:
        return fit.tracking + fit.square
    return fit.tracking


def run_of(
    atom: Atom, pieces: list[Shaped], x: float, fit: Fit | SquareFit, squeeze: float, joined: bool
) -> Run:
    """Pieces in the look of `atom` as a run from `x` on, spread as the line is fitted."""
    look = atom.look
    spread = _spread(look, fit) * look.size
    stretch = 0.0
    if fit is not AS_IT_IS:
        stretch = (
            look.space * fit.space
            - (look.space - look.tracking) * fit.scale
            - look.tracking
            - 2 * spread
        )
    return Run(
        x,
        0.0,
        look.face,
        look.size,
        look.colour,
        tuple(pieces),
        atom.element,
        stretch,
        look.tracking + spread + squeeze,
        fit.scale * look.wide,
        joined,
        look.shaper.rtl,
    )


def link_marks(
    href: str, left: float, right: float, atom: Atom, text: str, weight: float
) -> tuple[Mark, ...]:
    """A live area over linked words, and the fine rule under them."""
    size = atom.look.size
    area = Link(
        left, -0.25 * size, right - left, size, href, text.replace("\u00ad", ""), atom.element
    )
    if not atom.look.style.underline:
        return (area,)
    return (area, Rule(left, -0.19 * size, right - left, weight, "brand"))
