"""What a report tells of an adopted plan and the one made from where it stands (``adopted``: the same by hand)."""

from __future__ import annotations

import re

import pytest

from adopted import REALISED, SLIPPED, adopted_plan, case_with, scenario_through
from jspmodel import tables
from jspmodel.intake import replanned
from jspmodel.selection import select_programs
from selection.small import rows

ADOPTED = adopted_plan()


def told(realisation, language="id", year=2027, **settings):
    """Return what both tables say, without tags."""
    case, scenario = replanned(case_with(realisation), scenario_through(year, **settings), ADOPTED)
    plan = select_programs(case, scenario)
    found = (
        tables.realisation_table(case, scenario, language),
        tables.replan_table(case, scenario, plan, language),
    )
    return [
        " ".join(re.sub("<[^>]+>", " ", one.html).replace("\N{NO-BREAK SPACE}", " ").split()) for one in found
    ]


def test_nothing_is_told_where_no_plan_is_gone_on_with():
    case, plan = case_with(SLIPPED), ADOPTED
    scenario = scenario_through().replace(replan={})
    assert tables.realisation_table(case, scenario, "id") is None
    assert tables.replan_table(case, scenario, plan, "id") is None
    assert tables.change_rows(case, scenario, plan, "id") == []


def test_what_was_realised_slipped_and_is_left():
    realised, _ = told(SLIPPED)
    assert (
        "terealisasi Rp2,5 miliar dari Rp7 miliar (35,7%); dari 2 program yang seharusnya mulai, 1 belum mulai"
        in realised
    )
    assert "nilai rencana menjadi 10,7, semula 12,3: turun 1,7 (poin persen)" in realised
    assert "Q Q (1,7)" in realised
    assert "Rp4,5 miliar dari F dan G tidak terserap dan hangus" in realised
    assert "P P 4,0 2,5 62,5% sedang berjalan 2028, sesuai rencana 8,0 dari 8,0 lelang terlambat" in realised
    assert "Q Q 3,0 0,0 0,0% belum mulai – – lahan belum siap" in realised


def test_money_carried_and_a_year_late_in_english():
    table = rows(
        REALISED,
        ("P", 2027, "f", 2.0, "under_way", ""), ("P", 2028, "f", 4.0, "under_way", ""),
        ("Q", 2027, "g", 3.0, "finished", ""),
    )  # fmt: skip
    realised, changed = told(table, "en", 2028, unspent="carried")
    assert "Rp 2 billion of F was left over and is carried into 2029" in realised
    assert "2029, 1 year(s) late" in realised
    assert "R R 2029; A 2029; A" in changed.replace("All regions (1)", "A").replace("Alfa", "A")


def test_why_a_programme_leaves_is_told_with_who_takes_its_money():
    table = rows(
        REALISED,
        ("P", 2027, "f", 2.0, "under_way", ""), ("P", 2028, "f", 4.0, "under_way", ""),
        ("Q", 2027, "g", 3.0, "finished", ""),
    )  # fmt: skip
    _, changed = told(table, "en", 2028)
    assert "2 programmes stay as adopted, 0 start later or otherwise, 1 leave, 0 are new" in changed
    assert (
        "As adopted it would be short of Rp 1 billion in 2029. More than adopted goes in these years to: P P (Rp 2 billion)."
        in changed
    )


def test_a_cause_that_was_not_found_out_is_not_told():
    table = rows(REALISED, ("P", 2027, "f", 1.0, "given_up", "batal"), ("Q", 2027, "g", 3.0, "finished", ""))
    _, changed = told(table, "en")
    assert "Given up. Reason given: batal." in changed
    assert (
        "It was to begin in 2029; now 2028. As adopted it would break no rule, but the plan would be worth 0.7 less"
        in changed
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_text_of_others_stays_text(language):
    hostile = SLIPPED.assign(reason=["<script>x</script>", "=1+1"])
    case, scenario = replanned(case_with(hostile), scenario_through(), ADOPTED)
    plan = select_programs(case, scenario)
    html = tables.realisation_table(case, scenario, language).html
    html += tables.replan_table(case, scenario, plan, language).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
