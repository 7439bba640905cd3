"""What two runs do not share of what a plan hangs on, as a few changes; mixes of the two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from jspmodel.case import NAMED_IN, TABLES, Case
from jspmodel.comparison.causes import CARRIED, MEASURE, MEASURE_TABLES, setting_changes
from jspmodel.errors import DataError, JspError, Problem, RunError, ScenarioError
from jspmodel.intake import check, errors_of, is_filled, nearest_word
from jspmodel.scenario import Scenario
from jspmodel.text import worded

IDLE_TABLES = {
    "agency_dimensions",
    "issue_spillovers",
    "program_agencies",
    "program_documents",
    "program_outputs",
    "realisation",
    "realised_outputs",
}
"""Tables that no plan hangs on: the report and the simulation read them."""
TOLD = ("name", "name_id", "name_en", "source", "status")
"""Columns that no plan hangs on, in whichever table."""
_FILLED_FROM = (
    ("funds", "fund_budgets"),
    ("programs", "program_costs"),
    ("program_regions", "program_costs"),
    ("programs", "program_effects"),
)
"""A table, and one of which rows may be filled in from it."""
_CODES = {
    **NAMED_IN,
    "holder": "regions",
    "option_of": "programs",
    "region_a": "regions",
    "region_b": "regions",
    "issue": "issues",
    "criterion": "criteria",
    "indicator": "indicators",
    "system": "systems",
}
"""The table of the codes that a column holds."""
_FUNDS = "funds"
Inputs = tuple[Case, Scenario]


@dataclass(frozen=True)
class InputChange:
    """What is taken from the second run together, or not at all.

    Attributes
    ----------
    name : str
        Of the group that the caller gave, else its inputs.
    settings : tuple of str
        Keys of the scenario, such as ``budget_scale``.
    tables : tuple of str
        Such as ``program_costs``; ``carried_over`` stands among them, which is no file of its own.
    """

    name: str
    settings: tuple[str, ...]
    tables: tuple[str, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Settings by key, tables by file, money that is carried over."""
        return *self.settings, *map(_named, self.tables)

    @property
    def measure(self) -> bool:
        """Whether it decides what a plan is worth: then plans of both are no longer measured alike."""
        return bool(MEASURE & {*self.settings} or MEASURE_TABLES & {*self.inputs})


def find_changes(
    first: Inputs, second: Inputs, groups: Mapping[str, Sequence[str]]
) -> tuple[InputChange, ...]:
    """Find what differs between two runs and may change the plan.

    Parameters
    ----------
    first, second : tuple of Case and Scenario
        Of one case.
    groups : mapping of str to sequence of str
        By name, the settings and files that are to be one change. What no group names is a change by itself;
        but tables are one change where one names codes that came or went in the other, or has rows filled in
        from the other.

    Returns
    -------
    tuple of InputChange
        Settings first, in the order of their keys, then tables, then money that is carried over. How plans
        are sought and simulated is no change, nor are names and sources in tables, nor tables that no plan
        hangs on.

    Raises
    ------
    RunError
        If nothing differs, or a group names what does not differ or what another group has.
    """
    settings = dict.fromkeys(
        key.split(".")[0]
        for kind, key, *_ in setting_changes(first[1], second[1])
        if kind in {"measure", "rule"}
    )
    tables = [table for table in TABLES if table not in IDLE_TABLES and _differ(table, first[0], second[0])]
    if first[0].carried_over != second[0].carried_over:
        tables.append(CARRIED)
    if not settings and not tables:
        raise worded(RunError, [Problem("same_inputs")])
    alone = [
        *((key,) for key in settings),
        *(tuple(map(_named, joined)) for joined in _joined(tables, first[0], second[0])),
    ]
    return tuple(_change(name, inputs) for name, inputs in _grouped(alone, groups))


def mixed(
    first: Inputs, second: Inputs, changes: Iterable[InputChange], every: Iterable[InputChange]
) -> Inputs:
    """Return the inputs of the first run with some changes of the second.

    Parameters
    ----------
    first, second : tuple of Case and Scenario
    changes : iterable of InputChange
        Those that are made.
    every : iterable of InputChange
        All that there are.

    Returns
    -------
    tuple of Case and Scenario
        Judged as files are. They keep the first run's name, and how plans are sought.

    Raises
    ------
    DataError, ScenarioError
        If the two do not go together: a table names what another does not have, or a setting does.
    """
    made = list(changes)
    case = _mixed_case(
        first[0],
        second[0],
        {table for change in made for table in change.tables},
        {table for change in every for table in change.tables},
    )
    theirs = second[1].model_dump()
    scenario = first[1].replace({key: theirs[key] for change in made for key in change.settings})
    if wrong := errors_of(check(case, scenario)):
        kind: type[JspError] = (
            ScenarioError if any(not one.file.endswith(".csv") for one in wrong) else DataError
        )
        raise worded(kind, wrong)
    return case, scenario


