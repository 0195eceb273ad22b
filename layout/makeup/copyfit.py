"""Copyfit: an interview in just so many pages, by moving what the brand lets move, as little as serves.

The levers are pulled in the brand's order, each step by step to its limit before the next one moves. The
first setting of them that fills the pages and ends level is taken; where none does, the refusal says by
how many lines.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from msgspec import Struct

from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.brand import Lever
from layout.house.levers import gain, moved, named, resting
from layout.makeup.furniture import Banner
from layout.makeup.makeup import Plan, plan
from layout.manuscript.interview import Figure, Heading, Interview, PullQuote
from layout.setting.compose import compose
from layout.setting.galley import Galley
from layout.setting.looks import TypeCase
from layout.setting.settings import Memo

FORGOTTEN = 6
"""A last page with fewer lines of text is fitted back, where the brand's levers reach so far."""

REACHED = 1.2
"""Levers whose guess at the end is not this many times what is wanted are not tried further once a guess has failed."""

NUDGES = 3
"""So many steps either way are tried to make a last page level."""

LEVEL = 1
"""Grid lines by which the columns of an even last page may differ."""


class Fitted(NamedTuple):
    """A galley with its plan and the type it is set in, and what was moved for it."""

    galley: Galley
    plan: Plan
    case: TypeCase
    notes: tuple[Problem, ...]


class Wanted(Struct, frozen=True):
    """So many pages: at least and at most."""

    least: int
    most: int

    def __str__(self) -> str:
        if self.least == self.most:
            return "1 page" if self.most == 1 else f"{self.most} pages"
        return f"{self.least} to {self.most} pages"


Setting = tuple[tuple[Lever, float], ...]
"""Levers and their values, those that moved only."""


def fit(
    interview: Interview,
    case: TypeCase,
    banner: Banner,
    file: str,
    wanted: Wanted | None = None,
    parted: frozenset[int] = frozenset(),
) -> Fitted:
    """The interview of `file` set and planned: in the pages that are wanted, or as the brand has it.

    After the pages with the numbers `parted` others will stand. Raises `Refused` where the levers do not reach.
    """
    fitted = _Copyfitter(interview, case, banner, file, parted).fit(wanted)
    fitted.plan.settle()
    return fitted


