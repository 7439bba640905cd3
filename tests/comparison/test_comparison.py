"""Runs side by side: figures by hand, what is proven, what never is compared, pages that nobody breaks out of."""

import errno
import hashlib
import json
import math
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from hand import J, W, rows
from jspmodel.charts.render import MIME
from jspmodel.cli import app
from jspmodel.comparison import Run, causes, compare, cut_budgets, metrics, moves
from jspmodel.comparison.comparison_page import comparison_page, write_comparison
from jspmodel.comparison.comparison_workbook import write_comparison_workbook
from jspmodel.comparison.summary_screen import cautions
from jspmodel.comparison.titles import run_titles
from jspmodel.errors import DataError, RunError
from jspmodel.intake import load
from jspmodel.measure import horizon
from jspmodel.plan import PlannedProgram, RegionResult
from jspmodel.runs.notebook_execution import execute_notebook
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.text import all_wording
from small_decision import small_case, small_plan
from tiny import tiny_tables, write_case

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "09_compare_scenarios.ipynb"
EVIL = "</script><script>window.hacked=1</script>\N{RIGHT-TO-LEFT OVERRIDE}=HYPERLINK(1)"
Q_ALONE = PlannedProgram(program="Q", selected=True, start=2028, regions=("A", "B"))


def run(label="a", scenario=None, tables=None, case="hand", **changes):
    return Run(label, case, scenario or Scenario(), small_plan(case=case, **changes), tables or {})


def sought(objective, bound, label="b"):
    return run(label, objective=objective, bound=bound)


def figures(runs, case=None):
    return metrics.metrics(runs, metrics.region_impacts(runs, case, ()), case, ())


def verdict(first, other):
    row = metrics.differences((first, other), figures((first, other))).iloc[0]
    return row["verdict"], row["open"]


# The first reaches 20 and may reach 20.2.
@pytest.mark.parametrize(
    ("objective", "bound", "expected", "left"),
    [
        (19.0, 19.5, "proven", 0.5),  # the other's best is below what the first has
        (19.0, 20.1, "within", 1.1),  # the other may still be better than the first is
        (20.1, 20.4, "within", 0.2),  # the first may still catch up
        (20.5, 20.5, "proven", 0.2),
        (20.0, 20.2, "same", 0.2),
    ],
)
def test_a_difference_is_proven_only_if_no_longer_search_can_undo_it(objective, bound, expected, left):
    told, open_ = verdict(sought(20.0, 20.2, "a"), sought(objective, bound))
    assert told == expected
    assert open_ == pytest.approx(left)


def test_a_search_that_found_nothing_is_no_answer():
    empty = run("b", objective=0.0, bound=10.0, programs=(PlannedProgram(program="P", selected=False),))
    assert verdict(run(), empty)[0] == "no_plan"
    assert math.isnan(figures((run(), empty)).loc[1, "worth"])
    assert math.isnan(figures((run(), empty)).loc[1, "gap"])
    kinds = moves.programs((run(), empty)).drop_duplicates("program").set_index("program")["kind"]
    assert kinds.to_dict() == {"P": "always", "Q": "always", "H": "never"}


def test_signed_differences_of_money_programmes_and_the_region_helped_least():
    regions = (
        RegionResult(region="A", impact=1.5, need=0.9, cost=4.0),
        RegionResult(region="B", impact=None, need=0.0, cost=0.0),
    )
    other = run("b", funding=(), programs=(Q_ALONE,), regions=regions)
    table = figures((run(), other), small_case())
    assert table["budget"].tolist() == [36.0, 36.0]  # 10 + 20 from f, 6 from g
    assert table["unused"].tolist() == [22.0, 36.0]
    assert table[["least", "least_region"]].values.tolist() == [[2.0, "B"], [1.5, "A"]]
    row = metrics.differences((run(), other), table).iloc[0]
    assert row[["cost", "unused", "selected", "least"]].tolist() == [-14.0, 14.0, -1, -0.5]


def test_regions_stand_beside_themselves_in_the_first_run():
    def helped(*impacts):
        return tuple(
            RegionResult(region=r, impact=i, need=0.5, cost=c)
            for r, i, c in zip("AB", impacts, (4.0, 0.5), strict=True)
        )

    found = metrics.region_impacts(
        (run(regions=helped(3.0, 2.0)), run("b", regions=helped(1.5, 2.25))), small_case(), ()
    )
    assert list(found) == ["region", "run", "impact", "difference", "cost"]
    assert found.to_numpy().tolist() == [
        ["A", "a", 3.0, 0.0, 4.0], ["B", "a", 2.0, 0.0, 0.5], ["A", "b", 1.5, -1.5, 4.0], ["B", "b", 2.25, 0.25, 0.5],
    ]  # fmt: skip


