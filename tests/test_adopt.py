"""From a run to an adopted plan, a form that somebody fills in, and a plan from where that one stands."""

from __future__ import annotations

import errno
import json
import os
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import jspmodel as jsp
from adopted import SLIPPED, case_with
from jspmodel.cli import app
from jspmodel.intake.command import solve_command
from jspmodel.runs import load_recorded, write_record
from jspmodel.workbook.layout import sheet_name
from searched import plan_of
from workbook.books import FIRST, column

MOMENTS = dict.fromkeys(("started", "finished"), "2026-12-01T00:00:00+00:00")


@pytest.fixture
def case(tmp_path):
    """The folder of a case, and that of a run of it."""
    folder = case_with().to_csv(tmp_path / "adopted")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "baseline.yaml").write_text("solver: {gap: 0}\n", encoding="utf-8")
    again = "based_on: baseline\nreplan: {adopted: baseline, through: 2027, unspent: lapsed}\n"
    run = finished(folder, tmp_path / "reports", "baseline")
    (folder / "scenarios" / "again.yaml").write_text(again, encoding="utf-8")
    return folder, run


def finished(folder, place, name):
    """Solve a scenario of the case, keep its run, and return where."""
    left, scenario, record = load_recorded(folder / "scenarios" / f"{name}.yaml")
    (place / name).mkdir(parents=True)
    plan_of(left, scenario).save(place / name / "plan.json")
    write_record(place / name, {**record, **MOMENTS, "status": "done"})
    return place / name


def jspmodel(*words):
    result = CliRunner().invoke(app, [str(word) for word in words], terminal_width=200)
    return result.exit_code, " ".join(result.output.split())


def fill(file, place, rows):
    """Fill in amount and progress of the rows of a form, by programme."""
    book = openpyxl.load_workbook(file)
    sheet = book[sheet_name("realisation")]
    amount, progress = (column(sheet, heading) for heading in ("Realisasi anggaran", "Keadaan pelaksanaan"))
    for row in range(FIRST, FIRST + len(rows)):
        told = rows[str(sheet.cell(row, 1).value).split()[0]]
        sheet[f"{amount}{row}"], sheet[f"{progress}{row}"] = told
    outputs = book[sheet_name("realised_outputs")]
    made = column(outputs, "Realisasi kinerja")
    for row in range(FIRST, outputs.max_row + 1):
        if outputs.cell(row, 1).value:
            outputs[f"{made}{row}"] = 0
    book.save(place)
    return place


def test_a_plan_whose_programmes_and_funds_are_gone_is_not_adopted(case, tmp_path):
    """Since the run P was taken out of the tables, and f is called h: both are told, and nothing is written."""
    folder, run = case
    for table in folder.glob("*.csv"):
        lines = table.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("P,") and ",P," not in line]
        kept = ["h," + line[2:] if line.startswith("f,") else line for line in kept]
        table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    code, told = jspmodel("adopt", run, tmp_path / "form.xlsx", "--through", 2027, "--language", "en")
    assert code == 3, told
    assert "has P, which programs.csv does not have" in told
    assert "has f, which funds.csv does not have" in told
    assert not (tmp_path / "form.xlsx").exists()
    assert not (folder / "adopted").exists()


def test_a_plan_of_another_case_is_not_adopted(case, tmp_path):
    folder, run = case
    other = shutil.copytree(folder, tmp_path / "other")
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    (run / "run.json").write_text(json.dumps({**record, "folder": str(other)}), encoding="utf-8")
    code, told = jspmodel("adopt", run, tmp_path / "form.xlsx", "--through", 2027, "--language", "en")
    assert code == 3, told
    assert "The adopted plan is of the case adopted, not of other" in told
    assert not (other / "adopted").exists()


