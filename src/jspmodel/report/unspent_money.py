"""Pagu yang belum terpakai: a table of funds by years, darker where more is left."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from jspmodel import measure
from jspmodel.figures import left_of_budgets
from jspmodel.pages import Fragment, fragment
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, money, number, reads_as_zero, say

_SHADES = 4


def unspent_money(decision: Decision, language: Language) -> Fragment:
    """Return what the plan leaves of each fund in each year; why stands on the first screen.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Funds that are used up are named in a sentence; a cell is darker where more is left.
    """
    left = _left(decision)
    shown = left[[not reads_as_zero(amount) for amount in left.sum(axis=1)]]
    used_up = [fund for fund in decision.case.funds["fund"] if fund not in shown.index]
    names = decision.case.names("funds", language)
    return fragment(
        "unspent_money",
        _title(decision, shown, names, language),
        language,
        caption=say("report.unspent_caption", language),
        data=_table(decision, shown, names, language) if len(shown) else None,
        used_up=say("report.unspent_used_up", language, funds=listed((names[f] for f in used_up), language))
        if used_up
        else "",
    )


def _left(decision: Decision) -> pd.DataFrame:
    """Return what is left in Rp billion: funds, those with most first, by years of the horizon."""
    years = measure.horizon(decision.case, decision.scenario)
    left = left_of_budgets(decision.case, decision.scenario, decision.plan)
    funds = list(dict.fromkeys(fund for fund, _ in left))
    table = pd.DataFrame(
        [[left.get((fund, year), 0.0) for year in years] for fund in funds],
        index=funds,
        columns=list(years),
        dtype=float,
    )
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order]


def _title(decision: Decision, shown: pd.DataFrame, names: dict[str, str], language: Language) -> str:
    told = decision.figures
    used, ceiling = money(told.used, language), money(told.ceiling, language)
    if shown.empty:
        return say("report.unspent_title_none", language, used=used, ceiling=ceiling)
    by_year = shown.sum()
    return say(
        "report.unspent_title",
        language,
        used=used,
        ceiling=ceiling,
        left=money(told.left, language),
        fund=names[str(shown.index[0])],
        most=money(float(shown.iloc[0].sum()), language),
        year=by_year.idxmax(),
        in_year=money(float(by_year.max()), language),
    )


def _table(decision: Decision, shown: pd.DataFrame, names: dict[str, str], language: Language) -> Table:
    budgets = pd.Series(0.0, shown.index)
    for (fund, _), amount in measure.budgets(decision.case, decision.scenario).items():
        if fund in budgets.index:
            budgets[fund] += amount
    top = float(shown.to_numpy().max())
    rows = [
        (
            names[str(fund)],
            *(_cell(value, top, language) for value in row),
            number(row.sum(), language, 1),
            number(budgets[fund], language, 1),
        )
        for fund, row in shown.iterrows()
    ]
    whole = decision.figures.ceiling
    if not reads_as_zero(whole - budgets.sum()):
        others = (*("–" for _ in shown.columns), "–", number(whole - budgets.sum(), language, 1))
        rows.append((say("report.unspent_others", language), *others))
    sums = [*shown.sum(), shown.to_numpy().sum(), whole]
    rows.append((say("report.unspent_sum", language), *(number(value, language, 1) for value in sums)))
    last = (say(f"report.column_unspent_{key}", language) for key in ("left", "budget"))
    columns = (say("report.column_fund", language), *map(str, shown.columns), *last)
    return Table(columns, tuple(rows), (False, *(True,) * (len(columns) - 1)))


def _cell(value: float, top: float, language: Language) -> str:
    if reads_as_zero(value):
        return "–"
    shade = min(_SHADES, 1 + int(_SHADES * value / top))
    return Markup('<span class="heat s{}">{}</span>').format(shade, number(value, language, 1))