def test_years_that_only_the_budgets_say_are_part_of_the_measure():
    """A table of budgets one year longer made the mean over its years lower: that was called proven."""
    budgets = {"fund_budgets.csv": "1" * 64}
    first = replace(sought(20.0, 20.2, "a"), tables=budgets, years=(2027, 2028))
    other = replace(sought(15.0, 15.1), tables={"fund_budgets.csv": "2" * 64}, years=(2027, 2028, 2029))
    assert verdict(first, other)[0] == "not_comparable"
    row = metrics.differences((first, other), figures((first, other))).iloc[0]
    assert math.isnan(row["cost"])
    assert verdict(first, replace(other, years=first.years))[0] == "proven"  # more money in the same years
    unknown = replace(other, years=())
    assert verdict(replace(first, years=()), unknown)[0] == "not_comparable"
    assert verdict(replace(first, years=()), replace(unknown, tables=budgets))[0] == "proven"


def test_five_runs_of_other_years_and_regions_say_what_cannot_be_compared(tmp_path):
    def made(name, tables, **settings):
        case = write_case(tmp_path / name / "tiny", tables)
        (run,) = cut_budgets(str(case), ())
        loaded, scenario = load(str(case), settings)
        plan, years = select_programs(loaded, scenario), horizon(loaded, scenario)
        return replace(run, label=name, name=name, scenario=scenario, plan=plan, years=years)

    tables = tiny_tables()
    longer = {**tables, "fund_budgets": tables["fund_budgets"].replace("2029", "2030")}
    fewer = {
        name: "\n".join(line for line in text.split("\n") if "34.10" not in line)
        for name, text in tables.items()
    }
    runs = [
        made("semula", tables), made("pendek", tables, last_year=2028), made("hemat", tables, budget_scale=0.5),
        made("lama", longer), made("tanpa", fewer),
    ]  # fmt: skip
    found = compare(runs)
    gains = found.differences.set_index("run")
    assert gains["verdict"].to_dict() == {
        "pendek": "not_comparable",
        "hemat": "proven",
        "lama": "not_comparable",
        "tanpa": "not_comparable",
    }
    assert gains["cost"].notna().to_dict() == {"pendek": False, "hemat": True, "lama": False, "tanpa": False}
    told = " ".join(cautions(found, "id"))
    assert "semula 2027–2029; pendek 2027–2028; hemat 2027–2029; lama 2027–2030; tanpa 2027–2029" in told
    assert "Daerah tanpa lain daripada daerah semula: tanpa Barat." in told
    assert "Tahun yang direncanakan" not in " ".join(cautions(compare([runs[0], runs[2]]), "id"))


def test_a_plan_made_for_other_goals_is_measured_as_the_first_is():
    other = run("b", Scenario(criteria_weights={"c1": 0.0}), programs=(Q_ALONE,), objective=99.0)
    table = figures((run(), other), small_case())
    # Q closes 0.3 of what j lacks, in the second of two years; only B needs it (0.8 of a quarter of the people).
    need = J * 0.8 * 0.25
    whole = W * (0.75 + 0.5 * 0.25) + need
    assert table.loc[1, "worth"] == pytest.approx(100 * 0.15 * need / whole)
    assert table.loc[1, "least"] == 0.0
    told = metrics.differences((run(), other), table).iloc[0]
    assert told["verdict"] == "other_measure"
    assert math.isnan(told["open"])


def test_without_its_tables_such_a_plan_is_not_compared():
    other = run("b", Scenario(criteria_weights={"c1": 0.0}))
    assert verdict(run(), other)[0] == "not_comparable"


def test_what_went_in_otherwise():
    other = run(
        "b",
        Scenario(name="x", budget_scale={"all": 0.9}, solver={"time_limit": 3.0}, locked_out=["P"]),
        {"funds.csv": "1" * 64, "program_effects.csv": "2" * 64},
    )
    found = causes.changes(run(tables={"funds.csv": "3" * 64}), other)
    assert found[["kind", "key", "before", "after"]].values.tolist() == [
        ["rule", "budget_scale.all", 1.0, 0.9],
        ["rule", "locked_out", [], ["P"]],
        ["search", "solver.time_limit", None, 3.0],
        ["table", "funds.csv", "33333333", "11111111"],
        ["measure_table", "program_effects.csv", None, "22222222"],
    ]


