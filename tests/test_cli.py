"""The command line as a planner meets it, on the tiny case."""

import errno
import json
import subprocess
import sys
from importlib import import_module

import pytest
from typer.testing import CliRunner

from conftest import tiny_tables, write_case
from jspmodel.cli import app
from jspmodel.errors import DataError
from jspmodel.intake import shipped
from small_decision import small_plan


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "data" / "tiny", tiny_tables())
    return lambda *words: CliRunner().invoke(app, [*words])


def test_help_names_every_command(call):
    answer = call("--help")
    assert answer.exit_code == 0
    for command in ("check", "run", "solve", "init", "lab"):
        assert command in answer.stdout


def test_no_such_option_is_a_usage_error(call):
    assert call("solve", "data/tiny", "--nope").exit_code == 2


def test_check_counts_what_is_there(call):
    answer = call("check", "data/tiny", "--language", "id")
    assert answer.exit_code == 0, answer.output
    assert "2 daerah, 2 isu, 3 usulan program, 2 sumber dana; 1 skenario berlaku." in answer.stdout


def test_check_tells_every_problem_with_its_place(call, tmp_path):
    tables = tiny_tables()
    tables["program_costs"] = tables["program_costs"].replace("P03,,build,0,2", "P09,,build,0,-2")
    write_case(tmp_path / "data" / "bad", tables)
    answer = call("check", "data/bad", "--language", "en")
    assert answer.exit_code == 3
    for part in ("program_costs.csv", "P09", "-2", "P03"):
        assert part in answer.stderr


def test_reasons_call_regions_by_name(call):
    answer = call("solve", "data/tiny", "--set", "budget_scale=0.2", "--language", "id")
    assert "kurang" in answer.stdout
    assert "Timur" in answer.stdout
    assert "34.01" not in answer.stdout


def test_many_regions_that_are_all_there_are_are_told_in_a_word(call, tmp_path):
    """P03 is of the whole province, four regions; of P01 only its two may take part."""
    tables = tiny_tables()
    tables["regions"] += "34.02,Selatan,200\n34.03,Utara,100\n"
    write_case(tmp_path / "data" / "four", tables)
    told = call("solve", "data/four", "--language", "id").stdout
    assert told.count("semua 4 daerah") == 1
    assert "Selatan" not in told


def test_names_in_the_data_are_not_markup(call, tmp_path):
    tables = tiny_tables()
    tables["programs"] = tables["programs"].replace("Pelatihan kerja", "[red]Pelatihan[/nope]")
    write_case(tmp_path / "data" / "odd", tables)
    answer = call("solve", "data/odd")
    assert answer.exit_code == 0, answer.output
    assert "[red]" in answer.stdout


def test_solve_tells_the_plan_as_json(call):
    answer = call("solve", "data/tiny", "--json")
    assert answer.exit_code == 0, answer.output
    plan = json.loads(answer.stdout)
    assert [item["program"] for item in plan["programs"]] == ["P01", "P02", "P03"]
    assert plan["audit"]["passed"] is True


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        ("solver.seed=1", "en", "(effort: standard; 5,000 seconds at most)"),
        ("solver.time_limit=null", "en", "(effort: standard)"),
        ("solver.effort=2.5", "id", "(upaya: 2,50; paling lama 5.000 detik)"),
    ],
)
def test_solve_tells_its_effort_and_a_time_limit_only_if_there_is_one(
    call, tmp_path, change, language, words
):
    scenario = tmp_path / "data" / "tiny" / "scenarios" / "baseline.yaml"
    scenario.write_text("solver: {time_limit: 5000}\n", encoding="utf-8")
    answer = call("solve", "data/tiny", "--set", change, "--language", language)
    assert answer.exit_code == 0, answer.output
    assert words in " ".join(answer.stdout.split())  # a line is as long as the terminal is wide


@pytest.mark.parametrize("change", ["budget_scal=0.9", "solver.gapp=0.1", "budget_scale=much", "language=fr"])
def test_an_unknown_or_wrong_setting_fails_before_anything_is_written(call, tmp_path, change):
    answer = call("run", "data/tiny", "--set", change)
    assert answer.exit_code == 3
    assert change.split("=")[0].rsplit(".", 1)[-1] in answer.stderr
    assert not (tmp_path / "reports").exists()


def test_a_setting_without_a_value_is_a_usage_error(call, tmp_path):
    assert call("run", "data/tiny", "--set", "budget_scale").exit_code == 2
    assert not (tmp_path / "reports").exists()


def test_a_missing_case_names_the_nearest(call):
    answer = call("check", "data/tinny", "--language", "en")
    assert answer.exit_code == 3
    assert "data/tiny" in answer.stderr


def test_no_plan_keeps_the_rules(call, tmp_path):
    # P02 needs 3 in two years running and P03 (2) before it: with a tenth of the money it cannot be locked in.
    write_case(tmp_path / "data" / "poor", tiny_tables(), "budget_scale: 0.1\nlocked_in: [P02]\n")
    answer = call("solve", "data/poor", "--language", "id")
    assert answer.exit_code == 4
    assert "P02" in answer.stderr
    assert "Jangan tetapkan P02" in answer.stderr


