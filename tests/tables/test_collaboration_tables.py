"""What the tables of the collaboration notebook tell, and that they tell it in both languages."""

import re

import pytest

from hand import rows
from jspmodel import tables
from jspmodel.collaboration import (
    agency_roles,
    coalition_thresholds,
    collaboration_graph,
    find_coalitions,
    find_partners,
    money_channels,
    read_network,
    review_systems,
)
from jspmodel.intake import load, shipped
from jspmodel.plan import Payment, PlannedProgram
from jspmodel.scenario import Scenario
from semarang import DEMAK, semarang
from small_decision import small_case, small_plan
from tiny import tiny_tables, write_case


@pytest.fixture(scope="module")
def diy():
    return load(str(shipped("data") / "diy"))


def diy_plan():
    """P02 retires S05 and reuses S04 and S06; P44 is paid by the province though the regions have the authority."""
    return small_plan(
        programs=(
            PlannedProgram(program="P44", selected=True, start=2027, regions=("34.04", "34.71")),
            PlannedProgram(program="P02", selected=True, start=2028, regions=("34.01", "34.03")),
        ),
        funding=(
            Payment(program="P44", fund="apbd-diy", year=2027, amount=3.0),
            Payment(program="P44", fund="csr", year=2027, amount=1.0),
        ),
    )


def text(fragment):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", fragment.html))


def parts(case, scenario, plan, issue, region, language):
    graph = collaboration_graph(case, scenario)
    threshold = next(iter(coalition_thresholds(case, scenario)), None)
    return {
        "network": tables.network_table(case, read_network(graph), language),
        "coalitions": tables.coalition_table(case, find_coalitions(case, scenario), language),
        "threshold": tables.threshold_table(case, threshold, language),
        "partners": tables.partner_table(case, find_partners(case, issue, region), language),
        "systems": tables.system_table(case, review_systems(case, scenario, plan), language),
        "roles": tables.role_table(case, agency_roles(case, scenario, plan), language),
        "channels": tables.channel_table(case, money_channels(case, plan), language),
    }


@pytest.fixture(scope="module")
def told(diy):
    case, scenario = diy
    return {
        language: parts(case, scenario, diy_plan(), "I04", "34.04", language) for language in ("id", "en")
    }


def test_both_languages_tell_something_else_in_as_many_rows(told):
    for name, part in told["id"].items():
        assert part.title != told["en"][name].title
        assert part.html.count("<tr>") == told["en"][name].html.count("<tr>")
        assert not re.search(r"\{\w+\}", part.html + told["en"][name].html)


def test_the_coalition_for_waste_has_a_row(told):
    shown = text(told["id"]["coalitions"])
    assert (
        "Persampahan Bantul, Sleman, dan Kota Yogyakarta Kartamantul: lembaga yang sudah ada wajib" in shown
    )
    assert "terendah 900 dari 1.000 t/hari; dapat diajak: Kulon Progo dan Gunungkidul" in shown


def test_the_helpdesk_names_partners_and_what_exists(told):
    assert told["id"]["partners"].title.startswith("Persampahan di Sleman: 2 daerah lain")
    assert "Yogyakarta 89 Kartamantul dan berbatasan" in text(told["id"]["partners"])
    assert "Tabel tidak menghubungkan sistem mana pun" in text(told["id"]["partners"])


def test_systems_are_counted_before_and_after(told):
    title = told["id"]["systems"].title.replace("\N{NO-BREAK SPACE}", " ")
    assert (
        title
        == "Dari 18 sistem yang tercatat, 1 dihentikan dan 0 baru: jumlah akhir 17. Biaya operasional yang dihemat Rp0,4 miliar setahun."
    )


def test_money_of_another_level_needs_a_channel(told):
    assert (
        told["id"]["channels"].title
        == "75% dari biaya rencana sudah disepakati; 0% masih diharapkan dan 25% berupa komitmen."
    )
    assert "BKK*" in told["id"]["channels"].html


