"""What would put a refused programme in, as readers see it, in both languages: the published case, and by hand."""

import re
from dataclasses import replace

import pytest

from jspmodel import tables
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternatives,
    Change,
    Explanation,
    Importance,
    Obstacle,
    ProgramWhyNot,
    WhyNot,
    why_not,
)
from jspmodel.selection.rules import RULES
from jspmodel.tables.why_not_tables import why_not_answer
from jspmodel.tables.why_not_words import PLACES, PROGRAMS
from selection.postoptimal.published import by_score, published
from selection.small import rows

NONE = Change(None, None)
NOTHING = Change(0.0, 0.0)


def explained(answers):
    return Explanation(
        Importance(114.0, 114.0, 114.0, ()), Alternatives(0.02, 114.0, (), 0, True, (), ()), why_not=answers
    )


@pytest.fixture(scope="module")
def solved():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    return case, plan, explained(why_not(case, scenario, plan, workers=1))


def item(program="P4", *, money=NOTHING, value=NOTHING, cost=NOTHING, never=False, obstacles=()):
    return ProgramWhyNot(program, money, value, cost, never, obstacles)


def lost(program, *obstacles):
    return item(program, money=NONE, value=NONE, cost=NONE, never=True, obstacles=obstacles)


def by_hand(*items, best=114.0):
    return explained(WhyNot(114.0, 114.0, best, items))


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def cells(case, plan, found, language="en"):
    changes, never = why_not_answer(case, plan, found, language).tables
    return changes.table.rows, never.table.rows


# By trying every subset (why-small-case.json, Apache-2.0 figures): extra budget with no value lost, cut of
# cost, for each project that the best plan 1 2 7 9 10 refuses.
PUBLISHED = [
    ("P4 P4", "3.00", "Dana 2027: 3.00", "3.00"),
    ("P5 P5", "3.00", "Dana 2027: 3.00", "3.00"),
    ("P3 P3", "5.00", "Dana 2027: 5.00", "5.00"),
    ("P6 P6", "6.00", "Dana 2027: 6.00", "6.00"),
    ("P8 P8", "7.00", "Dana 2027: 7.00", "7.00"),
]


def test_what_each_refused_programme_of_the_published_case_needs(solved):
    changes, never = cells(*solved)
    assert list(changes) == PUBLISHED
    assert never == ()
    text = told(tables.why_not_table(*solved, "en"))
    assert text.startswith(
        "Least extra money found: Rp 3.00 billion more puts P4 P4 in, with nothing lost (proven: 3.00)."
    )
    assert "Proven to need extra money (5): P4 P4, P5 P5, P3 P3, P6 P6, and P8 P8." in text
    assert "Proven to be in no plan" not in text  # a table without rows is not shown


def test_in_indonesian(solved):
    text = told(tables.why_not_table(*solved, "id"))
    assert text.startswith(
        "Tambahan dana paling sedikit yang ditemukan: dengan Rp3,00 miliar lagi, P4 P4 masuk dan nilai rencana tidak"
        " turun (terbukti: 3,00)."
    )
    assert "P5 P5 3,00 Dana 2027: 3,00 3,00" in text
    assert "Terbukti memerlukan tambahan dana (5)" in text


def test_one_programme_in_sentences(solved):
    """With 20 project 4 goes beside 2, 7, 9 and 10 (115, no less than 114); with 17 beside 1, 2, 7 and 9 (109)."""
    money, leave, *rest = tables.why_not_sentences(*solved, "P4", "en")
    assert leave == "Then would leave: P1 P1."
    assert money == (
        "With Rp 3.00 billion more P4 P4 is in, and nothing is lost (proven: 3.00)."
        " In Rp billion, from: Dana 2027: 3.00."
    )
    assert (
        "Without extra money it is enough if it costs Rp 3.00 billion less (proven: 3.00). In Rp billion, by year:"
        " 2027: 3.00."
    ) in rest
    assert (
        "With today's money it is in a best plan if it brings 5.00 score points more (proven: 5.00)." in rest
    )
    assert rest[-1] == "Then would leave: P10 P10."
    assert tables.why_not_sentences(*solved, "P4", "id")[0].startswith(
        "Dengan tambahan Rp3,00 miliar, P4 P4 masuk"
    )


def test_of_a_programme_in_the_plan_nothing_is_said(solved):
    assert tables.why_not_sentences(*solved, "P9", "en") == []


