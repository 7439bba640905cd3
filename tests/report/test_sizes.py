"""A size that is not carried out because another is, is no refused proposal."""

from __future__ import annotations

from hand import rows
from jspmodel import report
from jspmodel.report.refusals import refusals
from small_decision import small_case, small_decision, small_plan

PROGRAMS = rows(
    "program name_id name_en option_of option_name duration scope origin agency dimension",
    ("P", "Pengolahan sampah", "Waste treatment", "", "besar", 2, "joint", "RPJMD", "dlh", "env"),
    ("Q", "Pelatihan kerja", "Job training", "", "", 1, "province", "pokir", "dlh", "env"),
    ("H", "Pengolahan sampah", "Waste treatment", "P", "kecil", 1, "joint", "Musrenbang", "", ""),
)


def decided():
    plan = small_plan()
    programs = [
        item.model_copy(update={"option_of": "P", "reason": "other_size", "reason_values": {"program": "P"}})
        if item.program == "H"
        else item
        for item in plan.programs
    ]
    return small_decision(
        small_case(programs=PROGRAMS), plan.model_copy(update={"programs": tuple(programs)})
    )


def test_another_size_is_told_as_such_and_not_refused():
    decision = decided()
    assert refusals(decision, "id") == []
    page = report.not_accommodated(decision, "id").html
    assert "0 dari 2 usulan belum terakomodasi" in page
    assert (
        "Ukuran lain dari program terpilih, tidak dihitung sebagai usulan tersendiri: H Pengolahan sampah (kecil)."
        in page
    )
    assert decision.figures.proposed == 2
    assert "Ukuran lain" not in report.not_accommodated(small_decision(), "id").html


def test_a_region_counts_a_refused_programme_once_too():
    sized = rows(
        "program name_id option_of option_name duration scope",
        ("P", "Pengolahan sampah", "", "", 2, "joint"),
        ("Q", "Taman", "H", "besar", 1, "joint"),
        ("H", "Taman", "", "kecil", 1, "joint"),
    )
    plan = small_plan()
    out = {"selected": False, "start": None, "regions": (), "cost": 0.0, "impact": 0.0, "reason": "money",
           "reason_values": {"short": 1.0, "gain": 1.0, "cost": 2.0}}  # fmt: skip
    changes = {"P": {}, "Q": {**out, "option_of": "H"}, "H": {**out}}
    programs = tuple(item.model_copy(update=changes[item.program]) for item in plan.programs)
    places = rows("program region", ("P", "A"), ("P", "B"), ("Q", "A"), ("H", "A"))
    case = small_case(programs=sized, program_regions=places)
    decision = small_decision(case, plan.model_copy(update={"programs": programs}))
    assert len(refusals(decision, "id")) == 2
    assert "Usulan yang belum terakomodasi: 1 dari 2" in report.my_region(decision, "id").html


def test_counts_by_origin_are_of_programmes():
    # P (RPJMD) and Q (pokir); the size H came from Musrenbang.
    page = report.not_accommodated(decided(), "en").html
    assert "Musrenbang" not in page.split("Other sizes")[0]
