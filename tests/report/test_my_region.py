"""The page of each region: what it gets, joins, pays, signs, and what was refused, against tables by hand."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from hand import rows
from jspmodel.figures import BudgetStep
from jspmodel.plan import Payment
from jspmodel.report import my_region
from jspmodel.report.advice import advice
from jspmodel.report.region_documents import region_papers
from small_decision import MORE, small_case, small_decision, small_plan

FUNDS = rows(
    "fund name_id holder kind", ("f", "F", "", "APBD"), ("g", "G", "B", "APBD"), ("k", "K", "", "KPBU")
)
PAID = (
    Payment(program="P", fund="f", year=2027, amount=3.0),
    Payment(program="P", fund="g", year=2027, amount=6.0),
    Payment(program="P", fund="g", year=2028, amount=1.0),
    Payment(program="P", fund="k", year=2028, amount=4.0),
)
"""P: 10 due once, 4 in A, so that Alfa bears 9 and Beta 5. Beta pays 7, 2 more than its burden."""
EXPECTED = rows(
    "region promised low median high mean state",
    ("A", 22.0, 7.0, 15.0, 23.0, 15.0, "gains"), ("B", 2.0, 0.0, 0.0, 0.0, 0.0, "no_need"),
)  # fmt: skip


def decided(plan=None, **tables):
    tables = {"program_regions": rows("program region", ("P", "A"), ("P", "B"), ("H", "A")), **tables}
    found = small_decision(small_case(funds=FUNDS, **tables), plan or small_plan(funding=PAID))
    found.__dict__["futures"] = replace(found.futures, regions=EXPECTED)  # as if it had been simulated so
    return found


def pages(decision, language="id"):
    """Return the text of each region's page."""
    html = my_region(decision, language).html
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")
        for page in html.split("<details")[1:]
    ]


def cells(decision, place, caption):
    page = my_region(decision, "id").html.split("<details")[1:][place]
    table = page[page.index(caption) :]
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in table[: table.index("</table>")].replace("\n", "").split("<tr>")[2:]
    ]


def test_each_region_has_a_fold_that_a_link_opens():
    html = my_region(decided(), "id").html
    for anchor, name in (("region-A", "Alfa"), ("region-B", "Beta")):
        fold = html[html.index(f"<h3>{name}</h3>") :]
        assert f'id="{anchor}"' in fold[fold.index("</summary>") : fold.index("</details>")]


def test_it_gets_what_is_expected_with_its_range():
    alfa, beta = pages(decided())
    assert "Kesenjangan Alfa diperkirakan berkurang 15,0 persen (rentang 7,0 sampai 23,0 dalam" in alfa
    assert "atau 22,0 persen bila semua program tepat waktu" in alfa
    assert "Beta tidak punya kesenjangan" in beta
    assert "diperkirakan" not in beta


def test_each_issue_that_counts_before_and_after():
    # Waste: 10 t in A, the worst there is; 5 in B, half of it. Jobs: 0 in A, 0.8 in B.
    (waste, jobs), (waste_b, jobs_b) = (cells(decided(), k, "menurut isu strategis") for k in (0, 1))
    assert (waste[:2], jobs[:2]) == (["Sampah", "100"], ["Kerja", "0"])
    assert (waste_b[:2], jobs_b[:2]) == (["Sampah", "50"], ["Kerja", "80"])
    after = float(waste[2])  # what is left of 10 t is the same share
    assert 0 < after < 100
    assert jobs[3] == "–"


def test_indicators_go_to_what_is_expected_with_its_range_and_without_the_plan():
    decision = decided()
    ends = rows(
        "indicator issue region year low median high without target",
        ("t", "w", "A", 2027, 1.0, 1.0, 1.0, 1.0, 0.0), ("t", "w", "A", 2028, 4.0, 6.5, 8.0, 9.0, 0.0),
        ("t", "w", "", 2028, 2.0, 2.0, 2.0, 2.0, 0.0),
    )  # fmt: skip
    base = rows("indicator region base years", ("t", "A", 10.0, 1), ("t", "", 7.5, 1))
    decision.__dict__["futures"] = replace(decision.futures, paths=ends, series=base)
    (waste, _) = cells(decision, 0, "menurut isu strategis")
    assert waste[3] == "Ton (t): 10,0 → 6,5 (4,0–8,0); tanpa rencana 9,0; target 0,00"


