"""The one gap function, the level of a plan, and whether there is one."""

import json
from math import inf, nan

import pytest
from pydantic import ValidationError

from jspmodel.plan import Plan
from jspmodel.proof import finding, level, proof_wording, relative_gap
from jspmodel.text import LANGUAGES, describe_proof, format_gap
from small_decision import small_plan


@pytest.mark.parametrize(
    ("objective", "bound", "tolerance", "gap"),
    [
        (20.0, 21.0, 0.0, 0.05),
        (20.0, 20.0, 0.0, 0.0),
        (20.0, 19.0, 0.0, 0.0),  # no proof either: whoever has such a bound drops it
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 5.0, 0.0, None),
        (0.0, 0.000125, 0.000125, 0.0),  # the price of money at five quarters of the budget
        (0.0, 0.000126, 0.000125, None),
        (1e-9, 2e-4, 2e-4, 0.0),
        (-1.0, 5.0, 0.0, None),
        (nan, 34.07, 0.0, None),
        (nan, -inf, 0.0, None),
        (20.0, inf, 0.0, None),
    ],
)
def test_gap(objective, bound, tolerance, gap):
    assert relative_gap(objective, bound, tolerance) == (None if gap is None else pytest.approx(gap))


@pytest.mark.parametrize(
    ("status", "gap", "told", "how"),
    [
        ("optimal", 0.0, "proven", "optimal"),
        ("optimal", 0.01, "within", "optimal"),
        ("feasible", 0.0, "within", "feasible"),  # max_min: nothing is proven of the worst-off
        ("feasible", 0.05, "within", "feasible"),
        ("feasible", 0.0501, "provisional", "provisional"),
        ("optimal", 0.2, "provisional", "provisional"),  # within the gap asked for, and wide all the same
        ("feasible", 0.2001, "open", "open"),
        ("optimal", 0.9, "open", "open"),
        ("feasible", None, "open", "nothing"),
    ],
)
def test_level(status, gap, told, how):
    assert (level(status, gap), proof_wording(status, gap)) == (told, how)
    assert small_plan(status=status, gap=gap).level == told


def test_whether_there_is_a_plan():
    assert [finding(found=True, bound=b) for b in (1.0, -inf)] == ["found"] * 2
    assert [finding(found=False, bound=b) for b in (34.07, inf, -inf)] == ["not_found", "not_found", "none"]


def test_a_plan_of_which_nothing_is_proven_is_written_and_read_as_null():
    plan = small_plan(objective=0.0, bound=5.0, gap=None, status="feasible")
    text = plan.model_dump_json()
    assert json.loads(text)["gap"] is None
    assert Plan.model_validate_json(text) == plan


@pytest.mark.parametrize(("bound", "tolerance", "gap"), [(77.0, 0.0, None), (1.5e-4, 2e-4, 0.0)])
def test_an_earlier_version_said_0_of_an_empty_plan(bound, tolerance, gap):
    told = json.loads(small_plan(objective=0.0, bound=bound, gap=0.0).model_dump_json())
    told |= {"tolerance": tolerance, "status": "feasible"}
    assert Plan.model_validate(told).gap == gap


def test_what_is_not_proven_is_never_optimal():
    told = json.loads(small_plan(objective=0.0, bound=5.0, gap=None).model_dump_json())
    with pytest.raises(ValidationError, match="not optimal"):
        Plan.model_validate(told)


def test_a_plan_without_an_objective_is_no_plan():
    told = json.loads(small_plan().model_dump_json())
    with pytest.raises(ValidationError, match="objective"):
        Plan.model_validate({**told, "objective": "much"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gap_is_told_rounded_up(language):
    mark = "," if language == "id" else "."
    told = [format_gap(gap, language) for gap in (0.0, 0.01, 0.0121, 1.23401)]
    assert told == [f"{whole}{mark}{part}%" for whole, part in ((0, 0), (1, 0), (1, 3), (123, 5))]
    assert format_gap(0.012345, language, 2) == f"1{mark}24%"
    assert format_gap(None, language) == {"id": "belum terbukti", "en": "none proven"}[language]


WORDS = {
    "proven": ("terbukti paling baik dalam batas 0,0%", "proven the best within 0.0%"),
    "optimal": ("terbukti paling baik dalam batas 1,0%", "proven the best within 1.0%"),
    "feasible": (
        "rencana lain paling banyak 1,0% lebih baik",
        "another plan could be better by 1.0% at most",
    ),
    "provisional": ("sementara", "provisional"),
    "open": ("belum untuk disetujui", "not for approval yet"),
    "nothing": ("belum ada yang terbukti", "nothing is proven"),
}
PLANS = {
    "proven": {"gap": 0.0, "bound": 20.0},
    "optimal": {"gap": 0.01},
    "feasible": {"gap": 0.01, "status": "feasible"},
    "provisional": {"gap": 0.06, "bound": 21.2, "status": "feasible"},
    "open": {"gap": 0.25, "bound": 25.0, "status": "feasible"},
    "nothing": {"gap": None, "objective": 0.0, "bound": 56.1, "status": "feasible"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", PLANS)
def test_half_a_sentence_for_each_level(how, language):
    told = describe_proof(small_plan(**PLANS[how]), language)
    assert WORDS[how][LANGUAGES.index(language)] in told
    cautious = {"provisional": "provisional", "open": "open", "nothing": "open"}
    for other in ("provisional", "open"):
        assert (WORDS[other][LANGUAGES.index(language)] in told) == (cautious.get(how) == other)
