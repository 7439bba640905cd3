"""``jspmodel template`` and ``jspmodel import`` as a planner meets them."""

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from tiny import tiny_tables, write_case
from workbook.books import template_bytes


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "data" / "tiny", tiny_tables())
    return lambda *words, answer=None: CliRunner().invoke(app, [*words, "--language", "en"], input=answer)


@pytest.fixture
def costs(call, tmp_path):
    """The template of the tiny case, its cost changed by what a test gives."""

    def changed(value):
        if not (tmp_path / "tiny.xlsx").exists():
            (tmp_path / "tiny.xlsx").write_bytes(template_bytes(tmp_path / "data" / "tiny", "en"))
        book = openpyxl.load_workbook("tiny.xlsx")
        book["Biaya program"]["E7"] = value
        book.save("filled.xlsx")

    return changed


def amount(tmp_path):
    return (tmp_path / "data" / "tiny" / "program_costs.csv").read_text(encoding="utf-8").split("\n")[1]


def test_template_and_import_change_nothing(call, tmp_path):
    answer = call("template", "data/tiny", "tiny.xlsx")
    assert answer.exit_code == 0, answer.output
    assert "jspmodel import tiny.xlsx data/tiny" in answer.stdout
    answer = call("import", "tiny.xlsx", "data/tiny")
    assert (answer.exit_code, answer.stdout) == (0, "No change; data/tiny stays as it was.\n")
    assert not (tmp_path / "data" / "tiny" / "backup").exists()


def test_import_shows_and_asks(call, costs, tmp_path):
    costs(7.5)
    answer = call("import", "filled.xlsx", "data/tiny", answer="n\n")
    assert answer.exit_code == 1
    assert "~ P01 Pelatihan kerja, 34.01 Timur, build, 0: Cost: 2 → 7.5 Rp billion" in answer.stdout
    assert amount(tmp_path) == "P01,34.01,build,0,2"
    answer = call("import", "filled.xlsx", "data/tiny", answer="y\n")
    assert answer.exit_code == 0, answer.output
    assert amount(tmp_path) == "P01,34.01,build,0,7.5"
    assert len(list((tmp_path / "data" / "tiny" / "backup").iterdir())) == 1


def test_without_an_answer_nothing_is_written(call, costs, tmp_path):
    costs(7.5)
    answer = call("import", "filled.xlsx", "data/tiny")
    assert answer.exit_code == 1
    assert "There was no answer, so nothing was written." in answer.stderr
    assert "Aborted" not in answer.output
    assert amount(tmp_path) == "P01,34.01,build,0,2"


def test_a_script_says_yes(call, costs, tmp_path):
    costs(7.5)
    assert call("import", "filled.xlsx", "data/tiny", "--yes").exit_code == 0
    assert amount(tmp_path) == "P01,34.01,build,0,7.5"
    assert call("check", "data/tiny").exit_code == 0


def test_what_is_wrong_is_told_and_marked_and_nothing_is_written(call, costs, tmp_path):
    costs("1,5 M")
    for name in ("filled-marked.xlsx", "filled-marked-2.xlsx"):
        answer = call("import", "filled.xlsx", "data/tiny", "--yes")
        assert answer.exit_code == 3
        assert "cell E7" in answer.stderr
        assert 'Write "1.5 miliar" for billion, "1.5 juta" for million.' in answer.stderr
        assert name in answer.stderr
        assert (tmp_path / name).is_file()
    assert amount(tmp_path) == "P01,34.01,build,0,2"


def test_the_copy_of_a_copy_has_no_longer_name(call, costs, tmp_path):
    costs("1,5 M")
    call("import", "filled.xlsx", "data/tiny")
    assert call("import", "filled-marked.xlsx", "data/tiny").exit_code == 3
    assert sorted(path.name for path in tmp_path.glob("filled-*")) == [
        "filled-marked-2.xlsx",
        "filled-marked.xlsx",
    ]


def test_a_new_case_through_a_workbook(call, costs, tmp_path):
    costs(3)
    answer = call("import", "filled.xlsx", "data/mine", "--yes")
    assert answer.exit_code == 0, answer.output
    assert call("solve", "data/mine").exit_code == 0


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("import", "tniy.xlsx", "data/tiny"), "tniy.xlsx"),
        (("import", "data/tiny/funds.csv", "data/tiny"), "not an Excel workbook"),
        (("import", "file.xlsx", "file.xlsx"), "not a folder"),
        (("template", "data/tyni", "x.xlsx"), "data/tyni"),
    ],
)
def test_what_cannot_be_read_is_told(call, tmp_path, words, part):
    (tmp_path / "file.xlsx").write_bytes(b"")
    answer = call(*words)
    assert answer.exit_code == 3
    assert part in answer.stderr


def test_names_in_a_workbook_are_not_markup(call, costs):
    costs(2)
    book = openpyxl.load_workbook("filled.xlsx")
    book["Daerah"]["B7"] = "[red]Timur[/nope]\x1b[2J"[:17]
    book.save("filled.xlsx")
    answer = call("import", "filled.xlsx", "data/tiny", "--yes")
    assert answer.exit_code == 0, answer.output
    assert '"[red]Timur[/nope]"' in answer.stdout