def test_the_three_without_whom_the_plant_fails(told):
    assert told["en"]["threshold"].title.startswith(
        "Pivotal: without any one of Bantul, Sleman, and Kota Yogyakarta"
    )
    assert "host: is compensated" in told["en"]["threshold"].html


def test_a_single_host_is_needed_whatever_the_volume(told):
    shown = text(told["id"]["threshold"])
    assert "Hanya Bantul yang menjadi tuan rumah dalam tabel" in shown
    # Bantul is not mandatory in the table: the selection may leave it out.
    assert "Pemilihan program belum mengharuskannya ikut" in shown


def test_programmes_are_named_and_a_missing_body_is_said(told):
    shown = text(told["en"]["coalitions"])
    assert "unsigned documents of P38 Supply and land for the waste-to-energy plant: 3" in shown
    assert "none yet a body of cooperation for this issue" in shown


def test_one_group_is_no_group():
    # All members of one body with like gaps: Louvain's method leaves them together.
    own = {name: semarang().tables()[name] for name in ("regions", "issues", "bodies", "borders")}
    even = rows(
        "issue region severity",
        *[(i, r, 0.9) for i in ("poverty", "traffic") for r in own["regions"]["region"]],
    )
    nothing = rows("indicator region year value")
    case = semarang(issue_regions=even, indicator_values=nothing)
    shown = tables.network_table(case, read_network(collaboration_graph(case, Scenario())), "en")
    assert "All tied regions form one group" in text(shown)
    assert "Group 1" not in text(shown)
    assert "modularity" not in text(shown)


def test_little_is_known_of_semarang_and_that_is_said():
    years = Scenario(first_year=2027, last_year=2028)
    shown = parts(semarang(), years, small_plan(programs=(), funding=()), "traffic", DEMAK, "id")
    assert shown["threshold"].title == "Tidak ada program yang memerlukan volume paling sedikit."
    assert shown["channels"].title.startswith("Rencana menyusul: program, biayanya")
    assert "Belum ada usulan program untuk isu ini." in shown["partners"].html
    assert "program yang dapat dikerjakan bersama" in shown["coalitions"].html


def test_names_from_tables_are_escaped():
    evil = "<script>alert(1)</script>"
    poisoned = {name: small_case().tables()[name] for name in ("regions", "programs", "issues", "agencies")}
    for frame in poisoned.values():
        frame[[column for column in frame if column.startswith("name")]] = evil
    for part in parts(small_case(**poisoned), Scenario(), small_plan(), "w", "A", "id").values():
        assert "<script" not in part.html


def test_the_network_is_read_out(told):
    reading = told["id"]["network"]
    assert reading.title.startswith("Bantul paling kuat hubungannya dengan daerah lain")
    assert "Kelompok 2: Sleman dan Kota Yogyakarta." in text(reading)
    assert "samar" in text(reading)


@pytest.mark.parametrize(
    ("language", "told", "untold"),
    [
        ("en", "The tables have no dimensions", "Every dimension has"),
        ("id", "Tabel tidak memuat dimensi", "Setiap dimensi punya"),
    ],
)
def test_of_a_first_plan_without_dimensions_none_is_said_to_have_a_lead_agency(
    tmp_path, language, told, untold
):
    written = tiny_tables()
    del written["dimensions"]
    written["issues"] = written["issues"].replace(",dimension", "").replace(",living", "")
    written["programs"] = written["programs"].replace(",dimension", "").replace("kerja,living", "kerja")
    written["programs"] = (
        written["programs"].replace("sampah,living", "sampah").replace("terpadu,,", "terpadu,")
    )
    case, scenario = load(str(write_case(tmp_path / "tiny", written)))
    shown = tables.role_table(case, agency_roles(case, scenario, small_plan(programs=())), language).html
    assert told in shown
    assert untold not in shown
