"""What the tables and the chart on the usual ways tell, in both languages: the published case, and by hand."""

import re
from dataclasses import replace

import pytest

from hand import rows
from jspmodel import charts, tables
from jspmodel.charts.render import svg
from jspmodel.plan import Breach, Check
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternatives,
    CustomaryPlan,
    CustomaryPlans,
    Dropped,
    Explanation,
    Importance,
    RegionShare,
    customary_plans,
)
from jspmodel.tables.customary_tables import customary_answer
from selection.postoptimal.published import by_score, published
from small_decision import small_case, small_plan

BOTH = pytest.mark.parametrize("language", ["id", "en"])


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def explained(found):
    return Explanation(
        Importance(0.0, 0.0, 0.0, ()), Alternatives(0.02, 0.0, (), 0, False, (), ()), customary=found
    )


@pytest.fixture(scope="module")
def solved():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    return case, plan, explained(customary_plans(case, scenario, plan, workers=1))


def test_the_nearest_way_and_the_farthest(solved):
    """By score per rupiah 106, by score 95 of 114 (see test_customary_plans): 8 / 114 is 7.02 %, 19 / 114 16.67 %."""
    text = told(tables.customary_table(*solved, "en"))
    assert text.startswith(
        "Of the usual ways, “By score per rupiah” comes nearest: it gives 8.00 score points less than this plan "
        "(7.0%); “By score” loses most: 19.00 score points (16.7%)."
    )
    # 8 / 114 = 7.0175..., 19 / 114 = 16.666...: rounded outwards.
    assert "This plan 114.00 – 0.00 0.00 17.0" in text
    assert "By score per rupiah 106.00 8.00 8.00 7.01 to 7.02 15.0" in text
    assert "By score 95.00 19.00 19.00 16.66 to 16.67 17.0" in text
    # Seven leaves for four; ten and two for five. No programme closes a gap, so no region gets less.
    assert "nor at what fits into a year. P7 P4 no region –" in text
    assert "which looks at no costs. P2, P10 P5 no region –" in text


def test_in_indonesian(solved):
    text = told(tables.customary_table(*solved, "id"))
    assert text.startswith(
        "Dari cara yang lazim, “Menurut skor per rupiah” paling mendekati: nilainya 8,00 poin skor"
    )
    assert "Menurut skor 95,00 19,00 19,00 16,66 sampai 16,67 17,0" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "id",
            [
                "Undang-Undang Nomor 1 Tahun 2022",
                "Pasal 142",
                "tidak dilakukan berdasarkan pertimbangan pemerataan antarperangkat Daerah atau berdasarkan alokasi "
                "anggaran pada tahun anggaran sebelumnya.",
                "berdasarkan skala prioritas.",
            ],
        ),
        (
            "en",
            [
                "Law (UU) No. 1 of 2022",
                "article 142",
                "for the sake of evenness between agencies, nor by the allocation of the previous fiscal year.",
                "by scale of priority.",
            ],
        ),
    ],
)
def test_the_law_is_cited_with_its_words_and_source(solved, language, words):
    note = customary_answer(*solved, language).notes[-1]
    assert all(word in note for word in words)
    assert re.search(r"\(1\) .*\(2\) .*\(3\) ", note)


@BOTH
def test_what_was_not_given_is_said_once(solved, language):
    answer = customary_answer(*solved, language)
    (sentence,) = answer.sentences
    assert sentence.startswith(
        {"id": "“Pembagian seperti tahun lalu” tidak dihitung", "en": "“Shares as last year”"}[language]
    )
    assert "law_last_year" not in told(answer.rendered(language))
    assert not [
        row
        for table in answer.tables
        for row in table.table.rows
        if "tahun lalu" in row[0] or "last year" in row[0]
    ]


def way(custom, worth=None, status="legal", **more):
    """A way beside a plan worth 20, whose bound is 21."""
    figures = (
        {}
        if worth is None
        else {
            "worth": worth,
            "loss": 20.0 - worth,
            "least": max(0.0, 20.0 - worth),
            "most": 21.0 - worth,
            "cost": 8.0,
        }
    )
    return CustomaryPlan(custom, status, **{**figures, **more})


def shown(*ways, listed_by="score", case=None, language="en", objective=20.0, bound=21.0):
    found = CustomaryPlans(objective, bound, 14.0, listed_by, ways)
    return customary_answer(case or small_case(), small_plan(), explained(found), language)


def text_of(answer, language="en"):
    return told(answer.rendered(language))


