"""What ``check`` accepts, ``run`` carries through: to a plan, or to an answer in words.

Seeded and bounded; longer by hand (see ``fuzz/effort.py``).
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from fuzz.effort import ROUNDS
from jspmodel.batch import Job, attempt
from jspmodel.errors import JspError
from jspmodel.intake import check, load_case, load_scenario, read_case
from jspmodel.text import listing
from tiny import tiny_tables, write_case

TEXTS = (
    "\U0001f600", "e\N{COMBINING ACUTE ACCENT}", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "\x07", "\x1b[31m", "\u2028", "\ufeff",
    "\ufffe", "\uffff", "<script>x</script>", "]]>", "{{7*7}}", "$x$", "a" * 3000, "%s{0}", "\\", "_x000D_", "مرحبا", "\u0085",
)  # fmt: skip
"""Each is text that may stand in a name."""
ESCAPED = (r"\uD83D\uDE00", r"\u0007", r"\u0000", r"\uFFFE", r"\u202E", r"\u2028")
"""As JSON and YAML write what cannot be typed."""
HALVES = (r"\uD83D", r"\uDE00 \uD83D")
"""Of letters: refused by ``check``."""
NAMES = {"programs": 1, "regions": 1, "issues": 1, "funds": 1, "indicators": 2, "spending_rules": 1}
"""Column of the name, by table."""
SPENDING = "spending_rule,name_id,bound,share,dimension,legal_basis\ns,Aturan,min,0.1,living,UU\n"


DOCUMENTS = {
    "documents": "document,name_id\nDED,Rancangan\n",
    "required_documents": "document,fund\nDED,danais\n",
}
"""What a fund waits for; nothing is said of any programme."""
REALISED = "program,year,fund,amount,progress,reason\nP01,2020,apbd,1,under_way,Terlambat\n"
COFUNDING = "fiscal_capacity,program,least_share\nlow,,0.5\nlow,P01,0\n"
"""Of regions that have no fund of their own."""
STAFF = {
    "agencies": "agency,name\ng,Dinas\n",
    "staff_kinds": "staff_kind,name_id\nan,Analis\n",
    "agency_staff": "agency,staff_kind,people\ng,an,1\n",
    "program_staff": "program,staff_kind,agency,phase,people\nP01,an,g,build,1\nP02,an,g,build,1\n",
}
"""Of whom only one programme at a time has enough."""


def with_area_types(tables, text):
    """Give the first region a type of area that is called by such a text, and it weights of its own."""
    kind = f'"kota {text}"'.replace("\n", " ")
    head, first, *others = tables["regions"].splitlines()
    regions = [f"{head},area_type", f"{first},{kind}", *(f"{row}," for row in others)]
    weights = ["area_type,criterion,weight", f"{kind},impact,10", f"{kind},urgency,90"]
    return {
        **tables,
        "regions": "\n".join(regions) + "\n",
        "area_type_weights": "\n".join(weights) + "\n",
    }


def mutated(folder, seed):
    """Write a case with texts like these all over."""
    whole = {**tiny_tables(), "spending_rules": SPENDING, "realisation": REALISED, **DOCUMENTS, **STAFF}
    whole |= {
        "cofunding_shares": COFUNDING,
        "regions": "region,name,population,fiscal_capacity\n34.01,Timur,300,low\n34.10,Barat,100,\n",
    }
    draw, tables = random.Random(seed), whole
    texts = {**NAMES, "documents": 1, "agencies": 1, "staff_kinds": 1, "realisation": 5}
    for table, column in texts.items():
        head, *rows = tables[table].splitlines()
        lines = [head]
        for row in rows:
            cells = row.split(",")
            text = draw.choice(TEXTS).replace('"', '""')
            cells[column] = f'"{cells[column]} {text}"'
            lines.append(",".join(cells))
        tables[table] = "\n".join(lines) + "\n"
    title, other = draw.choice(ESCAPED), draw.choice(ESCAPED)
    tables = with_area_types(tables, draw.choice(TEXTS).replace('"', '""'))
    settings = "solver: {effort: quick, threads: 1}\nweights_by_area_type: true\n"
    write_case(folder, tables, f'title: {{id: "Uji {title}"}}\n{settings}')
    (folder / "datapackage.json").write_text(f'{{"title": "Kasus {other}", "question": "Apa {title}?"}}')
    return folder


def refusals(folder):
    """Return what ``check`` refuses, in words in both languages."""
    case, problems = read_case(folder)
    if case is None:
        told = [problem for problem in problems if not problem.warning]
    else:
        try:
            check(case, load_scenario(folder))
            return []
        except JspError as error:
            told = list(error.problems)
    assert all(listing(told, language).strip() for language in ("id", "en"))
    return told


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_is_accepted_is_carried_through(tmp_path, monkeypatch, keeper, seed):
    monkeypatch.chdir(tmp_path)
    folder = mutated(tmp_path / "tiny", seed)
    assert refusals(folder) == []  # each of these texts is meant to be accepted
    job = Job(Path("tiny/scenarios/baseline.yaml"), tmp_path / "reports", ("en",))
    result = attempt(job, lambda step: None, keeper=keeper)
    assert not result.trace, result.trace
    assert result.status == "done", result.error
    assert load_case(folder).title["id"].startswith("Kasus ")
    json.loads((job.folder / "run.json").read_text(encoding="utf-8"))
    for name in ("report.en.html", "telaahan.en.docx", "plan.xlsx"):
        assert (job.folder / name).stat().st_size > 1000


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("place", ["title", "package"])
def test_halves_of_letters_are_refused_by_check(tmp_path, half, place):
    folder = write_case(tmp_path / "tiny", tiny_tables())
    if place == "title":
        (folder / "scenarios" / "baseline.yaml").write_text(f'title: {{id: "{half}"}}\n')
    else:
        (folder / "datapackage.json").write_text(f'{{"title": "{half}"}}')
    assert [problem.code for problem in refusals(folder)] == ["half_letter"]