def test_a_floor_that_nobody_asks_for_is_no_cause():
    first, other = Scenario(equity={"mode": "floor", "floor": 0.75}), Scenario()
    assert causes.changes(run(scenario=first), run("b", other))["key"].tolist() == ["equity.mode"]


def test_what_happened_to_programmes_and_why():
    other = run(
        "b",
        programs=(
            PlannedProgram(program="P", selected=False, reason="money", reason_values={"short": 1.0}),
            PlannedProgram(program="Q", selected=True, start=2027, regions=("A",)),
            PlannedProgram(program="H", selected=True, start=2028, regions=("A",)),
            PlannedProgram(program="N", selected=True, start=2028),
        ),
    )
    found = moves.moves(run(), other).drop(columns="run").values.tolist()
    assert found == [
        ["P", "out", 2027, None, "money", {"short": 1.0}],
        ["H", "in", None, 2028, "locked_out", {}],
        ["N", "in", None, 2028, "not_proposed", {}],
        ["Q", "start", 2028, 2027, "", {}],
        ["Q", "regions", ("A", "B"), ("A",), "", {}],
    ]
    kinds = moves.programs((run(), other)).drop_duplicates("program").set_index("program")["kind"]
    assert kinds.to_dict() == {"P": "sometimes", "Q": "always", "H": "sometimes", "N": "sometimes"}


@pytest.mark.parametrize(
    ("given", "code"),
    [([run(), run("b", case="other")], "different_cases"), ([run()], "too_few_runs")],
)
def test_what_cannot_be_compared_is_refused(given, code):
    with pytest.raises(RunError) as caught:
        compare(given)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A case and two of its finished runs, written as ``jspmodel run`` does; P03 is never selected."""
    home = tmp_path_factory.mktemp("home")
    tables = tiny_tables()
    tables["regions"] = tables["regions"].replace("Timur", f'"{EVIL}"')
    case = write_case(home / "data" / "tiny", tables)
    write_run(home / "reports" / "tiny" / "cut", case, "cut", [("P01", 2028)], 8.0, {"all": 0.8})
    write_run(home / "reports" / "tiny" / "baseline", case, "baseline", [("P01", 2027), ("P02", 2027)], 10.0)
    (home / "reports" / "tiny" / ".baseline-half").mkdir()
    return home


def write_run(folder, case, name, chosen, objective, scale=None):
    folder.mkdir(parents=True)
    starts = dict(chosen)
    programs = tuple(
        PlannedProgram(
            program=code, selected=code in starts, start=starts.get(code), regions=("34.01",) * (code in starts),
            reason="chosen" if code in starts else "gone in a later version",
        )
        for code in ("P01", "P02", "P03")
    )  # fmt: skip
    regions = (RegionResult(region="34.01", impact=objective, need=1.0, cost=1.0),)
    plan = small_plan(
        case="tiny",
        programs=programs,
        funding=(),
        regions=regions,
        objective=objective,
        bound=objective + 0.5,
    )
    (folder / "plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    scenario = Scenario(name=name, title={"id": f"{name} {EVIL}"}, budget_scale=scale or {"all": 1.0})
    inputs = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in case.glob("*.csv")}
    record = {
        "key": "0" * 64, "scenario_file": (case / "scenarios" / "baseline.yaml").as_posix(), "inputs": inputs,
        "python": "3.12.1", "packages": {}, "parameters": scenario.model_dump(mode="json"), "status": "done",
        "started": "2027-01-01T00:00:00+00:00", "finished": "2027-01-01T00:00:00+00:00",
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.fixture(scope="module")
def comparison(home):
    return compare(home / "reports" / "tiny")


def test_a_folder_stands_for_all_its_runs_baseline_first(comparison, home):
    assert comparison.runs["run"].tolist() == ["baseline", "cut"]
    assert comparison.changed == ()
    assert comparison.runs["budget"].tolist() == pytest.approx([13.0, 10.4])
    again = compare(f"{home}/reports/tiny/cut, {home}/reports/tiny/baseline")
    assert again.runs["run"].tolist() == ["baseline", "cut"]
    asked = compare(f"{home}/reports/tiny/baseline, {home}/reports/tiny/cut", "cut")
    assert asked.runs["run"].tolist() == ["cut", "baseline"]
    with pytest.raises(RunError) as error:
        compare(home / "reports" / "tiny", "cuts")
    (problem,) = error.value.problems
    assert (problem.code, problem.values["nearest"]) == ("no_such_run", "cut")


def test_a_run_is_called_by_its_name_and_what_was_changed(home, tmp_path):
    """Not by its scenario's title: it is another question."""
    place, case = tmp_path / "runs", home / "data" / "tiny"
    for name, scenario, changes in (
        ("baseline", "baseline", {}),
        ("lean", "baseline", {"budget_scale": "0.9"}),
        ("baseline-1a2b3c4d", "baseline", {"budget_scale": "{funds: {apbd: 0.5}}"}),
    ):
        write_run(place / name, case, scenario, [("P01", 2027)], 9.0)
        record = json.loads((place / name / "run.json").read_text())
        record |= {"scenario": scenario, "changes": changes}
        (place / name / "run.json").write_text(json.dumps(record))
    found = compare(place)
    titles = run_titles(found, "en")
    assert titles["lean"] == "lean (budget_scale=0.9)"
    assert titles["baseline-1a2b3c4d"] == "baseline (budget_scale={funds: {apbd: 0.5}})"
    assert titles["baseline"].startswith("baseline ")
    assert "lean (budget_scale=0.9)" in comparison_page(found, "id")


