"""Maturity by year and what partners commit, worked out by hand."""

import re

import pytest

from hand import rows
from jspmodel.plan import Payment
from jspmodel.scenario import Scenario
from jspmodel.tables import maturity_table, pledge_table
from small_decision import small_case, small_plan

EVIL = "<script>alert(1)</script>"


def cells(html):
    """Return the texts of each row of each table."""
    found = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    texts = [
        [re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in found
    ]
    return [[" ".join(text.split()) for text in row] for row in texts]


def climbing(stage="awal"):
    """P (2027-2028) raises A and B by 0.5; Q, delivered in 2028, requires 2 of A, which has 1.5, and B, which has 2."""
    return small_case(
        regions=rows(
            "region name population maturity stage",
            ("A", "Alfa", 300, 1.5, stage),
            ("B", "Beta", 100, 2, "lanjut"),
        ),
        programs=rows(
            "program name_id duration scope raises_maturity required_maturity",
            ("P", "Penguatan", 2, "joint", 0.5, None),
            ("Q", "Cita-cita", 1, "joint", None, 2),
            ("H", "Taman", 1, "joint", None, None),
        ),
    )


def plan(start):
    programs = tuple(
        item.model_copy(update={"start": start}) if item.program == "Q" else item
        for item in small_plan().programs
    )
    return small_plan(programs=programs)


def test_levels_rise_when_what_raises_them_is_delivered():
    table = cells(
        maturity_table(climbing(), Scenario(first_year=2027, last_year=2029), plan(2029), "id").html
    )
    assert ["Alfa", "1,50 awal", "1,50 awal", "2 lanjut", "2 lanjut"] in table
    assert ["Beta", "2 lanjut", "2 lanjut", "2,50", "2,50"] in table
    assert ["Q Cita-cita", "2029", "2", "P (2027)"] in table


def test_what_no_region_had_to_wait_for_is_not_told():
    case = climbing()
    case.regions["maturity"] = 2.0
    table = cells(maturity_table(case, Scenario(first_year=2027, last_year=2029), plan(2029), "en").html)
    assert not [row for row in table if row[0].startswith("Q")]


def test_stages_that_regions_of_one_level_do_not_share_are_not_named():
    case = climbing()
    case.regions["maturity"] = 2.0
    html = maturity_table(case, Scenario(first_year=2027, last_year=2029), plan(2029), "en").html
    assert "awal" not in html
    assert "lanjut" not in html


def test_nothing_is_shown_where_no_maturity_is_known():
    assert maturity_table(small_case(), Scenario(), small_plan(), "id") is None


def pledged(kind="Mitra komunitas (natura)", name="Desa adat"):
    return small_case(
        funds=rows(
            "fund name_id kind certainty",
            ("f", "APBD", "APBD", "agreed"),
            ("g", name, kind, "pledge"),
            ("h", "Bank", "CSR", ""),
        ),
        fund_budgets=rows(
            "fund year amount", ("f", 2027, 20), ("g", 2027, 6), ("g", 2028, 6), ("h", 2028, 3)
        ),
    )


def test_pledges_are_summed_over_years_and_told_with_what_they_pay():
    paid = (
        Payment(program="P", fund="f", year=2027, amount=5.0),
        Payment(program="P", fund="g", year=2027, amount=1.5),
        Payment(program="P", fund="g", year=2028, amount=2.0),
        Payment(program="Q", fund="g", year=2028, amount=0.5),
    )
    scenario = Scenario.model_validate({"budget_scale": 0.5})
    shown = pledge_table(pledged(), scenario, small_plan(funding=paid), "id")
    assert cells(shown.html)[1:] == [
        ["Desa adat", "Mitra komunitas (natura)", "komitmen", "6,0", "4,0", "P, Q"],
        ["Bank", "CSR", "diharapkan", "1,5", "0,0", "–"],
    ]
    assert "7,5" in shown.title


def test_nothing_is_shown_without_partners():
    case = small_case(funds=rows("fund name_id kind", ("f", "APBD", "APBD"), ("g", "Hibah", "hibah")))
    assert pledge_table(case, Scenario(), small_plan(), "en") is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_from_the_tables_becomes_markup(language):
    html = [
        maturity_table(climbing(EVIL), Scenario(first_year=2027, last_year=2029), plan(2029), language).html,
        pledge_table(pledged(f"mitra {EVIL}", EVIL), Scenario(), small_plan(), language).html,
    ]
    assert all("<script>" not in part and "alert(1)" in part for part in html)


def test_the_scale_of_the_levels_is_named_or_said_to_be_missing():
    plan, named = small_plan(), climbing()
    shown = maturity_table(named, Scenario(), plan, "id").html
    assert "Skala tingkat kematangan tidak disebut (regions.csv, maturity_scale)." in shown
    regions = named.regions.assign(maturity_scale=["SPBE", "SPBE"])
    tables = {name: table for name, table in named.tables().items() if len(table)}
    scaled = small_case(**{**tables, "regions": regions})
    assert "Scale of the levels of maturity: SPBE." in maturity_table(scaled, Scenario(), plan, "en").html
