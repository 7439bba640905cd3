"""What the project's own files promise."""

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
        "jspmodel/text/id/cli.toml",
    } <= names
    assert not [name for name in names if "__pycache__" in name or ".ipynb_checkpoints" in name]