def test_the_unit_is_that_of_the_first_and_nothing_reads_nan():
    score = run("score", Scenario(objective="score"), objective_kind="score", objective=7.0, bound=7.0)
    empty = run("none", objective=0.0, bound=9.0)
    for runs, unit in (
        ((score, run()), "Sum of scores"),
        ((run(), score), "Gap closed (%)"),
        ((empty, run()), ""),
    ):
        html = comparison_page(compare(runs), "en").rpartition("<script>")[0]
        assert unit in html
        assert "nan" not in re.findall(r"[a-z]+", html.lower())


def test_runs_of_equal_names_are_told_apart(home, tmp_path):
    for place in ("one", "two"):
        write_run(tmp_path / place / "baseline", home / "data" / "tiny", "baseline", [("P01", 2027)], 9.0)
    labels = compare([tmp_path / "one", tmp_path / "two"]).runs["run"].tolist()
    assert labels == ["one/baseline", "two/baseline"]


def test_tables_that_changed_since_are_named(home, tmp_path):
    place = tmp_path / "runs"
    for name in ("a", "b"):
        write_run(place / name, home / "data" / "tiny", name, [("P01", 2027)], 9.0)
    record = json.loads((place / "b" / "run.json").read_text())
    record["inputs"]["fund_budgets.csv"] = "0" * 64
    (place / "b" / "run.json").write_text(json.dumps(record))
    found = compare(place)
    assert found.changed == ("fund_budgets.csv",)
    assert found.runs["budget"].isna().all()
    assert "fund_budgets.csv" in comparison_page(found, "en")


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("plan.json", "json_broken"), ("run.json", "json_broken"), ("parameters", "not_as_written"),
        ("running", "run_not_done"),
    ],
)  # fmt: skip
def test_a_run_that_is_named_and_cannot_be_read_is_refused_and_left_out_of_its_folder(
    home, tmp_path, broken, code
):
    folder = tmp_path / "baseline"
    write_run(folder, home / "data" / "tiny", "baseline", [("P01", 2027)], 9.0)
    record = json.loads((folder / "run.json").read_text())
    if broken in {"plan.json", "run.json"}:
        (folder / broken).write_text("{")
    else:
        key, value = ("status", "running") if broken == "running" else ("parameters", {"no_such_key": 1})
        (folder / "run.json").write_text(json.dumps({**record, key: value}))
    with pytest.raises(RunError) as caught:
        compare([home / "reports" / "tiny", folder])
    assert [problem.code for problem in caught.value.problems] == [code]
    shutil.copytree(home / "reports" / "tiny", tmp_path / "tiny")
    shutil.move(folder, tmp_path / "tiny" / "broken")
    comparison = compare(tmp_path / "tiny")
    assert list(comparison.runs["run"]) == ["baseline", "cut"]
    assert [problem.code for problem in comparison.refused] == [code]
    assert "broken" in cautions(comparison, "en")[-1]


