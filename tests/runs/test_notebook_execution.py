"""Notebooks run by papermill in kernels of our own: parameters checked, errors named, nothing left behind."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from jspmodel.errors import RunError
from jspmodel.runs.notebook_execution import execute_notebook, with_parameters
from jspmodel.runs.notebook_kernel import Keeper, started_kernel


@pytest.fixture(autouse=True)
def _quick_start(monkeypatch):
    monkeypatch.setattr("jspmodel.runs.notebook_kernel._IMPORTS", "pass")


@pytest.fixture
def kernel():
    with started_kernel() as kernel:
        yield kernel


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

    def run(word):
        with started_kernel() as kernel:
            return execute_notebook(notebook, {"word": word}, "id", kernel)

    with ThreadPoolExecutor() as pool:
        done = list(pool.map(run, ["x", "y"]))
    assert [printed(result) for result in done] == [["x"], ["y"]]
    assert list(tmp_path.iterdir()) == [notebook]


def test_one_kernel_serves_several_in_turn(notebook, kernel):
    done = [execute_notebook(notebook, {"word": word}, "id", kernel) for word in ("x", "y")]
    assert [printed(result) for result in done] == [["x"], ["y"]]


def with_code(notebook, source):
    changed = nbformat.read(notebook, as_version=4)
    changed.cells[1].source = source
    nbformat.write(changed, notebook)
    return notebook


def test_what_the_process_says_of_itself_does_not_reach_the_terminal(notebook, kernel, capfd):
    # What it logs when it is interrupted while it is still at a message goes the same way.
    complain = 'get_ipython().kernel.log.error("KeyboardInterrupt caught in kernel.")'
    execute_notebook(with_code(notebook, complain), {"word": "x"}, "id", kernel)
    assert "ERROR | KeyboardInterrupt caught in kernel." in kernel.last_words
    assert "KeyboardInterrupt" not in "".join(capfd.readouterr())


def test_a_kernel_that_dies_leaves_its_last_words(notebook, kernel):
    die = 'import os\nos.write(2, b"out of memory")\nos._exit(1)'
    with pytest.raises(RunError, match="out of memory"):
        execute_notebook(with_code(notebook, die), {"word": "x"}, "id", kernel)


def test_an_unknown_parameter_is_refused_before_anything_runs(notebook, kernel):
    with pytest.raises(RunError, match="tidak punya parameter: wrd"):
        execute_notebook(notebook, {"wrd": "x"}, "id", kernel)


def test_an_error_names_the_cell_and_what_it_said(notebook, kernel):
    with pytest.raises(RunError, match=r"note \{book\}.ipynb, cell 3: AssertionError: b is <b>bad</b>"):
        execute_notebook(notebook, {"word": "b"}, "en", kernel)


def test_other_parameters_take_the_place_of_the_runs(notebook, kernel):
    done = with_parameters(execute_notebook(notebook, {"word": "x"}, "id", kernel), {"word": "here"})
    sources = "\n".join(cell.source for cell in done.cells)
    assert 'word = "here"' in sources
    assert 'word = "x"' not in sources
    assert str(notebook.parent) not in nbformat.writes(done)
    assert printed(done) == ["x"]


def test_a_kept_kernel_forgets_and_is_replaced_when_it_dies(notebook):
    with Keeper() as keeper:
        first = keeper.kernel()
        counts = (
            execute_notebook(with_code(notebook, "left = 1"), {"word": "x"}, "id", first)
            .cells[-1]
            .execution_count
        )
        assert keeper.kernel() is first
        again = execute_notebook(
            with_code(notebook, 'print("left" in globals())'), {"word": "x"}, "id", first
        )
        assert printed(again) == ["False"]
        assert again.cells[-1].execution_count == counts
        os.kill(first.manager.provisioner.pid, signal.SIGKILL)
        first.manager.provisioner.process.wait()
        second = keeper.kernel()
        assert second is not first
        assert printed(execute_notebook(with_code(notebook, "print(word)"), {"word": "y"}, "id", second)) == [
            "y"
        ]
