"""Ranking worked by hand (scores of tests/hand.py), and USG."""

import pandas as pd
import pytest

from hand import TABLES, J, W, rows
from jspmodel.intake.tables import build_case
from jspmodel.issues import rank_issues
from jspmodel.scenario import Scenario


@pytest.fixture
def case():
    return build_case("hand", TABLES)


def test_ranking_by_hand(case):
    ranking = rank_issues(case, Scenario()).set_index("issue")
    assert ranking.index.tolist() == ["w", "j"]
    assert ranking["rank"].tolist() == [1, 2]
    assert ranking["score"].tolist() == pytest.approx([3.8, 1.6])
    assert ranking["weight"].tolist() == pytest.approx([W, J])


def test_spread_between_raters(case):
    # w on c1: 2 to 4, on c2: 5 -> 0.6*2 + 0.4*5 = 3.2 to 0.6*4 + 0.4*5 = 4.4; j has one rater.
    ranking = rank_issues(case, Scenario()).set_index("issue")
    assert ranking.loc["w", ["low", "high"]].tolist() == pytest.approx([3.2, 4.4])
    assert ranking.loc["j", ["low", "high"]].tolist() == pytest.approx([1.6, 1.6])


def test_other_weights_give_another_order():
    # c1 alone: w 1, j 2, so j leads; with equal weights w has (1+9)/2 and leads.
    scores = rows(
        "issue criterion rater score",
        ("w", "c1", "", 1),
        ("w", "c2", "", 9),
        ("j", "c1", "", 2),
        ("j", "c2", "", 2),
    )
    case = build_case("hand", TABLES | {"issue_scores": scores})
    ranking = rank_issues(case, Scenario(criteria_weights={"c2": 0.0})).set_index("issue")
    assert ranking["rank"].to_dict() == {"j": 1, "w": 2}
    assert ranking["rank_equal_weights"].to_dict() == {"j": 2, "w": 1}


def test_issues_that_do_not_count_have_no_weight(case):
    ranking = rank_issues(case, Scenario(priority_issues=["j"])).set_index("issue")
    assert ranking["counts"].to_dict() == {"w": False, "j": True}
    assert ranking["weight"].to_dict() == {"w": 0.0, "j": 1.0}


def test_usg_is_the_sum_of_mean_scores_where_scored_so():
    criteria = rows(
        "criterion name_id weight", ("urgency", "U", 1), ("seriousness", "S", 1), ("growth", "G", 1)
    )
    lines = [(i, c, k, v) for i, c, k, v in (
        ("w", "urgency", "x", 5), ("w", "urgency", "y", 4), ("w", "seriousness", "x", 3), ("w", "growth", "x", 2),
        ("j", "urgency", "x", 1), ("j", "seriousness", "x", 1), ("j", "growth", "x", 5),
    )]  # fmt: skip
    case = build_case(
        "usg", TABLES | {"criteria": criteria, "issue_scores": rows("issue criterion rater score", *lines)}
    )
    ranking = rank_issues(case, Scenario()).set_index("issue")
    assert ranking["usg"].to_dict() == {"w": 9.5, "j": 7.0}


def test_no_usg_unless_scored_so(case):
    assert rank_issues(case, Scenario())["usg"].isna().all()


def test_without_scores_all_issues_weigh_the_same():
    case = build_case(
        "plain", {key: value for key, value in TABLES.items() if key not in {"criteria", "issue_scores"}}
    )
    ranking = rank_issues(case, Scenario())
    assert ranking["issue"].tolist() == ["w", "j"]
    assert ranking["weight"].tolist() == [0.5, 0.5]


def test_the_tables_stay_as_they_were(case):
    before = {name: table.copy() for name, table in case.tables().items()}
    rank_issues(case, Scenario(priority_issues=1))
    for name, table in case.tables().items():
        pd.testing.assert_frame_equal(table, before[name])
