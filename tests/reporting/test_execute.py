"""Notebooks run by papermill: parameters checked, errors named, nothing left behind."""

from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from jspmodel.errors import RunError
from jspmodel.reporting.execute import execute, with_parameters


@pytest.fixture
def notebook(tmp_path):
    cells = [
        new_code_cell('word: str = "a"  # a word', metadata={"tags": ["parameters"]}),
        new_code_cell('assert word != "b", "b is <b>bad</b>"\nprint(word)'),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    file = tmp_path / "note {book}.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), file)
    return file


def printed(notebook):
    return [output["text"].strip() for cell in notebook.cells for output in cell.get("outputs", [])]


def test_two_run_at_once_and_leave_nothing(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda word: execute(notebook, {"word": word}, "id"), ["x", "y"]))
    assert [printed(result) for result in done] == [["x"], ["y"]]
    assert list(tmp_path.iterdir()) == [notebook]


def test_an_unknown_parameter_is_refused_before_anything_runs(notebook):
    with pytest.raises(RunError, match="tidak punya parameter: wrd"):
        execute(notebook, {"wrd": "x"}, "id")


def test_an_error_names_the_cell_and_what_it_said(notebook):
    with pytest.raises(RunError, match=r"note \{book\}.ipynb, cell 3: AssertionError: b is <b>bad</b>"):
        execute(notebook, {"word": "b"}, "en")


def test_other_parameters_take_the_place_of_the_runs(notebook):
    done = with_parameters(execute(notebook, {"word": "x"}, "id"), {"word": "here"})
    sources = "\n".join(cell.source for cell in done.cells)
    assert 'word = "here"' in sources
    assert 'word = "x"' not in sources
    assert str(notebook.parent) not in nbformat.writes(done)
    assert printed(done) == ["x"]
