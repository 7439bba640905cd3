"""What the parts say of the decision of tests/small_decision.py, checked against its tables by hand."""

import re
from dataclasses import replace
from inspect import signature
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import many_regions
from hand import rows
from jspmodel import report, tables
from jspmodel.figures import status_counts
from jspmodel.plan import Audit, Check
from jspmodel.report.advice import advice
from jspmodel.report.approvals import approvers, consents, first_papers, money_by_holder, papers
from jspmodel.report.council_matrix import council_matrix
from jspmodel.report.executive_summary import caution, headline
from jspmodel.scenario import Scenario
from jspmodel.simulation import Expected
from jspmodel.text import proof_sentence
from small_decision import MORE, small_case, small_decision, small_plan, small_sensitivity

EVIL = "</script><script>alert(1)</script>\"'&<b>"
SILENT = {"systems", "cofunding_kept", "spending_shares_kept", "staff_use", "rule_prices"}
"""The small case has no shares of regions, no spending rules and no staff, and nobody asked what rules cost."""
PARTS = [
    name
    for name in report.__all__
    if list(signature(getattr(report, name)).parameters) == ["decision", "language"] and name not in SILENT
]
TEXTS = (
    "name",
    "name_id",
    "name_en",
    "objective",
    "origin",
    "kind",
    "signer",
    "indicator",
    "unit",
    "topic",
    "source",
)


@pytest.fixture(scope="module")
def decision():
    return small_decision()


@pytest.fixture(scope="module")
def thorough():
    return small_decision(sensitivity=small_sensitivity())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_told_in_both_languages(thorough, part, language):
    fragment = getattr(report, part)(thorough, language)
    assert fragment.title in (repr(fragment), "")
    assert fragment._repr_html_().lstrip().startswith("<")
    assert "report." not in fragment.html.replace("report.html", "")


@pytest.mark.parametrize("part", PARTS)
def test_nothing_from_the_tables_becomes_markup(part):
    case = small_case(**{name: poisoned(table) for name, table in MORE.items() if name != "program_outputs"})
    scenario = Scenario.model_validate({"title": {"id": EVIL, "en": EVIL}})
    decision = small_decision(case, scenario=scenario, sensitivity=small_sensitivity())
    html = getattr(report, part)(decision, "id").html
    assert "<script>" not in html
    assert "<b>" not in html


def poisoned(table):
    return table.assign(**{column: table[column] + EVIL for column in TEXTS if column in table})


def test_headline(decision):
    # Ceilings 10 + 20 + 6; the plan counts on (0.9 * 22 + 0.1 * 2) / 1 = 20; tenths of 5 to 25: 7, 15 and 23.
    told = in_futures(decision, impact=np.linspace(5.0, 25.0, 101))
    assert headline(told, "id") == (
        "Dengan pagu Rp36\N{NO-BREAK SPACE}miliar, 2 dari 3 usulan program terpilih; kesenjangan capaian terhadap "
        "target diperkirakan berkurang 15,0 persen (rentang 7,0 sampai 23,0), atau 20,0 persen bila semua program tepat waktu dan berhasil."
    )
    conclusion = report.conclusion(told, "en").html
    assert all(
        part in conclusion for part in ("close 15.0 percent", "(range 7.0 to 23.0)", "; 20.0 percent if")
    )
    first = report.summary(told, "en").html
    assert "15.0%" in first
    assert "<small>7.0 to 23.0 in 80 of 100 simulations, against no plan<" in first


def test_the_region_helped_least_is_the_one_that_is_expected_to_be(decision):
    # By the plan it is B; of the futures' medians A has the lower one, and C no need.
    table = rows(
        "region promised low median high mean state",
        ("A", 22.0, 1.0, 2.0, 3.5, 2.0, "gains"), ("B", 2.0, 3.0, 4.0, 5.0, 4.0, "gains"), ("C", 0.0, 0.0, 0.0, 0.0, 0.0, "no_need"),
    )  # fmt: skip
    told = report.summary(in_futures(decision, regions=table), "en").html
    assert "2.0%" in told
    assert "of the gap in Alfa, the region helped least" in told
    assert "range 1.0 to 3.5" in told
    none = in_futures(decision, regions=table.assign(state="no_need"))
    assert "no region has a gap" in report.summary(none, "en").html
    assert "helped least" not in report.conclusion(none, "en").html


