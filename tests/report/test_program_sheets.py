"""Sheets of programmes: what they say of the decision of tests/small_decision.py, checked by hand."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from hand import J, W, rows
from jspmodel import report
from jspmodel.plan import Payment
from jspmodel.report.program_money import money_table
from small_decision import small_case, small_decision, small_plan, small_sensitivity


def sheets(decision, language="id"):
    """Return the sheet of each programme as text, by code."""
    html = report.program_sheets(decision, language).html
    parts = re.split(r'<details class="sheet" data-program="', html)[1:]
    return {part.split('"')[0]: re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", part)) for part in parts}


@pytest.fixture(scope="module")
def told():
    return sheets(small_decision())


def test_every_proposal_has_a_sheet_those_of_the_plan_first(told):
    assert [*told] == ["P", "Q", "H"]
    assert "mulai 2027 · Rp14\N{NO-BREAK SPACE}miliar".replace("\N{NO-BREAK SPACE}", " ") in told["P"]
    assert "belum terakomodasi" in told["H"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_ids_lead_to_the_inside_so_that_browsers_unfold_a_sheet(language):
    html = report.program_sheets(small_decision(), language).html
    for code in "PQH":
        assert re.search(rf"</summary>\s*<div id=\"{code}\">", html)


def test_what_and_where_and_what_for(told):
    for text in (
        "Sampah", "Indikator hasil Sampah (Ton): mengurangi 50,0% kesenjangan tiap daerah peserta",
        "Indikator keluaran dan target 120 t/hari: Sampah terolah", "Lokasi Alfa dan Beta",
        "Pelaksanaan 2027–2028", "Perangkat daerah penanggung jawab DLH", "Asal usulan; kewenangan RPJMD",
    ):  # fmt: skip
        assert text in told["P"], text
    assert "Pelaksanaan 2028 " in told["Q"]
    assert "tidak berpengaruh pada isu yang diperhitungkan" in told["H"]


def test_what_the_tables_do_not_say_is_left_out(told):
    assert (
        "Penerima manfaat"
        in sheets(small_decision(small_case(programs=with_column("beneficiaries", 30.0))))["P"]
    )
    for text in ("Penerima manfaat", "Program menurut nomenklatur", r"\bnan\b", "None"):
        assert not any(re.search(text, sheet) for sheet in told.values()), text


def with_column(column, value):
    return small_case().programs.assign(**{column: value})


def test_money_by_year_and_fund_with_totals(told):
    assert "Sumber dana 2027 2028 Jumlah F 10,0 – 10,0 G – 4,0 4,0 Jumlah 10,0 4,0 14,0" in told["P"]
    assert "Pagu indikatif" not in told["Q"]  # costs nothing


def test_the_largest_fund_comes_first_and_small_amounts_keep_two_decimals():
    payments = (
        Payment(program="P", fund="f", year=2027, amount=0.25),
        Payment(program="P", fund="g", year=2028, amount=4.0),
        Payment(program="P", fund="g", year=2028, amount=1.0),
        Payment(program="Q", fund="g", year=2028, amount=9.0),
    )
    decision = small_decision(plan=small_plan(funding=payments))
    table = money_table(decision, decision.plan.programs[0], "en")
    assert table.rows == (
        ("G", "–", "5.00", "5.00"), ("F", "0.25", "–", "0.25"), ("Total", "0.25", "5.00", "5.25"),
    )  # fmt: skip


def test_a_refused_proposal_shows_what_it_would_cost():
    costs = rows(
        "program region kind offset amount",
        ("P", "", "build", 0, 10.0), ("H", "", "build", 0, 3.0), ("H", "A", "run", None, 0.5),
    )  # fmt: skip
    case = small_case(
        program_costs=costs, program_regions=rows("program region", ("P", "A"), ("P", "B"), ("H", "A"))
    )
    sheet = sheets(small_decision(case))["H"]
    assert "2027 2028 Jumlah Biaya 3,0 0,5 3,5" in sheet  # one year from 2027, run in 2028
    assert "Lokasi Alfa (bila diakomodasi)" in sheet


def test_documents_and_readiness(told):
    assert "perjanjian kerja sama Bupati Alfa dan Bupati Beta 30 November 2026 terbuka" in told["P"]
    assert "SK Gubernur 31 Oktober 2026 selesai" in told["P"]
    assert "Dokumen: 1 selesai dan 1 terbuka dengan batas waktu." in told["P"]
    assert "Tidak ada dokumen yang disebut tabel." in told["Q"]
    assert (
        "Risiko terlambat belum diisi, jadi program ini dihitung pasti selesai pada akhir 2028." in told["P"]
    )
    assert "Peluang" not in told["P"]
    assert "Peluang" not in told["H"]


def test_a_risk_of_delay_that_was_filled_in_gives_a_chance():
    case = small_case()
    risky = replace(case, programs=case.programs.assign(delivery_risk=[0.2, None, None]))
    found = sheets(small_decision(risky))["P"]
    assert "Peluang selesai pada akhir 2028 sesuai rencana: " in found
    assert "belum diisi" not in found


def test_readiness_of_money_and_prerequisites():
    funds = rows("fund name_id certainty", ("f", "F", "agreed"), ("g", "G", "pledge"))
    links = rows(
        "program other kind value",
        ("Q", "P", "requires", None), ("H", "Q", "requires", None), ("H", "P", "excludes", None),
        ("P", "Q", "complements", 0.2),
    )  # fmt: skip
    programs = small_case().programs.assign(land=["ready", "", ""])
    told = sheets(small_decision(small_case(funds=funds, program_links=links, programs=programs)), "en")
    money = "Money by certainty: agreed Rp 10 billion and pledged"
    assert money.split(" and")[0] in told["P"].replace("\N{NO-BREAK SPACE}", " ")
    assert "Land: ready." in told["P"]
    assert "Chance that its prerequisites are delivered before 2028: 0%." in told["Q"]  # P ends in 2028
    assert "Requires P Waste treatment (delivered 2028)." in told["Q"]
    assert "Required by: Q Job training." in told["P"]
    assert "Its effect grows by 20% together with Q Job training." in told["P"]
    assert "Adds 20% to the effect of P Waste treatment." in told["Q"]
    assert "Not together with P Waste treatment." in told["H"]
    assert "Required by: H City park." in told["Q"]


def test_what_is_lost_is_the_plans_own_figure(told):
    assert "Rencana kehilangan 15,00 poin persen bila program ini dicabut" in told["P"]
    # By the tables: in A waste weighs W * 1 * 0.75, and P closes there by the end of 2028, so in one year of two,
    # phi(0.5 (1 + 0.1 tie + 0.2)); Q closes 0.3 of B's jobs in the same year, with or without P.
    decision = small_decision()
    lost = decision.losses["P"]
    tie = W * 0.5 / (W + J * 0.8)
    closed = 0.4 + 0.75 * (0.5 * (1.2 + 0.1 * tie) - 0.4)
    whole = W * 1 * 0.75 + W * 0.5 * 0.25 + J * 0.8 * 0.25
    assert lost.at["w", "A"] == pytest.approx(100 * W * 0.75 / whole * closed / 2)
    assert lost.at["w", "B"] == pytest.approx(100 * W * 0.125 / whole * closed / 2)
    assert lost.loc["j"].tolist() == pytest.approx([0, 0])


def test_a_refusal_says_why_and_what_would_bring_it_in():
    told = sheets(small_decision(sensitivity=small_sensitivity()))
    assert "Alasan belum terakomodasi" in told["H"]
    assert "Masuk dalam rencana terbaik yang ditemukan bila semua pagu naik 20 persen." in told["H"]
    assert "Syarat agar dapat diakomodasi" not in told["P"]


def test_importance_is_told_as_proven():
    def item(code, **more):
        known = {"selected": code != "H", "irreplaceable": False, "estimate": 1.0, "leave": (code, "Q")}
        places = {"rank": 1, "last_rank": 2, "least": 0.129, "most": 0.431}
        return SimpleNamespace(program=code, **{**known, **places, **more})

    programs = [item("P"), item("Q", irreplaceable=True), item("H", rank=0, last_rank=0)]
    found = SimpleNamespace(importance=SimpleNamespace(programs=programs), why_not=None)
    decision = small_decision()
    told = sheets(type(decision)(**{**vars(decision), "explanation": found}), "en")
    assert "worth 0.12 to 0.44 percentage points less (proven); place 1–2 of 2." in told["P"]
    assert "Proven to be in every plan" in told["Q"]
    assert "the plan loses 0.12 to 0.44 percentage points (proven)." in told["H"]
    assert "Then leave: Q." in told["H"]


def test_a_table_of_many_years_scrolls_by_itself():
    payments = tuple(Payment(program="P", fund="f", year=year, amount=1.0) for year in range(2027, 2034))
    wide = small_decision(plan=small_plan(funding=payments))
    assert 'role="region"' in report.program_sheets(wide, "en").html
    assert 'role="region"' not in report.program_sheets(small_decision(), "en").html


def test_what_would_bring_a_proposal_in_is_told_without_names_that_its_links_have():
    change = SimpleNamespace(least=1.0, most=2.0, parts=(("f", 2027, 2.0),), leave=("P",), enter=("H",))
    asked = SimpleNamespace(program="H", never=False, obstacles=(), money=change, cost=change, value=change)
    known = {"irreplaceable": False, "estimate": None, "leave": (), "rank": 0, "last_rank": 0}
    importance = SimpleNamespace(programs=[SimpleNamespace(program="H", selected=False, **known)])
    found = SimpleNamespace(importance=importance, why_not=SimpleNamespace(programs=[asked]))
    decision = small_decision()
    told = sheets(type(decision)(**{**vars(decision), "explanation": found}), "en")["H"]
    assert "With Rp 2.00 billion more H is in" in told
    assert "Waste treatment" not in told
