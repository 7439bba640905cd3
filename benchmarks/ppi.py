"""Where Policy Priority Inference spends and where we do (docs/simulation.md; needs the extra ``ppi``).

    python benchmarks/ppi.py

Two cases: four issues of which one drives the others, and the baseline of DIY with an invented network.
"""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from rich.console import Console
from rich.table import Table

from jspmodel.case import Case
from jspmodel.intake import load
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.simulation import compare_with_ppi, simulate_futures

ISSUES = {"skills": 0.4, "jobs": 0.6, "poverty": 0.8, "waste": 0.3}
"""By issue: its gap in both regions."""
NETWORK = [("skills", "jobs", 0.4), ("skills", "poverty", 0.3), ("jobs", "poverty", 0.3)]
DIY_NETWORK = [
    *(("I01", "I02", 0.3), ("I04", "I06", 0.3), ("I06", "I01", 0.1), ("I07", "I01", 0.2)),
    ("I02", "I01", 0.1),
]
"""Invented: poverty and inequality feed each other, waste worsens floods, water and disasters poverty."""


def four_issues(network: list[tuple[str, str, float]]) -> Case:
    """Return two regions, four issues, one programme an issue (effect 0.4, Rp 10 billion); money for two."""
    pairs = [(issue, region, gap) for issue, gap in ISSUES.items() for region in ("A", "B")]
    years = range(2027, 2032)
    tables = {
        "regions": pd.DataFrame({"region": ["A", "B"], "name": ["A", "B"], "population": [1.0, 1.0]}),
        "issues": pd.DataFrame({"issue": list(ISSUES), "name_id": list(ISSUES)}),
        "issue_regions": pd.DataFrame(pairs, columns=["issue", "region", "severity"]),
        "issue_spillovers": pd.DataFrame(network, columns=["issue", "on_issue", "value"]),
        "programs": pd.DataFrame(
            {"program": list(ISSUES), "name_id": list(ISSUES), "duration": 1, "scope": "province"}
        ),
        "program_costs": pd.DataFrame(
            [(issue, "", "build", offset, 2.0) for issue in ISSUES for offset in range(5)],
            columns=["program", "region", "kind", "offset", "amount"],
        ),
        "program_effects": pd.DataFrame({"program": list(ISSUES), "issue": list(ISSUES), "effect": 0.4}),
        "funds": pd.DataFrame({"fund": ["f"], "name_id": ["f"]}),
        "fund_budgets": pd.DataFrame({"fund": "f", "year": years, "amount": 4.0}),
    }
    return build_case("four-issues", tables)


def show(title: str, case: Case, scenario: Scenario, plan: Plan) -> None:
    """Print who spends where."""
    table = Table("issue", "gap", "weight", "ours %", "PPI %", "PPI 80 %", title=title)
    for row in compare_with_ppi(case, scenario, plan).itertuples():
        shares = (f"{100 * row.ours:.0f}", f"{100 * row.ppi:.0f}")
        band = f"{100 * row.ppi_low:.0f}-{100 * row.ppi_high:.0f}"
        table.add_row(row.issue, f"{row.gap:.2f}", f"{row.weight:.2f}", *shares, band)
    Console().print(table)


def pairs(case: Case, scenario: Scenario) -> None:
    """Print what each pair of programmes gives, as promised and with spillovers between issues."""
    table = Table("programmes", "promised", "simulated", title="impact in percent")
    for pair in combinations(ISSUES, 2):
        plan = [Choice(program=program, start=2027, regions=("A", "B")) for program in pair]
        futures = simulate_futures(case, scenario, plan, parts=["interaction"])
        table.add_row(" + ".join(pair), f"{futures.promised:.1f}", f"{futures.impact.mean():.1f}")
    Console().print(table)


def main() -> None:
    """Print all tables."""
    for title, network in (("four issues", NETWORK), ("four issues, no network", [])):
        case, scenario = four_issues(network), Scenario()
        show(title, case, scenario, select_programs(case, scenario))
    pairs(four_issues(NETWORK), Scenario.model_validate({"simulation": {"draws": 1}}))
    diy, scenario = load("data/diy/scenarios/baseline.yaml")
    plan = select_programs(diy, scenario)
    for title, network in (("DIY", DIY_NETWORK), ("DIY, no network", [])):
        spillovers = pd.DataFrame(network, columns=["issue", "on_issue", "value"])
        show(title, build_case("diy", {**diy.tables(), "issue_spillovers": spillovers}), scenario, plan)


if __name__ == "__main__":
    main()