def in_futures(decision, **changed):
    """Return the decision in other futures."""
    other = small_decision(decision.case, decision.plan, decision.scenario)
    other.__dict__["futures"] = replace(decision.futures, **changed)  # as if it had been simulated so
    return other


def test_figures(decision):
    told = decision.figures
    assert (told.ceiling, told.used, told.left) == (36.0, 14.0, 22.0)
    assert (told.selected, told.proposed, told.joint) == (2, 3, 1)


def test_figures_without_any_need():
    regions = tuple(item.model_copy(update={"impact": None}) for item in small_plan().regions)
    plan = small_plan(regions=regions, objective_kind="score", objective=7.5)
    decision = small_decision(plan=plan)
    assert "7,5" in headline(decision, "id")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"gap": 0.0}, "tidak ada rencana lain yang lebih baik."),
        ({"gap": 0.01}, "lebih dari 1,0%"),
        ({"gap": 0.0121}, "lebih dari 1,3%"),
        ({"gap": 0.0121, "status": "feasible"}, "paling banyak 1,3%"),
        ({"gap": 0.0501}, "masih sementara: rencana yang sampai 5,1% lebih baik"),
        ({"gap": 0.2, "status": "feasible"}, "masih sementara: rencana yang sampai 20,0% lebih baik"),
        ({"gap": 0.2001}, "belum untuk disetujui: rencana yang sampai 20,1% lebih baik"),
        (
            {"gap": None, "status": "feasible", "objective": 0.0, "bound": 56.1},
            "belum ada yang terbukti, dan rencana bernilai sampai 56,1",
        ),
    ],
)
def test_proof_is_never_better_than_proven(changes, words):
    assert words in proof_sentence(small_plan(**changes), "id")


def test_advice_names_money_years_and_papers(decision):
    approve, sign, change = advice(decision, "id")
    assert all(
        part in approve
        for part in (
            "2 program",
            "Rp14\N{NO-BREAK SPACE}miliar",
            "2027–2028",
            "KUA-PPAS 2027",
        )
    )
    assert all(part in sign for part in ("satu dokumen", "30 November 2026", "perjanjian kerja sama"))
    assert "1,0 poin persen" in change


def test_closed_years_move_the_approval():
    closed = Scenario(closed_years=[2027])
    assert "KUA-PPAS 2028 disepakati (Juli–Agustus 2027)" in advice(small_decision(scenario=closed), "id")[0]


def test_only_open_papers_of_selected_programmes_wait(decision):
    waiting = papers(decision)
    assert [(paper.due, paper.programs) for paper in waiting] == [("2026-11-30", ("P",))]
    assert first_papers(decision) == waiting


def test_papers_of_the_programmes_that_start_first_are_signed_first_also_without_a_date():
    # P starts in 2027, Q in 2028.
    undated, dated = ("P", "SK", "x", "", False), ("Q", "SK", "y", "2027-01-31", False)
    for found, told in (
        ([undated, dated], "satu dokumen yang ditunggu program yang mulai paling awal (belum punya batas waktu): SK (P) oleh x."),
        ([undated, ("P", "MoU", "z", "", False)], "2 dokumen untuk program yang mulai paling awal (belum ada batas waktunya): MoU (P) oleh z dan SK (P) oleh x."),
        ([undated, ("P", "MoU", "z", "2026-10-31", False)], "(batas waktu terdekat 31 Oktober 2026; 1 belum punya batas waktu)"),
    ):  # fmt: skip
        decision = small_decision(small_case(program_documents=rows("program kind signer due done", *found)))
        assert told in advice(decision, "id")[1].replace("\N{NO-BREAK SPACE}", " ")


def test_papers_without_a_date_come_last():
    documents = rows(
        "program kind signer due done", ("P", "SK", "x", "", False), ("Q", "SK", "x", "2027-01-31", False)
    )
    decision = small_decision(small_case(program_documents=documents))
    assert [paper.due for paper in papers(decision)] == ["2027-01-31", ""]
    assert "belum ditetapkan" in report.approval_tables(decision, "id").html


