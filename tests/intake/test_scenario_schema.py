"""What editors and readers are told of the keys of a scenario is what the settings are."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from jspmodel.intake import load_scenario
from jspmodel.intake.based_on import DEEPEST
from jspmodel.intake.scenario_schema import FILE, SCHEMA_LINE, scenario_schema, setting_keys, write_schema
from jspmodel.intake.settings import known_keys
from jspmodel.intake.settings_page import EXAMPLES, settings_page
from jspmodel.scenario import Future, Lock
from jspmodel.text import say

DATA = Path(__file__).parents[2] / "data"
SCENARIOS = sorted(DATA.glob("*/scenarios/*.yaml"))
KEYS = [key for key, _ in setting_keys()]


def complaints(text):
    judge = jsonschema.Draft7Validator(scenario_schema())
    return [error.message for error in judge.iter_errors(yaml.safe_load(text))]


@pytest.mark.parametrize("folder", sorted(DATA.glob("*/scenarios")), ids=lambda folder: folder.parent.name)
def test_the_schema_that_is_shipped_is_up_to_date(folder, tmp_path):
    """If this fails: python -m jspmodel.intake.scenario_schema data/*/scenarios"""
    assert (folder / FILE).read_bytes() == write_schema(tmp_path).read_bytes()


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(scenario_schema())


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_shipped_scenarios_name_it_and_keep_it(file):
    text = file.read_text(encoding="utf-8")
    assert text.startswith(SCHEMA_LINE)
    assert (file.parent / SCHEMA_LINE.strip().partition("$schema=")[2]).is_file()
    assert complaints(text) == []


@pytest.mark.parametrize("key", ["based_on", *KEYS])
def test_every_example_is_accepted_by_editor_and_reader(key, tmp_path):
    text = EXAMPLES[key]
    assert complaints(text) == []
    (tmp_path / "baseline.yaml").write_text("{}")
    file = tmp_path / "tried.yaml"
    file.write_text(text)
    load_scenario(file)
    said = yaml.safe_load(text)
    for step in key.split("."):
        said = said[0] if isinstance(said, list) else said
        assert step in said  # the example shows the very key
        said = said[step]


@pytest.mark.parametrize(
    "text",
    [
        "budget_scale:",
        "equity: {floor: }",
        "locked_in: [34.10, P1, {program: P2}]",
        "locked_out: [34.10]",
        "budget_scale: {funds: {34.10: 0.5}, all: 0.9}",
        "priority_issues: 5",
        "solver: {effort: 3}",
        "year_weights: {2027: 1}",
    ],
)
def test_what_may_be_written_is_not_complained_of(text, tmp_path):
    assert complaints(text) == []
    file = tmp_path / "tried.yaml"
    file.write_text(text)
    load_scenario(file)


@pytest.mark.parametrize(
    "text",
    [
        "budjet_scale: 0.9",
        "name: other",
        "budget_scale: 101",
        "budget_scale: ten",
        "equity: {mode: maxmin}",
        "solver: {gap: 2}",
        "solver: {gab: 0.1}",
        "locked_in: [{start: 2028}]",
        "closed_years: [1700]",
        "objective: best",
        "no_new_systems: 3",
        "solver: {time_limit: 0}",
        "based_on: [baseline]",
    ],
)
def test_what_the_reader_refuses_the_editor_marks(text, tmp_path):
    assert len(complaints(text)) == 1
    file = tmp_path / "tried.yaml"
    file.write_text(text)
    with pytest.raises(Exception, match=r"tried\.yaml"):
        load_scenario(file)


def test_every_key_is_told_once():
    entries = {f"locked_in.{key}" for key in Lock.model_fields}
    entries |= {f"two_stage.futures.{key}" for key in Future.model_fields}
    assert set(KEYS) == {*known_keys(), *entries}
    assert set(EXAMPLES) == {"based_on", *KEYS}
    for language in ("id", "en"):
        page = settings_page(language)
        for key in ("based_on", *KEYS):
            assert page.count(f"\n| `{key}` |") == 1, key


def test_english_says_what_the_docstrings_say():
    for key, said in setting_keys():
        if "$ref" not in said:
            assert say(f"setting.{key}", "en") == said["description"], key


def test_rows_tell_default_kind_unit_and_meaning():
    rows = settings_page("en").split("\n")
    row = next(line for line in rows if line.startswith("| `solver.time_limit`"))
    assert row == (
        "| `solver.time_limit` |  | number above 0, up to 604,800 | seconds | Seconds after which the search is "
        "stopped all the same, which the plan then says; none: never. | `solver: {time_limit: 600}` |"
    )
    row = next(line for line in rows if line.startswith("| `budget_scale`"))
    assert "the keys below or number 0 to 100" in row
    assert "| `closed_years` | `[]` | list of whole number 1900 to 2200 | year |" in "\n".join(rows)
    row = next(line for line in settings_page("id").split("\n") if line.startswith("| `equity.floor`"))
    assert row.startswith("| `equity.floor` | `0.5` | angka 0 sampai 1 | bagian (0.1 berarti 10 persen) |")
    assert DEEPEST == 5  # the page says: at most five