def test_what_it_joins_adds_up_to_what_falls_on_it_and_what_it_pays():
    assert cells(decided(), 1, "Program yang diikuti Beta") == [
        ["P Pengolahan sampah", "2027", "Alfa", "5,0", "7,0"],
        ["Q Pelatihan kerja", "2028", "semua daerah (program provinsi)", "–", "–"],
        ["Jumlah", "", "", "5,0", "7,0"],
    ]
    assert "2 dari 2" in pages(decided())[1]


def test_what_it_pays_is_reconciled():
    assert [row[1] for row in cells(decided(), 0, "Uang sendiri, bantuan, dan beban Alfa")] == [
        # own, + received, - given, = burden, joint, other
        "–", "9,0", "–", "9,0", "9,0", "–",
    ]  # fmt: skip
    assert [row[1] for row in cells(decided(), 1, "Uang sendiri, bantuan, dan beban Beta")] == [
        "7,0", "–", "2,0", "5,0", "5,0", "–",
    ]  # fmt: skip
    assert "dalam miliar rupiah: 2027: 6,0; 2028: 1,0." in pages(decided())[1]


def test_a_kemantren_holds_no_budget():
    city = small_decision(replace(small_case(), level="city"))
    text = pages(city)[0]
    assert "Kemantren tidak memegang anggaran. Bagian program di Alfa berbiaya Rp4 miliar" in text
    assert "Uang sendiri" not in text


def test_documents_by_start_the_undated_first():
    documents = rows(
        "program kind signer due done",
        ("P", "Perjanjian", "Gubernur dan kepala daerah peserta", "2026-11-30", False),
        ("P", "Persetujuan", "DPRD peserta", "2026-10-31", False),
        ("P", "Keputusan", "Bupati Alfa", "", False),
        ("P", "Izin", "Gubernur", "2026-09-30", False),
        ("P", "SK", "Bupati Alfa", "2026-08-31", True),
        ("Q", "Nota", "", "2026-01-31", False),
        ("H", "Akta", "Bupati Alfa", "", False),
    )
    mine, others = region_papers(decided(program_documents=documents))["A"]
    assert [paper.kind for paper in mine] == ["Keputusan", "Persetujuan", "Perjanjian", "Nota"]
    assert [paper.kind for paper in others] == ["Izin"]
    assert [paper.kind for paper in region_papers(decided(program_documents=documents))["B"][0]] == [
        "Persetujuan",
        "Perjanjian",
        "Nota",
    ]
    alfa, _ = pages(decided(program_documents=documents))
    assert "Dokumen yang perlu ditandatangani: 4" in alfa
    assert "Keputusan belum ditetapkan 2027 P Pengolahan sampah Bupati Alfa" in alfa
    assert "ditandatangani pihak lain: 1." in alfa


def test_documents_that_the_case_does_not_record_are_not_told_as_none():
    """P is carried out by both regions together, Q by the province alone, and nothing is recorded."""
    nothing = rows("program kind signer due done").astype({"done": bool})
    for page in pages(decided(program_documents=nothing)):
        assert "Dokumen untuk 1 program bersama yang diikuti" in page
        assert "Tidak ada dokumen" not in page
    assert (
        "Dokumen untuk 1 program bersama belum dicatat" in advice(decided(program_documents=nothing), "id")[1]
    )
    done = rows("program kind signer due done", ("P", "Perjanjian", "Bupati Alfa", "", True))
    assert (
        "Tidak ada dokumen yang masih perlu ditandatangani Alfa" in pages(decided(program_documents=done))[0]
    )
    assert advice(decided(program_documents=done), "id")[1].startswith("Tidak ada dokumen")


