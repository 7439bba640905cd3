"""The comparison and the index as readers open them: from a file, in Chromium, with the network cut off."""

import hashlib
import json

import pytest

from hand import rows
from jspmodel.comparison import Comparison, Run, causes, metrics, moves
from jspmodel.comparison.comparison_page import write_comparison
from jspmodel.pages.index_page import write_index
from jspmodel.plan import PlannedProgram
from jspmodel.scenario import Scenario
from small_decision import small_case, small_plan

pytestmark = pytest.mark.browser
HOSTILE = """</script></style>--><script>window.hacked=1</script>"><img src=x onerror=window.hacked=1> {evil} {{7*7}}"""


def settings(**changes):
    return Scenario(title={"id": changes.pop("title", "Skenario"), "en": "Scenario"}, **changes)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """A folder of runs with a comparison and an index, names that try to run a script, and a failure."""
    out = tmp_path_factory.mktemp("reports")
    folder = out / "hand"
    case = small_case(regions=rows("region name population", ("A", HOSTILE, 3), ("B", "Beta", 1)))
    left = (
        PlannedProgram(
            program="P", selected=False, reason="money", reason_values={"short": 1.0, "cost": 2.0}
        ),
        PlannedProgram(program="Q", selected=True, start=2027, regions=("A",)),
        PlannedProgram(program="H", selected=False, reason="locked_out"),
    )
    cut = settings(title=HOSTILE, budget_scale={"all": 0.5}, solver={"gap": 0.2})
    other = Run("cut", "hand", cut, small_plan(programs=left, objective=5.0, bound=19.0), {})
    runs = (Run("baseline", "hand", settings(), small_plan(), {}), other)
    regions = metrics.region_impacts(runs, case, ())
    figures = metrics.metrics(runs, regions, case, ())
    comparison = Comparison(
        "hand", case, (), figures, metrics.differences(runs, figures), moves.programs(runs),
        causes.changes(*runs), moves.moves(*runs), regions,
    )  # fmt: skip
    for run in runs:
        write_run(folder / run.label, run)
    (folder / ".failed").mkdir()
    note = {"scenario": "late", "when": "2027-01-01T00:00:00+00:00", "error": HOSTILE}
    (folder / ".failed" / "late.json").write_text(json.dumps(note), encoding="utf-8")
    write_comparison(comparison, folder / "comparison", ("id", "en"))
    write_index(out)
    return out


def write_run(folder, run):
    folder.mkdir(parents=True)
    record = {
        "scenario": run.label, "parameters": run.scenario.model_dump(mode="json"), "status": "done",
        "finished": "2027-01-01T00:00:00+00:00",
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "plan.json").write_text(run.plan.model_dump_json(), encoding="utf-8")
    (folder / "report.id.html").write_text(hashlib.sha256(b"").hexdigest(), encoding="utf-8")


PAGES = ("hand/comparison.id.html", "hand/comparison.en.html", "index.id.html", "index.en.html")


@pytest.fixture(scope="module", params=PAGES)
def file(request, reports):
    return reports / request.param


@pytest.fixture(scope="module")
def all_seen(viewer, reports, tmp_path_factory):
    files = [reports / page for page in PAGES]
    return dict(zip(files, viewer.look("report", tmp_path_factory.mktemp("print"), *files), strict=True))


@pytest.fixture(scope="module")
def seen(all_seen, file):
    return all_seen[file]


def test_nothing_is_fetched_and_nothing_goes_wrong(seen, file):
    desktop = seen["desktop"]
    language = file.suffixes[0][1:]
    twin = file.with_name(file.name.replace(f".{language}.", f".{'en' if language == 'id' else 'id'}."))
    assert desktop["lang"] == language
    assert desktop["requests"] == [file.as_uri(), twin.as_uri()]
    assert desktop["errors"] == []
    assert desktop["violations"] == []


def test_names_are_shown_and_run_nothing(seen):
    assert seen["desktop"]["hacked"] == "undefined"
    assert "<script>window.hacked=1</script>" in seen["desktop"]["text"]


def test_it_reads_the_same_without_scripts(seen, file):
    desktop = seen["desktop"]
    charts = 2 if file.name.startswith("comparison") else 0
    assert seen["no_script"]["headings"] == desktop["headings"]
    assert len(desktop["charts"]) == charts
    assert all(len(chart["marks"]) == 1 and chart["marks"][0] > 0 for chart in desktop["charts"])
    assert seen["no_script"]["charts"] == desktop["charts"]


def test_on_a_phone_nothing_scrolls_sideways(seen):
    assert seen["phone"]["widths"] == [390, 390]


def test_on_paper_every_chart_comes_once(seen):
    shown = [len(chart["marks"]) for chart in seen["print"]["charts"]]
    assert shown == [1] * len(seen["desktop"]["charts"])


def test_axe_finds_nothing(seen):
    assert seen["desktop"]["axe"] == []
    assert seen["phone"]["axe"] == []
