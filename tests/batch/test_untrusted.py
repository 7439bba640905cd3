"""Names of cases, scenarios and runs that would lead elsewhere, or mean something to a shell, sheet or page."""

from pathlib import Path

import pytest

from jspmodel.batch.targets import run_folder
from jspmodel.errors import RunError

NAMES = [
    "\u202etxt.exe",
    "a\u202eb",
    "🦆",
    "=HYPERLINK(1)",
    "+cmd",
    "@SUM",
    "<script>",
    'a"b',
    "a'b",
    "a\x07",
    "~",
    "-rf",
    "C:x",
]


@pytest.mark.parametrize("name", NAMES)
def test_neither_case_nor_scenario_nor_run_may_be_called_so(name):
    for names in ((name, "baseline", ""), ("diy", name, ""), ("diy", "baseline", name)):
        case, scenario, run = names
        with pytest.raises(RunError) as caught:
            run_folder(Path("r"), case, scenario, {}, run)
        (problem,) = caught.value.problems
        assert (problem.code, problem.values["name"]) == ("unsafe_name", name)
