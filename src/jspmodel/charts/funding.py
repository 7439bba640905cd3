"""Who pays when: what each fund pays in each year, beside its ceiling."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.bar_matrix import bar_matrix
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import validated_whole
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, money, number, percent, say

_MOST_FUNDS, _MOST_YEARS = 15, 8


@validated_whole
def funding(case: Case, scenario: Scenario, plan: Plan, language: Language) -> alt.LayerChart:
    """Draw what each fund pays in each year (Rp billion), beside its indicative ceiling.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        One row a fund, one column a year; of many funds the 15 that pay most, of a long horizon its first 8
        years. The table has all.
    """
    years = list(measure.horizon(case, scenario))
    flows = _flows(case, scenario, plan)
    names = case.names("funds", language)
    order = list(flows.groupby("fund")["paid"].sum().sort_values(ascending=False, kind="stable").index)
    shown, columns = order[:_MOST_FUNDS], years[:_MOST_YEARS]
    note = say("chart.funding_note", language)
    if len(shown) < len(order) or len(columns) < len(years):
        note += " " + say("chart.funding_part", language, funds=len(shown), years=len(columns))
    message = Message(_title(flows, names, language), note, _table(flows, order, years, names, language))
    chart = bar_matrix(
        _cells(flows, shown, columns, language),
        [names[fund] for fund in shown],
        [str(year) for year in columns],
    )
    return with_message(chart, message, language)


def _flows(case: Case, scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """Return ceiling and payment of every fund and year, in table order of the funds."""
    ceilings = measure.budgets(case, scenario)
    paid = dict.fromkeys(ceilings, 0.0)
    for payment in plan.funding:
        key = (payment.fund, payment.year)
        paid[key] = paid.get(key, 0.0) + payment.amount
    place = {fund: k for k, fund in enumerate(case.funds["fund"])}
    rows = [(fund, year, ceilings.get((fund, year), 0.0), paid[fund, year]) for fund, year in paid]
    rows.sort(key=lambda row: (place[row[0]], row[1]))
    return pd.DataFrame(rows, columns=["fund", "year", "ceiling", "paid"])


def _cells(flows: pd.DataFrame, funds: list[str], years: list[int], language: Language) -> pd.DataFrame:
    shown = flows[flows["fund"].isin(funds) & flows["year"].isin(years)]
    largest = max(shown[["ceiling", "paid"]].to_numpy().max(initial=0.0), 1e-9)
    pairs = zip(shown["paid"], shown["ceiling"], strict=True)
    texts = (f"{_short(paid, language)} / {_short(ceiling, language)}" for paid, ceiling in pairs)
    return pd.DataFrame(
        {
            "row": [funds.index(fund) for fund in shown["fund"]],
            "column": [years.index(year) for year in shown["year"]],
            "whole": (shown["ceiling"] / largest).to_numpy(),
            "part": (shown["paid"] / largest).to_numpy(),
            "text": list(texts),
        }
    )


def _short(amount: float, language: Language) -> str:
    return number(amount, language, 0 if amount >= 99.95 or round(amount, 1) == round(amount) else 1)


def _title(flows: pd.DataFrame, names: dict[str, str], language: Language) -> str:
    total, ceiling = float(flows["paid"].sum()), float(flows["ceiling"].sum())
    if not total > 0:
        return say("chart.funding_none", language)
    by_fund = flows.groupby("fund")["paid"].sum()
    return say(
        "chart.funding_title",
        language,
        fund=names[str(by_fund.idxmax())],
        share=percent(by_fund.max() / total, language, 0),
        total=money(total, language),
        left=money(max(0.0, ceiling - total), language),
    )


def _table(
    flows: pd.DataFrame, funds: list[str], years: list[int], names: dict[str, str], language: Language
) -> Table:
    figures = {(row.fund, row.year): (row.paid, row.ceiling) for row in flows.itertuples()}
    rows = []
    for fund in funds:
        pairs = [figures.get((fund, year), (0.0, 0.0)) for year in years]
        whole = (sum(paid for paid, _ in pairs), sum(ceiling for _, ceiling in pairs))
        texts = (f"{number(paid, language, 1)} / {number(cap, language, 1)}" for paid, cap in [*pairs, whole])
        rows.append((names[fund], *texts))
    return Table(
        columns=(say("chart.fund", language), *(str(year) for year in years), say("chart.total", language)),
        rows=tuple(rows),
        numeric=(False, *(True for _ in years), True),
    )
