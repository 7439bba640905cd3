"""The page of tables is what the schemas say."""

from pathlib import Path

from jspmodel.intake.describe import data_page

PAGE = Path(__file__).parents[2] / "docs" / "data.md"


def test_the_page_is_written_anew_when_a_schema_changes():
    """If this fails: python docs/write.py"""
    assert PAGE.read_text(encoding="utf-8") == data_page()


def test_the_page_tells_keys_units_choices_and_references():
    lines = data_page().split("\n")
    start = lines.index("## `program_costs`: Costs of programmes · Biaya program (a plan needs it)")
    table = "\n".join(lines[start : start + 15])
    assert "One row for each `program`, `region`, `kind`, `offset`." in table
    assert "| `program` | Program | Programme | **required**; code of `programs` |" in table
    assert "**required**; `build` (pembangunan), `run` (operasional)" in table
    assert "| `amount` | Biaya | Cost | number; Rp billion; 0 to 10,000,000 |" in table