@pytest.mark.parametrize(
    ("started", "told"),
    [
        ("2026-08-31T09:00:00+07:00", "disetujui sebelum KUA-PPAS 2027 disepakati (Juli–Agustus 2026), oleh"),
        ("2026-09-01T09:00:00+07:00", "disetujui melalui perubahan APBD 2027, karena KUA-PPAS 2027"),
        (
            "2026-09-01T09:00:00+07:00",
            "atau dimulai pada 2028 (hitung lagi dengan 2027 sebagai tahun tertutup), oleh",
        ),
    ],
)
def test_what_to_do_once_the_outline_of_the_budget_is_agreed(started, told):
    """The first year of the plan is 2027, whose budget is agreed in outline in July and August 2026."""
    found = replace(decided(), record={"started": started})
    assert told in advice(found, "id")[0]


@pytest.mark.parametrize(
    ("years", "told"), [(2, "tidak dihitung (perlu data"), (3, "dengan kecenderungan itu")]
)
def test_the_trend_is_spoken_of_only_where_a_region_has_one(years, told):
    decision = decided()
    series = rows("indicator region base years", ("t", "A", 10.0, years), ("t", "", 7.5, 3))
    futures = replace(decision.futures, series=series, parts=frozenset({"trend"}))
    decision.__dict__["futures"] = futures
    assert told in pages(decision)[0]
    decision.__dict__["futures"] = replace(futures, parts=frozenset())
    assert "tidak dihitung (perlu data" in pages(decision)[0]


@pytest.mark.parametrize(
    ("signer", "signs"),
    [
        ("Bupati Semarang", "A"), ("Wali Kota Semarang", "B"),
        ("DPRD Kabupaten Semarang dan DPRD Kota Semarang", "AB"), ("Bupati Semarangan", ""), ("Lima kepala daerah", "AB"),
        ("Bupati setempat", "AB"), ("Gubernur Jawa Tengah", ""), ("", "AB"),
    ],
)  # fmt: skip
def test_who_signs(signer, signs):
    regions = rows("region name population", ("A", "Kabupaten Semarang", 3), ("B", "Kota Semarang", 1))
    documents = rows("program kind signer due done", ("P", "Perjanjian", signer, "", False))
    found = region_papers(decided(regions=regions, program_documents=documents))
    assert "".join(region for region, (mine, _) in found.items() if mine) == signs


def test_a_refused_proposal_stands_where_it_could_have_been():
    alfa, beta = pages(decided())
    assert "belum terakomodasi: 1 dari 3 yang dapat melibatkannya" in alfa
    (row,) = cells(decided(), 0, "Usulan yang dapat melibatkan Alfa")
    assert row[0] == "H Taman kota · Musrenbang"
    assert all(row[1:])
    assert "Tidak ada usulan untuk Beta yang belum terakomodasi" in beta
    assert "Taman kota" not in beta


def test_the_proposals_of_its_own_agencies_come_first_with_who_proposed_them():
    plan = small_plan()
    left = [plan.programs[2].model_copy(update={"program": code}) for code in ("P", "Q", "H")]
    agencies = rows("agency region name", ("dlh", "", "DLH"), ("taman", "A", "Dinas Taman Alfa"))
    proposes = rows("program agency role", ("H", "taman", "proposes"), ("P", "dlh", "proposes"))
    decision = decided(
        small_plan(programs=tuple(left), funding=()), agencies=agencies, program_agencies=proposes
    )
    alfa, beta = (
        cells(decision, place, f"Usulan yang dapat melibatkan {name}")
        for place, name in enumerate(("Alfa", "Beta"))
    )
    assert [row[0][0] for row in alfa] == ["H", "P", "Q"]
    assert alfa[0][0] == "H Taman kota · Dinas Taman Alfa"
    assert [row[0][0] for row in beta] == ["P", "Q"]