def test_advice_from_data_that_are_mostly_illustrative_is_an_example():
    def told(*status):
        table = rows(
            "region name population status", *zip("AB", ("Alfa", "Beta"), (3, 1), status, strict=True)
        )
        return advice(small_decision(small_case(regions=table)), "id")[0]

    assert told("illustrative", "illustrative").startswith(
        "Sebagai contoh dengan data ilustratif, belum untuk diputuskan: disarankan agar 2"
    )
    assert told("illustrative", "observed").startswith("Disarankan agar 2")


def test_what_starts_in_a_year_that_is_decided_needs_money_of_that_year():
    # P starts in 2027 and takes 10 of fund f then, 4 of fund g in 2028; Q starts in 2028.
    def told(*closed):
        decision = small_decision(scenario=Scenario(closed_years=list(closed)))
        return advice(decision, "id")[0].replace("\N{NO-BREAK SPACE}", " ")

    assert told(2027).endswith(
        "Uang daerah Rp10 miliar pada 2027 untuk satu program yang mulai tahun itu berasal dari APBD tahun itu atau perubahannya."
    )
    assert "Uang daerah Rp14 miliar pada 2027 dan 2028 untuk 2 program" in told(2027, 2028)
    assert "perubahannya" not in told()


def test_a_document_for_a_programme_that_a_cut_takes_out_says_so():
    decision = small_decision(sensitivity=small_sensitivity())
    decision.__dict__["steps"] = {80: replace(decision.steps[80], leaves=("P",))}
    assert "(P, keluar bila pagu turun 20 persen)" in advice(decision, "id")[1]
    decision.__dict__["steps"] = {80: replace(decision.steps[80], leaves=("Q",))}
    assert "(P)" in advice(decision, "id")[1]


def test_data_status_counts_rows():
    table = rows(
        "region name population status", ("A", "Alfa", 3, "observed"), ("B", "Beta", 1, "illustrative")
    )
    decision = small_decision(small_case(regions=table))
    assert status_counts(decision.case).loc["regions"].tolist() == [1, 0, 1]
    told = caution(decision, "id")
    assert "1 dari 2 baris data (50%)" in told
    # All rows of the other tables, and there are some, say nothing.
    silent = sum(
        len(table)
        for name, table in decision.case.tables().items()
        if "status" in table and name != "regions"
    )
    assert silent > 0
    assert f"{silent} baris lain tidak menyebut" in told
    assert caution(small_decision(), "id") == ""


def test_matrix_groups_programmes_by_the_issue_they_serve_most(decision):
    waste, jobs = council_matrix(decision, "id")
    assert (waste.issue, jobs.issue) == ("Sampah", "Kerja")
    program, outputs, place, money, fund, agency, partners = waste.rows[0]
    assert (program, outputs, place) == ("P Pengolahan sampah", "120 t/hari: Sampah terolah", "Alfa dan Beta")
    assert (agency, partners) == ("DLH", "–")
    assert all(figure in money for figure in ("2027 10,0", "2028 4,0"))
    assert "F 10,0" in fund


OUTPUTS = "program region offset indicator unit target"


def outputs_of(language, *table):
    decision = small_decision(small_case(program_outputs=rows(OUTPUTS, *table)))
    return str(council_matrix(decision, language)[0].rows[0][1]).split("<br>")


def test_outputs_are_summed_over_regions_but_shares_and_rates_are_not():
    assert outputs_of(
        "id",
        ("P", "A", 0, "Warga", "orang", 30),
        ("P", "A", 1, "Warga", "orang", 100),
        ("P", "B", 1, "Warga", "orang", 20),
        ("P", "A", 1, "Tertelusur", "persen", 90),
        ("P", "B", 1, "Tertelusur", "persen", 90),
        ("P", "A", 1, "SPBE", "Indeks", 3.5),
        ("P", "B", 1, "SPBE", "Indeks", 4),
        ("P", "A", 1, "Timbulan", "kg per orang", 1),
        ("P", "B", 1, "Timbulan", "kg per orang", 2),
        ("P", "A", 1, "Olahan", "t per hari", 1),
        ("P", "B", 1, "Olahan", "t per hari", 2),
        ("P", "", 1, "Tersedia", "%", 99.5),
    ) == [
        "120 orang: Warga",
        "90 persen per daerah: Tertelusur",
        "3,5–4,0 Indeks per daerah: SPBE",
        "1–2 kg per orang per daerah: Timbulan",
        "3 t per hari: Olahan",
        "99,5 %: Tersedia",
    ]


