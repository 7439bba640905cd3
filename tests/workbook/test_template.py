"""What a template shows and holds people to, as the file has it."""

import openpyxl
import pytest

from jspmodel.case import TABLES
from jspmodel.errors import DataError
from jspmodel.intake import shipped
from jspmodel.intake.schemas import schema
from jspmodel.text import all_wording
from jspmodel.workbook import write_template
from jspmodel.workbook.layout import column_of, plain_heading, sheet_name, table_of
from tiny import tiny_tables, write_case
from workbook.books import column

FIELDS = [(table, field) for table in TABLES for field in schema(table)["fields"]]


@pytest.fixture(scope="module", params=["id", "en"])
def spoken(request, tmp_path_factory):
    """The template of the shipped case, its language before it."""
    file = tmp_path_factory.mktemp("template") / "diy.xlsx"
    write_template(shipped("data") / "diy", file, request.param)
    return request.param, openpyxl.load_workbook(file)


def rules(sheet):
    """Return the data validation of each column that has one, by letter."""
    return {str(rule.sqref).partition("7")[0]: rule for rule in sheet.data_validations.dataValidation}


def test_every_table_has_a_sheet_of_its_own_between_guide_and_hidden_lists(spoken):
    language, book = spoken
    names = all_wording(language)
    guide, *tables, lists = book.sheetnames
    assert (guide, lists) == (names["workbook.sheet_guide"], names["workbook.sheet_lists"])
    assert tables == [sheet_name(table) for table in TABLES]
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"] == [lists]
    links = {cell.hyperlink.location for cell in book[guide]["B"] if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in tables}


def test_every_column_has_its_headings_in_both_languages_and_its_unit(spoken):
    language, book = spoken
    for table in TABLES:
        sheet = book[sheet_name(table)]
        for place, field in enumerate(schema(table)["fields"], 1):
            assert [sheet.cell(row, place).value for row in (5, 6)] == [field["title"], field["title_en"]]
            assert field.get("unit" if language == "id" else "unit_en", "") in (
                sheet.cell(4, place).value or ""
            )
        assert sheet.freeze_panes == "B7"
        assert sheet.auto_filter.ref.startswith("A6:")


def test_every_code_and_choice_has_a_list_and_every_number_its_limits(spoken):
    book = spoken[1]
    for table, field in FIELDS:
        sheet = book[sheet_name(table)]
        rule = rules(sheet).get(column(sheet, field["title"]))
        references = {key["fields"][0] for key in schema(table).get("foreignKeys", [])}
        limits = field.get("constraints", {})
        if field["name"] in references or "enum" in limits or field["type"] == "boolean":
            assert rule.type == "list"
            assert rule.formula1 in book.defined_names
        elif field["type"] in {"integer", "number"}:
            assert rule.type == {"integer": "whole", "number": "decimal"}[field["type"]]
            for bound, text in (("minimum", rule.formula1), ("maximum", rule.formula2)):
                assert bound not in limits or float(text) == limits[bound]
        elif field["type"] == "date":
            assert rule.type == "date"
        if rule is not None and rule.type:
            assert rule.errorStyle == "warning", (table, field["name"])  # an import reads more than is let in
        if rule is not None and rule.prompt:
            assert len(rule.prompt) <= 255
            assert len(rule.promptTitle) <= 32


def test_what_an_import_reads_besides_is_told_where_it_is_typed(tmp_path):
    without = {table: text for table, text in tiny_tables().items() if not table.startswith("program")}
    folder = write_case(tmp_path / "tiny", without)
    write_template(folder, tmp_path / "first.xlsx", "id")
    book = openpyxl.load_workbook(tmp_path / "first.xlsx")
    first = book["Rencana pertama"]
    told = {title: rules(first)[column(first, title)] for title in ("Biaya seluruhnya", "Mulai paling awal")}
    assert {rule.errorStyle for rule in told.values()} == {"warning"}
    assert told["Biaya seluruhnya"].error.endswith('"Rp1.500.000.000" dan "750 juta" juga terbaca.')
    assert (
        rules(first)[column(first, "Program")].prompt
        == "Wajib diisi. Nama program; satu baris untuk satu program."
    )
    assert told["Mulai paling awal"].error.endswith('"TA 2027" juga terbaca.')