@pytest.fixture
def unproven(monkeypatch, store):
    """Let the search find an empty plan of which nothing is proven."""
    from jspmodel.batch import Result

    run = import_module("jspmodel.commands.run")
    plan = small_plan(objective=0.0, bound=5.0, gap=None, status="feasible", programs=(), scenario="baseline")
    monkeypatch.setattr("jspmodel.runs.stored_plan.select_programs", lambda *_: plan)
    monkeypatch.setattr(run, "attempt", lambda job, *_, **__: Result(job, "done", 1.0, plan))
    monkeypatch.setattr(
        run, "run_here", lambda jobs, _: ((job, Result(job, "done", 1.0, plan)) for job in jobs)
    )


@pytest.mark.parametrize(
    ("language", "words"), [("id", "belum ada yang terbukti"), ("en", "nothing is proven")]
)
def test_a_plan_of_which_nothing_is_proven_ends_with_5(call, unproven, tmp_path, language, words):
    answers = [call(command, "data/tiny", "--language", language) for command in ("solve", "run")]
    write_case(tmp_path / "data" / "other", tiny_tables())
    many = call("run", "data/tiny", "data/other", "--language", language)
    assert [answer.exit_code for answer in (*answers, many)] == [5, 5, 5], answers[0].output
    for answer in answers:
        assert words in answer.stdout
    assert {"id": "belum untuk disetujui", "en": "not for approval yet"}[language] in many.stdout
    told = call("solve", "data/tiny", "--json")
    assert (told.exit_code, json.loads(told.stdout)["gap"]) == (5, None)