def test_a_folder_without_a_record_is_no_run(home, tmp_path):
    with pytest.raises(RunError) as caught:
        compare([home / "reports" / "tiny", tmp_path])
    assert [problem.code for problem in caught.value.problems] == ["not_a_run"]


class Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module", params=["id", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def page(comparison, language):
    return comparison_page(comparison, language, twin="other.html")


def test_the_page_says_what_stays_and_names_what_left(page, language):
    read = Reader(page)
    headline = {"id": "1 dari 3 usulan program", "en": "all 2 scenarios: 1 of 3 proposed programmes"}[
        language
    ]
    assert headline in read.text
    assert "gone in a later version" in read.text  # a reason that these words no longer know stays its code
    assert "budget_scale.all" in read.text
    assert [attrs["lang"] for tag, attrs in read.tags if tag == "html"] == [language]


def test_the_page_loads_and_runs_nothing_of_theirs(page):
    read = Reader(page)
    assert "<script>window.hacked" not in page
    sources = [attrs["src"] for _, attrs in read.tags if "src" in attrs]
    assert all(source.startswith("data:image/svg+xml") for source in sources)
    assert len([tag for tag, _ in read.tags if tag == "script"]) == 1  # our own: charts are pictures
    ids = {attrs["id"] for _, attrs in read.tags if "id" in attrs}
    targets = {attrs["href"] for tag, attrs in read.tags if tag == "a"}
    assert {target[1:] for target in targets if target.startswith("#")} <= ids
    assert "parts" not in ids  # which change does how much is told where it was asked for
    assert len(page.encode()) < 1_500_000


