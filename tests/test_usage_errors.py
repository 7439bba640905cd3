"""What is wrong with how a command was typed is said in the language that was asked for."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from jspmodel.cli import app

TYPED = [
    ("chek", "Tidak ada perintah chek. Maksudnya check?", "There is no command chek. Is it check?"),
    ("xyzzy", "Tidak ada perintah xyzzy.", "There is no command xyzzy."),
    ("--foo", "Tidak ada opsi --foo.", "There is no option --foo."),
    ("--", "Perintahnya belum ditulis.", "No command is given."),
    ("check", "CASE belum ditulis.", "CASE is missing."),
    ("compare", "RUN belum ditulis.", "RUN is missing."),
    ("certify a", "Opsi --out belum ditulis.", "The option --out is missing."),
    ("check a b", "Yang ini tidak diminta: b.", "Nothing is asked for by: b."),
    (
        "check a --htm x",
        "Tidak ada opsi --htm. Maksudnya --html?",
        "There is no option --htm. Is it --html?",
    ),
    ("check a -x", "Tidak ada opsi -x.", "There is no option -x."),
    ("solve a --csv", "Opsi --csv memerlukan nilai sesudahnya.", "The option --csv needs a value behind it."),
    ("solve a --json=1", "Opsi --json tidak memakai nilai.", "The option --json takes no value."),
    (
        "check a --language fr",
        "--language harus salah satu dari: id, en.",
        "--language takes one of: id, en.",
    ),
    (
        "run a --language fr",
        "--language harus salah satu dari: id, en, both.",
        "--language takes one of: id, en, both.",
    ),
    ("tradeoffs a --point x", "--point harus bilangan bulat.", "--point takes a whole number."),
    (
        "run a --workers -1",
        "--workers harus bilangan bulat, 0 atau lebih.",
        "--workers takes a whole number, 0 or more.",
    ),
    (
        "init a --programs 0",
        "--programs harus bilangan bulat dari 1 sampai 5000.",
        "--programs takes a whole number from 1 to 5000.",
    ),
    ("solve a --csv x --csv y", "Opsi --csv ditulis dua kali.", "The option --csv is written twice."),
]
ENGLISH = ("Error", "Usage", "Try ", "Invalid", "Missing", "No such", "unexpected")


def told(words):
    answer = CliRunner().invoke(app, words.split())
    assert answer.exit_code == 2, answer.output
    assert not answer.stdout
    return answer.stderr


@pytest.mark.parametrize(("words", "indonesian", "english"), TYPED, ids=[words for words, *_ in TYPED])
def test_it_is_said_in_the_language_of_this_computer(words, indonesian, english, monkeypatch):
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "id")
    found = told(words)
    assert f"Kesalahan: {indonesian}" in found
    assert found.startswith("Cara pakai: ")
    assert "--help\n" in found
    assert not [word for word in ENGLISH if word in found]
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "en")
    assert f"Error: {english}" in told(words)


@pytest.mark.parametrize("option", ["--language id", "--language=id"])
def test_a_language_that_is_asked_for_counts_whatever_else_is_wrong(option, monkeypatch):
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "en")
    assert "Tidak ada opsi --foo." in told(f"check a {option} --foo")
    assert "Tidak ada opsi --foo." in told(f"check a --foo {option}")
    assert "Opsi --language ditulis dua kali." in told(f"check a {option} {option}")
    assert "Tidak ada perintah chek." in told(f"chek a {option}")


def test_who_types_no_command_gets_help():
    answer = CliRunner().invoke(app, [])
    assert "check" in answer.output
    assert "Error" not in answer.output
    assert CliRunner().invoke(app, ["--version"]).output.startswith("jspmodel ")


@pytest.mark.parametrize("command", [[], ["check"], ["init"], ["adopt"], ["serve"]])
def test_help_is_in_one_language(command, monkeypatch):
    """Our own words are those of the language in which the command line was imported."""
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "id")
    text = CliRunner().invoke(app, [*command, "--help"]).output
    assert text.lstrip().startswith("Cara pakai: ")
    assert not [
        word for word in ("Usage", "Arguments:", "Options:", "[required]", "[default") if word in text
    ]
    assert "Tampilkan bantuan ini." in text
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "en")
    assert CliRunner().invoke(app, [*command, "--help"]).output.lstrip().startswith("Usage: ")
