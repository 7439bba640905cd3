"""Words of closed lists in the tables."""

import csv
from pathlib import Path

import pytest

from jspmodel.pages import in_indonesian
from jspmodel.text import table_word, unit_name

DATA = Path(__file__).parents[2] / "data"


def shipped(table, column):
    for file in sorted(DATA.glob(f"*/{table}.csv")):
        with file.open(encoding="utf-8") as lines:
            yield from {row[column].strip() for row in csv.DictReader(lines) if row.get(column, "").strip()}


@pytest.mark.parametrize(
    ("text", "id_word", "en_word"),
    [
        ("pokir", "Pokok-pokok pikiran DPRD", "DPRD members' proposals (pokir)"),
        ("Persetujuan DPRD", "Persetujuan DPRD", "Approval by the DPRD"),
        ("perjanjian kerja sama", "perjanjian kerja sama", "Cooperation agreement"),
        (" Pusat ", "Pemerintah pusat", "Central government"),
    ],
)
def test_a_word_of_a_list_is_told_in_the_language(text, id_word, en_word):
    assert (in_indonesian(text, "id"), in_indonesian(text, "en")) == (id_word, en_word)


@pytest.mark.parametrize("text", ["", "Surat <b>lain</b>", "table_words", "pokir\n"])
def test_any_other_text_stays_as_it_is(text):
    assert in_indonesian(text, "id").strip().lower() in {text.strip().lower(), "pokok-pokok pikiran dprd"}
    assert table_word("Surat <b>lain</b>", "en") is None
    assert in_indonesian("Surat <b>lain</b>", "en") == '<span lang="id">Surat &lt;b&gt;lain&lt;/b&gt;</span>'


@pytest.mark.parametrize(
    ("table", "column"), [("program_documents", "kind"), ("programs", "origin"), ("program_outputs", "unit")]
)
def test_all_lists_of_the_shipped_cases_are_translated(table, column):
    missing = {
        text
        for text in shipped(table, column)
        if table_word(text, "en") is None and unit_name(text, "en") is None
    }
    assert missing == set()
