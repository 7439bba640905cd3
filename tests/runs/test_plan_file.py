"""The plan in the folder of a run: read whole and as a run writes it, or told in words."""

import os

import pytest

from jspmodel.errors import RunError
from jspmodel.intake import plan_text
from jspmodel.runs import read_run_plan
from small_decision import small_plan


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
