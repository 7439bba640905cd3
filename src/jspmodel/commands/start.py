"""``jspmodel init`` and ``jspmodel lab``: where a planner starts."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.markup import escape

from jspmodel.commands.console import OUT, mendable, tell
from jspmodel.commands.options import refuse_clashes
from jspmodel.commands.synthetic import Synthetic, write_synthetic
from jspmodel.errors import DataError, Problem
from jspmodel.file_names import is_file_name
from jspmodel.intake import (
    ADOPTED_FOLDER,
    PACKAGE,
    SCENARIO_FOLDER,
    SCHEMA_LINE,
    border_rows,
    indicator_rows,
    issue_rows,
    load_scenario,
    region_codes,
    region_rows,
    scenario_files,
    shipped,
    shipped_cases,
    starting_title,
    whole_folder,
    write_schema,
)
from jspmodel.scenario import Language
from jspmodel.text import say, worded

_CASE = "diy"
"""The case that the notebooks open, and a new one copies, unless told another."""
_PROGRAMS, _SEED = 100, 1
"""Of a made-up case, unless told others."""
_COURSE = ("realisation.csv", "realised_outputs.csv")
"""Tables of what became of adopted plans."""


@dataclass(frozen=True)
class NewCase:
    """What a new case begins with, as it was typed.

    Attributes
    ----------
    source : str or None
        Name of a shipped case that is copied; None: diy, unless another thing is asked for.
    regions : str or None
        Codes of kabupaten and kota, parted by commas.
    blank : bool
        No copy; with regions, no issues and indicators to begin with either.
    generate : bool
        Make up all but the regions, which are all kabupaten and kota unless ``regions`` names some.
    programs, seed : int or None
        Of a made-up case.
    """

    source: str | None = None
    regions: str | None = None
    blank: bool = False
    generate: bool = False
    programs: int | None = None
    seed: int | None = None


def init(name: str, asked: NewCase, language: Language) -> None:
    """Make ``data/<name>``: a copy of a shipped case, a blank case of some regions, or a made-up one.

    Parameters
    ----------
    name : str
        Name of the new case, with or without ``data/``.
    asked : NewCase
    language : {"id", "en"}
    """
    _refuse_clashes(asked, language)
    name = Path(name).name if Path(name).parent == Path("data") else name  # as every other command has it
    target = Path("data") / name
    source = asked.source or _CASE
    copies = not (asked.generate or asked.blank or asked.regions is not None)
    problem = None
    cases = shipped_cases()
    if not is_file_name(name):
        problem = Problem("unsafe_case_name", values={"name": name})
    elif copies and source not in cases:
        problem = Problem("no_such_case", values={"name": source, "known": ", ".join(cases)})
    elif target.exists():
        problem = Problem("exists_already", file=target.as_posix())
    if problem:
        tell(DataError("", [problem]), language)
        raise typer.Exit(2)
    with mendable(language):
        rows = [] if copies else region_rows(_regions(asked))
        with _new_folder(target) as folder:
            if asked.generate:
                lines = _make_up(folder, rows, asked, language)
            elif copies:
                _copy_case(shipped("data") / source, folder)
                lines = [say("cli.init_done", language, path=target.as_posix())]
            else:
                lines = _start_blank(folder, rows, language, bare=asked.blank)
    for line in lines:
        OUT.print(escape(line), soft_wrap=True)


@contextmanager
def _new_folder(target: Path) -> Iterator[Path]:
    """Give a folder that takes its place once all is written: half a case is none, and stands in the way."""
    try:
        with whole_folder(target) as whole:
            yield whole
    except (OSError, shutil.Error) as error:
        raise worded(DataError, [Problem("not_writable", target.as_posix())]) from error


def _refuse_clashes(asked: NewCase, language: Language) -> None:
    given = {
        "--from": asked.source is not None,
        "--regions": asked.regions is not None,
        "--blank": asked.blank,
        "--generate": asked.generate,
        "--programs": asked.programs is not None,
        "--seed": asked.seed is not None,
    }
    apart = [
        *(("--from", other) for other in ("--regions", "--blank", "--generate")),
        ("--blank", "--generate"),
    ]
    refuse_clashes(
        given, language, apart=apart, only_with=dict.fromkeys(("--programs", "--seed"), "--generate")
    )


def _copy_case(source: Path, target: Path) -> None:
    """Copy a case, but not what became of its plans: whoever starts from it has adopted none."""
    shutil.copytree(
        source, target, ignore=shutil.ignore_patterns(ADOPTED_FOLDER, *_COURSE), dirs_exist_ok=True
    )
    files = scenario_files(str(source))
    for file in [file for file in files if load_scenario(file).replan.adopted]:
        (target / SCENARIO_FOLDER / file.name).unlink()
    package = target / PACKAGE
    about = json.loads(package.read_text(encoding="utf-8"))
    about["resources"] = [one for one in about["resources"] if one["path"] not in _COURSE]
    package.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _start_blank(
    target: Path, rows: Sequence[Mapping[str, str]], language: Language, *, bare: bool
) -> list[str]:
    """Write regions, their borders, issues and indicators to begin with; return what is told of it."""
    begun = bool(rows) and not bare
    tables = {
        "regions": rows,
        "borders": border_rows([row["region"] for row in rows]),
        "issues": issue_rows() if begun else [],
        "indicators": indicator_rows() if begun else [],
    }
    (target / SCENARIO_FOLDER).mkdir(parents=True)
    write_schema(target / SCENARIO_FOLDER)
    (target / SCENARIO_FOLDER / "baseline.yaml").write_text(f"{SCHEMA_LINE}{{}}\n", encoding="utf-8")
    titles = starting_title(rows) if rows else {"title": target.name}
    title = json.dumps({"name": target.name, **titles}, ensure_ascii=False, indent=2)
    (target / PACKAGE).write_text(title + "\n", encoding="utf-8")
    for table, lines in tables.items():
        _write_table(target / f"{table}.csv", lines)
    words = {"path": f"data/{target.name}", "count": len(rows), "file": f"{target.name}.xlsx"}
    told = [say("workbook.blank_done", language, **words)]
    if begun:
        key = "borders" if tables["borders"] else "no_borders"
        told += [say(f"start.{key}", language, count=len(tables["borders"]))]
        told += [say("start.issues", language, count=len(tables["issues"]))]
    return told


def _write_table(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a table; nothing where there is no row."""
    if rows:
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _make_up(
    target: Path, rows: Sequence[Mapping[str, str]], asked: NewCase, language: Language
) -> list[str]:
    """Write a synthetic case; return what is told of it."""
    programs, seed = asked.programs or _PROGRAMS, _SEED if asked.seed is None else asked.seed
    write_synthetic(target, rows, Synthetic(programs, seed))
    words = {"path": f"data/{target.name}", "regions": len(rows), "programs": programs}
    return [say("synthetic.done", language, **words)]


def _regions(asked: NewCase) -> list[str]:
    return list(region_codes()) if asked.generate and not asked.regions else _codes(asked.regions or "")


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def lab(language: Language, *, no_browser: bool) -> None:
    """Open JupyterLab in ``notebooks/``, which is filled with the shipped notebooks where it is not there.

    Where there is no ``data`` either, the case that they open is copied beside it.

    Parameters
    ----------
    language : {"id", "en"}
    no_browser : bool
        Open no browser.
    """
    folder = Path("notebooks")
    if not folder.exists():
        shutil.copytree(shipped("notebooks"), folder)
        OUT.print(say("cli.lab_notebooks", language, path=folder))
    if not Path("data").exists():  # the notebooks start with a case of their own, to be changed
        shutil.copytree(shipped("data") / _CASE, Path("data") / _CASE)
        OUT.print(say("cli.lab_case", language, path=Path("data", _CASE)))
    flags = ["--no-browser"] if no_browser else []
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *flags])  # noqa: S606