def test_a_copy_has_adopted_no_plan(call, tmp_path):
    assert (shipped("data") / "diy" / "adopted").exists()
    assert call("init", "ours", "--from", "diy").exit_code == 0
    ours = tmp_path / "data" / "ours"
    assert not list(ours.glob("adopted*")) + list(ours.glob("realis*"))
    scenarios = {file.stem for file in (ours / "scenarios").glob("*.yaml")}
    assert {"baseline", "staff"} <= scenarios
    assert "after-2027" not in scenarios
    resources = json.loads((ours / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {one["path"] for one in resources} == {file.name for file in ours.glob("*.csv")}
    assert call("check", "data/ours").exit_code == 0


def test_init_copies_a_shipped_case_and_overwrites_nothing(call, tmp_path):
    assert call("init", "ours").exit_code == 0
    copied = tmp_path / "data" / "ours" / "programs.csv"
    copied.write_text("mine")
    again = call("init", "ours")
    assert again.exit_code == 2
    assert copied.read_text() == "mine"


@pytest.mark.parametrize("name", ["../ours", "a/b", ".hidden", ".."])
def test_init_stays_in_its_folder(call, tmp_path, name):
    assert call("init", name).exit_code == 2
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["tiny"]


def test_init_takes_the_folder_as_other_commands_have_it_and_says_what_a_name_is(call, tmp_path):
    assert call("init", "data/ours", "--regions", "34.04").exit_code == 0
    assert (tmp_path / "data" / "ours" / "regions.csv").is_file()
    answer = call("init", "a/b")
    assert answer.exit_code == 2
    assert "the name alone, without a folder" in " ".join(answer.stderr.split())


def test_init_from_nowhere_names_what_there_is(call):
    answer = call("init", "ours", "--from", "diyy")
    assert answer.exit_code == 2
    assert "diy" in answer.stderr


CLASHES = [
    (("init", "ours", "--from", "bali", "--blank"), "Opsi --from dan --blank"),
    (("init", "ours", "--from", "diy", "--regions", "34.04"), "Opsi --from dan --regions"),
    (("init", "ours", "--generate", "--from", "bali"), "Opsi --from dan --generate"),
    (("init", "ours", "--generate", "--blank"), "Opsi --blank dan --generate"),
    (("init", "ours", "--seed", "0"), "Opsi --seed hanya berlaku bersama --generate"),
    (("init", "ours", "--programs", "5"), "Opsi --programs hanya berlaku bersama --generate"),
    (("run", "data/tiny", "--workers", "2", "--scheduler", "tcp://a:1"), "Opsi --workers dan --scheduler"),
    (("run", "data/tiny", "--set", "budget_scale=0.9", "--set", "budget_scale=0.8"), "ditulis dua kali"),
    (("tradeoffs", "data/tiny", "--point", "2"), "Opsi --point hanya berlaku bersama --csv"),
    (
        ("tradeoffs", "data/tiny", "--point", "2", "--csv", "p.csv", "--losses", "0.1"),
        "Opsi --point dan --losses",
    ),
]


@pytest.mark.parametrize(("words", "told"), CLASHES)
def test_no_option_overrules_another_in_silence(call, tmp_path, words, told):
    answer = call(*words, "--language", "id")
    assert answer.exit_code == 2
    assert told in " ".join(answer.stderr.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["tiny"]


def test_an_option_given_twice_is_refused(call, tmp_path):
    """Of ``--regions 34.04 --regions 34.02`` the last alone was heard."""
    answer = call("init", "ours", "--regions", "34.04", "--regions", "34.02")
    assert answer.exit_code == 2
    assert "--regions" in answer.stderr
    assert not (tmp_path / "data" / "ours").exists()
    settings = ("--set", "budget_scale=0.9", "--set", "solver.seed=2", "--json", "--json")
    assert call("solve", "data/tiny", *settings).exit_code == 0


def test_help_imports_nothing_heavy():
    heavy = "{'altair', 'highspy', 'networkx', 'pandas', 'papermill', 'pulp', 'pydantic', 'rich'}"
    code = f"import sys, jspmodel.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_certify_writes_what_checks_itself(call, tmp_path):
    answer = call("certify", "data/tiny", "--out", "proof", "--effort", "quick", "--language", "id")
    assert answer.exit_code == 0, answer.output
    assert "python3 proof/check_certificate.py" in answer.stdout
    command = [sys.executable, "-I", "-S", "proof/check_certificate.py"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("LULUS")


def test_certify_writes_over_nothing(call, tmp_path):
    (tmp_path / "proof").mkdir()
    (tmp_path / "proof" / "mine.txt").write_text("x")
    answer = call("certify", "data/tiny", "--out", "proof", "--language", "en")
    assert answer.exit_code == 3
    assert "nothing is overwritten" in answer.stderr


def test_certify_judges_its_effort_as_a_setting(call):
    answer = call("certify", "data/tiny", "--out", "proof", "--effort", "hard", "--language", "en")
    assert answer.exit_code == 3
    assert "solver.effort" in answer.stderr


def test_certify_tells_of_a_folder_that_cannot_be_before_it_seeks(call, tmp_path, monkeypatch):
    """A proof of half an hour is lost where its certificate cannot be written."""
    (tmp_path / "a.txt").write_text("")
    monkeypatch.setattr("jspmodel.runs.stored_plan.select_programs", None)  # a search would fail
    elsewhere = "Let this user write there, or write elsewhere with --out."
    for out, code, told in (
        ("a.txt/proof", 1, f"a.txt/proof cannot be written. {elsewhere}"),
        ("a.txt", 3, "a.txt exists already. Choose another name."),
    ):
        answer = call("certify", "data/tiny", "--out", out, "--language", "en")
        assert answer.exit_code == code, answer.output
        assert told in " ".join(answer.stderr.split())


@pytest.mark.parametrize("command", ["certify", "run"])
@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_may_only_be_read_is_told_before_anything_is_sought(
    call, tmp_path, monkeypatch, command, there
):
    """By the same words, whichever command; nothing that was made to find out stays."""

    def read_only(**_):
        raise OSError(errno.EROFS, "Read-only file system")

    out = tmp_path / "deep" / "out"
    if there:
        out.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr("jspmodel.runs.stored_plan.select_programs", None)
    monkeypatch.setattr("jspmodel.commands.out_folder.tempfile.TemporaryDirectory", read_only)
    answer = call(command, "data/tiny", "--out", "deep/out", "--language", "en")
    assert answer.exit_code == 1
    told = "deep/out cannot be written. Let this user write there, or write elsewhere with --out."
    assert told in " ".join(answer.stderr.split())
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "words",
    [
        ("init", "ours", "--from", "bali"),
        ("init", "ours", "--regions", "34.04"),
        ("init", "ours", "--generate"),
    ],
)
def test_a_case_that_cannot_be_written_is_told_and_leaves_nothing(call, tmp_path, monkeypatch, words):
    def full(self, *_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr("pathlib.Path.write_text", full)
    monkeypatch.setattr("shutil.copytree", full)
    answer = call(*words, "--language", "id")
    assert answer.exit_code == 3, answer.output
    assert "data/ours tidak dapat ditulis" in answer.stderr
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["tiny"]


@pytest.mark.parametrize("words", [("solve", "--csv", "plan.csv"), ("solve", "--excel", "plan.xlsx")])
def test_a_full_disk_is_told_and_no_half_a_plan_stays(call, tmp_path, monkeypatch, words):
    def full(self, target):
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    call("solve", "data/tiny")  # so that the plan is kept already
    monkeypatch.setattr("pathlib.Path.replace", full)
    answer = call(words[0], "data/tiny", *words[1:], "--language", "id")
    assert answer.exit_code == 3, answer.output
    assert f"{words[2]} tidak dapat ditulis" in answer.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("plan", ".plan"))] == []


def test_a_page_of_findings_in_no_folder_is_told(call):
    answer = call("check", "data/tiny", "--html", "nowhere/page.html", "--language", "id")
    assert answer.exit_code == 3, answer.output
    assert "Tidak ada folder nowhere" in answer.stderr


def test_a_stored_plan_outlives_a_full_disk(tmp_path, monkeypatch):
    plan = small_plan()
    plan.save(tmp_path / "plan.json")
    before = (tmp_path / "plan.json").read_bytes()

    def full(self, target):
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(DataError):
        plan.save(tmp_path / "plan.json", overwrite=True)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]
