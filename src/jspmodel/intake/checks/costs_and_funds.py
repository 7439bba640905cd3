"""Rules on costs and funds."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.errors import Problem
from jspmodel.intake.checks.program_places import rows_elsewhere
from jspmodel.intake.draft import Draft
from jspmodel.intake.schemas import schema


def money_limit() -> float:
    """Return the largest amount that a table may hold, in Rp billion."""
    (field,) = (field for field in schema("fund_budgets")["fields"] if field["name"] == "amount")
    return float(field["constraints"]["maximum"])


def check_amounts(draft: Draft) -> Iterator[Problem]:
    """Check that amounts worked out from unit costs, volumes and growth are within what a table may hold."""
    limit = money_limit()
    for table in ("program_costs", "fund_budgets"):
        amounts = draft[table]["amount"]
        for line in dict.fromkeys(draft.lines[table][k] for k in amounts.index[amounts > limit]):
            amount = max(amounts[k] for k in amounts.index if draft.lines[table][k] == line)
            values = {"amount": float(amount), "limit": limit}
            yield Problem("money_too_large", f"{table}.csv", line, "amount", values)


def check_costs_there(draft: Draft) -> Iterator[Problem]:
    """Check that every programme has a cost, be it 0."""
    programs = draft["programs"]["program"]
    for index in programs.index[~programs.isin(draft["program_costs"]["program"]) & (programs != "")]:
        yield draft.problem("no_cost", "programs", index, "program", program=programs[index])


def check_cost_places(draft: Draft) -> Iterator[Problem]:
    """Check that a programme costs something only in regions that may take part in it."""
    for row in rows_elsewhere(draft, "program_costs"):
        values = {"program": row.program, "region": row.region}
        yield draft.problem("cost_elsewhere", "program_costs", row.Index, "region", **values)


def check_offsets(draft: Draft) -> Iterator[Problem]:
    """Check that a build cost says in which year it falls."""
    costs = draft["program_costs"]
    for index in costs.index[(costs["kind"] == "build") & costs["offset"].isna() & (costs["profile"] == "")]:
        yield draft.problem("offset_missing", "program_costs", index, "offset")


def check_run_costs(draft: Draft) -> Iterator[Problem]:
    """Check that run costs, which fall in every year after delivery, are not given year by year."""
    costs = draft["program_costs"]
    run = costs[costs["kind"] == "run"]
    again = run.duplicated(["program", "region"])
    for index in run.index[again & (run["program"] != "")]:
        yield draft.problem("run_cost_again", "program_costs", index, "offset")
    for index in run.index[~again & run["offset"].notna()]:
        yield draft.problem("offset_of_run", "program_costs", index, "offset", warning=True)


def check_fund_rules(draft: Draft) -> Iterator[Problem]:
    """Check that a rule of a fund names one: a programme, a dimension, or neither and so all others."""
    table = draft["fund_rules"]
    for index in table.index[(table["program"] != "") & (table["dimension"] != "")]:
        yield draft.problem("rule_names_both", "fund_rules", index, "program, dimension")


def check_budgets_there(draft: Draft) -> Iterator[Problem]:
    """Check that every fund has a budget (else it pays nothing)."""
    funds = draft["funds"]["fund"]
    for index in funds.index[~funds.isin(draft["fund_budgets"]["fund"]) & (funds != "")]:
        yield draft.problem("fund_without_budget", "funds", index, "fund", warning=True, fund=funds[index])
