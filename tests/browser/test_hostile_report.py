"""Names in a case that try to run a script in the report are shown as they are."""

import csv
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml

from browser.offline import QUICK
from jspmodel.batch import Job, run_scenario

pytestmark = pytest.mark.browser
DATA = Path(__file__).parents[2] / "data/diy"
FEW = QUICK | {"locked_out": [f"P{number:02}" for number in range(13, 49)], "equity.mode": "off"}
HOSTILE = """</script></style>--><script>window.hacked=1</script>"><img src=x onerror=window.hacked=1> {evil} {{7*7}} &lt; =HYPERLINK("http://a.b") ../../x 🦆🦆"""
TURNED = "\u202eabc"  # letters from right to left
LONG = "y" * 10_000
FREE_TEXT = ("name", "name_id", "name_en", "objective", "unit", "signer", "nomenclature", "topic", "source")


def poison(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        row |= {column: f"{row[column]} {HOSTILE}" for column in FREE_TEXT if row.get(column)}
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory):
    case = tmp_path_factory.mktemp("case") / "hostile"
    shutil.copytree(DATA, case)
    for file in case.glob("*.csv"):
        poison(file)
    programs = case / "programs.csv"
    text = programs.read_text(encoding="utf-8")
    programs.write_text(text.replace(HOSTILE.replace('"', '""'), f"{TURNED} {LONG}", 1), encoding="utf-8")
    scenario = case / "scenarios/baseline.yaml"
    settings = yaml.safe_load(scenario.read_text(encoding="utf-8"))
    settings["title"] = {"id": HOSTILE, "en": HOSTILE}
    scenario.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return scenario


@pytest.fixture(scope="module")
def run(hostile_case, tmp_path_factory, keeper):
    job = Job(hostile_case, tmp_path_factory.mktemp("run"), languages=("id",), changes=FEW)
    return run_scenario(job, progress=lambda step: None, keeper=keeper).folder


@pytest.fixture(scope="module")
def seen(viewer, run):
    return viewer.look("screen", run / "report.id.html")


def test_no_script_of_theirs_runs(seen):
    assert seen["hacked"] == "undefined"
    assert seen["violations"] == []
    assert seen["errors"] == []
    assert all(source.startswith("data:") for source in seen["images"])


def test_their_names_are_shown_as_they_are(seen):
    with (DATA / "regions.csv").open(encoding="utf-8") as lines:
        regions = [row["name"] for row in csv.DictReader(lines)]
    for region in regions:
        assert f"{region} {HOSTILE}" in seen["text"]
    assert seen["text"].count(HOSTILE) > 100


def test_charts_are_drawn_all_the_same(seen):
    assert len(seen["charts"]) >= 5
    assert all(len(chart["marks"]) <= 2 and chart["marks"][0] > 0 for chart in seen["charts"])


def test_a_report_alone_does_not_link_to_a_twin(seen):
    assert seen["twin"] is None


def test_the_files_beside_it_hold_their_names_as_text(run):
    book = openpyxl.load_workbook(run / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "f"}
    assert formulas
    assert not [formula for formula in formulas if "script" in formula or HOSTILE in formula]
    assert any(HOSTILE in str(cell.value) for cell in cells)
    with zipfile.ZipFile(run / "telaahan.id.docx") as archive:
        text = archive.read("word/document.xml").decode()
        assert not [
            name for name in archive.namelist() if "TargetMode" in archive.read(name).decode("latin-1")
        ]
    assert "&lt;script&gt;window.hacked=1" in text
    assert "<script" not in text


def test_nothing_is_written_outside_the_run(run):
    assert {path.name for path in run.parent.iterdir() if not path.name.startswith(".")} == {run.name}
    assert all(path.is_file() for path in run.iterdir())
