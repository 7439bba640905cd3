"""Nothing of HiGHS on the terminal: what it prints, it prints at the file descriptor, past Python."""

import json
import subprocess
import sys

import pytest

from conftest import tiny_tables, write_case
from jspmodel.processes import Child, EndedError

SMALL = (
    "import numpy as np, highspy; from scipy import sparse; from jspmodel.solver import highs\n"
    "from jspmodel.solver.matrix import Matrix\n"
    "one = np.ones(1)\n"
    "matrix = Matrix(one, 0 * one, one, -np.inf * one, one, sparse.csr_array([[2.0]]), np.array([True]))\n"
)


def said(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_highspy_itself_greets():
    """Else the tests below prove nothing."""
    assert "HiGHS" in said("import highspy; highspy.Highs().run()")[0]


@pytest.mark.parametrize(
    "asked",
    [
        "highs.relax(matrix, highs.Options())",
        "highs.maximise(matrix, highs.Options(), 0.0)",
        "highs.new_highs(highs.Options(), 5.0)",
    ],
)
def test_no_word_from_a_solver_in_this_process(asked):
    assert said(SMALL + asked) == ("", "")


def test_no_word_from_a_child_process_whatever_highspy_prints():
    code = "from jspmodel.processes import Owner; owner = Owner(); import highspy; highspy.Highs().run()"
    child = Child([sys.executable, "-c", code + "; owner.tell('message')"])
    assert child.hear() == ("message",)
    with pytest.raises(EndedError, match="exit code 0"):
        child.hear()


def test_no_word_of_highs_around_a_plan(tmp_path):
    """As JSON the plan names its solver, but not as HiGHS greets."""
    write_case(tmp_path / "tiny", tiny_tables())
    code = f"import sys; sys.argv = {['jspmodel', 'solve', str(tmp_path / 'tiny'), '--json']}; from jspmodel.cli import main; main()"
    out, errors = said(code)
    assert json.loads(out)["status"] == "optimal"
    assert "Running HiGHS" not in out + errors