def test_a_plan_is_adopted_realised_and_planned_again(case, tmp_path):
    folder, run = case
    code, told = jspmodel("adopt", run, tmp_path / "form.xlsx", "--through", 2027, "--language", "id")
    assert code == 0, told
    assert "replan: {adopted: baseline, through: 2027" in told
    assert json.loads((folder / "adopted" / "baseline.json").read_text())["objective"] == pytest.approx(
        37 / 3
    )

    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    sheet = book[sheet_name("realisation")]
    rows = [[sheet.cell(row, place).value for place in range(1, 6)] for row in (FIRST, FIRST + 1)]
    assert [
        (str(p).split()[0], year, str(fund).split()[0], planned) for p, year, _, fund, planned in rows
    ] == [
        ("P", 2027, "f", 4),
        ("Q", 2027, "g", 3),
    ]

    words = {"P": (2.5, "sedang berjalan"), "Q": (0, "belum mulai")}
    filled = fill(tmp_path / "form.xlsx", tmp_path / "filled.xlsx", words)
    code, told = jspmodel("import", filled, folder, "--yes", "--language", "id")
    assert code == 0, told
    assert (folder / "realisation.csv").read_text(encoding="utf-8").splitlines()[1].startswith("P,2027,")

    left, scenario = jsp.load(folder / "scenarios" / "again.yaml")
    plan = jsp.select_programs(left, scenario)
    assert {one.program: one.start for one in plan.choices} == {"P": 2027, "Q": 2028, "R": 2029}
    assert jspmodel("check", folder)[0] == 0


def test_a_form_goes_where_its_plan_cannot_be_kept(case, tmp_path, monkeypatch):
    """Or another try would find a form in its way."""
    folder, run = case
    form, replace = tmp_path / "form.xlsx", Path.replace

    def full(self, target):
        if Path(target).suffix == ".json":
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return replace(self, target)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", full)
        code, told = jspmodel("adopt", run, form, "--through", 2027, "--language", "en")
    assert (code, "adopted/baseline.json cannot be written" in told, form.exists()) == (3, True, False), told
    assert jspmodel("adopt", run, form, "--through", 2027)[0] == 0
    assert form.exists()
    assert (folder / "adopted" / "baseline.json").exists()


def test_what_was_adopted_is_not_overwritten(case, tmp_path):
    folder, run = case
    assert jspmodel("adopt", run, tmp_path / "one.xlsx", "--through", 2027)[0] == 0
    assert jspmodel("adopt", run, tmp_path / "two.xlsx", "--through", 2027)[0] == 0  # the same plan
    assert jspmodel("adopt", run, tmp_path / "two.xlsx", "--through", 2027)[0] != 0  # the form is there
    kept = folder / "adopted" / "baseline.json"
    kept.write_text(kept.read_text().replace('"quick', '"other') + "\n", encoding="utf-8")
    code, told = jspmodel("adopt", run, tmp_path / "three.xlsx", "--through", 2027, "--language", "en")
    assert code != 0
    assert "--name baseline-2" in told
    assert jspmodel("adopt", run, tmp_path / "four.xlsx", "--through", 2027, "--name", "perda")[0] == 0


