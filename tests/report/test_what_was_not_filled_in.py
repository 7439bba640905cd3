"""What nobody filled in is said: no risks, no running costs, no scores of issues; and a plan of all proposals."""

from dataclasses import replace

import pandas as pd

from jspmodel.report.assumptions import assumption_sentences
from jspmodel.report.problem import problem
from jspmodel.scenario import Simulation
from jspmodel.tables import ranked_table
from small_decision import small_case, small_decision

RISK = "Risiko terlambat tidak diisi untuk program mana pun"
RUN = "Biaya operasional tidak diisi untuk program mana pun"


def assumed(decision):
    return " ".join(assumption_sentences(decision, "id"))


def test_risks_and_running_costs_that_no_programme_has_are_among_the_assumptions():
    """P of the small case runs at 0.5 a year in B; no programme has a risk."""
    case, decision = small_case(), small_decision()
    assert RISK in assumed(decision)
    assert RUN not in assumed(decision)
    built = case.program_costs[case.program_costs["kind"] == "build"]
    assert RUN in assumed(replace(decision, case=replace(case, program_costs=built)))
    risky = replace(case, programs=case.programs.assign(delivery_risk=[0.2, None, None]))
    assert RISK not in assumed(replace(decision, case=risky))
    ready = decision.scenario.model_copy(update={"simulation": Simulation(readiness_risk=0.2)})
    assert RISK not in assumed(replace(decision, scenario=ready))


def test_issues_that_all_score_the_same_have_no_ranks():
    decision = small_decision()
    ranking = decision.ranking
    same = ranking.assign(score=1.0)
    assert [row[0] for row in ranked_table(decision.case, same, "id").rows] == ["–"] * len(same)
    apart = ranking.assign(score=pd.Series([2.0, *[1.0] * (len(ranking) - 1)]))
    assert ranked_table(decision.case, apart, "id").rows[0][0] == "1"
    assert "Isu tidak diurutkan" in str(problem(replace(decision, ranking=same), "id").html)
    assert "Isu tidak diurutkan" not in str(problem(replace(decision, ranking=apart), "id").html)
