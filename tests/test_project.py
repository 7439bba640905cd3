"""What the project's own files promise."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_conda_asks_for_the_same_as_pyproject(project):
    packages = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(item["pip"] for item in packages if isinstance(item, dict))
    asked = {item for item in packages if isinstance(item, str)} | set(by_pip)
    assert asked - {"pip", "-e ."} == {*project["dependencies"], "python" + project["requires-python"]}


def test_versions_agree(project):
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    import jspmodel

    assert project["version"] == jspmodel.__version__ == citation["version"]


def test_the_changelog_goes_by_release_and_its_newest_is_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1] == f"{citation['version']} ({citation['date-released']})"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", heading) for heading in headings[1:])


def test_commits_are_checked_by_the_tools_of_the_environment():
    """So hooks cannot differ from ``make lint``, and ask for nothing from a network."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [place["repo"] for place in hooks] == ["local"]
    tools = {hook["entry"].split()[0] for hook in hooks[0]["hooks"]}
    assert tools == {".venv/bin/ruff", ".venv/bin/nbstripout"}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["dev"]
    assert {Path(tool).name for tool in tools} <= {re.split("[>=]", package)[0] for package in asked}


@pytest.mark.parametrize("script", ["versions", "pythons"])
def test_the_tests_of_other_versions_are_there(script):
    named = re.findall(r"tests/[\w/.]+", (ROOT / ".ci" / script).read_text(encoding="utf-8"))
    assert len(named) > 5
    assert [place for place in named if not (ROOT / place).exists()] == []


def test_the_lock_names_only_public_hosts():
    lines = (ROOT / "uv.lock").read_text(encoding="utf-8").split('"')
    hosts = {part.split("/")[2] for part in lines if part.startswith(("http://", "https://"))}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_the_wheel_carries_cases_and_notebooks(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert {
        "jspmodel/shipped/data/diy/programs.csv",
        "jspmodel/shipped/data/diy/scenarios/baseline.yaml",
        "jspmodel/shipped/notebooks/08_scenario_report.ipynb",
        "jspmodel/intake/schemas/programs.json",
        "jspmodel/py.typed",
        "jspmodel/text/id/cli.toml",
        "jspmodel/solver/__init__.pyi",  # a face is read from it
    } <= names
    assert not [name for name in names if "__pycache__" in name or ".ipynb_checkpoints" in name]
