"""Text as it is painted: where each letter comes to lie, and the words that they make."""

from typing import TYPE_CHECKING, Any, Final

from layout.bindery.diff.content import Look
from layout.bindery.diff.letters import Letters
from layout.bindery.diff.paints import said
from layout.bindery.diff.words import BACK, GAP
from layout.bindery.preflight.press import text as press
from layout.bindery.preflight.press.geometry import Matrix, moved, times
from layout.bindery.preflight.tokens import Row, number_of, row_pieces
from layout.bindery.preflight.tokens import Text as String

if TYPE_CHECKING:
    from layout.bindery.diff.reader import Reader

SPACES: Final = "\u00a0\u2007\u202f\u200b\ufeff"
"""What parts words besides what Python takes for a space, or cannot be seen."""
NOT_PAINTED: Final = "not painted"
"""The paint of text that is there for searching alone."""


class Writing(press.Text):
    """The text objects of one run, letter by letter."""

    run: "Reader"

    def show(self, operands: list[Any]) -> None:
        """Show a string, or the strings of an array with the distances between them."""
        state = self.run.state
        if state.font is None or not operands:
            return
        letters = self.run.letters(state.font)
        look = self.run.look(letters.face, self._height(), self._paint())
        matrix, at, open_at = times(self.matrix, state.ctm), 0.0, None
        step = state.size / 1000 * (1 if letters.is_vertical else state.stretch)
        for piece in _pieces(operands[-1]):
            if isinstance(piece, float):
                at -= piece * step
            else:
                at, open_at = self._letters(letters, piece, at, matrix, look, open_at)
        across, up = (0.0, at) if letters.is_vertical else (at, 0.0)
        self.matrix = times((1, 0, 0, 1, across, up), self.matrix)

    def show_spaced(self, operands: list[Any]) -> None:
        """Set both distances, and show a string on the next line."""
        state = self.run.state
        state.wording, state.spacing = number_of(operands[-3]), number_of(operands[-2])
        self.show_next(operands)

    def _letters(
        self,
        letters: Letters,
        shown: bytes,
        at: float,
        matrix: Matrix,
        look: Look,
        open_at: float | None,
    ) -> tuple[float, float | None]:
        """One string from `at` on; where the next begins, and where the word that is open ends."""
        state, words = self.run.state, self.run.words
        size, stretch, spacing = abs(state.size), state.stretch, state.spacing
        em, vertical = size * stretch, letters.is_vertical
        for code in letters.codes(shown):
            text, wide = letters[code]
            after = at - size - spacing if vertical else at + wide * em + spacing * stretch
            if code == 32 and letters.size == 1:
                after += state.wording * stretch
            if not text or text.isspace() or text in SPACES:
                if text and text not in "\u200b\ufeff":
                    words.space()
                    open_at = None
            else:
                end = at + wide * em
                place, stop = ((0.0, at), (0.0, after)) if vertical else ((at, 0.0), (end, 0.0))
                if open_at is None or not -BACK * em <= at - open_at <= GAP * em or vertical:
                    start = moved(*place, matrix)
                    if not words.goes_on(start, size, matrix):
                        words.begin(start, size, matrix, self.run.is_furniture)
                words.add(text, stop, matrix, look)
                open_at = max(end, after)
            at = after
        return at, open_at

    def _height(self) -> float:
        """The size of the letters as they come out."""
        state = self.run.state
        c, d = times(self.matrix, state.ctm)[2:4]
        return abs(state.size) * float((c * c + d * d) ** 0.5)

    def _paint(self) -> str:
        """What letters are painted with."""
        state, mode = self.run.state, self.run.state.mode & 3
        if mode == press.INVISIBLE:
            return NOT_PAINTED
        extras = self.run.extras()
        fill = said(state.fill, state.alpha_fill, extras)
        if mode == 0:
            return fill
        line = said(state.stroke, state.alpha_stroke, extras)
        return line if mode == 1 else f"{fill} with lines in {line}"


def _pieces(shown: Any) -> Any:
    """Strings and distances."""
    if isinstance(shown, Row):
        return row_pieces(shown)
    if isinstance(shown, list):
        return [it if isinstance(it, String) else number_of(it) for it in shown]
    return [shown] if isinstance(shown, bytes) else []