def test_units_that_english_has_a_word_for_are_translated_others_marked():
    assert outputs_of(
        "en",
        ("P", "A", 1, "Tertelusur", "persen", 90),
        ("P", "B", 1, "Tertelusur", "persen", 90),
        ("P", "A", 1, "Embung", "buah", 3),
        ("P", "A", 1, "Tanpa target", "buah", float("nan")),
    ) == [
        '90 percent per region: <span lang="id">Tertelusur</span>',
        '3 <span lang="id">buah</span>: <span lang="id">Embung</span>',
        '<span lang="id">Tanpa target</span>',
    ]


def test_where_most_effects_are_levels_the_headline_says_what_stays_chosen(thorough):
    told = headline(thorough, "en")  # P in all draws, Q in half of them
    assert "2 of 3 proposed programmes are selected; 1 of them stay" in told
    assert "percent" not in told
    assert "1 of 2" in report.summary(thorough, "en").html
    assert report.draws(small_decision(), "en") is None


def test_where_all_stay_chosen_the_headline_says_all(thorough):
    always = thorough.sensitivity.programs.assign(share=1.0)
    decision = replace(thorough, sensitivity=replace(thorough.sensitivity, programs=always))
    told = headline(decision, "id")
    assert "2 dari 3 usulan program terpilih, dan semuanya tetap terpilih" in told
    assert "di antaranya" not in told


def test_a_cut_tells_what_falls_and_a_rise_what_enters(thorough, monkeypatch):
    # As if it had been simulated so: 12 at 80 percent, 16.5 at 120, 14 with the plan.
    steps = {
        percent: replace(thorough.steps[percent], expected=worth)
        for percent, worth in ((80, 12.0), (120, 16.5))
    }
    lost = replace(steps[80], regions=pd.Series({"A": -0.04, "B": -2.5}))
    monkeypatch.setitem(thorough.__dict__, "steps", {**steps, 80: lost})
    monkeypatch.setitem(thorough.__dict__, "expected", Expected(10.0, 14.0, 18.0))
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", report.budget_changes(thorough, "en").html))
    assert (
        "Provisional: if the ceilings are cut by 20 percent, 1 programmes fall" in text
    )  # 18 is not ruled out
    assert re.search(
        r"−20% \(Rp.28\.8.billion\) 12\.0 expected \(−2\.0\); 15\.0 if all programmes work, at most 18\.0 Q Job training – Beta −2\.5 –",
        text,
    )
    assert "and Beta loses most (−2.5 percentage points expected)" in text
    assert re.search(
        r"\+20% \(Rp.43\.2.billion\) 16\.5 expected \(\+2\.5\); 21\.0 if all programmes work, at most 21\.0 – H City park",
        text,
    )
    assert report.budget_changes(small_decision(), "en") is None


def test_a_refused_proposal_says_what_would_bring_it_in(thorough):
    html = report.not_accommodated(thorough, "en").html
    assert "Lift its exclusion in the scenario." in html
    assert "if all ceilings rise by 20 percent" in html
    assert "ceilings fall" not in html


def test_a_refused_proposal_that_enters_with_less_money_says_so(thorough, monkeypatch):
    less = {
        80: replace(thorough.steps[80], enters=("H",)),
        90: replace(thorough.steps[80], percent=90, enters=("H",)),
    }
    monkeypatch.setitem(thorough.__dict__, "steps", {**thorough.steps, **less})
    html = report.not_accommodated(thorough, "id").html
    assert "Masuk juga bila semua pagu turun 10 dan 20 persen, menggantikan program lain." in html


@pytest.mark.parametrize(
    ("signer", "asked"),
    [
        ("DPRD daerah peserta", {"A": ("P",), "B": ("P",)}),
        ("DPRD Provinsi", {"": ("P",)}),
        ("DPRD DIY dan DPRD daerah peserta", {"": ("P",), "A": ("P",), "B": ("P",)}),
    ],
)
def test_which_dprd_must_agree(signer, asked):
    documents = rows(
        "program kind signer due done",
        ("P", "Persetujuan DPRD", signer, "2026-11-30", False),
        ("P", "Persetujuan DPRD", signer, "2026-10-31", True),
        ("P", "SK", "Gubernur", "2026-09-30", False),
    )
    found = consents(small_decision(small_case(program_documents=documents)))
    assert found == {holder: (programs, "2026-11-30") for holder, programs in asked.items()}