def _mixed_case(first: Case, second: Case, taken: Collection[str], differing: Collection[str]) -> Case:
    if not taken or taken == differing:
        return second if taken else first
    both = {table: getattr(second if table in taken else first, table) for table in TABLES}
    case = Case.from_frames(
        {table: frame for table, frame in both.items() if len(frame)},
        name=first.name,
        title=first.title or "",
        level=first.level,
        question=first.question or "",
        known_systems=first.known_systems,
        contributors=first.contributors,
    )
    return replace(case, carried_over=(second if CARRIED in taken else first).carried_over)


def _differ(table: str, first: Case, second: Case) -> bool:
    before, after = (getattr(case, table).drop(columns=[*TOLD], errors="ignore") for case in (first, second))
    return not before.equals(after)


def _joined(tables: Sequence[str], first: Case, second: Case) -> list[tuple[str, ...]]:
    """Return tables in sets that cannot be told apart, each in the order of the tables."""
    leader = {table: table for table in tables}
    for one, other in _ties(tables, first, second):
        old, new = leader[other], leader[one]
        leader = {table: new if led == old else led for table, led in leader.items()}
    return [
        tuple(table for table in tables if leader[table] == led) for led in dict.fromkeys(leader.values())
    ]


def _ties(tables: Sequence[str], first: Case, second: Case) -> list[tuple[str, str]]:
    filled = [
        pair
        for pair in _FILLED_FROM
        if {*pair} <= {*tables}
        and any(is_filled(getattr(case, pair[1])["source"]).any() for case in (first, second))
    ]
    named = [
        (holder, table)
        for table in tables
        if table != CARRIED
        for column, holder in _CODES.items()
        if holder in tables and holder != table and _names_a_newcomer(table, column, holder, first, second)
    ]
    carried = {_FUNDS, CARRIED} <= {*tables} and _carries_a_newcomer(first, second)
    return [*filled, *named, *([(_FUNDS, CARRIED)] if carried else [])]


def _names_a_newcomer(table: str, column: str, holder: str, first: Case, second: Case) -> bool:
    """Whether a column names a code that only one of the cases has."""
    if column not in getattr(first, table):
        return False
    codes = [{*getattr(case, holder).iloc[:, 0]} for case in (first, second)]
    named = pd.concat([getattr(case, table)[column] for case in (first, second)])
    return bool(named.isin(codes[0] ^ codes[1]).any())


def _carries_a_newcomer(first: Case, second: Case) -> bool:
    """Whether money is carried over by a fund that only one of the cases has."""
    codes = [{*case.funds["fund"]} for case in (first, second)]
    return any(fund in codes[0] ^ codes[1] for fund, _ in (*first.carried_over, *second.carried_over))


def _named(table: str) -> str:
    """Return what a change of a table is called."""
    return table if table == CARRIED else f"{table}.csv"


def _grouped(
    alone: Sequence[tuple[str, ...]], groups: Mapping[str, Sequence[str]]
) -> list[tuple[str, tuple[str, ...]]]:
    """Return names and inputs of the changes, those that groups name put together."""
    owner: dict[str, str] = {}
    known = [name for inputs in alone for name in inputs]
    for group, names in groups.items():
        for name in names:
            if name not in known:
                told = {"value": name, "known": known, "nearest": nearest_word(name, known)}
                raise worded(RunError, [Problem("no_such_change", values=told)])
            inputs = next(inputs for inputs in alone if name in inputs)
            for one in inputs:  # tables that cannot be told apart go together
                if owner.setdefault(one, group) != group:
                    told = {"value": one, "groups": [owner[one], group]}
                    raise worded(RunError, [Problem("change_in_two_groups", values=told)])
    result: dict[str, tuple[str, ...]] = {}
    for inputs in alone:
        name = owner.get(inputs[0], " + ".join(inputs))
        result[name] = (*result.get(name, ()), *inputs)
    return list(result.items())


def _change(name: str, inputs: Sequence[str]) -> InputChange:
    tables = [item for item in inputs if item.endswith(".csv") or item == CARRIED]
    settings = tuple(item for item in inputs if item not in tables)
    return InputChange(name, settings, tuple(table.removesuffix(".csv") for table in tables))
