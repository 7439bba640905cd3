"""Notebooks in git are thin and without outputs."""

import ast
from pathlib import Path

import nbformat
import papermill
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.With,
    ast.Try,
    ast.If,
    ast.IfExp,
    ast.Match,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


@pytest.fixture(params=NOTEBOOKS, ids=lambda file: file.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert [file.stem for file in NOTEBOOKS][:1] == ["00_start"]
    assert {f"{number:02}" for number in range(9)} <= {file.stem[:2] for file in NOTEBOOKS}


def test_cells_call_and_show_but_compute_nothing(notebook):
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 10
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]


def test_no_outputs_are_kept(notebook):
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code(notebook))


def test_jupyter_finds_the_kernel(notebook):
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_every_parameter_has_type_and_help(file):
    known = papermill.inspect_notebook(str(file))
    assert "language" in known
    assert all(item["inferred_type_name"] in {"str", "int", "float", "bool"} for item in known.values())
    assert all(item["help"] for item in known.values())


def test_start_has_ten_code_cells():
    assert len(code(nbformat.read(NOTEBOOKS[0], as_version=4))) == 10
