"""What each region would pay of a joint programme, by every method side by side."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.bar_matrix import bar_matrix
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import validated_whole
from jspmodel.collaboration import METHODS, CostShares
from jspmodel.errors import DataError, Problem
from jspmodel.figures import group, leaves, saving
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, number, say, short_names, worded

_MOST = 15


@validated_whole
def cost_shares(
    case: Case, scenario: Scenario, sharing: CostShares, language: Language, program: str = ""
) -> alt.LayerChart:
    """Draw the shares of a joint programme (Rp billion over the horizon), one column a method.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    sharing : CostShares
        As ``share_costs`` returns it.
    language : {"id", "en"}
    program : str
        Code of a joint programme; empty: the one where the Shapley value and the nucleolus differ most, else
        the one that shares most.

    Returns
    -------
    LayerChart
        One row a region, of many the 15 that would pay most alone. The table has all, and who would rather
        leave.

    Raises
    ------
    DataError
        If the programme is not one of ``sharing.programs``.
    """
    if sharing.programs.empty:
        nothing = Message(say("sharing.chart_none", language), "", Table((), (), ()))
        return with_message(bar_matrix(_no_cells(), [], []), nothing, language)
    told = _ProgramCosts(case, sharing, _chosen(sharing, program), language)
    message = Message(told.title(), told.note(measure.horizon(case, scenario)[-1]), told.table())
    return with_message(told.draw(), message, language)


def shares_data(case: Case, sharing: CostShares, language: Language, program: str = "") -> Table:
    """Return the table of ``cost_shares``: own parts, cost alone, shares, and who would rather leave.

    Parameters
    ----------
    case : Case
    sharing : CostShares
        With at least one programme.
    language : {"id", "en"}
    program : str
        As for ``cost_shares``.

    Returns
    -------
    Table
    """
    return _ProgramCosts(case, sharing, _chosen(sharing, program), language).table()


def _chosen(sharing: CostShares, program: str) -> str:
    known = list(sharing.programs["program"])
    if program and program not in known:
        problem = Problem("program_not_shared", values={"program": program, "programs": ", ".join(known)})
        raise worded(DataError, [problem])
    return program or _most_telling(sharing)


def _most_telling(sharing: CostShares) -> str:
    wide = sharing.shares.pivot_table(index=["program", "region"], columns="method", values="share")
    apart = (wide["shapley"] - wide["nucleolus"]).abs().groupby("program").max().round(6)
    order = sharing.programs.assign(apart=sharing.programs["program"].map(apart))
    return str(order.sort_values(["apart", "shared"], ascending=False, kind="stable")["program"].iloc[0])


def _no_cells() -> pd.DataFrame:
    return pd.DataFrame({"row": [], "column": [], "whole": [], "part": [], "text": []})


class _ProgramCosts:
    """One programme in one language."""

    def __init__(self, case: Case, sharing: CostShares, program: str, language: Language) -> None:
        self.case, self.language, self.names = case, language, short_names(case)
        self.leaves = [leaves(case, sharing, program, method, language) for method in METHODS]
        self.name = case.names("programs", language)[program]
        self.advice = sharing.programs.set_index("program").loc[program]
        self.shares = sharing.shares[sharing.shares["program"] == program]
        self.stability = sharing.stability[sharing.stability["program"] == program].set_index("method")
        self.wide = self.shares.pivot_table(index="region", columns="method", values="share", sort=False)
        self.methods = [method for method in METHODS if method in self.stability.index]
        self.costs = self.shares.drop_duplicates("region").set_index("region")[["own", "alone"]]

    def shown(self) -> list[str]:
        largest = set(self.costs["alone"].nlargest(_MOST).index)
        return [region for region in self.costs.index if region in largest]

    def draw(self) -> alt.LayerChart:
        shown = self.shown()
        top = max(self.costs.loc[shown, "alone"].max(), self.wide.loc[shown].max().max(), 1e-9)
        rows = [
            (k, j, self.costs.loc[region, "alone"] / top, share / top, number(share, self.language, 1))
            for k, region in enumerate(shown)
            for j, share in enumerate(self.wide.loc[region, self.methods])
        ]
        cells = pd.DataFrame(rows, columns=["row", "column", "whole", "part", "text"])
        return bar_matrix(
            cells,
            [self.names[region] for region in shown],
            [self._heading(method) for method in self.methods],
        )

    def title(self) -> str:
        worst = str(self.stability["gain"].idxmax())
        row = self.stability.loc[worst]
        if row["in_core"]:
            return say("sharing.chart_title_stable", self.language, program=self.name)
        return say(
            "sharing.chart_title",
            self.language,
            program=self.name,
            method=say(f"sharing.under_{self.advice['method']}", self.language),
            other=say(f"sharing.under_{worst}", self.language),
            coalition=group(self.case, row["coalition"], self.language),
            gain=saving(row["gain"], self.language),
        )

    def note(self, last: int) -> str:
        notes = [say("sharing.chart_note", self.language, last=last)]
        error = self.shares["standard_error"].max()
        if error > 0:
            most = number(math.ceil(100 * error) / 100, self.language, 2)
            notes.append(say("sharing.chart_sampled", self.language, error=most))
        if len(self.costs) > _MOST:
            notes.append(say("sharing.chart_part", self.language, n=_MOST))
        return " ".join(notes)

    def table(self) -> Table:
        rows = [
            (
                self.names[region],
                *(number(value, self.language, 1) for value in self.costs.loc[region]),
                *(number(share, self.language, 1) for share in self.wide.loc[region, self.methods]),
            )
            for region in self.costs.index
        ]
        said = (line for line, method in zip(self.leaves, METHODS, strict=True) if method in self.methods)
        heads = [
            say("chart.region", self.language),
            *(say(f"sharing.{k}", self.language) for k in ("own", "alone")),
        ]
        return Table(
            columns=(*heads, *map(self._name, self.methods)),
            rows=(*rows, (say("sharing.leaves_row", self.language), "", "", *said)),
            numeric=(False, *(True for _ in range(2 + len(self.methods)))),
        )

    def _heading(self, method: str) -> str:
        if method == self.advice["method"]:
            return say("sharing.mark_advice", self.language, method=self._name(method))
        stable = self.stability.loc[method, "in_core"]
        return (
            self._name(method)
            if stable
            else say("sharing.mark_leaves", self.language, method=self._name(method))
        )

    def _name(self, method: str) -> str:
        return say(f"sharing.method_{method}", self.language)