def test_losses_are_intervals_rounded_outwards():
    """Of 15.004: the best is worth 4.996 to 5.996 more; of 20 that is 24.98 to 29.98 percent."""
    text = text_of(shown(way("by_score", 15.004)))
    assert text.startswith(
        "The usual way “By score” gives 5.00 percentage points less than this plan (25.0%)."
    )
    assert "By score 15.00 5.00 4.99 to 6.00 24.98 to 29.98 8.0" in text
    assert "This plan 20.00 – 0.00 to 1.00 0.00 to 5.00 14.0" in text


def test_without_a_bound_only_the_lower_end_is_told():
    text = text_of(shown(way("by_score", 15.0, most=None)))
    assert "By score 15.00 5.00 at least 5.00 at least 25.00 8.0" in text


def test_a_way_that_is_better_is_the_message():
    text = text_of(shown(way("by_score", 20.5), way("bargained", 12.0)))
    assert text.startswith(
        "“By score” gives 0.50 percentage points more than this plan, which can be bettered"
    )
    assert "--set solver.effort=thorough" in text


def test_ways_that_come_to_as_much():
    text = text_of(shown(way("by_score", 20.0 + 1e-9), way("bargained", 20.0 - 1e-9)))
    assert text.startswith("The usual ways come to as much as this plan.")
    assert "-0.00" not in text


def test_a_plan_worth_nothing_has_no_percentages():
    nothing = way("by_score", 0.0, loss=0.0, least=0.0, most=1.0)
    text = text_of(shown(nothing, objective=0.0, bound=1.0))
    assert text.startswith("The usual ways come to as much as this plan.")
    assert "By score 0.00 0.00 0.00 to 1.00 – 8.0" in text


def test_a_way_that_leads_to_no_legal_plan_says_which_rule_stops_it_and_where():
    broken = Check(rule="equity", checked=2, worst=3.5, breaches=(Breach(where={"region": "B"}, amount=3.5),))
    answer = shown(way("by_score", 15.0), way("bargained", status="not_legal", broken=(broken,)))
    assert answer.sentences == [
        "“By turns”, gone as described here, leads to no plan that keeps all rules. What stops it: Equity floor "
        "(B Beta: 3.5 percentage points short)."
    ]
    assert "By turns – – – – –" in text_of(answer)
    text = text_of(shown(way("bargained", status="not_legal", broken=(broken,))))
    assert text.startswith(
        "None of the usual ways, gone as described here, leads to a plan that keeps all rules"
    )


def test_regions_that_pay_come_with_the_one_that_pays_most_first():
    shares = (RegionShare("A", 30.0, 28.0), RegionShare("B", 10.0, 4.5))
    text = text_of(shown(way("by_score", 15.0, regions=shares)))
    assert "Beta 5.5; Alfa 2.0" in text
    assert "For a single region this compares two plans; nothing is proven of it." in text
    more = (RegionShare("A", 30.0, 31.0), RegionShare("B", None, None))
    assert "no region" in text_of(shown(way("by_score", 15.0, regions=more)))
    # Where no region has a need, none can pay.
    text = text_of(shown(way("by_score", 15.0, regions=(RegionShare("A", None, None),))))
    assert "no region" not in text
    assert "For a single region" not in text


def test_what_keeps_the_floor_is_told():
    text = text_of(shown(way("by_score", 15.0, unlifted=16.5, lifted=("P", "Q"))))
    assert "P, Q came in or got more regions out of turn." in text
    assert "Without that the way comes to 16.50 percentage points" in text
    assert "only part of it is gone" in text_of(shown(way("by_score", 15.0, unlifted=16.5)))


def test_a_plan_that_was_brought_is_told_by_itself():
    gone = (Dropped("P", "", ("costs_paid",)), Dropped("Q", "B", ("eligible_regions",)))
    text = text_of(shown(way("by_score", 15.0), way("brought", 10.0, dropped=gone)))
    assert text.startswith("The usual way “By score” gives 5.00")
    assert (
        "The plan that was brought gives 10.00 percentage points less than this plan (less than the best, proven: 10.00 to 11.00)."
        in text
    )
    assert "had to go: P Waste treatment (All costs are paid, year by year); Beta in Q Job training (" in text
    broken = (Check(rule="locked_in", checked=1, worst=1.0),)
    none = text_of(shown(way("by_score", 15.0), way("brought", status="not_legal", broken=broken)))
    assert "no part was found that keeps all rules" in none
    assert "As a whole it breaks: Locked-in programmes are carried out." in none


