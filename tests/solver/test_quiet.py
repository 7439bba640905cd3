"""Nothing of HiGHS on the terminal: what it prints, it prints at the file descriptor, past Python."""

import subprocess
import sys

import pytest

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
        "highs.relax(matrix, highs.Options(), 5.0)",
        "highs.maximise(matrix, highs.Options(), 5.0, 0.0)",
        "highs.new(highs.Options(), 5.0)",
    ],
)
def test_no_word_from_a_solver_in_this_process(asked):
    assert said(SMALL + asked) == ("", "")


def test_no_word_from_a_child_process_whatever_highspy_prints():
    code = "from jspmodel.solver.pipes import own_output; out = own_output(); import highspy; highspy.Highs().run()"
    assert said(code + "; out.write(b'message'); out.flush()") == ("message", "")
