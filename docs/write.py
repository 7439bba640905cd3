"""Writes the pages that say what the code says: ``python docs/write.py``; a test holds them up to date."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main

from jspmodel.case import TABLES
from jspmodel.intake.describe import columns, data_page
from jspmodel.intake.schemas import schema
from jspmodel.intake.settings_page import settings_page
from jspmodel.measure import PLAN_TABLES
from jspmodel.selection.objectives import OBJECTIVES, Objective
from jspmodel.selection.rules import RULES, Rule
from jspmodel.text import say

DOCS = Path(__file__).parent


def pages() -> dict[Path, str]:
    """Return the pages with what they should hold.

    Returns
    -------
    dict of Path to str
    """
    return {
        DOCS / "model.md": model_page((DOCS / "model.md").read_text(encoding="utf-8")),
        DOCS / "data.md": data_page(),
        DOCS / "id/tabel.md": tables_page(),
        DOCS / "reference/scenario.md": settings_page("en"),
        DOCS / "id/pengaturan.md": settings_page("id"),
        DOCS / "reference/cli.md": _cli_in("en"),
        DOCS / "id/perintah.md": _cli_in("id"),
    }


def model_page(text: str) -> str:
    """Return the page of the model with its sections of objectives, rules and effects written anew."""
    text = _between(text, "objectives", "\n".join(line for one in OBJECTIVES for line in _objective(one)))
    text = _between(text, "rules", "\n".join(line for rule in RULES for line in _rule(rule)))
    effects = dict.fromkeys(family for one in OBJECTIVES for family in one.rows)
    return _between(text, "effects", "\n".join(line for family in effects for line in _family(family)))


def _between(text: str, name: str, lines: str) -> str:
    start, end = re.search(rf"<!-- {name}: .*-->\n", text), text.index(f"<!-- end of {name} -->")
    if start is None:
        raise ValueError(f"model.md has no place for {name}")
    return f"{text[: start.end()]}\n{lines}\n{text[end:]}"


def _objective(objective: Objective) -> Iterator[str]:
    """Yield what an objective is, and what of the model adds up to it."""
    said = _said(sys.modules[objective.terms.__module__]).removesuffix(".")
    yield from (f"**`{objective.name}`**: {said}. {_said(objective.terms)}", "")


def _rule(rule: Rule) -> Iterator[str]:
    """Yield the section of a rule: what it says, its rows, what the audit looks at."""
    yield from (f"### {say(f'rule.{rule.name}', 'en')} (`{rule.name}`)", "")
    yield from (_said(sys.modules[rule.audit.__module__]), "")
    if not (rule.rows or rule.repeats):
        yield from ("No rows: what breaks this rule has no variables (section 4).", "")
        stated = [one.states for one in rule.relaxations if one.states]
        if stated:
            yield from ("Where rules clash (section 8), the model is stated with:", "")
        yield from (line for states in stated for line in _family(states))
    yield from (line for family in (*rule.rows, *rule.repeats) for line in _family(family))
    yield from (f"*Audit.* {_said(rule.audit).removeprefix('Check: ').capitalize()}", "")


def _family(family: Callable[..., Any]) -> Iterator[str]:
    """Yield the name of a family of rows and its docstring."""
    yield from (f"`{family.__name__}`: {_said(family)}", "")


def _said(thing: object) -> str:
    """Return a docstring in Markdown."""
    return markdown(inspect.getdoc(thing) or "")


def markdown(text: str) -> str:
    r"""Return a docstring in Markdown.

    >>> print(markdown("Sum of ``amount``, :math:`x_i`.\n\n.. math:: \sum_i\n    x_i\n\nThat is all."))
    Sum of `amount`, $x_i$.
    <BLANKLINE>
    $$
    \sum_i
    x_i
    $$
    <BLANKLINE>
    That is all.
    """
    text = re.sub(r":math:`([^`]*)`", lambda found: f"${' '.join(found[1].split())}$", text)
    text = text.replace("``", "`")
    return re.sub(
        r"^\.\. math:: (.*(?:\n    .*)*)$",
        lambda found: "\n".join(["$$", *(line.strip() for line in found[1].split("\n")), "$$"]),
        text,
        flags=re.MULTILINE,
    )


_TABLES_HEAD = """# Tabel sebuah kasus

Satu folder, satu berkas CSV (UTF-8) tiap tabel. Yang harus ada hanya tabel bertanda *wajib*; ketentuan yang
tabel atau kolomnya tidak ada tidak berlaku. Kode adalah teks, uang dalam miliar rupiah, dan yang belum
diketahui dibiarkan kosong. Halaman ini ditulis dari skema tabel oleh `python docs/write.py`; jangan diubah
dengan tangan. Cara mengisi lewat Excel: [Bekerja dengan Excel](excel.md). Bahasa Inggris:
[Tables of a case](../data.md).

## Batas wilayah (`boundaries.geojson` atau `boundaries.topojson`)

