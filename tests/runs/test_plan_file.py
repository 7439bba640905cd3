"""The plan in the folder of a run: read whole and as a run writes it, or told in words."""

import hashlib
import os

import pytest

from jspmodel.errors import RunError
from jspmodel.intake import plan_text
from jspmodel.runs import check_codes, read_run_plan
from small_decision import small_case, small_plan


def test_what_was_written_is_read(tmp_path):
    plan = small_plan()
    (tmp_path / "plan.json").write_text(plan_text(plan), encoding="utf-8")
    assert read_run_plan(tmp_path) == plan


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "not_found"), ("", "json_broken"), ("{}", "not_as_written"), ("[]", "not_as_written"),
        ("\0", "json_broken"), ('{"case": 1e999}', "json_not_finite"),
    ],
)  # fmt: skip
def test_another_file_is_refused_by_its_name(tmp_path, text, code):
    if text is not None:
        (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"plan\.json") as caught:
        read_run_plan(tmp_path)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "plan.json")
    with pytest.raises(RunError, match=r"plan\.json"):
        read_run_plan(tmp_path)


def test_a_plan_that_is_not_the_one_recorded_is_refused(tmp_path):
    text = plan_text(small_plan())
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    recorded = {"plan.json": hashlib.sha256(text.encode()).hexdigest()}
    assert read_run_plan(tmp_path, recorded) == small_plan()
    better = small_plan(objective=20.1)
    (tmp_path / "plan.json").write_text(plan_text(better), encoding="utf-8")
    assert read_run_plan(tmp_path) == better
    with pytest.raises(RunError) as caught:
        read_run_plan(tmp_path, recorded)
    assert caught.value.problems[0].code == "other_than_recorded"


def test_codes_that_the_case_does_not_have_are_refused(tmp_path):
    plan = small_plan()
    check_codes(plan, small_case(), tmp_path)
    for name, change in (
        ("programs", {"program": "X"}), ("programs", {"regions": ("A", "X")}), ("funding", {"program": "X"}),
        ("funding", {"fund": "X"}), ("regions", {"region": "X"}),
    ):  # fmt: skip
        first, *others = getattr(plan, name)
        other = plan.model_copy(update={name: (first.model_copy(update=change), *others)})
        with pytest.raises(RunError) as caught:
            check_codes(other, small_case(), tmp_path)
        assert [(p.code, p.values["place"]) for p in caught.value.problems] == [("not_as_written", name)]