def test_figures_are_rounded_outwards(solved):
    """Not enough is rounded down, enough is rounded up, of each fund too."""
    case, plan, _ = solved
    money = Change(1.239, 2.501, (("f", 2027, 1.2501), ("f", 2028, 1.2512)))
    found = by_hand(item(money=money, value=Change(0.129, 0.431), cost=Change(0.0, None)))
    ((_, *row),), _ = cells(case, plan, found)
    assert row == ["1.23 to 2.51", "Dana 2027: 1.25; Dana 2028: 1.26", "at least 0.00"]
    assert why_not_answer(case, plan, found, "en").title.startswith(
        "Least extra money found: Rp 2.51 billion more puts P4 P4 in, with nothing lost (proven: 1.23 to 2.51)."
    )


def test_what_is_proven_to_need_less_than_is_told_is_not_called_proven(solved):
    case, plan, _ = solved
    found = by_hand(item(money=Change(0.004, 1.0, (("f", 2027, 1.0),))))
    answer = why_not_answer(case, plan, found, "en")
    assert answer.sentences == ["Of no refused proposal is it proven that it needs extra money."]


@pytest.mark.parametrize(
    ("language", "maybe", "proven"),
    [("en", "there may be one all the same", "proven"), ("id", "mungkin tetap ada", "terbukti")],
)
def test_what_was_not_found_is_not_told_as_none(solved, language, maybe, proven):
    case, plan, _ = solved
    unknown = Change(2.0, None)
    found = by_hand(item(money=unknown, value=unknown, cost=unknown), item("P5", money=NONE, cost=NONE))
    answer = why_not_answer(case, plan, found, language)
    assert maybe in answer.title
    assert proven not in answer.title.lower()
    assert "1 " in answer.title  # P5 is not among those for which there may be one
    proven_none, not_found = answer.sentences[1:]
    assert "P5 P5" in proven_none
    assert proven in proven_none.lower()
    assert "P4 P4" in not_found
    assert maybe in not_found
    money, too_little, *rest = tables.why_not_sentences(case, plan, found, "P4", language)
    assert maybe in money
    assert proven in too_little
    assert [maybe in sentence for sentence in rest] == [True, False, True, False]


def test_what_is_proven_to_be_none_is_told_as_that(solved):
    case, plan, _ = solved
    found = by_hand(item(money=NONE, cost=NONE, value=NONE))
    answer = why_not_answer(case, plan, found, "en")
    assert answer.title == (
        "Proven: no amount of extra money puts any of the refused proposals in without a loss."
    )
    ((_, *row),), _ = cells(case, plan, found)
    assert row == ["no amount, proven", "–", "no amount, proven"]
    assert tables.why_not_sentences(case, plan, found, "P4", "en") == [
        "Proven: however much money is added, no plan that has P4 P4 is worth as much as this one.",
        "Proven: even if it cost nothing, no plan that has it would be worth as much as this one.",
        "Proven: with today's money no plan has it.",
    ]


def test_what_no_fund_may_pay_for_is_told_with_the_costs_that_others_would_bear(solved):
    case, plan, _ = solved
    cost = Change(2.0, 2.0, (("", 2028, 2.0),), (), ("P4",))
    found = by_hand(item(money=NONE, value=NONE, cost=cost, never=True))
    assert tables.why_not_sentences(case, plan, found, "P4", "en") == [
        "Proven: no plan has P4 P4, however much money there is.",
        "Which rules are in the way was not found out.",
        "Without extra money it is enough if it costs Rp 2.00 billion less (proven: 2.00). In Rp billion, by year:"
        " 2028: 2.00.",
    ]


def test_one_that_needs_nothing(solved):
    case, plan, _ = solved
    one = by_hand(item(), item("P5", money=Change(1.0, 2.0, (("f", 2027, 2.0),))), best=114.5)
    answer = why_not_answer(case, plan, one, "en")
    assert answer.title.startswith("P4 P4 needs no extra money: a plan that has it")
    assert tables.why_not_sentences(case, plan, one, "P4", "en") == [
        "P4 P4 needs no extra money: a plan that has it and is worth no less than this one was found.",
        "It need not bring more: with today's money a plan that has it is proven to be as good as the best.",
    ]
    two = why_not_answer(case, plan, by_hand(item(), item("P5"), lost("P3")), "en")
    assert two.title.startswith("2 of 3 refused proposals need no extra money")


def test_one_plan_for_two_questions_is_told_once(solved):
    case, plan, _ = solved
    same = Change(1.0, 1.0, (("f", 2027, 1.0),), ("P10",), ("P4",))
    found = by_hand(item(money=same, cost=replace(same, parts=(("", 2027, 1.0),)), value=same))
    sentences = tables.why_not_sentences(case, plan, found, "P4", "en")
    assert sentences.count("Then would leave: P10 P10.") == 1
    assert len(sentences) == 4


