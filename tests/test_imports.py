"""What must not be imported where somebody waits for an answer."""

import ast
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import jspmodel

SOURCE = Path(jspmodel.__file__).parent

HEAVY = {"IPython", "altair", "docx", "highspy", "jsonschema", "jupyter_client", "nbconvert", "nbformat"}
HEAVY |= {"networkx", "openpyxl", "papermill", "pulp", "scipy", "vl_convert", "xlsxwriter"}


@cache
def imported(code):
    return {*said_by(f"import sys; {code}; print(*sys.modules)").split()}


def said_by(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("import jspmodel.cli", set()),
        ("import jspmodel.commands.check", set()),
        ("import jspmodel.commands.solve", {"highspy", "pulp", "scipy"}),
        ("import jspmodel.commands.compare", {"highspy", "pulp", "scipy"}),
        ("import jspmodel.solver.worker_process", {"highspy", "scipy"}),
    ],
)
def test_a_command_imports_what_it_needs(code, needs):
    assert imported(code) & HEAVY == needs


def test_the_solvers_process_imports_arrays_only():
    assert not imported("import jspmodel.solver.worker_process") & {
        "pandas",
        "pydantic",
        "rich",
        "typer",
        "yaml",
    }


@pytest.fixture(scope="module")
def drawn():
    """What a process has imported by charts, then the page of ``serve``, then reports; what it says of addresses then."""
    code = (
        "import sys, jspmodel.charts\n"
        "print(*sys.modules)\n"
        "import jspmodel.serve.page\n"
        "print(*sys.modules)\n"
        "import jspmodel.documents.run_report, nbconvert\n"
        "print(*sys.modules)\n"
        "import jsonschema\n"
        "checks = jsonschema.FormatChecker()\n"
        "print(*(checks.conforms(text, 'iri') for text in ('http://contoh.id/é', 'http://[')))"
    )
    return [line.split() for line in said_by(code).splitlines()]


@pytest.mark.parametrize("step", [0, 2], ids=["charts", "pages"])
def test_charts_and_pages_build_no_grammars(drawn, step):
    assert "jsonschema" in drawn[step]
    assert "lark" not in drawn[step]


def test_the_server_builds_no_grammars():
    modules = imported("import jspmodel.serve.server")
    assert "jsonschema" in modules
    assert "lark" not in modules


def test_a_page_of_widgets_imports_nothing_that_writes_reports(drawn):
    assert "ipywidgets" in drawn[1]
    assert not {"docx", "nbconvert", "papermill"} & {*drawn[1]}


def test_addresses_are_checked_as_ever(drawn):
    assert drawn[3] == ["True", "False"]


def test_packages_are_entered_by_their_face():
    """Another package is imported from its ``__init__``, which names what it hands out; a module in it never.

    Left are the methods of values that ask rooms above them, each an exception of the layers too, and the
    commands, of which the command line imports the one that is asked for.
    """
    past = []
    for file in sorted(SOURCE.rglob("*.py")):
        here = ".".join(("jspmodel", *file.relative_to(SOURCE).with_suffix("").parts))
        for module, name in imports(file):
            room = module.split(".")[1]
            if room == here.split(".")[1] or room == "commands" or not (SOURCE / room).is_dir():
                continue
            upward = any(fnmatch(f"{here} -> {module}", allowed) for allowed in exceptions())
            if not upward and name not in face(module):
                past.append(f"{file.relative_to(SOURCE)}: from {module} import {name}")
    assert past == []


def test_every_name_of_a_face_is_there():
    for folder in sorted({file.parent for file in SOURCE.rglob("__init__.py")}):
        module = ".".join(("jspmodel", *folder.relative_to(SOURCE).parts))
        loaded = import_module(module)
        for name in sorted(face(module)):
            assert getattr(loaded, name) is not None, f"{module}.{name}"
            assert name in dir(loaded), f"{module}.{name}"


def imports(file):
    """Return module and name of each import from a package of ours in a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jspmodel."):
            yield from ((node.module, name.name) for name in node.names)


@cache
def exceptions():
    """Imports that the layers allow although they go upward."""
    settings = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return next(item for item in contracts if item["type"] == "layers")["ignore_imports"]


@cache
def face(module):
    """Return the names that a package's ``__init__`` imports from its own modules, and its packages."""
    folder = SOURCE.joinpath(*module.split(".")[1:])
    stub, plain = folder / "__init__.pyi", folder / "__init__.py"
    if not plain.is_file():
        return set()
    lines = ast.parse((stub if stub.is_file() else plain).read_text(encoding="utf-8")).body
    return {
        name.asname or name.name
        for node in lines
        if isinstance(node, ast.ImportFrom) and (node.level or node.module.startswith(f"{module}."))
        for name in node.names
    }