@pytest.mark.parametrize("words", [("--name", "../out"), ("--name", ".out"), ("--through", "2026")])
def test_names_and_years_that_cannot_be_are_refused(case, tmp_path, words):
    folder, run = case
    given = words if "--through" in words else (*words, "--through", "2027")
    assert jspmodel("adopt", run, tmp_path / "form.xlsx", *given)[0] == 3
    assert not (folder / "adopted").exists()
    assert not (tmp_path / "form.xlsx").exists()


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("P,2027,,f,-1,under_way,,", "Realisasi", 2),
        ("P,2027,,,2,under_way,,", "realisation.csv", 2),
        ("P,2027,,f,2,not_begun,,", "realisation.csv", 2),
        ("Z,2027,,f,2,under_way,,", "realisation.csv", 2),
    ],
)
def test_rows_that_cannot_be_are_told_with_their_line(case, line, code, place):
    folder, _ = case
    head = "program,year,region,fund,amount,progress,remaining,reason"
    (folder / "realisation.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    with pytest.raises(jsp.DataError) as found:
        jsp.load_case(folder)
    assert [problem.row for problem in found.value.problems][:1] == [place]


def test_progress_that_goes_back_or_differs_and_outputs_of_another_unit(case):
    folder, _ = case
    (folder / "realisation.csv").write_text(
        "program,year,fund,amount,progress\nP,2027,f,1,finished\nP,2028,f,1,under_way\n"
        "Q,2027,g,1,under_way\nQ,2027,f,0,finished\n",
        encoding="utf-8",
    )
    (folder / "realised_outputs.csv").write_text(
        "program,year,indicator,unit,amount\nP,2027,Ruas jalan,m,100\nP,2027,Ruas jaln,km,1\n",
        encoding="utf-8",
    )
    with pytest.raises(jsp.DataError) as found:
        jsp.load_case(folder)
    assert [(one.code, one.row) for one in found.value.problems if not one.warning] == [
        ("progress_goes_back", 3), ("progress_differs", 5), ("output_other_unit", 2), ("output_not_planned", 3),
    ]  # fmt: skip


def test_the_line_of_a_row_that_is_of_another_plan_is_told(case):
    folder, run = case
    (folder / "adopted").mkdir()
    jsp.load_plan(run).save(folder / "adopted" / "baseline.json")
    (folder / "realisation.csv").write_text(
        "program,year,fund,amount,progress,planned\n\nP,2027,f,1,under_way,3.5\nR,2027,f,1,under_way,\n",
        encoding="utf-8",
    )
    with pytest.raises(jsp.JspError) as found:
        jsp.load(folder / "scenarios" / "again.yaml")
    assert [(one.code, one.row) for one in found.value.problems] == [
        ("planned_differs", 3), ("realised_before_start", 4), ("realisation_missing", None),
    ]  # fmt: skip


def test_an_adopted_plan_that_is_not_there_is_named(case):
    folder, _ = case
    with pytest.raises(jsp.ScenarioError) as found:
        jsp.load(folder / "scenarios" / "again.yaml")
    assert [problem.code for problem in found.value.problems] == ["no_adopted_plan"]


def test_a_run_planned_again_is_compared_by_its_own_tables_and_no_change_of_inputs_is_made_up_for_it(
    case, tmp_path
):
    """Adopted 37/3 for 16; from where it stands 32/3 for the 13.5 that are left, of 2 * (6 + 3)."""
    folder, run = case
    (folder / "adopted").mkdir()
    jsp.load_plan(run).save(folder / "adopted" / "baseline.json")
    SLIPPED.to_csv(folder / "realisation.csv", index=False)
    runs = [finished(folder, tmp_path / "runs", name) for name in ("baseline", "again")]
    found = jsp.compare(runs, attribute=True)
    assert found.runs["objective"].tolist() == pytest.approx([37 / 3, 32 / 3])
    assert found.runs["budget"].tolist() == pytest.approx([27, 18])
    assert found.differences["verdict"].tolist() == ["proven"]
    assert [problem.code for problem in found.unattributed["again"]] == ["replanned_run"]


def test_the_command_that_asks_again_does_not_repeat_what_has_begun(case):
    folder, run = case
    (folder / "adopted").mkdir()
    jsp.load_plan(run).save(folder / "adopted" / "baseline.json")
    SLIPPED.to_csv(folder / "realisation.csv", index=False)
    left, scenario = jsp.load(folder / "scenarios" / "again.yaml", {"locked_out": ["R"]})
    assert scenario.locked_in[0].program == "P"
    assert solve_command(left, scenario).endswith("again.yaml --set 'locked_out=[\"R\"]'")


def test_what_is_provisional_or_later_is_told_and_taken(case):
    folder, run = case
    (folder / "adopted").mkdir()
    jsp.load_plan(run).save(folder / "adopted" / "baseline.json")
    last = max(date.today().year + 1, 2028)
    lines = [
        "P,2027,f,2.5,under_way,illustrative",
        "Q,2027,g,0,not_begun,illustrative",
        f"Q,{last},g,0,not_begun,observed",
    ]
    (folder / "realisation.csv").write_text(
        "\n".join(["program,year,fund,amount,progress,status", *lines, ""]), encoding="utf-8"
    )
    told = jspmodel("check", folder, "--language", "en")
    assert told[0] == 0
    assert f"The year {last} is not over" in told[1], told[1]
    assert "does not count" in told[1]
    assert told[1].count("is not over") == 1


def test_a_baseline_may_go_on_with_a_plan(case):
    folder, run = case
    (folder / "adopted").mkdir()
    jsp.load_plan(run).save(folder / "adopted" / "first.json")
    SLIPPED.to_csv(folder / "realisation.csv", index=False)
    again = "solver: {gap: 0}\nreplan: {adopted: first, through: 2027, unspent: lapsed}\n"
    (folder / "scenarios" / "baseline.yaml").write_text(again, encoding="utf-8")
    (folder / "scenarios" / "again.yaml").unlink()
    assert jspmodel("check", folder, "--language", "en")[0] == 0


@pytest.mark.parametrize("name", ["../x", "/etc/x", ".hidden", "x.", "x" * 300, "a:b"])
def test_a_name_that_is_no_file_name_is_refused(case, tmp_path, name):
    folder, run = case
    code, told = jspmodel("adopt", run, tmp_path / "form.xlsx", "--through", 2027, "--name", name)
    assert code == 3
    assert "Traceback" not in told
    assert not (folder / "adopted").exists()
    assert not (tmp_path / "form.xlsx").exists()


@pytest.mark.parametrize("through", [2026, 2029, 2040])
def test_a_year_that_leaves_nothing_to_plan_is_refused(case, tmp_path, through):
    folder, run = case
    code, told = jspmodel("adopt", run, tmp_path / "form.xlsx", "--through", through)
    assert code == 3
    assert "2027" in told
    assert "2028" in told
    assert not (folder / "adopted").exists()


def test_what_stands_in_the_way_of_an_adopted_plan_is_told_and_nothing_is_written(case, tmp_path):
    """Another file of its name, in whatever letters; a folder, a pipe (which would never end); a file for the folder."""
    folder, run = case
    place = folder / "adopted"
    place.mkdir()
    (place / "lain.json").write_bytes(b"\xff\xfe")
    (place / "map.json").mkdir()
    os.mkfifo(place / "pipa.json")
    told = {"lain": "Another plan was adopted", "map": "is a folder", "pipa": "is a pipe"}
    for name, words in told.items():
        form = tmp_path / f"{name}.xlsx"
        code, said = jspmodel("adopt", run, form, "--through", 2027, "--name", name, "--language", "en")
        assert (code, words in said, form.exists()) == (3, True, False), said
    assert (place / "lain.json").read_bytes() == b"\xff\xfe"
    shutil.rmtree(place)
    place.write_text("")
    form = tmp_path / "form.xlsx"
    code, said = jspmodel("adopt", run, form, "--through", 2027, "--language", "en")
    assert (code, "the folder of adopted plans belongs there" in said, form.exists()) == (3, True, False), (
        said
    )


@pytest.mark.parametrize("name", ["a" * 5000, "../baseline", "a\\0b", "CON"])
def test_a_name_that_no_adopted_plan_can_have_is_told(case, name):
    folder, _ = case
    text = f'based_on: baseline\nreplan: {{adopted: "{name}", through: 2027}}\n'
    (folder / "scenarios" / "again.yaml").write_text(text, encoding="utf-8")
    code, said = jspmodel("check", folder, "--language", "en")
    assert (code, "There is no adopted plan" in said) == (3, True), said