def test_every_document_has_a_row_of_its_own():
    documents = rows(
        "program kind signer due done", *((p, "SK", "x", "2027-01-31", False) for p in ("P", "Q"))
    )
    html = report.approval_tables(small_decision(small_case(program_documents=documents)), "id").html
    body = html[html.index("menurut program</caption>") :]
    body = body[body.index("<tbody>") : body.index("</tbody>")]
    assert body.count("<tr>") == body.count("31\N{NO-BREAK SPACE}Januari\N{NO-BREAK SPACE}2027") == 2
    for label in ("Program", "Dokumen", "Penanda tangan", "Lokasi"):
        assert body.count(f'data-label="{label}"') == 2


def test_the_english_report_says_once_what_stays_indonesian(decision):
    assert report.summary(decision, "en").html.count("in Indonesian only") == 1
    assert "Tentang bahasanya" not in report.summary(decision, "id").html


def test_indonesian_text_is_marked_in_the_english_report(decision):
    html = report.approval_tables(decision, "en").html
    assert '<span lang="id">Bupati Alfa dan Bupati Beta</span>' in html
    # A kind of document is a word of a closed list.
    assert "Cooperation agreement" in html
    told = 'Cooperation agreement (P) by <span lang="id">Bupati Alfa dan Bupati Beta</span>.'
    assert told in re.sub(r"</?(a|abbr)\b[^>]*>", "", report.summary(decision, "en").html)
    assert '<span lang="id">DLH</span>' in report.program_sheets(decision, "en").html
    assert '<span lang="id">' not in report.approval_tables(decision, "id").html


def test_the_not_accommodated_are_listed_with_origin_and_reason(decision):
    html = report.not_accommodated(decision, "id").html
    assert "1 dari 3 usulan belum terakomodasi" in html
    assert "Taman kota" in html
    assert "Musrenbang" in html


def test_reasons_come_with_names():
    programs = list(small_plan().programs)
    programs[2] = programs[2].model_copy(update={"reason": "excluded_by", "reason_values": {"program": "P"}})
    html = report.not_accommodated(small_decision(plan=small_plan(programs=tuple(programs))), "id").html
    assert "P Pengolahan sampah" in html


def test_facts_leave_out_what_was_not_observed():
    values = rows(
        "indicator region year value source status",
        ("t", "A", 2024, 10, "BPS 2024", "observed"), ("t", "B", 2024, 5, "kira-kira", "illustrative"),
    )  # fmt: skip
    html = report.facts(small_decision(small_case(indicator_values=values)), "id").html
    assert "BPS 2024" in html
    assert "kira-kira" not in html
    assert "1 capaian lain" in html


def test_facts_of_many_regions_have_a_row_each():
    places = ["A", "B", *(f"R{k}" for k in range(2, 9))]
    case = small_case(
        regions=rows("region name population", *((code, f"Daerah {code}", 1) for code in places)),
        indicator_values=rows(
            "indicator region year value source status",
            *(("t", code, 2024, k + 0.5, "BPS 2024", "observed") for k, code in enumerate(places)),
        ),
    )
    html = report.facts(small_decision(case), "id").html
    lines = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in re.findall(r"(?s)<tr>.*?</tr>", html)]
    assert lines[0] == ["Daerah", "Ton (t)"]
    assert lines[1] == ["Daerah A", "0,5"]
    assert lines[9] == ["Daerah R8", "8,5"]
    assert lines[11] == ["Ton (t)", "0,0", "2024", "BPS 2024"]


def test_assumptions_name_what_the_scenario_changes():
    scenario = Scenario.model_validate(
        {
            "budget_scale": 0.9,
            "closed_years": [2027],
            "no_new_systems": True,
            "locked_in": ["P"],
            "locked_out": ["H"],
        }
    )
    html = report.assumptions(small_decision(scenario=scenario), "id").html
    for words in (
        "90%",
        "Anggaran 2027 sudah diputuskan",
        "Sistem informasi tidak bertambah",
        "ditetapkan: P",
        ": H.",
    ):
        assert words in html