Boleh tidak ada: tanpa berkas ini peta digambar skematis ([peta, bahasa Inggris](../maps.md)). Satu
fitur tiap daerah, berupa Polygon atau MultiPolygon. Kode daerah ditulis sebagai `id` fitur, atau pada
sifat bernama `region`, `code`, `kode`, `kode_daerah`, `kode_wilayah`, `kode_kemendagri`, `kode_kab`,
`kode_kec`, `KDPKAB`, atau `KDCPUM` (BIG). Tulis kode sebagai teks: angka 34.10 menjadi 34.1. Setiap
daerah kasus harus ada; fitur daerah lain tidak digambar. Koordinat berupa derajat, bujur dahulu; selain
itu dibaca sebagai meter, dengan peringatan. Paling besar 10 MB, 5.000 fitur, 400.000 titik; yang lebih
besar disederhanakan dahulu di mapshaper.org atau QGIS. Rencana tidak bergantung pada berkas ini.
"""


def tables_page() -> str:
    """Return the page of all tables in Indonesian."""
    return "\n".join([_TABLES_HEAD, *(line for table in TABLES for line in _table(table))])


def _table(table: str) -> Iterator[str]:
    told = schema(table)
    needed = ", *perlu untuk rencana*" if table in PLAN_TABLES else ""
    yield from (f"## {told['title']} (`{table}`{needed})", "")
    yield from ("Satu baris tiap " + ", ".join(f"`{column}`" for column in told["primaryKey"]) + ".", "")
    yield from ("| kolom | judul di Excel | isi |", "|---|---|---|")
    for field, held in columns(table, "id"):
        yield f"| `{field['name']}` | {field['title']} | {held} |"
    yield ""


_CLI = {
    "en": {
        "head": "# Command line\n\nWritten from the commands themselves by `python docs/write.py`. "
        "Bahasa Indonesia: [Baris perintah](../id/perintah.md).\n",
        "exit": "## Exit codes",
        "code": "code",
        "meaning": "meaning",
        "option": "option",
        "given": "unless given",
        "0": "done",
        "1": "something failed, or no plan was found",
        "2": "a misspelt command",
        "3": "data or a scenario to mend",
        "4": "it is proven that no plan keeps the rules",
        "5": "a plan was found, and nothing is proven of it",
        "6": "the plan that was brought breaks rules",
        "130": "stopped by Ctrl-C",
        "143": "ended by another program (SIGTERM); what is finished is kept",
    },
    "id": {
        "head": "# Baris perintah\n\nDitulis dari perintahnya sendiri oleh `python docs/write.py`. "
        "English: [Command line](../reference/cli.md).\n",
        "exit": "## Kode akhir",
        "code": "kode",
        "meaning": "arti",
        "option": "pilihan",
        "given": "bila tidak disebut",
        "0": "selesai",
        "1": "ada yang gagal, atau rencana tidak ditemukan",
        "2": "perintah salah tulis",
        "3": "data atau skenario perlu diperbaiki",
        "4": "terbukti tidak ada rencana yang memenuhi ketentuan",
        "5": "rencana ditemukan, dan belum ada yang terbukti tentangnya",
        "6": "rencana yang dibawa melanggar ketentuan",
        "130": "dihentikan dengan Ctrl-C",
        "143": "dihentikan program lain (SIGTERM); yang sudah selesai tetap ada",
    },
}
_CODES = ("0", "1", "2", "3", "4", "5", "6", "130", "143")


def _cli_in(language: str) -> str:
    """Return the page of commands; help is worded on import, so in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--cli", language],
        env=os.environ | {"JSPMODEL_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode()


def cli_page(language: str) -> str:
    """Return the page of commands in the language of this process."""
    from jspmodel.cli import app

    words, group = _CLI[language], typer.main.get_command(app)
    commands = (line for name in group.commands for line in _command(group, name, words))
    codes = (f"| {code} | {words[code]} |" for code in _CODES)
    head = (words["head"], str(group.help), "")
    codes_head = (words["exit"], "", f"| {words['code']} | {words['meaning']} |", "|---|---|")
    return "\n".join([*head, *commands, *codes_head, *codes, ""])


def _command(group: Any, name: str, words: Mapping[str, str]) -> Iterator[str]:
    command = group.commands[name]
    arguments = [item for item in command.params if item.param_type_name == "argument"]
    options = [item for item in command.params if item.param_type_name == "option" and item.name != "help"]
    places = " ".join(_value(item) for item in arguments)
    yield from (f"## {name}", "", str(command.help), "", f"    jspmodel {name} {places}", "")
    yield from (f"| {words['option']} | {words['given']} | |", "|---|---|---|")
    for item in arguments:
        yield f"| `{_cell(_value(item))}` | | {_cell(item.help)} |"
    for item in options:
        value = "" if item.is_flag else f" {_value(item)}"
        given = item.show_default if isinstance(item.show_default, str) else item.default
        yield f"| `{_cell(item.opts[0] + value)}` | {_default(given)} | {_cell(item.help)} |"
    yield ""


def _value(item: Any) -> str:
    """Return how the value of an argument or option is shown."""
    return str(item.metavar or "VALUE") + ("..." if item.nargs == -1 else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _default(value: object) -> str:
    shown = value.value if hasattr(value, "value") else value
    return "" if shown in (None, False, "", 0) else f"`{shown}`"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cli"]:
        print(cli_page(sys.argv[2]), end="")
    else:
        for path, page in pages().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
