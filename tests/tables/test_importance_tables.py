"""What the tables on why a plan is as it is tell, in both languages: the published case."""

import re

import pytest

from jspmodel import tables
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternative,
    Alternatives,
    Explanation,
    Importance,
    ProgramImportance,
    explain,
)
from selection.postoptimal.published import by_score, published


@pytest.fixture(scope="module")
def solved():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    return case, plan, explain(case, scenario, plan, workers=1)


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def about(program, *, selected=True, least=0.0, most=1.0, estimate=0.5, irreplaceable=False, places=(1, 1)):
    held = (0.25, 0.251) if selected else (None, None)
    out = 0.75 if selected else None
    return ProgramImportance(
        program, selected, least, most, estimate, irreplaceable, *held, out, (), (), *places
    )


def explained(*items, best=114.0, others=()):
    return Explanation(
        Importance(114.0, 115.0, best, items), Alternatives(0.02, 114.0, others, 3, False, (), ())
    )


def test_what_is_lost_without_each_programme(solved):
    text = told(tables.importance_table(*solved, "en"))
    # By trying every subset: replacing 9 costs 25, 2 costs 19 (20 with the others kept, 20 taken out), 7 costs 8 (27).
    assert text.startswith(
        "P9 P9 matters most: without it the best plan found is worth 25.00 score points less (proven: 25.00)."
    )
    assert "2 P2 P2 19.00 19.00 20.00 20.00 in: P4; out: P1" in text
    assert "4 P7 P7 8.00 8.00 8.00 27.00 in: P4" in text
    assert told(tables.importance_table(*solved, "id")).startswith("P9 P9 paling berarti")


def test_what_a_refused_proposal_costs(solved):
    text = told(tables.forced_in_table(*solved, "en"))
    assert text.startswith(
        "P4 P4 would cost least: to have it, the plan gives up 5.00 score points (proven: 5.00)."
    )
    assert "P3 P3 15.00 15.00 P10, P7 P4" in text
    assert "nilai rencana turun 5,00 poin skor" in told(tables.forced_in_table(*solved, "id"))


def test_what_is_proven_of_plans_nearly_as_good(solved):
    text = told(tables.alternatives_table(*solved, "en"))
    assert text.startswith("Proven: no plan within 2% of the best carries out other programmes.")
    assert "Proven to be in every plan within 2% (5)" in text
    assert "Proven to be in no plan within 2% (5)" in text


def test_ends_of_intervals_are_rounded_outwards(solved):
    case, plan, _ = solved
    found = explained(about("P9", least=0.129, most=0.431, places=(1, 3)), about("P2", most=None))
    text = told(tables.importance_table(case, plan, found, "en"))
    assert "1–3 P9 P9 0.50 0.12 to 0.44 0.25 to 0.26 0.75" in text
    assert "at least 0.00" in text


def test_what_is_not_known_is_not_told_as_none(solved):
    case, plan, _ = solved
    found = explained(
        about("P9", least=None, most=None, estimate=None, irreplaceable=True),
        about("P8", selected=False, most=None, estimate=None),
        about("P6", selected=False, least=None, most=None, estimate=None, irreplaceable=True),
        best=114.5,
    )
    text = told(tables.importance_table(case, plan, found, "en"))
    assert "in every plan" in text
    assert "a plan was found that is worth 0.500 score points more" in text
    refused = told(tables.forced_in_table(case, plan, found, "en"))
    assert refused.startswith(
        "No plan was found with any of the refused proposals; there may be one all the same."
    )
    assert refused.index("P8 P8 – at least 0.00") < refused.index("P6 P6 – never fits")
    none = told(tables.alternatives_table(case, plan, found, "en"))
    assert none.startswith("No other plan within 2% of the best was found; there may be one all the same.")
    assert "no plan within 2% differs from this one in more than 3 programmes" in none


def test_alternatives_are_told_with_what_they_give_up(solved):
    case, plan, _ = solved
    one = Alternative((), 113.0, 16.0, 2, ("P10",), ("P4",), ())
    text = told(tables.alternatives_table(case, plan, explained(about("P9"), others=(one,)), "en"))
    assert text.startswith("A plan within 2% of the best can differ in 2 programmes.")
    assert "Alternative 1 113.00 1.00 16.0 2 P10 P4" in text


def test_without_an_explanation_a_notebook_shows_nothing(solved):
    case, plan, _ = solved
    for table in (tables.importance_table, tables.forced_in_table, tables.alternatives_table):
        assert table(case, plan, None, "id") is None