@pytest.mark.parametrize(("weights", "told"), [({"c1": 0.4}, "0,40"), ({"c1": 30.0}, "30"), ({}, None)])
def test_assumptions_say_where_weights_were_scaled(weights, told):
    decision = small_decision(scenario=Scenario(criteria_weights=weights))
    rest = decision.case.criteria.set_index("criterion")["weight"].drop("c1").sum()
    html = report.assumptions(decision, "id").html
    whole = decision.case.criteria["weight"].sum() if told is None else weights["c1"] + rest
    assert ("diskalakan sehingga jumlahnya 1" in html) == (whole not in {1.0, 100.0})
    if told is not None:
        assert f" {told}" in html


def test_the_annex_tells_how_to_run_again():
    record = {
        "scenario_file": "/somewhere/else/data/diy/scenarios/cut-10.yaml", "changes": {"budget_scale": 0.9},
        "python": "3.11", "packages": {"pulp": "3.3"}, "inputs": {"funds.csv": "abc123"},
    }  # fmt: skip
    decision = small_decision()
    html = report.audit(type(decision)(**{**vars(decision), "record": record}), "id").html
    assert "jspmodel run data/diy/scenarios/cut-10.yaml --set budget_scale=0.9" in html
    assert "jspmodel certify data/diy/scenarios/cut-10.yaml --set budget_scale=0.9 --out certificate" in html
    assert "somewhere" not in html
    assert "abc123" in html


def cells(fragment):
    return re.findall(r"<t[hd] ?[^>]*>([^<]*)</t[hd]>", fragment.html)


def test_tables_for_notebooks_have_names_and_readable_numbers(decision):
    case = small_case(
        regions=rows("region name population", ("A", "Kota Alfa", 444994), ("B", "Beta", float("nan")))
    )
    assert cells(tables.region_table(case, "id"))[3:] == ["A", "Kota Alfa", "444.994", "B", "Beta", "–"]
    ranked = cells(tables.ranking_table(decision.case, decision.ranking, "en"))
    assert [ranked[7], ranked[8], ranked[15]] == ["1", "Waste", "Kerja"]
    assert "USG" not in ranked
    # similarity = W*0.5 / (W*1 + J*0.8) = 0.374, as in tests/charts/test_charts.py
    assert cells(tables.tie_table(decision.case, decision.graph, "id"))[3:] == [
        "Alfa – Beta",
        "0,37",
        "berbatasan",
    ]


def test_usg_is_shown_where_issues_were_scored_so(decision):
    scored = decision.ranking.assign(usg=[12.0, 9.5])
    assert {"USG", "12,0", "9,5"} <= set(cells(tables.ranking_table(decision.case, scored, "id")))


FUNDS = rows("fund name_id holder kind", ("f", "F", "", "APBD"), ("g", "G", "", "CSR"))
"""Of P's 14 the province pays 10 (f), companies 4 (g), whose money passes through the province."""


def test_one_table_tells_what_is_held_paid_and_borne():
    # Of P (10 due once, 4 in A) Alfa bears 4 + 5 and Beta 5; neither pays.
    html = report.who_pays(small_decision(small_case(funds=FUNDS)), "id").html
    table = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", html)[8:]
    assert [table[k : k + 8] for k in range(0, len(table), 8)] == [
        # held, own, given, received, net, joint, other
        ["Alfa", "–", "–", "–", "9,0", "+9,0", "9,0", "–"],
        ["Beta", "–", "–", "–", "5,0", "+5,0", "5,0", "–"],
        ["Pemerintah daerah provinsi", "14,0", "10,0", "10,0", "–", "\N{MINUS SIGN}10,0", "–", "–"],
        ["Mitra nonpemerintah: CSR", "–", "4,0", "4,0", "–", "\N{MINUS SIGN}4,0", "–", "–"],
        ["Jumlah", "14,0", "14,0", "14,0", "14,0", "–", "14,0", "–"],
    ]
    told = re.sub(r"<[^>]+>|\N{NO-BREAK SPACE}", " ", html)
    assert "Rencana senilai Rp14 miliar dibayar pemerintah daerah provinsi (Rp10 miliar) dan mitra" in told
    assert (
        "Alfa membayar Rp0 miliar dari uangnya sendiri, sedangkan biaya program yang menjadi bebannya Rp9 miliar"
        in told
    )
    assert report.who_pays(small_decision(plan=small_plan(funding=())), "id") is None