@pytest.mark.parametrize(
    ("among", "law"),
    [
        ("agencies", "allocation of the previous fiscal year."),
        ("regions", "it says nothing of shares of regions."),
    ],
)
def test_what_the_law_says_of_last_years_shares(among, law):
    """Paragraph (2) speaks of agencies only."""
    (row,) = shown(way("last_year", 15.0, among=among)).tables[1].table.rows
    assert row[-1].endswith(law)


@BOTH
def test_lists_without_scores_are_called_by_gain(language):
    text = text_of(shown(way("by_score", 15.0), listed_by="gain", language=language), language)
    assert {"id": "“Menurut manfaat”", "en": "“By gain”"}[language] in text
    assert {"id": "Tidak ada program yang berskor", "en": "No programme has a score"}[language] in text


def test_a_long_list_is_cut():
    gone = tuple(Dropped("P", "", ("costs_paid",)) for _ in range(15))
    assert "; and 3 more." in text_of(shown(way("brought", 10.0, dropped=gone)))


def test_names_are_escaped():
    named = small_case(regions=rows("region name population", ("A", "<b>A</b>", 3), ("B", "Beta & Co", 1)))
    shares = (RegionShare("A", 30.0, 28.0), RegionShare("B", 10.0, 4.5))
    html = shown(way("by_score", 15.0, regions=shares), case=named).rendered("en").html
    assert "<b>A</b>" not in html
    assert "Beta &amp; Co" in html


@BOTH
def test_without_an_explanation_nothing_is_shown(solved, language):
    case, plan, _ = solved
    for found in (None, explained(None)):
        assert tables.customary_table(case, plan, found, language) is None
        assert charts.customary_plans(plan, found, language) is None
    with pytest.raises(ValueError, match="no customary plans"):
        customary_answer(case, plan, explained(None), language)


def drawn(*ways, objective=20.0, bound=21.0, language="en"):
    found = explained(CustomaryPlans(objective, bound, 14.0, "score", ways))
    return charts.customary_plans(small_plan(), found, language).to_dict()


@BOTH
def test_the_chart_has_our_plan_first_then_the_nearest(solved, language):
    _, plan, found = solved
    spec = charts.customary_plans(plan, found, language).to_dict()
    message = spec["usermeta"]["jspmodel"]
    title = {
        "id": "Cara yang lazim mencapai 95,00 sampai 106,00 poin skor; rencana ini mencapai 114,00.",
        "en": "The usual ways reach 95.00 to 106.00 score points; this plan reaches 114.00.",
    }
    assert message["title"] == title[language]
    assert spec["description"].startswith(title[language])
    figures = [re.sub(",", ".", row[1]) for row in message["table"]["rows"]]
    assert figures == ["114.00", "106.00", "95.00", "95.00", "95.00", "95.00"]
    assert 'class="mark-' in svg(spec)


def test_the_chart_tells_the_interval_of_each_loss():
    spec = drawn(way("by_score", 15.0), way("bargained", 18.0, most=None), way("brought", status="not_legal"))
    table = [tuple(row) for row in spec["usermeta"]["jspmodel"]["table"]["rows"]]
    assert table == [
        ("This plan", "20.00", "0.00 to 1.00"),
        ("By turns", "18.00", "at least 2.00"),
        ("By score", "15.00", "5.00 to 6.00"),
        ("The plan that was brought", "–", "–"),
    ]
    marked = {row["name"]: row for rows in spec["datasets"].values() for row in rows}
    assert marked["By score"]["figure"] == "15.00 (less: 5.00 to 6.00)"
    assert marked["By score"]["bound"] == 21.0
    assert marked["The plan that was brought"]["figure"] == "keeps not all rules"


def test_the_chart_where_no_way_keeps_the_rules():
    spec = drawn(way("by_score", status="not_legal"))
    assert spec["usermeta"]["jspmodel"]["title"].endswith("This plan reaches 20.00 percentage points.")
    assert 'class="mark-' in svg(spec)


def test_the_room_says_between_whom_budgets_are_split(solved):
    among = {plan.custom: plan.among for plan in solved[2].customary.plans}
    assert (among["equal_agencies"], among["equal_regions"], among["by_score"]) == (
        "agencies",
        "regions",
        None,
    )


def test_ways_are_told_whatever_their_order(solved):
    case, plan, found = solved
    turned = replace(found.customary, plans=found.customary.plans[::-1])
    answer = customary_answer(case, plan, explained(turned), "en")
    assert [row[1] for row in answer.tables[0].table.rows][:2] == ["114.00", "106.00"]