def test_levels_of_the_defaults_are_offered_and_others_let_pass(spoken):
    book = spoken[1]
    words = {"id": ["rendah", "sedang", "tinggi"], "en": ["low", "medium", "high"]}[spoken[0]]
    effects, lists = book["Dampak program"], book.worksheets[-1]
    rule = rules(effects)[column(effects, "Tingkat dampak")]
    assert (rule.type, rule.errorStyle) == ("list", "warning")
    offered = next(row for row in lists.iter_cols(values_only=True) if row[0] == "program_effects.level")
    assert [cell for cell in offered[2:] if cell] == words


def test_codes_and_text_are_text_even_below_the_data(spoken):
    book = spoken[1]
    regions = book["Daerah"]
    assert (regions["A7"].value, regions["A7"].data_type, regions["A7"].number_format) == ("34.01", "s", "@")
    assert regions.column_dimensions["A"].number_format == "@"


def test_each_sheet_says_what_a_row_is(spoken):
    language, book = spoken
    told = {"id": "Satu baris untuk tiap: Sumber dana, Tahun", "en": "One row for each: Fund, Year"}
    assert book["Pagu indikatif"]["A2"].value == told[language]


def test_people_read_names_and_words_in_their_language(spoken):
    language, book = spoken
    row = [cell.value for cell in book["Biaya program"][7]]
    assert row[0] == "P01 Jogja Center: satu platform layanan bersama"
    assert row[2] == {"id": "pembangunan", "en": "build"}[language]
    assert book["Usulan program"][column(book["Usulan program"], "Quick win") + "7"].value in {
        "ya",
        "tidak",
        "yes",
        "no",
    }


def test_an_empty_sheet_shows_an_example(tmp_path):
    folder = write_case(tmp_path / "tiny", tiny_tables())
    write_template(folder, tmp_path / "tiny.xlsx", "id")
    systems = openpyxl.load_workbook(tmp_path / "tiny.xlsx")["Sistem informasi"]
    assert systems["A3"].value.startswith("Contoh: ")
    assert systems["B3"].value
    assert systems["A7"].value is None


def test_every_choice_has_a_word_that_leads_back_to_it():
    for language in ("id", "en"):
        for table, field in FIELDS:
            choices = field.get("constraints", {}).get("enum", [])
            words = [all_wording(language)[f"choice.{field['name']}_{choice}"] for choice in choices]
            assert len(set(words)) == len(words), (table, field["name"])


def test_sheets_and_headings_cannot_be_mixed_up():
    for table in TABLES:
        for name in (table, schema(table)["title"], schema(table)["title_en"]):
            assert table_of(name) == table
        for field in schema(table)["fields"]:
            for heading in (field["name"], field["title"], field["title_en"]):
                assert column_of(heading, table) == field["name"]
    assert len({plain_heading(sheet_name(table)) for table in TABLES}) == len(TABLES)


@pytest.mark.parametrize(
    ("name", "code"),
    [("tiny.csv", "not_xlsx_name"), ("there.xlsx", "exists_already"), ("no/t.xlsx", "no_such_folder")],
)
def test_where_no_template_can_be_written(tmp_path, tiny_folder, name, code):
    (tmp_path / "there.xlsx").write_bytes(b"mine")
    with pytest.raises(DataError) as caught:
        write_template(tiny_folder, tmp_path / name, "id")
    assert [problem.code for problem in caught.value.problems] == [code]
    assert (tmp_path / "there.xlsx").read_bytes() == b"mine"


def test_tables_that_cannot_be_shown_are_told(tmp_path, tiny_folder):
    (tiny_folder / "funds.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError) as caught:
        write_template(tiny_folder, tmp_path / "t.xlsx", "id")
    assert [problem.file for problem in caught.value.problems] == ["funds.csv"]
    long = tiny_tables()
    long["programs"] = long["programs"].replace("Data terpadu", "x" * 32_768)
    folder = write_case(tmp_path / "long", long)
    with pytest.raises(DataError) as caught:
        write_template(folder, tmp_path / "t.xlsx", "id")
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [("text_too_long", 4)]
    assert not list(tmp_path.glob("*.xlsx"))
