"""What must not be imported where somebody waits for an answer."""

import subprocess
import sys

import pytest

HEAVY = {"IPython", "altair", "docx", "highspy", "jsonschema", "jupyter_client", "nbconvert", "nbformat"}
HEAVY |= {"networkx", "openpyxl", "papermill", "pulp", "scipy", "vl_convert", "xlsxwriter"}


def imported(code):
    said = f"import sys; {code}; print(*sys.modules)"
    return set(
        subprocess.run(
            [sys.executable, "-c", said], capture_output=True, text=True, check=True
        ).stdout.split()
    )


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("import jspmodel.cli", set()),
        ("import jspmodel.commands.check", set()),
        ("import jspmodel.commands.solve", {"highspy", "pulp", "scipy"}),
        ("import jspmodel.solver.child", {"highspy", "scipy"}),
    ],
)
def test_a_command_imports_what_it_needs(code, needs):
    assert imported(code) & HEAVY == needs


def test_the_solvers_process_imports_arrays_only():
    assert not imported("import jspmodel.solver.child") & {"pandas", "pydantic", "rich", "typer", "yaml"}


@pytest.mark.parametrize("room", ["jspmodel.charts", "jspmodel.documents.run_report"])
def test_charts_and_pages_build_no_grammars(room):
    modules = imported(f"import {room}")
    assert "jsonschema" in modules
    assert "lark" not in modules


def test_addresses_are_checked_as_ever():
    code = (
        "import jspmodel.charts, jsonschema\n"
        "checks = jsonschema.FormatChecker()\n"
        "print([checks.conforms(text, 'iri') for text in ('http://contoh.id/é', 'http://[')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[True,", "False]"]