@pytest.mark.parametrize(
    ("leaves", "told"),
    [(("Q",), "program yang diikutinya dan keluar: Q"), ((), "tidak ada program yang diikutinya keluar")],
)
def test_it_reads_what_it_loses_when_budgets_fall(leaves, told):
    decision = decided()
    change = pd.Series({"A": -3.8, "B": 0.0})
    decision.__dict__["steps"] = {
        80: BudgetStep(80, 28.8, 15.0, 18.0, 12.0, "found", ("P",), leaves, (), change)
    }
    alfa = pages(decision)[0]
    assert (
        "Bila semua pagu turun 20 persen, kesenjangannya diperkirakan berkurang 11,2 persen, bukan 15,0"
        in alfa
    )
    assert told in alfa
    beta = pages(decision)[1]
    assert "bila semua pagu turun 20 persen, kesenjangannya diperkirakan tetap berkurang" in beta.casefold()
    assert "persen, bukan" not in beta
    unknown = replace(decision.steps[80], programs=None)
    decision.__dict__["steps"] = {80: unknown}
    assert "turun 20 persen" not in pages(decision)[0]


def test_a_selected_programme_that_it_could_join_and_does_not_is_named():
    alone = small_plan().programs[0].model_copy(update={"regions": ("A",)})
    alfa, beta = pages(decided(small_plan(programs=(alone,), funding=())))
    assert "dapat diikuti Beta, tetapi dikerjakan tanpanya: P Pengolahan sampah." in beta
    assert "Tidak ada program terpilih yang diikuti Beta" in beta
    assert "tanpanya" not in alfa


def test_a_page_alone_says_whose_it_is_and_how_sure():
    open_plan = small_plan(funding=PAID, gap=0.3, status="feasible")
    for page in pages(decided(open_plan)):
        assert "Contoh · " in page
        assert "belum untuk disetujui" in page


def test_names_from_the_tables_become_no_markup():
    evil = MORE["programs"].assign(name_id="<b>\"'&")
    html = my_region(decided(programs=evil), "id").html
    assert "<b>" not in html


def test_a_choice_that_leaves_the_region_out_is_told_as_such():
    def remedies(*regions):
        values = {
            "short": 0.3,
            "gain": 0.1,
            "cost": 2.4,
            "regions": " ".join(regions),
            "start": 2027,
            "years": "2027",
        }
        left = small_plan().programs[2].model_copy(update={"reason": "money", "reason_values": values})
        plan = small_plan(programs=(*small_plan().programs[:2], left), funding=PAID)
        alfa = cells(decided(plan), 0, "Usulan yang dapat melibatkan Alfa")
        return alfa[0][2]

    assert "Itu untuk pilihan tanpa Alfa" in remedies("B")
    assert "Itu untuk pilihan" not in remedies("A", "B")
    assert "Itu untuk pilihan" not in remedies()


def test_money_of_a_year_that_is_decided_is_told_on_the_page():
    decision = decided()
    scenario = decision.scenario.replace(closed_years=[2027])
    beta = pages(replace(decision, scenario=scenario))[1]
    assert (
        "Uang 2027, yang anggarannya sudah diputuskan, berasal dari APBD tahun itu atau perubahannya." in beta
    )
    assert "anggarannya sudah diputuskan" not in pages(decision)[1]


def test_a_document_for_what_a_cut_takes_out_says_so_on_the_page():
    decision = decided()
    for leaves, told in ((("P",), True), (("Q",), False)):
        decision.__dict__["steps"] = {
            80: BudgetStep(
                80, 28.8, 15.0, 18.0, 12.0, "found", ("Q",), leaves, (), pd.Series({"A": -1.0, "B": 0.0})
            )
        }
        assert ("P Pengolahan sampah, keluar bila pagu turun 20 persen" in pages(decision)[0]) == told


def test_pages_of_an_example_say_so():
    regions = rows(
        "region name population status", ("A", "Alfa", 3, "illustrative"), ("B", "Beta", 1, "illustrative")
    )
    assert "belum untuk dianggarkan" in my_region(decided(regions=regions), "id").html
    assert "belum untuk dianggarkan" not in my_region(decided(), "id").html
