"""A tree of splits whose leaves bound all solutions, with the multipliers that prove each leaf.

Branch and bound over relaxations alone (Land and Doig, "An automatic method of solving discrete programming
problems", 1960), which forgets nothing: HiGHS tells what it found, but not why nothing better is there. Of
each node the multipliers are kept; what they prove anybody can work out again (see ``bound_of``).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from math import prod

import highspy
import numpy as np

from jspmodel.solver.effort import Effort, work_of
from jspmodel.solver.highs import (
    SCALE,
    Options,
    bound_of,
    farkas_multipliers,
    new_highs,
    signed,
    state_relaxed,
)
from jspmodel.solver.matrix import Array, Matrix, Places

TRIED = 3
"""Splits that are looked at closely at a node: those that promise most."""
RELIABLE = 1
"""Times that both sides of a split were solved, after which what it gains is told from them."""
FRACTION = 1e-6
"""How far from whole a value must be to be split on."""
BEYOND = 2.0
"""How many times as far as needed a ray goes, where nothing is in a node."""
Told = Callable[[float], None]
"""Called with the work done so far."""


@dataclass(frozen=True)
class Split:
    """All solutions have at most ``at`` in a column (or row), or at least ``at`` + 1.

    Attributes
    ----------
    row : bool
        Whether ``place`` is a row, whose sums are whole; else a column.
    place, at : int
    """

    row: bool
    place: int
    at: int


@dataclass(eq=False)
class ProofNode:
    """A node of the tree.

    Attributes
    ----------
    bound : float
        What no solution in it exceeds.
    duals : array, shape (rows,)
        The multipliers that prove it.
    split : Split or None
        None: a leaf.
    children : tuple of int
        Numbers of the nodes on either side: at most, at least.
    """

    bound: float
    duals: Array
    split: Split | None = None
    children: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class _Open:
    """A node that may be split: what is changed in it, and where its relaxation ended."""

    number: int
    limits: tuple[tuple[Split, bool], ...]
    values: Array
    sums: Array
    basis: highspy.HighsBasis


@dataclass(order=True)
class _Turn:
    bound: float
    number: int
    node: _Open = field(compare=False)


def proof_tree(
    matrix: Matrix,
    splittable: Places,
    options: Options,
    enough: float,
    effort: Effort,
    told: Told | None = None,
) -> list[ProofNode]:
    """Split until the leaves prove that nothing is worth more than wanted, or the effort ends.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    splittable : array of int
        Rows of whole coefficients and whole columns alone, to split on beside columns.
    options : Options
    enough : float
        A leaf of this bound is not split any more.
    effort : Effort
        What it takes is taken from it; the relaxation of the whole is solved in any case.
    told : callable, optional

    Returns
    -------
    list of ProofNode
        The root first, children after their parents; the largest bound of the leaves holds.
    """
    return _Grower(matrix, splittable, options, enough, effort).grow(told)


class _Grower:
    def __init__(
        self, matrix: Matrix, splittable: Places, options: Options, enough: float, effort: Effort
    ) -> None:
        self._matrix, self._splittable, self._enough, self._effort = matrix, splittable, enough, effort
        self._highs = new_highs(options, effort.seconds)
        state_relaxed(self._highs, matrix)
        self._columns = np.flatnonzero(matrix.integer)
        self._nodes: list[ProofNode] = []

        self._history: dict[tuple[bool, int, bool], list[float]] = {}

    def grow(self, told: Told | None) -> list[ProofNode]:
        root, node = self._solve((), None, None)
        self._nodes.append(root)
        turns: list[_Turn] = []
        self._open(turns, 0, node)
        while turns and not self._effort.over:
            turn = heapq.heappop(turns)
            chosen = self._chosen(turn.node)
            if chosen is None:
                continue  # all is whole: what its relaxation is worth is worth that much
            split, sides = chosen
            first, parent = len(self._nodes), self._nodes[turn.node.number]
            parent.split, parent.children = split, (first, first + 1)
            self._nodes += [new for new, _ in sides]
            for number, (_, opened) in enumerate(sides, start=first):
                self._open(turns, number, opened)
            if told is not None:
                told(self._effort.spent)
        return self._nodes

    def _open(self, turns: list[_Turn], number: int, node: _Open | None) -> None:
        bound = self._nodes[number].bound
        if node is not None and bound > self._enough:
            heapq.heappush(turns, _Turn(-bound, number, replace(node, number=number)))

    def _chosen(self, node: _Open) -> tuple[Split, list[tuple[ProofNode, _Open | None]]] | None:
        """Return the split that gains most, and its sides; None where all is whole.

        Reliability branching: what a split gains is told from its earlier gains, and tried while these are
        few (Achterberg, Koch and Martin, "Branching rules revisited", 2005).
        """
        best = None
        for promised, split in self._candidates(node):
            sides = None
            if not all(self._known(split, up) >= RELIABLE for up in (False, True)):
                sides = self._sides(node, split)
                promised = self._score(self._gain(node, side) for side, _ in sides)
            if best is None or promised > best[0]:
                best = promised, split, sides
        if best is None:
            return None
        _, split, sides = best
        return split, sides or self._sides(node, split)

    def _candidates(self, node: _Open) -> list[tuple[float, Split]]:
        """Return the splits of rows and columns that promise most, with what they promise."""
        found = []
        kinds = ((True, self._splittable, node.sums), (False, self._columns, node.values))
        for row, places, values in kinds:
            own = values[places]
            whole = np.floor(own + FRACTION)
            for k in np.flatnonzero(own - whole > FRACTION).tolist():
                split = Split(row, int(places[k]), int(whole[k]))
                found.append((self._promise(split, float(own[k] - whole[k])), split))
        return sorted(found, key=lambda pair: -pair[0])[:TRIED]

    def _known(self, split: Split, up: bool) -> int:
        return len(self._history.get((split.row, split.place, up), ()))

    def _promise(self, split: Split, part: float) -> float:
        """Return what a split is likely to gain: by its own gains so far, else by those of all."""
        gains = []
        for up, away in ((False, part), (True, 1 - part)):
            own = self._history.get((split.row, split.place, up))
            gains.append((sum(own) / len(own) if own else self._usual) * away)
        return self._score(gains)

    @property
    def _usual(self) -> float:
        known = [sum(gains) / len(gains) for gains in self._history.values()]
        return sum(known) / len(known) if known else 1.0

    @staticmethod
    def _score(gains: Iterable[float]) -> float:
        """Return by how much the bound falls on both sides: the product."""
        return prod(max(gain, FRACTION) for gain in gains)

    def _gain(self, node: _Open, side: ProofNode) -> float:
        bound = self._nodes[node.number].bound
        return min(bound - side.bound, bound - self._enough)

    def _sides(self, node: _Open, split: Split) -> list[tuple[ProofNode, _Open | None]]:
        """Solve both sides of a split, and remember what it gained for each unit that a value had to go."""
        duals = self._nodes[node.number].duals
        value = float((node.sums if split.row else node.values)[split.place])
        sides = [self._solve((*node.limits, (split, up)), node.basis, duals) for up in (False, True)]
        for up, (side, _) in enumerate(sides):
            away = split.at + 1 - value if up else value - split.at
            gain = max(self._gain(node, side), 0.0) / max(away, FRACTION)
            self._history.setdefault((split.row, split.place, bool(up)), []).append(gain)
        return sides

    def _solve(
        self,
        limits: tuple[tuple[Split, bool], ...],
        basis: highspy.HighsBasis | None,
        before: Array | None,
    ) -> tuple[ProofNode, _Open | None]:
        """Solve the relaxation within limits; return what is proven, and where to go on."""
        part = limited(self._matrix, limits)
        self._set(limits, part)
        if basis is not None:
            self._highs.setBasis(basis)
        self._highs.run()
        info, status = self._highs.getInfo(), self._highs.getModelStatus()
        self._effort.spend(work_of(max(1, info.simplex_iteration_count), self._matrix.entries))
        opened: _Open | None = None
        duals = np.zeros(len(part.row_lower)) if before is None else before
        if status == highspy.HighsModelStatus.kOptimal:
            solution = self._highs.getSolution()
            duals = signed(part, -np.array(solution.row_dual) / SCALE)
            values, sums = np.array(solution.col_value), np.array(solution.row_value)
            opened = _Open(0, limits, values, sums, self._highs.getBasis())
        elif status == highspy.HighsModelStatus.kInfeasible:
            duals = self._along_ray(part, duals)
        self._set(limits, self._matrix)
        return ProofNode(bound_of(part, duals)[1], duals), opened

    def _along_ray(self, part: Matrix, duals: Array) -> Array:
        """Return multipliers that prove less than enough, along a ray of infeasibility if HiGHS tells one."""
        ray = farkas_multipliers(self._highs, part)
        if ray is None:
            return duals
        far = max(bound_of(part, duals)[1] - self._enough, 0.0)
        return signed(part, duals) + (BEYOND * far + 1.0) * ray

    def _set(self, limits: tuple[tuple[Split, bool], ...], part: Matrix) -> None:
        for split, _ in limits:
            k = split.place
            if split.row:
                self._highs.changeRowBounds(k, part.row_lower[k], part.row_upper[k])
            else:
                self._highs.changeColBounds(k, part.lower[k], part.upper[k])


def limited(matrix: Matrix, limits: tuple[tuple[Split, bool], ...]) -> Matrix:
    """Return the matrix within the limits of splits, each with whether its upper side is meant."""
    sides = {
        (False, False): matrix.upper.copy(),
        (False, True): matrix.lower.copy(),
        (True, False): matrix.row_upper.copy(),
        (True, True): matrix.row_lower.copy(),
    }
    for split, up in limits:
        side = sides[split.row, up]
        side[split.place] = max(side[split.place], split.at + 1) if up else min(side[split.place], split.at)
    return replace(
        matrix,
        upper=sides[False, False],
        lower=sides[False, True],
        row_upper=sides[True, False],
        row_lower=sides[True, True],
    )
