"""Why two runs differ: what each change of the inputs does to the worth of the plan and its programmes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import factorial

from jspmodel.comparison.attribution import Attribution, Departure, Part, Verdict
from jspmodel.comparison.attribution_ends import Compared, End, read_end
from jspmodel.comparison.compared_runs import Run
from jspmodel.comparison.input_changes import find_changes
from jspmodel.comparison.input_mixes import Mix, Mixer
from jspmodel.comparison.pooled_plans import SAME
from jspmodel.comparison.shapley_parts import (
    Effect,
    Mixture,
    Order,
    Worth,
    difference,
    draw_orders,
    least_and_most,
    mixtures_on,
    passable,
    shapley_part,
    standard_error,
)
from jspmodel.errors import JspError, Problem, RunError
from jspmodel.text import worded

ORDERS = 8
"""Orders that are drawn where there are more than four changes: half of them the reverse of the others."""
Watch = Callable[[int, int, tuple[str, ...]], None]
"""Called before a mix is sought: how many are done, how many there are, the changes that it makes."""


def attribute_difference(
    first: Compared | End,
    second: Compared | End,
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    orders: int = ORDERS,
    seed: int = 1,
    progress: Watch | None = None,
) -> Attribution:
    r"""Tell what of the difference between two runs comes from which change of the inputs.

    The inputs of both are mixed: each setting and table that differs is taken from the one or the other. With
    v(S) what the best plan is worth where the changes S are made, the part of a change is its Shapley value:
    the mean, over all orders in which the changes can be made, of what it does when its turn comes (Shapley,
    "A value for n-person games", 1953; for differences of a model's results: Shorrocks, "Decomposition
    procedures for distributional analysis", 2013). Parts add up to the difference, changes that do the same
    have the same part, and one that never does anything has none. Each v(S) is known as an interval from plan
    and bound, so each part is one; a plan found for one mix counts for others whose rules it keeps. The
    mathematics: docs/why/cause-of-a-difference.md.

    Parameters
    ----------
    first, second : Run, str, Path, (Case, Scenario) or (Case, Scenario, Plan)
        Finished runs (their folders, or as ``cut_budgets`` returns them), or inputs in memory, with the plan
        where it is known. Of the same case.
    groups : mapping of str to sequence of str, optional
        Changes to be taken together, by the name of the group: settings by key, tables by file, such as
        ``{"money": ["budget_scale", "fund_budgets.csv"]}``.
    orders : int
        Where there are more than four changes and more orders than these: how many are drawn, in pairs of an
        order and its reverse (Castro, Gomez and Tejada 2009), at least four. Then nothing is proven.
    seed : int
        Of the draws.
    progress : callable, optional
        Called with the number of mixes that are done, the number of all that are sought, and the names of the
        changes of the next.

    Returns
    -------
    Attribution

    Raises
    ------
    DataError
        If there is no such folder.
    RunError
        If they are of different cases, nothing that a plan hangs on differs, the tables of a run are gone or
        have changed since, a run found no plan or its plan is of other inputs, or a group names what does not
        differ.
    InfeasibleError, SolverError
        If one of the two, its plan not being known, has none or none was found.

    Notes
    -----
    Up to four changes take 2^k mixes (14 searches beside the runs themselves), each with the effort that the
    first scenario asks for. Plans are kept, so that a second call costs nothing.

    Examples
    --------
    >>> import jspmodel as jsp
    >>> case, scenario = jsp.load("diy")
    >>> try:
    ...     jsp.comparison.attribute_difference((case, scenario), (case, scenario.replace(name="copy")))
    ... except jsp.RunError as error:
    ...     print(error.problems[0].code)
    same_inputs
    """
    ends = read_end(first), read_end(second)
    if len(names := sorted({end.case.name for end in ends})) > 1:
        raise worded(RunError, [Problem("different_cases", values={"cases": names})])
    changes = find_changes(ends[0].inputs, ends[1].inputs, groups or {})
    drawn = draw_orders(len(changes), orders, seed)
    mixer = Mixer(*ends, changes)
    mixes = _mix_all(mixer, mixtures_on(drawn), progress)
    worths = {mixture: Worth(mix.worth, mix.bound) for mixture, mix in mixes.items() if mix.worth is not None}
    whole = frozenset(range(len(changes)))
    reader = _Reader(mixer, mixes, worths, drawn, passable(drawn, worths))
    return Attribution(
        case=names[0],
        first=ends[0].label,
        second=ends[1].label,
        kind=ends[0].scenario.objective,
        difference=difference(whole, frozenset(), worths) if whole in worths else None,
        parts=tuple(map(reader.part, whole)),
        departures=reader.departures(),
        mixes=tuple(mixes.values()),
        orders=len(reader.passed),
        asked=len(drawn),
        exact=reader.exact,
        versions=tuple(dict.fromkeys(name for end in ends for name in end.versions)),
    )


def attribute_each(
    first: Run,
    others: Sequence[Run],
    progress: Callable[[str, int, int, tuple[str, ...]], None] | None = None,
) -> tuple[dict[str, Attribution], dict[str, tuple[Problem, ...]]]:
    """Attribute the difference of each of several runs to the first of them, wherever that can be done.

    Parameters
    ----------
    first : Run
    others : sequence of Run
        Of the same case.
    progress : callable, optional
        As ``attribute_difference`` takes it, with the label of the run before.

    Returns
    -------
    attributions : dict of label to Attribution
    refused : dict of label to tuple of Problem
        Why the others could not be attributed.
    """
    found: dict[str, Attribution] = {}
    refused: dict[str, tuple[Problem, ...]] = {}
    reference: Run | End = first
    for run in others:
        watch = None if progress is None else partial(progress, run.label)
        try:
            reference = read_end(reference)  # its tables are read once
            found[run.label] = attribute_difference(reference, run, progress=watch)
        except JspError as error:
            refused[run.label] = error.problems
    return found, refused


def _mix_all(mixer: Mixer, mixtures: Sequence[Mixture], progress: Watch | None) -> dict[Mixture, Mix]:
    """Return the mixes with their plans; the ends are sought first, without which the rest is in vain."""
    found: dict[Mixture, Mix] = {}
    sought = [mixture for mixture in mixtures if not mixer.known(mixture)]
    for mixture in sorted(mixtures, key=lambda mixture: 0 < len(mixture) < len(mixer.changes)):
        if progress and mixture in sought:
            done = sum(mixture in found for mixture in sought)
            progress(done, len(sought), mixer.names(mixture))
        found[mixture] = mixer.mix(mixture)
    return {mixture: mixer.pooled(mixture, found[mixture]) for mixture in mixtures}


@dataclass(frozen=True, eq=False)
class _Reader:
    """Reads the answers off the mixes.

    ``drawn`` are the orders asked for, ``passed`` those of which every mix has a plan that can be judged.
    """

    mixer: Mixer
    mixes: Mapping[Mixture, Mix]
    worths: Mapping[Mixture, Worth]
    drawn: Sequence[Order]
    passed: Sequence[Order]

    @property
    def exact(self) -> bool:
        """Whether all orders that there are were asked for."""
        return len(self.drawn) == factorial(len(self.mixer.changes))

    def part(self, place: int) -> Part:
        change = self.mixer.changes[place]
        if not self.passed:
            return Part(change.name, change.inputs, "unknown", None, None, None, None)
        effect = shapley_part(place, self.passed, self.worths)
        least, most = least_and_most(place, self.passed, self.worths)
        error = 0.0 if self.exact else standard_error(place, self.drawn, self.worths)
        return Part(change.name, change.inputs, self._verdict(effect), effect, least, most, error)

    def _verdict(self, effect: Effect) -> Verdict:
        if effect.low is None or effect.high is None:
            return "other_measure" if any(change.measure for change in self.mixer.changes) else "within"
        if not self.exact:
            return "sampled"
        if any(mix.finding == "not_found" for mix in self.mixes.values()):
            return "incomplete"
        noise = SAME + max(mix.tolerance for mix in self.mixes.values())
        if -noise <= effect.low and effect.high <= noise:
            return "same"
        return "proven" if effect.low > SAME or effect.high < -SAME else "within"

    def departures(self) -> tuple[Departure, ...]:
        whole = frozenset(range(len(self.mixer.changes)))
        stayed = set(self.mixes[whole].programs)
        return tuple(
            self._departure(program, whole)
            for program in self.mixes[frozenset()].programs
            if program not in stayed
        )

    def _departure(self, program: str, whole: Mixture) -> Departure:
        without = {self.mixer.changes[place].name: self.mixes.get(whole - {place}) for place in sorted(whole)}
        return Departure(
            program,
            alone=tuple(name for name, mix in without.items() if mix and program in mix.programs),
            unknown=tuple(name for name, mix in without.items() if mix is None or not mix.has_plan),
        )
