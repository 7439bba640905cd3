"""What "semua", "seluruh kabupaten" and the like mean: all, those of a kind, or a question."""

import pytest

from jspmodel.intake import read_case
from jspmodel.intake.region_names import RegionNames
from jspmodel.text import words
from tiny import tiny_tables, write_case

KEDU = {
    "33.05": "Kabupaten Kebumen",
    "33.08": "Kabupaten Magelang",
    "33.23": "Kabupaten Temanggung",
    "33.71": "Kota Magelang",
}
ALL, RURAL, CITY = tuple(KEDU), ("33.05", "33.08", "33.23"), ("33.71",)
DOUBT = ("semua kabupaten/kota", "semua kabupaten tanpa kota")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("semua", ALL),
        ("Seluruh Daerah", ALL),
        ("seluruh kabupaten/kota", ALL),
        ("Semua Kab./Kota", ALL),
        ("semua kabupaten dan kota", ALL),
        ("all regencies and cities", ALL),
        ("semua kabupaten tanpa kota", RURAL),
        ("seluruh kabupaten kecuali kota", RURAL),
        ("Seluruh Kota", CITY),
        ("semua kabupaten/kota se-Jawa Tengah", ALL),
        ("Kab/Kota di Jawa Tengah", ALL),
        ("se-Jawa Tengah", ALL),
        ("Jateng", ALL),
        ("semua kabupaten tanpa kota se-Jawa Tengah", RURAL),
        ("seluruh kota di Jawa Tengah", CITY),
    ],
)
def test_kinds_that_are_named_are_meant(text, codes):
    assert RegionNames(KEDU).meanings(text).codes == codes


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Seluruh Kabupaten", DOUBT),
        ("semua kab.", DOUBT),
        ("all regencies", DOUBT),
        ("seluruh kabupaten di Jawa Tengah", tuple(f"{each} se-Jawa Tengah" for each in DOUBT)),
    ],
)
def test_kabupaten_alone_is_a_question_where_there_are_kota(text, choices):
    meaning = RegionNames(KEDU).meanings(text)
    assert (meaning.codes, meaning.choices) == ((), choices)
    for choice, codes in zip(choices, (ALL, RURAL), strict=True):
        assert RegionNames(KEDU).meanings(choice).codes == codes


def test_where_all_are_of_one_kind_there_is_no_question():
    rural = {code: KEDU[code] for code in RURAL}
    assert RegionNames(rural).meanings("seluruh kabupaten").codes == RURAL
    assert RegionNames(rural).meanings("seluruh kota").codes == ()
    villages = {"33.71.01": "Kecamatan Magelang Selatan", "33.71.02": "Kecamatan Magelang Utara"}
    assert RegionNames(villages).meanings("seluruh kota").codes == tuple(villages)


def test_a_kota_outside_the_case_is_not_its_province():
    assert RegionNames({"34.02": "Kabupaten Bantul"}).meanings("Kota Yogyakarta").codes == ()


def test_a_cell_is_asked_back_with_what_to_write(tmp_path):
    tables = tiny_tables()
    tables["regions"] = tables["regions"].replace("34.01,Timur", "34.01,Kabupaten Timur")
    tables["regions"] = tables["regions"].replace("34.10,Barat", "34.10,Kota Barat")
    tables["program_regions"] = "program,region\nP01,seluruh kabupaten\nP02,34.01\nP02,34.10\n"
    folder = write_case(
        tmp_path / "tiny",
        tables
        | {"program_costs": "program,kind,offset,amount\nP01,build,0,2\nP02,build,0,3\nP03,build,0,2\n"},
    )
    case, problems = read_case(folder)
    (problem,) = [found for found in problems if not found.warning]
    assert case is None
    assert (problem.code, problem.file, problem.row) == ("which_code", "program_regions.csv", 2)
    assert "semua kabupaten/kota; semua kabupaten tanpa kota" in words(problem, "id")
    file = folder / "program_regions.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("seluruh kabupaten", "semua kabupaten tanpa kota"), encoding="utf-8")
    case, _ = read_case(folder)
    assert list(case.program_regions["region"]) == ["34.01", "34.01", "34.10"]