class _Copyfitter:
    def __init__(
        self,
        interview: Interview,
        case: TypeCase,
        banner: Banner,
        file: str,
        parted: frozenset[int],
    ) -> None:
        self.interview, self.case, self.banner, self.file = interview, case, banner, file
        self.parted = parted
        self.memo: Memo = {}
        self.levers = [lever for lever in case.brand.copyfit if self._reaches(lever)]

    def _reaches(self, lever: Lever) -> bool:
        """Whether a lever can change anything in this interview."""
        kinds = {"headings": (Heading, PullQuote, Figure), "figures": (Figure,)}.get(lever.move)
        return kinds is None or any(isinstance(e, kinds) for e in self.interview.interview)

    def fit(self, wanted: Wanted | None) -> Fitted:
        """As it is if that will do, else with levers moved."""
        natural = self._set(())
        if wanted is None:
            return self._mended(natural)
        if self._fills(natural.plan, wanted):
            return natural
        tighter = natural.plan.pages > wanted.most or (
            natural.plan.pages == wanted.most and natural.plan.pages > wanted.least
        )
        orders = (
            (tighter, not tighter)
            if wanted.least <= natural.plan.pages <= wanted.most
            else (tighter,)
        )
        for direction in orders:
            for setting in self._settings(direction):
                found = self._set(setting)
                if self._fills(found.plan, wanted):
                    return self._noted(found, setting)
                if not wanted.least <= found.plan.pages and direction:
                    break  # past it: further steps lead away
        raise self._out_of_range(natural.plan, wanted)

    def _mended(self, natural: Fitted) -> Fitted:
        """A last page of a line or two is fitted back, one that is not level is made so, if the levers reach so far."""
        made = natural.plan
        if not self.levers:
            return natural
        found = None
        if made.pages > 1 and made.last_lines < FORGOTTEN:
            found = self._search(made, Wanted(made.pages - 1, made.pages - 1))
        elif made.uneven > LEVEL and not made.excused:
            found = self._evened(Wanted(made.pages, made.pages))
        return found or natural

    def _evened(self, wanted: Wanted) -> Fitted | None:
        """The smallest move that makes the last page level in as many pages."""
        tighter, looser = (self._settings(way)[:NUDGES] for way in (True, False))
        for pair in zip_longest(tighter, looser):
            for setting in filter(None, pair):
                if self._fills(self._quick(setting), wanted):
                    found = self._set(setting)
                    if self._fills(found.plan, wanted):
                        return self._noted(found, setting)
        return None

    def _fills(self, made: Plan, wanted: Wanted) -> bool:
        """Whether a plan has the pages that are wanted, the last one even and worth its paper."""
        if not wanted.least <= made.pages <= wanted.most:
            return False
        if made.uneven > LEVEL and not made.excused:
            return False
        return made.pages == 1 or made.last_lines >= FORGOTTEN

    def _search(self, natural: Plan, wanted: Wanted) -> Fitted | None:
        """A tighter setting of the levers that does, where nobody asked for one: near the first, in few galleys.

        Once the first guess has failed, the last setting is looked at: where that has too many pages, all have.
        """
        settings = self._settings(True)
        wanting = self._beyond(natural, wanted) + 1
        moved = [self._moved(natural, setting) for setting in settings]
        last = len(settings) - 1
        guess = next((n for n, lines in enumerate(moved) if lines >= wanting), last)
        for number in sorted({n for n in (guess, guess + 1, guess + 3, last) if 0 <= n <= last}):
            found = self._set(settings[number])
            if self._fills(found.plan, wanted):
                return self._noted(found, settings[number])
            if number == guess < last and (
                moved[last] < wanting * REACHED or self._quick(settings[last]).pages > wanted.most
            ):
                break  # out of reach
        return None

    def _moved(self, natural: Plan, setting: Setting) -> float:
        """How many grid lines a setting is likely to save, or to add: a guess, to look near the right place first."""
        brand, lines = self.case.brand, 0.0
        for lever, value in setting:
            # Leading makes room for all that stands on a page, the rest makes the text shorter.
            of = natural.lines_in_all if lever.move == "leading" else natural.text_lines
            lines += of * abs(gain(brand, lever, value))
        return lines

    def _beyond(self, made: Plan, wanted: Wanted) -> int:
        """Grid lines of a plan beyond the most pages that are wanted."""
        return made.lines_in_all - made.full * wanted.most

    def _settings(self, tighter: bool) -> list[Setting]:
        """Every step in one direction: each lever to its limit, those before it left there."""
        found: list[Setting] = []
        before: Setting = ()
        for lever in self.levers:
            values = _steps(resting(self.case.brand, lever), lever, tighter)
            found += [(*before, (lever, value)) for value in values]
            if values:
                before = (*before, (lever, values[-1]))
        return found

    def _quick(self, setting: Setting) -> Plan:
        """How many pages a setting takes, as a rule."""
        galley, case = self._composed(setting)
        return plan(galley, case, self.banner, self.file, quick=True, parted=self.parted)

    def _set(self, setting: Setting) -> Fitted:
        galley, case = self._composed(setting)
        made = plan(galley, case, self.banner, self.file, parted=self.parted)
        return Fitted(galley, made, case, ())

    def _composed(self, setting: Setting) -> tuple[Galley, TypeCase]:
        """The interview in the type of a setting."""
        case = self.case
        if setting:
            brand = case.brand
            for lever, value in setting:
                brand = moved(brand, lever, value)
            case = case.fitted(brand, tuple([(lever.move, value) for lever, value in setting]))
        # The first galley is set without a memo: most interviews are set once.
        memo = self.memo if setting else None
        return compose(self.interview, case, self.file, memo), case

    def _noted(self, found: Fitted, setting: Setting) -> Fitted:
        """What moved and by how much, for whoever asked."""
        moves = ", ".join(
            f"{lever.move} {named(lever, resting(self.case.brand, lever))} to {named(lever, value)}"
            for lever, value in setting
        )
        pages = Wanted(found.plan.pages, found.plan.pages)
        note = Problem(Place(self.file), f"fitted to {pages}: {moves}", "", "note")
        return found._replace(notes=(note,))

    def _out_of_range(self, natural: Plan, wanted: Wanted) -> Refused:
        """How many lines are over or short once everything has moved as far as it may."""
        tighter = natural.pages > wanted.most
        settings = self._settings(tighter)
        made = self._set(settings[-1]).plan if settings else natural
        place = Place(self.file)
        moved = "with everything moved as far as the brand allows"
        more = "allow more under `copyfit:` in the brand"
        if made.pages > wanted.most:
            over = _lines(made.lines_over(wanted.most))
            return refuse(place, f"{over} over {wanted}, {moved}", f"shorten the text, or {more}")
        if made.pages < wanted.least:
            short = _lines(made.lines_short(wanted.least))
            return refuse(
                place, f"{short} short of {wanted}, {moved}", f"lengthen the text, or {more}"
            )
        fault = "would not end level"
        if made.pages > 1 and made.last_lines < FORGOTTEN:
            fault = f"would hold only {made.last_lines} lines"
        message = f"the last of {wanted} {fault}, whatever the brand lets move"
        return refuse(place, message, "change the text by some lines, or ask for another number")


def _lines(count: int) -> str:
    return "1 line of the grid is" if count == 1 else f"{count} lines of the grid are"


def _steps(rest: float, lever: Lever, tighter: bool) -> Sequence[float]:
    """The values of a lever from its rest to one limit, the limit included."""
    limit = lever.least if tighter else lever.most
    way = limit - rest
    if abs(way) < 1e-9 or (way > 0) == tighter:
        return ()
    count = int(abs(way) / lever.step + 1e-9)
    sign = -1 if tighter else 1
    values = [round(rest + sign * lever.step * (n + 1), 6) for n in range(count)]
    if not values or abs(values[-1] - limit) > 1e-6:
        values.append(limit)
    return values
