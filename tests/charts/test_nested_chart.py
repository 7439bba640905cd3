"""What goes first as a chart: a staircase of programmes and budgets, written by hand."""

from dataclasses import replace

import pytest

from jspmodel import charts
from jspmodel.charts.render import svg
from nested_levels import explained, level, nested, without
from small_decision import small_decision

CASE, PLAN = small_decision().case, small_decision().plan
LESS = level(0.9, 12.6, ["P"], ["P"], starts={"P": 2028})
OWN = level(1.0, 14.0, ["P", "Q"], ["Q"], starts={"P": 2027, "Q": 2028})


def drawn(*levels, language="id", case=CASE, **told):
    return charts.nested_plan(case, PLAN, explained(nested(*levels, **told)), language).to_dict()


def message(spec):
    return spec["usermeta"]["jspmodel"]


def rows_with(spec, *fields):
    """Rows of the data that have all of some fields."""
    return [row for data in spec["datasets"].values() for row in data if set(fields) <= set(row)]


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_something_and_can_be_drawn(language):
    spec = drawn(LESS, OWN, language=language)
    told = message(spec)
    assert " ".join(spec["title"]["text"]) == told["title"]
    assert spec["description"].startswith(told["title"])
    assert 'class="mark-' in svg(spec)
    assert all(len(row) == len(told["table"]["columns"]) == 3 for row in told["table"]["rows"])


def test_languages_differ():
    titles = {message(drawn(LESS, OWN, language=language))["title"] for language in ("id", "en")}
    assert len(titles) == 2


def test_what_goes_last_stands_at_the_top():
    """The table of programmes has P, Q and H: only what joins decides."""
    swapped = drawn(level(0.9, 12.6, ["Q"], ["Q"]), level(1.0, 14.0, ["P", "Q"], ["P"]))
    assert [row[0][0] for row in message(drawn(LESS, OWN))["table"]["rows"]] == ["P", "Q"]
    assert [row[0][0] for row in message(swapped)["table"]["rows"]] == ["Q", "P"]
    together = drawn(level(1.0, 14.0, ["Q", "P"], ["Q", "P"]))
    assert [row[0][0] for row in message(together)["table"]["rows"]] == ["P", "Q"]


def test_a_cell_says_from_which_year_it_is_carried_out():
    spec = drawn(LESS, OWN)
    cells = {(row["row"], row["middle"]): row["year"] for row in rows_with(spec, "from", "to")}
    assert cells == {(0, 0.5): "2028", (0, 1.5): "2027", (1, 0.5): "", (1, 1.5): "2028"}
    table = message(spec)["table"]
    assert [row[1:] for row in table["rows"]] == [["2028", "2027"], ["–", "2028"]]
    assert table["columns"][1:] == [
        "90% (Rp12,6\N{NO-BREAK SPACE}miliar)",
        "100% (Rp14\N{NO-BREAK SPACE}miliar)",
    ]


def test_what_is_at_none_of_the_budgets_is_counted():
    """Of three proposals, P and Q are carried out with some budget."""
    assert message(drawn(LESS, OWN, language="en"))["note"].endswith("Proposals at none of these budgets: 1.")


@pytest.mark.parametrize(
    ("finding", "words"), [("none", "terbukti tidak ada rencana"), ("not_found", "mungkin tetap ada")]
)
def test_a_budget_without_a_plan_has_an_empty_column_and_a_sentence(finding, words):
    spec = drawn(without(0.8, 11.2, finding), replace(OWN, joins=("P", "Q")))
    assert {row["middle"] for row in rows_with(spec, "from", "to")} == {1.5}
    assert words in message(spec)["note"]
    assert {row["level"] for row in rows_with(spec, "level", "budget")} == {"80%", "100%"}


def test_of_many_budgets_those_that_can_be_read_are_named():
    """Of 350 pixels 20 columns have 17.5 each: every third one is named, and no year is written."""
    many = [level(0.8 + k / 100, 80 + k, ["P"], ["P"] if k == 0 else []) for k in range(20)]
    spec = drawn(*many, language="en")
    named = [row["level"] for row in rows_with(spec, "level", "budget")]
    assert named == [f"{80 + k}%" for k in range(0, 20, 3)]
    assert not written(spec)
    assert "In a cell" not in message(spec)["note"]
    assert written(drawn(*many[:12]))
    assert "In a cell" in message(drawn(*many[:12], language="en"))["note"]


def written(spec):
    """Layers that write years."""
    return [layer for layer in spec["layer"] if layer["encoding"].get("text", {}).get("field") == "year"]


def test_names_that_hold_anything_can_be_drawn():
    hostile = replace(CASE, programs=CASE.programs.assign(name_id="<script>\x07🦆 " + "x" * 400))
    spec = drawn(LESS, OWN, case=hostile)
    assert "<script>" not in svg(spec)


def test_nothing_to_draw():
    assert charts.nested_plan(CASE, PLAN, None, "id") is None
    assert charts.nested_plan(CASE, PLAN, explained(None), "id") is None
    none = explained(nested(without(0.8, 11.2, "none"), objective=None, bound=None, free=(None, None)))
    assert charts.nested_plan(CASE, PLAN, none, "id") is None