def test_no_dprd_is_asked_for_the_money_of_companies():
    decision = small_decision(small_case(funds=FUNDS))
    html = report.approval_tables(decision, "id").html
    table = cells(report.approval_tables(decision, "id"))
    budget = table[table.index("Pembayar") :]
    assert budget[:16] == [
        *("Pembayar", "2027", "2028", "Jumlah"),
        *("Pemerintah daerah provinsi", "10,0", "–", "10,0"),
        *("Mitra nonpemerintah: CSR", "–", "4,0", "4,0"),
        *("Jumlah (biaya rencana)", "10,0", "4,0", "14,0"),
    ]
    consent = html[html.index("Yang perlu disetujui tiap DPRD</caption>") :]
    assert re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", consent)[:10] == [
        *("DPRD", "Anggaran tahun 2027", "Anggaran seluruhnya", "Program yang meminta persetujuannya"),
        *("Paling lambat", "DPRD provinsi", "10,0", "10,0", "–", "bersama KUA-PPAS 2027 (Juli–Agustus 2026)"),
    ]


def test_a_dprd_reads_the_years_up_to_the_first_that_is_open():
    decision = small_decision(small_case(funds=FUNDS), scenario=Scenario(closed_years=[2027]))
    consent = report.approval_tables(decision, "id").html
    heads = re.findall(
        r"<th[^>]*>([^<]*)</th>", consent[consent.index("Yang perlu disetujui tiap DPRD</caption>") :]
    )
    assert heads[1:4] == ["Anggaran tahun 2027", "Anggaran tahun 2028", "Anggaran seluruhnya"]


def test_many_documents_are_named_in_part():
    many = rows("program kind signer due done", *(("P", f"SK {n}", "x", "", False) for n in range(6)))
    told = advice(small_decision(small_case(program_documents=many)), "id")[1]
    assert "ditandatangani 6 dokumen" in told
    assert ", antara lain SK 0 (P) oleh x," in told
    assert "SK 4 (P)" in told
    assert "SK 5" not in told


def test_rules_that_ask_nothing_are_no_rules_that_were_checked():
    checks = (
        Check(rule="fund_budgets", checked=3, worst=0.0),
        Check(rule="max_parallel", checked=0, worst=0.0),
    )
    audit = Audit(passed=True, objective=20.0, checks=checks)
    html = report.audit(small_decision(plan=small_plan(audit=audit)), "id").html
    assert "1 ketentuan diperiksa, 0 dilanggar. 1 ketentuan lain tidak berlaku" in html


def test_pairs_of_regions_that_are_equal_stand_in_the_order_of_the_case():
    places = ("A", "B", "C", "D", "E")
    case = small_case(regions=rows("region name population", *((code, code * 3, 1) for code in places)))
    graph = nx.Graph()
    graph.add_nodes_from(places, kind="region")
    graph.add_nodes_from((f"issue:{number}" for number in range(20)), kind="issue")
    graph.add_edges_from(combinations(places, 2), weight=1.0, similarity=1.0)
    plan = small_plan(programs=(small_plan().programs[0].model_copy(update={"regions": places}),))
    pairs = [f"{r * 3} – {s * 3}" for r, s in combinations(places, 2)]
    assert cells(tables.tie_table(case, graph, "id"))[3::3] == pairs
    shown = report.collaboration(replace(small_decision(case, plan), graph=graph), "id")
    assert re.findall(r"[A-E]{3} – [A-E]{3}", shown.html)[-len(pairs) :] == pairs


def test_who_approves_is_named_as_long_as_that_can_be_read():
    alone = small_decision(small_case(funds=rows("fund name_id holder kind", ("f", "F", "", "APBD"))))
    assert approvers(alone, "id") == "pemerintah daerah provinsi bersama DPRD"
    decision = many_regions.decided(16, 40)
    assert set(decision.case.funds["holder"]) == {"", *decision.case.regions["region"]}
    paying = money_by_holder(decision).index
    told = approvers(decision, "id").replace("\N{NO-BREAK SPACE}", " ")
    assert len(paying) == 17
    assert told == "pemerintah daerah provinsi dan semua 16 kabupaten/kota bersama DPRD masing-masing"
