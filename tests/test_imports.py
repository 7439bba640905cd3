"""What must not be imported where somebody waits for an answer."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import jspmodel

SOURCE = Path(jspmodel.__file__).parent

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


def test_what_stands_in_a_door_is_taken_at_the_door():
    """A name in the face of a package is imported from the face by other packages."""
    past = []
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("jspmodel."):
                continue
            room, *inner = node.module.split(".")[1:]
            if not inner or file.relative_to(SOURCE).parts[0] == room:
                continue
            door = faces().get(room, set())
            past += [f"{file.name}: {node.module} {name.name}" for name in node.names if name.name in door]
    assert past == []


@cache
def faces():
    """The names that each package's ``__init__`` imports from its own modules."""
    return {
        file.parent.name: {
            name.name
            for node in ast.parse(file.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ImportFrom) and node.module.startswith(f"jspmodel.{file.parent.name}.")
            for name in node.names
        }
        for file in SOURCE.glob("*/__init__.py")
    }
