"""How the ranking depends on the weights, on two issues by hand.

Scores on c1 and c2: one 5 and 1, two 1 and 5; weights 60 and 40: 3.4 against 2.6. `one` leads where c1 weighs more
than c2: always but for c1 halved (30 against 40) or left out; with random weights w of c1 where w > 0.5.
"""

import pytest

from hand import TABLES, rows
from jspmodel.intake.tables import build_case
from jspmodel.issues import rank_issues, rank_sensitivity
from jspmodel.scenario import Scenario
from jspmodel.tables import weights_table, without_table

ISSUES = rows("issue name_id name_en", ("one", "Satu", "One"), ("two", "Dua", "Two"))
SCORES = rows(
    "issue criterion rater score",
    ("one", "c1", "", 5), ("one", "c2", "", 1), ("two", "c1", "", 1), ("two", "c2", "", 5),
)  # fmt: skip


def case(**tables):
    kept = {key: TABLES[key] for key in ("regions", "criteria", "programs", "funds", "fund_budgets")}
    return build_case("hand", {**kept, "issues": ISSUES, "issue_scores": SCORES, **tables})


@pytest.fixture
def sensitivity():
    return rank_sensitivity(case(), Scenario(), first=1, draws=4000)


def test_one_criterion_left_out_or_weighing_otherwise(sensitivity):
    assert sensitivity.without.to_dict() == {"c1": {"one": 2, "two": 1}, "c2": {"one": 1, "two": 2}}
    assert sensitivity.less.to_dict() == {"c1": {"one": 2, "two": 1}, "c2": {"one": 1, "two": 2}}
    assert (sensitivity.more.loc["one"] == 1).all()  # c2 at 60 is a tie, which goes by table order


def test_random_weights(sensitivity):
    assert sensitivity.often["one"] == pytest.approx(0.5, abs=4 * 0.5 / 4000**0.5)
    assert sensitivity.often.sum() == pytest.approx(1)
    again = rank_sensitivity(case(), Scenario(), first=1, draws=4000)
    assert again.often.equals(sensitivity.often)


def test_weights_of_the_scenario_count():
    told = rank_sensitivity(case(), Scenario(criteria_weights={"c1": 0.0}), first=1)
    assert told.without.empty  # c2 stands alone
    assert told.often.to_dict() == {"one": 0.0, "two": 1.0}


def test_without_scores_nothing_depends_on_weights():
    bare = case(issue_scores=SCORES.head(0))
    told = rank_sensitivity(bare, Scenario(), first=1)
    assert (told.draws, told.often.to_dict()) == (0, {"one": 1.0, "two": 0.0})
    ranking = rank_issues(bare, Scenario())
    assert without_table(bare, ranking, told, "en").title.startswith("The issues are not scored")


def test_what_the_tables_say(sensitivity):
    ranking = rank_issues(case(), Scenario())
    without = without_table(case(), ranking, sensitivity, "id")
    assert without.title == 'Tanpa "Satu", Satu keluar dari 1 besar, dan Dua masuk.'
    assert "2 (−1)" in without.html
    assert "1 (+1)" in without.html
    told = weights_table(case(), Scenario(), ranking, sensitivity, "en")
    assert told.title.startswith("For 1 of 2 criteria the first 1 issues stay")
    assert "in: Two; out: One" in told.html
