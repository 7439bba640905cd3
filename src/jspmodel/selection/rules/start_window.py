"""A programme starts within the years that were proposed for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isnan

from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView, starting
from jspmodel.selection.rules.rule import OwnRows, Relaxation, Rule, Values
from jspmodel.selection.variables import Variables, total


def shut(variables: Variables, wide: Inputs, inputs: Inputs) -> OwnRows:
    r"""Shut years outside the window.

    .. math:: \sum_t a_{pt} \, \text{start}_{pt} \le 0

    :math:`a_{pt}` is by how many years *t* is before ``first_start`` or after ``last_start``.
    """
    windows = _windows(inputs)
    for p in wide.proposals.values():
        outside = {t: far for t in p.starts if (far := _away(*windows[p.code], t)) > 0}
        if outside:
            yield (p.code,), total((variables.start[p.code, t], far) for t, far in outside.items()) <= 0


def frees(case: Case, scenario: Scenario) -> tuple[Case, Scenario]:
    """Return the case with every year open."""
    nowhere = float("nan")
    return replace(case, programs=case.programs.assign(first_start=nowhere, last_start=nowhere)), scenario


def _windows(inputs: Inputs) -> dict[str, tuple[float, float]]:
    programs = inputs.case.programs
    windows = zip(programs["first_start"].astype(float), programs["last_start"].astype(float), strict=True)
    return dict(zip(programs["program"], windows, strict=True))


def _away(first: float, last: float, year: int) -> float:
    early = 0.0 if isnan(first) else first - year
    return max(0.0, early, 0.0 if isnan(last) else year - last)


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    (first, last), years = _windows(inputs)[codes[0]], inputs.years
    return {
        "first": years[0] if isnan(first) else int(first),
        "last": years[-1] if isnan(last) else int(last),
    }


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a programme starts between its first and last start."""
    for choice in plan.choices:
        first, last = plan.of(choice, "first_start"), plan.of(choice, "last_start")
        early = 0.0 if isnan(first) else first - choice.start
        late = 0.0 if isnan(last) else choice.start - last
        yield max(early, late), starting(choice)


RULE = Rule(
    "start_window",
    audit,
    relaxations=(Relaxation("window", 9, ("program",), states=shut, frees=frees, offered=7, asks=_asks),),
)
