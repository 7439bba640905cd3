"""What goes first if the budget falls, as readers see it, in both languages: the published case, and by hand."""

import re
from dataclasses import replace
from html import unescape

import pytest

from jspmodel import tables
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import nested_plan
from jspmodel.tables.nested_tables import nested_answer
from nested_levels import explained, level, nested, without
from selection.postoptimal.published import by_score, published

# Of the user manual of LOGOS for budgets of 11 to 20 (risk-informed knapsack), with the chances that it gives them.
BUDGETS = range(11, 21)
CHANCES = (0.012, 0.019, 0.032, 0.052, 0.086, 0.142, 0.235, 0.188, 0.141, 0.093)


@pytest.fixture(scope="module")
def solved():
    case, scenario = published(17), by_score()
    plan = select_programs(case, scenario)
    levels = [budget / 17 for budget in BUDGETS]
    found = nested_plan(case, scenario, plan, levels=levels, weights=CHANCES, workers=1)
    return case, plan, explained(found)


def told(part):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part.html)).split())


def rupiah(text):
    """Amounts, as ``money`` writes them, with plain spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def answer(solved, *levels, language="en", **told):
    case, plan, _ = solved
    return nested_answer(case, plan, explained(nested(*levels, **told)), language)


def sentences(solved, *levels, **told):
    return [rupiah(sentence) for sentence in answer(solved, *levels, **told).sentences]


def test_what_goes_first_in_the_published_case(solved):
    """First 1, 7 and 9 join, with 14 also 10, with 17 also 2: so 2 goes at 16, and 10 at 13 (4 of 17 less)."""
    found = nested_answer(*solved, "en")
    assert rupiah(found.title) == (
        "If the budget falls from Rp 17 billion to Rp 16 billion (5.9% less), first to go in the best order"
        " found: P2 P2."
    )
    assert [rupiah(sentence) for sentence in found.sentences[:3]] == [
        "With 5.9% less (Rp 16 billion), out (1): P2 P2.",
        "With 23.5% less (Rp 13 billion), out as well (1): P10 P10.",
        "Carried out at each of these budgets (3): P1 P1; P7 P7; P9 P9.",
    ]


def test_what_keeping_to_the_order_costs_in_the_published_case(solved):
    """105.628 against 110.107 on average; 90 less 70 with 12 and 13, which is 22.22... percent of 90."""
    text = rupiah(told(tables.nested_table(*solved, "en")))
    assert "To keep to this order costs 4.47 to 4.48 score points on average over these budgets." in text
    assert re.search(
        r"It costs most at (70\.6|76\.5)% of the budget \(Rp 1[23] billion\): 20\.00 score points, or"
        r" 22\.22 to 22\.23 percent of the best plan for that budget alone\.",
        text,
    )
    assert "Proven: any such order costs at least 4.47 score points on average." in text
    assert "Proven: over these budgets together, no other order brings more." in text
    assert "With the scenario's own budget the order carries out the same programmes as this plan." in text


def test_a_row_for_each_budget_of_the_published_case(solved):
    (table,) = nested_answer(*solved, "en").tables
    rows = {row[1]: row[2:] for row in table.table.rows}
    assert list(rows) == [f"{budget}.0" for budget in BUDGETS]
    assert rows["11.0"] == ("3", "all", "70.00", "87.00", "17.00", "19.54 to 19.55")
    assert rows["14.0"] == ("4", "P10", "94.00", "94.00", "0.00", "0.00")
    assert rows["15.0"] == ("4", "–", "94.00", "106.00", "12.00", "11.32 to 11.33")
    assert rows["17.0"] == ("5", "P2", "114.00", "114.00", "0.00", "0.00")
    assert rows["20.0"] == ("5", "–", "114.00", "115.00", "1.00", "0.86 to 0.87")


def test_in_indonesian(solved):
    assert rupiah(nested_answer(*solved, "id").title) == (
        "Bila pagu turun dari Rp17 miliar menjadi Rp16 miliar (5,9% lebih rendah), yang lebih dulu keluar menurut"
        " urutan terbaik yang ditemukan: P2 P2."
    )
    text = rupiah(told(tables.nested_table(*solved, "id")))
    assert text.startswith("Urutan menurut pagu: apa yang ikut pada tiap tingkat")
    assert "Dengan pagu 23,5% lebih rendah (Rp13 miliar), keluar juga (1): P10 P10." in text
    assert "sebesar 4,47 sampai 4,48 poin skor, rata-rata untuk semua pagu ini" in text


LESS, OWN = level(0.9, 90, ["P1"], ["P1"]), level(1.0, 100, ["P1", "P2"], ["P2"])


def test_what_joins_with_more_money(solved):
    more = level(1.1, 110, ["P1", "P2", "P3"], ["P3"])
    found = sentences(solved, LESS, OWN, more)
    assert found[:3] == [
        "With 10% less (Rp 90 billion), out (1): P2 P2.",
        "With 10% more (Rp 110 billion), in as well (1): P3 P3.",
        "Carried out at each of these budgets (1): P1 P1.",
    ]


def test_a_cut_without_which_nothing_goes_is_passed_over(solved):
    """With 10 percent less nothing goes, with 20 percent less 2 does: the title tells the second."""
    found = answer(
        solved, level(0.8, 80, ["P1"], ["P1"]), level(0.9, 90, ["P1", "P2"], ["P2"]), replace(OWN, joins=())
    )
    assert rupiah(found.title).startswith(
        "If the budget falls from Rp 100 billion to Rp 80 billion (20% less)"
    )
    assert rupiah(found.sentences[0]) == "With 20% less (Rp 80 billion), out (1): P2 P2."


def test_of_many_the_title_tells_how_many(solved):
    codes = ["P1", "P2", "P3", "P4", "P5"]
    found = answer(solved, LESS, level(1.0, 100, codes, codes[1:]))
    assert rupiah(found.title) == (
        "If the budget falls from Rp 100 billion to Rp 90 billion (10% less), 4 programmes go first in the best"
        " order found."
    )


def test_where_no_programme_goes(solved):
    found = answer(solved, LESS, level(1.0, 100, ["P1"], []))
    assert rupiah(found.title) == (
        "If the budget falls from Rp 100 billion to Rp 90 billion, no programme goes in the best order found."
    )
    assert found.sentences[0] == "Carried out at each of these budgets (1): P1 P1."


def test_the_largest_budget_stands_for_the_scenarios_own_where_that_is_none(solved):
    found = answer(solved, LESS, level(0.95, 95, ["P1", "P2"], ["P2"]))
    assert rupiah(found.title).startswith(
        "If the budget falls from Rp 95 billion to Rp 90 billion (5.3% less)"
    )


@pytest.mark.parametrize(
    ("finding", "sentence", "cell"),
    [
        ("none", "At 80 percent of the ceilings (Rp 80 billion): it is proven that no plan keeps all rules.", "none, proven"),
        (
            "not_found",
            "At 80 percent of the ceilings (Rp 80 billion): no plan was found that keeps all rules; there may be one"
            " all the same.",
            "none found",
        ),
    ],
)  # fmt: skip
def test_a_budget_without_a_plan(solved, finding, sentence, cell):
    found = answer(solved, without(0.8, 80, finding), replace(OWN, joins=("P1", "P2")))
    assert rupiah(found.title) == (
        "With Rp 100 billion, the smallest of these budgets for which a plan was found, 2 programmes are carried out."
    )
    assert sentence in [rupiah(one) for one in found.sentences]
    (table,) = found.tables
    assert table.table.rows[0] == ("80%", "80.0", "–", "–", cell, "–", "–", "–")


@pytest.mark.parametrize(
    ("findings", "title"),
    [
        (("none", "none"), "It is proven that no plan keeps all rules at any of these budgets."),
        (
            ("none", "not_found"),
            "No plan was found at any of these budgets; there may be one all the same.",
        ),
    ],
)
def test_no_budget_with_a_plan(solved, findings, title):
    levels = [
        without(share, 100 * share, finding) for share, finding in zip((0.9, 1.0), findings, strict=True)
    ]
    found = answer(solved, *levels, objective=None, bound=None, free=(None, None))
    assert found.title == title
    assert len(found.sentences) == 2


def test_figures_are_rounded_outwards(solved):
    """Costs 0.129 to 0.431 of 10.129 (1.27... percent) and of 10.431 (4.13... percent), and on average."""
    one = level(1.0, 100, ["P1"], ["P1"], free=(10.129, 10.431))
    found = answer(solved, one, bound=10.123, free=(10.129, 10.431))
    (table,) = found.tables
    assert table.table.rows[0][4:] == ("10.00", "10.12 to 10.44", "0.12 to 0.44", "1.27 to 4.14")
    text = " ".join(found.sentences)
    assert "costs 0.12 to 0.44 score points on average" in text
    assert "any such order costs at least" not in text  # 0.006 are proven, which is told as nothing
    assert "another order may bring up to 1.23% more" in text


def test_where_it_costs_most_is_said_by_what_is_proven(solved):
    """With 90 it may cost 2, with 100 at most 1, though more was found there; half each on average."""
    found = sentences(
        solved,
        replace(LESS, free_bound=12.0),
        replace(OWN, free_objective=10.5, free_bound=11.0),
        free=(10.25, 11.5),
    )
    assert any(
        sentence.startswith("It costs most at 90% of the budget (Rp 90 billion): 0.00 to 2.00")
        for sentence in found
    )


def test_an_order_that_costs_nothing(solved):
    found = answer(solved, LESS, OWN).sentences
    assert found[-2:] == [
        "Proven: to keep to this order costs nothing.",
        "Proven: over these budgets together, no other order brings more.",
    ]


def test_what_is_not_proven_is_not_said(solved):
    """No bound is known: that the cost found is 0 does not say that it costs nothing."""
    open_ended = level(1.0, 100, ["P1"], ["P1"], free=(10.0, None))
    found = answer(solved, open_ended, bound=None, free=(10.0, None))
    text = " ".join(found.sentences)
    assert "To keep to this order costs at least 0.00 score points" in text
    assert "costs nothing" not in text
    assert found.sentences[-1] == "How much more another order may bring is not known."
    (table,) = found.tables
    assert table.table.rows[0][5:] == ("at least 10.00", "at least 0.00", "at least 0.00")


def test_what_the_order_has_beside_the_plan(solved):
    found = answer(solved, LESS, OWN, leave=("P9",), enter=("P2", "P3")).sentences
    assert found[-2:] == [
        "With the scenario's own budget the order does not carry out, of this plan (1): P9 P9.",
        "It carries out instead, or besides (2): P2 P2; P3 P3.",
    ]
    assert "this plan" not in " ".join(answer(solved, LESS, OWN).sentences)  # no plan was given


def test_names_are_escaped(solved):
    case, plan, _ = solved
    hostile = replace(case, programs=case.programs.assign(name_id="<script>alert(1)</script>"))
    html = tables.nested_table(hostile, plan, explained(nested(LESS, OWN)), "id").html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_what_was_not_asked_shows_nothing(solved):
    case, plan, _ = solved
    for found in (None, explained(None)):
        assert tables.nested_table(case, plan, found, "id") is None
    with pytest.raises(ValueError, match="not asked"):
        nested_answer(case, plan, explained(None), "id")
