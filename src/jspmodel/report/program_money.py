"""What a programme costs, by fund and year in one small table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from jspmodel.figures import total_costs
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say

Flows = dict[str, dict[int, float]]


def money_table(decision: Decision, item: PlannedProgram, language: Language) -> Table | None:
    """Return what each fund pays in each year, the largest first, with totals.

    Parameters
    ----------
    decision : Decision
    item : PlannedProgram
        Of the plan.
    language : {"id", "en"}

    Returns
    -------
    Table or None
        In Rp billion, with the decimals that the amounts have, two at most; None where nothing is paid.
    """
    names = decision.case.names("funds", language)
    flows: Flows = defaultdict(lambda: defaultdict(float))
    for payment in decision.plan.funding:
        if payment.program == item.program and payment.amount > 0:
            flows[names[payment.fund]][payment.year] += payment.amount
    ordered = sorted(flows, key=lambda fund: -sum(flows[fund].values()))
    rows = {fund: flows[fund] for fund in ordered}
    return _table(rows, "fund", language, total=len(rows) > 1) if rows else None


def estimates(decision: Decision, language: Language) -> dict[str, Table]:
    """Return what each proposal would cost if it began as early, and in as many regions, as it may."""
    costs = total_costs(decision.case, decision.scenario)
    label, sums = (
        say("program_sheet.column_cost", language),
        costs.groupby(["program", "year"])["amount"].sum(),
    )
    flows: Flows = defaultdict(dict)
    for (program, year), amount in sums.items():
        if amount > 0:
            flows[str(program)][int(year)] = float(amount)
    return {program: _table({label: years}, "cost", language) for program, years in flows.items()}


def _table(
    rows: Mapping[str, Mapping[int, float]], first: str, language: Language, *, total: bool = False
) -> Table:
    years = sorted({year for flow in rows.values() for year in flow})
    digits = _digits(amount for flow in rows.values() for amount in flow.values())
    last = say("program_sheet.column_total", language)
    shown = {
        name: [*(flow.get(year, 0.0) for year in years), sum(flow.values())] for name, flow in rows.items()
    }
    if total:
        shown[last] = [sum(column) for column in zip(*shown.values(), strict=True)]
    return Table(
        ("" if first == "cost" else say(f"program_sheet.column_{first}", language), *map(str, years), last),
        tuple(
            (name, *(number(amount, language, digits) if amount else "–" for amount in amounts))
            for name, amounts in shown.items()
        ),
        (False, *(True for _ in years), True),
    )


def _digits(amounts: Iterable[float]) -> int:
    """Return one decimal where the amounts have no more, else two."""
    return 1 if all(abs(amount - round(amount, 1)) < 1e-6 for amount in amounts) else 2
