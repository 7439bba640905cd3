"""A figure of a benchmark stands beside what it was measured on."""

import importlib.util
import json
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
MEASURING = [
    file.name
    for file in sorted(BENCHMARKS.glob("*.py"))
    if re.search(r"perf_counter|\btimed\(", file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", MEASURING)
def test_what_measures_time_says_its_machine_by_the_one_module(name):
    text = (BENCHMARKS / name).read_text(encoding="utf-8")
    assert "machine.write(" in text
    assert "importlib.metadata" not in text
    assert "platform" not in text


def test_a_file_names_machine_and_versions(tmp_path):
    out = tmp_path / "shares.json"
    command = [sys.executable, BENCHMARKS / "cost_sharing.py", "--players", "3", "--out", out]
    subprocess.run(command, check=True, capture_output=True)
    told = json.loads(out.read_text(encoding="utf-8"))
    assert [(row["game"], row["players"]) for row in told["rows"]] == [("airport", 3), ("programme", 3)]
    machine = told["machine"]
    assert machine["python"] == platform.python_version()
    assert 1 <= machine["usable"] <= machine["threads"]
    assert machine["memory_gib"] > 0
    assert machine["processor"]
    assert machine["started"]["when"] <= machine["ended"]["when"]
    assert all(len(machine[moment]["load"]) == 2 for moment in ("started", "ended"))
    for name in ("jspmodel", "highspy", "numpy", "pandas", "pulp", "scipy"):
        assert told["packages"][name] == version(name)


@pytest.mark.parametrize(
    ("told", "model"),
    [
        ("processor : 0\nmodel name\t: Quick (R) 5\nmodel name\t: Quick (R) 5\n", "Quick (R) 5"),
        ("", "told by name"),
    ],
)
def test_the_model_of_the_processor_where_the_system_tells_it(monkeypatch, tmp_path, told, model):
    machine = load()
    (tmp_path / "cpuinfo").write_text(told)
    monkeypatch.setattr(machine, "CPUINFO", tmp_path / "cpuinfo")
    monkeypatch.setattr(machine.platform, "processor", lambda: "told by name")
    assert machine.processor() == model


def load():
    found = importlib.util.spec_from_file_location("machine", BENCHMARKS / "machine.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
