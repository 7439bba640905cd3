"""What the documentation says holds: written pages are up to date, and what it tells to type works."""

import importlib.util
import inspect
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.selection.objectives import OBJECTIVES
from jspmodel.selection.rules import RULES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*(path for path in DOCS.rglob("*.md") if "api" not in path.parts), *ROOT.glob("*.md")]
TUTORIAL, TUTORIAL_ID = DOCS / "start/index.md", DOCS / "id/tutorial.md"
BLOCK = re.compile(
    r"^```(?:\{code-block\} )?(\w+)\n(?::caption: (\S+)\n)?(.*?)^```", re.MULTILINE | re.DOTALL
)
TWINS = {
    "start/index": "tutorial",
    "data": "tabel",
    "reference/cli": "perintah",
    "reference/scenario": "pengaturan",
    "places": "tempat",
    "how-to/own-province": "provinsi-sendiri",
    "how-to/excel": "excel",
    "how-to/musrenbang": "musrenbang",
    "how-to/missing-figures": "angka-yang-belum-ada",
    "how-to/scenario": "skenario",
    "how-to/read-a-report": "membaca-laporan",
    "how-to/no-plan": "tidak-ada-rencana",
    "how-to/judge-a-plan": "menilai-rencana",
    "how-to/realisation": "realisasi",
    "how-to/compare": "membandingkan",
    "how-to/several-objectives": "beberapa-tujuan",
    "how-to/what-if": "bagaimana-jika",
    "how-to/serve": "halaman-peramban",
}
"""Pages for planners, by the name of the English one and of the Indonesian one."""


def written():
    spec = importlib.util.spec_from_file_location("docs_write", DOCS / "write.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


def test_the_pages_that_the_code_writes_are_up_to_date():
    """If this fails: python docs/write.py"""
    old = {path.name for path, text in written().items() if path.read_text(encoding="utf-8") != text}
    assert old == set()


def test_every_family_of_rows_has_its_formula_in_the_docstring_and_in_the_page():
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    ruled = [family for rule in RULES for family in rule.rows + rule.repeats]
    for family in ruled + [family for objective in OBJECTIVES for family in objective.rows]:
        formula = re.search(r"\.\. math:: (.+)", inspect.getdoc(family))
        assert formula, family.__name__
        said = page.split(f"\n`{family.__name__}`: ")[1]
        assert said.split("$$\n")[1].startswith(formula[1].strip()), family.__name__


def test_every_objective_has_its_formula_in_the_docstring_and_in_the_page():
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    for objective in OBJECTIVES:
        formula = re.search(r"\.\. math:: (.+)", inspect.getdoc(objective.terms))
        said = page.split(f"\n**`{objective.name}`**: ")[1]
        assert said.split("$$\n")[1].startswith(formula[1].strip()), objective.name


def test_planners_have_every_page_in_both_languages():
    planners = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}
    indonesian = {name.removeprefix("id/") for name in planners if name.startswith("id/")} - {"index"}
    listed = re.search(
        r"## For planners.*?```\{toctree\}(.*?)```", (DOCS / "how-to/index.md").read_text(), re.DOTALL
    )
    how_to = {f"how-to/{line}" for line in listed[1].split("\n") if line and not line.startswith(":")}
    assert indonesian == set(TWINS.values())
    assert how_to <= set(TWINS) <= planners


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """Those between pages; the build looks at their anchors too, but not at what lies outside ``docs``."""
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def commands(text):
    """Return the lines of code that call jspmodel: in blocks of commands, or indented as code is."""
    typed = [line for kind, _, block in BLOCK.findall(text) if kind == "bash" for line in block.split("\n")]
    indented = [line.strip() for line in BLOCK.sub("", text).split("\n") if line.startswith("    ")]
    return [line for line in typed + indented if line.startswith("jspmodel ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_in_the_docs_are_commands(page):
    known = typer.main.get_command(app).commands
    for line in commands(page.read_text(encoding="utf-8")):
        _, name, *words = shlex.split(line, comments=True)
        assert name in known, line
        options = {option for item in known[name].params for option in item.opts} | {"--help"}
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= options, line


def test_both_tutorials_have_the_same_files_and_commands():
    other = {"ours": "kami", "--language en": "--language id"}
    english = re.sub("|".join(other), lambda found: other[found[0]], TUTORIAL.read_text(encoding="utf-8"))
    assert BLOCK.findall(english) == BLOCK.findall(TUTORIAL_ID.read_text(encoding="utf-8"))


HERE = {"check", "solve", "compare", "template"}
"""Commands of the tutorial that another process would do no differently: its start takes longer than they do."""


def in_this_process(words):
    done = CliRunner().invoke(app, words[1:])
    return done.exit_code, f"{done.output}{done.exception}"


def in_its_own(words):
    done = subprocess.run(words, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_tutorial_goes_from_an_empty_folder_to_reports(tmp_path, monkeypatch):
    """As typed: in processes of their own where one begins, has children or is Python, the others in this one."""
    scripts = str(Path(sys.executable).parent)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", scripts + os.pathsep + os.environ["PATH"])
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for kind, file, text in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        if file:
            (tmp_path / file).write_text(text, encoding="utf-8")
        else:
            words = [sys.executable, "-c", text] if kind == "python" else shlex.split(text)
            code, said = in_this_process(words) if words[1] in HERE else in_its_own(words)
            assert code == 0, f"{text}{said}"
    told = re.findall(r"`(reports/ours/[^`]+\.html)`", TUTORIAL.read_text(encoding="utf-8"))
    assert len(told) == 2
    assert all((tmp_path / file).stat().st_size > 20_000 for file in told)
    assert {path.name for path in (tmp_path / "reports/ours").iterdir()} >= {"baseline", "half"}
    assert (tmp_path / "reports/ours/baseline/plan.xlsx").exists()
    assert (tmp_path / "reports/ours/baseline/telaahan.en.docx").exists()
    assert (tmp_path / "ours.xlsx").exists()