def test_pages_link_to_each_other_and_the_workbook_holds_no_formula(comparison, tmp_path):
    files = write_comparison(comparison, tmp_path / "c", ("id", "en"))
    assert [file.name for file in files] == ["c.id.html", "c.en.html"]
    assert 'href="c.en.html"' in files[0].read_text(encoding="utf-8")
    for _ in range(2):  # an earlier one is replaced
        book = openpyxl.load_workbook(write_comparison_workbook(comparison, tmp_path / "c.xlsx", "en"))
    assert book.sheetnames == ["Scenarios", "Programmes", "Inputs", "Changes", "Regions"]
    assert [row[6].value for row in book["Scenarios"].iter_rows(min_row=2)] == ["compared with", "proven"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.en.html", "c.id.html", "c.xlsx"]


def test_the_command_tells_writes_and_renews_the_index(home, tmp_path):
    for name in ("baseline", "cut"):
        shutil.copytree(home / "reports" / "tiny" / name, tmp_path / "tiny" / name)
    (tmp_path / "index.en.html").write_text("")
    told = CliRunner().invoke(app, ["compare", str(tmp_path / "tiny"), "--language", "en"])
    assert told.exit_code == 0
    assert "proposed programmes" in told.output
    names = ["comparison.en.html", "comparison.xlsx"]
    assert sorted(path.name for path in (tmp_path / "tiny").iterdir() if path.is_file()) == names
    assert "tiny/comparison.en.html" in (tmp_path / "index.en.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("late", ["comparison.en.html", "comparison.id.html", "comparison.xlsx"])
def test_a_disk_that_is_full_leaves_the_earlier_comparison_whole(home, tmp_path, monkeypatch, late):
    for name in ("baseline", "cut"):
        shutil.copytree(home / "reports" / "tiny" / name, tmp_path / "tiny" / name)
    earlier = {f"comparison.{ending}": "earlier" for ending in ("en.html", "id.html", "xlsx")}
    for name, text in earlier.items():
        (tmp_path / "tiny" / name).write_text(text)
    replace = Path.replace

    def full(self, target):
        if Path(target).name == late:
            raise OSError(errno.ENOSPC, "No space left on device", str(self), None, str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    told = CliRunner().invoke(app, ["compare", str(tmp_path / "tiny"), "--language", "both"])
    assert told.exit_code in (1, 3)
    assert f"tiny/{late} " in told.stderr.replace("\n", " ")
    files = [path for path in (tmp_path / "tiny").iterdir() if path.is_file()]
    assert {path.name: path.read_text() for path in files} == earlier
    assert sorted(path.name for path in (tmp_path / "tiny").iterdir() if path.is_dir()) == ["baseline", "cut"]


def test_a_page_in_the_other_language_is_renewed_too(home, tmp_path):
    for name in ("baseline", "cut"):
        shutil.copytree(home / "reports" / "tiny" / name, tmp_path / "tiny" / name)
    (tmp_path / "tiny" / "comparison.id.html").write_text("earlier")
    told = CliRunner().invoke(app, ["compare", str(tmp_path / "tiny"), "--language", "en"])
    assert told.exit_code == 0
    assert "comparison.en.html" in (tmp_path / "tiny" / "comparison.id.html").read_text(encoding="utf-8")


def test_the_command_as_json_writes_nothing_unasked(home, tmp_path):
    runs = [str(home / "reports" / "tiny" / name) for name in ("baseline", "cut")]
    before = sorted(home.rglob("*"))
    told = CliRunner().invoke(app, ["compare", *runs, "--json"])
    assert sorted(home.rglob("*")) == before
    data = json.loads(told.output)
    assert data["differences"][0]["worth"] == -2.0
    assert [row["run"] for row in data["runs"]] == ["baseline", "cut"]
    out = tmp_path / "mine.html"
    CliRunner().invoke(app, ["compare", *runs, "--json", "--language", "id", "--out", str(out)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.id.html", "mine.xlsx"]


@pytest.mark.parametrize(("places", "code"), [(["nowhere"], 3), (["."], 1)])
def test_the_command_says_what_is_no_run(tmp_path, monkeypatch, places, code):
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["compare", *places])
    assert told.exit_code == code
    assert list(tmp_path.iterdir()) == []


def test_budgets_cut_of_a_case_as_it_stands(tmp_path):
    folder = write_case(tmp_path / "tiny", tiny_tables(), "budget_scale: 0.5\n")
    runs = cut_budgets(str(folder), (0.2,))
    assert [item.label for item in runs] == ["baseline", "cut-20"]
    assert [item.scenario.budget_scale.all for item in runs] == [0.5, 0.4]
    found = compare(runs)
    assert found.changed == ()
    assert found.changes["key"].tolist() == ["budget_scale.all"]
    assert found.runs["budget"].tolist() == pytest.approx([6.5, 5.2])


def test_the_notebook_opens_runs(home, kernel):
    parameters = {"runs": str(home / "reports" / "tiny"), "language": "en"}
    notebook = execute_notebook(NOTEBOOK, parameters, "en", kernel)
    shown = [output.data for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [MIME in data for data in shown] == [False, True, False, False, False, True, False]
    assert shown[0]["text/plain"].startswith("Selected in all 2 scenarios: 1 of 3 ")


def test_a_region_without_need_stays_blank():
    case = small_case(issue_regions=rows("issue region severity", ("j", "A", 0.0), ("j", "B", 0.0)))
    regions = (RegionResult(region="A", impact=None, need=0.0, cost=0.0),)
    found = metrics.region_impacts((run(regions=regions), run("b", regions=regions)), case, ())
    assert found["impact"].isna().all()
    assert found["difference"].isna().all()


def test_every_setting_has_a_name_where_runs_differ():
    named = {"name", "title", "language", "rule_prices"}  # these are no difference
    for language in ("id", "en"):
        words = all_wording(language)
        assert {key for key in Scenario.model_fields if f"compare.set_{key}" not in words} == named


def test_the_command_takes_no_workbook_of_others_and_no_folder_that_is_not_there(home, tmp_path):
    """``--out ours.xlsx`` wrote the comparison over the workbook that a planner had filled in."""
    runs = [str(home / "reports" / "tiny" / name) for name in ("baseline", "cut")]
    (tmp_path / "ours.xlsx").write_bytes(b"mine")
    answer = CliRunner().invoke(
        app, ["compare", *runs, "--out", str(tmp_path / "ours.xlsx"), "--language", "id"]
    )
    assert (answer.exit_code, (tmp_path / "ours.xlsx").read_bytes()) == (3, b"mine")
    answer = CliRunner().invoke(
        app, ["compare", *runs, "--out", str(tmp_path / "no" / "x"), "--language", "id"]
    )
    assert answer.exit_code == 3
    assert "Tidak ada folder" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["ours.xlsx"]


def test_a_workbook_that_is_open_elsewhere_is_told_by_its_own_name(comparison, tmp_path):
    (tmp_path / "c.xlsx").mkdir()
    with pytest.raises(DataError, match=r"/c\.xlsx"):
        write_comparison_workbook(comparison, tmp_path / "c.xlsx", "id")
    assert [path.name for path in tmp_path.iterdir()] == ["c.xlsx"]