OBSTACLES = [
    (Obstacle("locked_out", ("P4",)), "Programmes left out are not (P4)"),
    (Obstacle("excludes", ("P4", "P5")), "Mutually exclusive ones are not together (P4, P5)"),
    (Obstacle("locked_in", ("P5", "2027")), "Locked-in programmes are carried out (P5, 2027)"),
    (Obstacle("mandatory_regions", ("P4", "A")), "Regions that must take part do (P4, A Alfa)"),
    (Obstacle("equity", ("A",)), "Equity floor (A Alfa)"),
    (Obstacle("new_systems", ()), "No more information systems"),
    (
        Obstacle("fund_budgets", ("f", "2028")),
        "Without a budget in a year in which it would have to pay: f Dana, 2028",
    ),
]


@pytest.mark.parametrize(("obstacle", "words"), OBSTACLES)
def test_rules_in_the_way_are_called_as_elsewhere(solved, obstacle, words):
    case, plan, _ = solved
    _, (row,) = cells(case, plan, by_hand(lost("P4", obstacle)))
    assert row == ("P4 P4", words)


def test_the_codes_of_each_rule_are_known_to_words():
    """A year, which has no name, may stand where a region does: a programme is locked in with either."""
    for rule in RULES:
        for relaxation in rule.relaxations:
            places = PLACES.get(rule.name, PROGRAMS)[: len(relaxation.codes)]
            assert len(places) == len(relaxation.codes)
            assert all(
                mine == theirs or theirs == "year"
                for mine, theirs in zip(places, relaxation.codes, strict=True)
            )


def test_one_that_no_plan_has(solved):
    case, plan, _ = solved
    found = by_hand(lost("P4", *(obstacle for obstacle, _ in OBSTACLES[:2])), lost("P5"))
    answer = why_not_answer(case, plan, found, "en")
    assert answer.title == ("Proven: no plan has any of the refused proposals, however much money there is.")
    assert answer.sentences == []
    changes, never = cells(case, plan, found)
    assert changes == ()
    assert never[1] == ("P5 P5", "not found out")
    assert tables.why_not_sentences(case, plan, found, "P4", "en") == [
        "Proven: no plan has P4 P4, however much money there is.",
        "In the way: Programmes left out are not (P4); Mutually exclusive ones are not together (P4, P5).",
    ]
    assert tables.why_not_sentences(case, plan, found, "P5", "id") == [
        "Terbukti: tidak ada rencana yang dapat memuat P5 P5, berapa pun dananya.",
        "Ketentuan mana yang menghalangi belum diketahui.",
    ]


def test_the_rule_that_a_real_case_meets():
    """Project 4 is left out by the scenario: that alone leaves no plan with it."""
    case, scenario = published(), by_score(locked_out=["P4"])
    plan = select_programs(case, scenario)
    found = explained(why_not(case, scenario, plan, ["P4"], workers=1))
    changes, never = cells(case, plan, found, "id")
    assert changes == ()
    assert never == (("P4 P4", "Program yang dikeluarkan tidak dikerjakan (P4)"),)


def test_where_nothing_was_refused(solved):
    case, plan, _ = solved
    answer = why_not_answer(case, plan, by_hand(), "en")
    assert (answer.title, answer.sentences) == ("Every proposal is in the plan.", [])


def test_names_are_escaped():
    case, scenario = published(), by_score()
    hostile = "<script>alert(1)</script>"
    case = replace(
        case,
        programs=case.programs.assign(name_id=hostile),
        funds=rows("fund name_id", ("f", "<b>Dana & co</b>")).reindex(columns=case.funds.columns),
    )
    plan = select_programs(published(), scenario)
    money = Change(1.0, 1.0, (("f", 2027, 1.0),))
    html = tables.why_not_table(
        case, plan, by_hand(item(money=money), lost("P5", OBSTACLES[0][0])), "id"
    ).html
    assert hostile not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;Dana &amp; co&lt;/b&gt;" in html


def test_what_was_not_asked_shows_nothing(solved):
    case, plan, _ = solved
    for found in (None, explained(None)):
        assert tables.why_not_table(case, plan, found, "id") is None
    assert tables.why_not_sentences(case, plan, explained(None), "P4", "id") == []
    with pytest.raises(ValueError, match="not asked"):
        why_not_answer(case, plan, explained(None), "id")
