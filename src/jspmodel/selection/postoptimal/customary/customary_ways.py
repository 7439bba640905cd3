"""How plans are customarily made: through a list, within shares, or by regions in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jspmodel.selection.postoptimal.customary.budget_shares import Shares
from jspmodel.solver import Array, ColumnMap, ListInsertion, Matrix, Places, neighbourhoods


@dataclass(frozen=True, eq=False)
class Rulebook:
    """The rules that plans must keep, as processes pass them on.

    Attributes
    ----------
    matrix : Matrix
        With finite bounds of columns; the worst-off region's impact is at least the floor.
    column_map : ColumnMap
    programs, regions : int
        How many there are.
    needs : tuple of int
        The regions, the one with the greatest need first.
    floor : float
        Impact that each region with a need must reach, in percent; 0: none is asked for.
    """

    matrix: Matrix
    column_map: ColumnMap
    programs: int
    regions: int
    needs: tuple[int, ...]
    floor: float


@dataclass(frozen=True, eq=False)
class Way:
    """A way to make a plan.

    Attributes
    ----------
    order : tuple of int
        The programmes on the list, by number, the first first.
    shares : Shares or None
        What each may use, until nothing more fits in; then what is left over goes by the same list to
        whatever fits. None: one purse for all.
    in_turn : bool
        Whether regions take turns, each with what gains it most, in place of the list.
    """

    order: tuple[int, ...] = ()
    shares: Shares | None = None
    in_turn: bool = False


@dataclass(frozen=True, eq=False)
class Followed:
    """Where a way leads.

    Attributes
    ----------
    values : array, shape (columns,)
        1 where something starts or takes part.
    unlifted : array, shape (columns,), or None
        The same before regions were lifted to the floor; None where they need not be.
    lifted : tuple of int
        Programmes that came in, or got further regions, only to lift regions.
    """

    values: Array
    unlifted: Array | None = None
    lifted: tuple[int, ...] = ()


def follow(rulebook: Rulebook, way: Way) -> Followed:
    """Make a plan in some way.

    Where a region stays below the floor, the way is gone again as far as leaves room: after its first steps,
    as many of them as halving finds, the regions below are lifted by what lifts them most per rupiah, then
    the way goes on. Where not even its beginning leaves room, the plan that breaks the floor is returned.

    Parameters
    ----------
    rulebook : Rulebook
    way : Way

    Returns
    -------
    Followed
        Whether it keeps all rules is for an audit to say.
    """
    inserted = ListInsertion(rulebook.matrix, rulebook.column_map, _preferences(rulebook, way))
    _go_on(inserted, rulebook, way)
    whole = inserted.values.copy()
    if rulebook.floor <= 0 or inserted.reaches(rulebook.floor):
        return Followed(whole)
    steps = tuple(inserted.steps)

    def leaves_room(kept: int) -> bool:
        inserted.begin_again(steps[:kept])
        return inserted.lift(rulebook.floor)

    if not leaves_room(0):
        return Followed(whole)
    kept = _most(leaves_room, len(steps))
    inserted.begin_again(steps[:kept])
    before = inserted.values.copy()
    inserted.lift(rulebook.floor)
    lifted = _changed(rulebook.column_map, before, inserted.values)
    _go_on(inserted, rulebook, way)
    return Followed(inserted.values.copy(), whole, lifted)


def _go_on(inserted: ListInsertion, rulebook: Rulebook, way: Way) -> None:
    """Go the way on from where it is, as far as it leads."""
    if way.shares is not None:
        inserted.allowed = way.shares.beside(inserted.values)
    inserted.fill()
    if way.in_turn:
        _take_turns(inserted, rulebook)
    else:
        _go_through(inserted, way.order)
    if way.shares is not None:
        inserted.allowed = None
        _go_through(inserted, way.order)
    inserted.fill(again=True)
    _go_through(inserted, way.order, anyone=True)


def _go_through(inserted: ListInsertion, order: tuple[int, ...], *, anyone: bool = False) -> None:
    """Go through the list, and again while something that did not fit before does."""
    while [program for program in order if inserted.insert(program, anyone=anyone)]:
        pass


def _take_turns(inserted: ListInsertion, rulebook: Rulebook) -> None:
    """Let each region in turn put in what gains it most; what no region may join has a turn of its own."""
    refused: set[tuple[int, int | None]] = set()
    again = False
    while True:
        taken = [
            _put_in_favourite(inserted, rulebook.programs, member, refused)
            for member in (*range(rulebook.regions), None)
        ]
        if any(taken):
            again = True
        elif again and refused:
            again = False
            refused.clear()
        else:
            return


def _put_in_favourite(
    inserted: ListInsertion, programs: int, member: int | None, refused: set[tuple[int, int | None]]
) -> bool:
    """Put in what gains a region most and fits; return whether there is such a programme."""
    gains = {
        program: inserted.gain(program, member)
        for program in range(programs)
        if (program, member) not in refused and not inserted.begun(program)
    }
    for program in sorted(gains, key=lambda program: -gains[program]):
        if gains[program] <= 0:
            return False
        if inserted.insert(program, member):
            return True
        refused.add((program, member))
    return False


def _most(holds: Callable[[int], bool], most: int) -> int:
    """Return the largest number, by halving, up to which something holds that holds for 0."""
    low, high = 0, most + 1
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def _preferences(rulebook: Rulebook, way: Way) -> Array:
    """Prefer what is first on the list, then early starts, then regions of great need."""
    columns = rulebook.column_map
    rank = np.full(rulebook.programs, len(way.order))
    rank[list(way.order)] = np.arange(len(way.order))
    turn = np.zeros(rulebook.regions)
    turn[list(rulebook.needs)] = np.arange(rulebook.regions)
    starts = len(columns.start)
    late = np.arange(starts) - np.searchsorted(columns.program, columns.program)
    prefer = np.zeros(len(rulebook.matrix.cost))
    begins = -(rank[columns.program] * (starts + 1.0) + late)
    prefer[columns.start] = begins
    among = turn[columns.places[columns.join, 0]] / (rulebook.regions + 1)
    prefer[columns.join] = begins[columns.parent] - among
    return prefer


def _changed(column_map: ColumnMap, before: Array, after: Array) -> tuple[int, ...]:
    starts = np.flatnonzero(np.abs(after - before)[column_map.start] > neighbourhoods.HALF)
    joins = np.flatnonzero(np.abs(after - before)[column_map.join] > neighbourhoods.HALF)
    found: Places = np.unique(column_map.program[np.concatenate([starts, column_map.parent[joins]])])
    return tuple(found.tolist())
