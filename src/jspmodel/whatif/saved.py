"""What the controls ask, as a scenario file beside the others."""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from jspmodel.case import Case
from jspmodel.errors import Problem, ScenarioError
from jspmodel.file_names import is_file_name
from jspmodel.intake import SCENARIO_FOLDER, check, load_scenario
from jspmodel.scenario import Language, Scenario, Title
from jspmodel.text import LANGUAGES, number, say, visible, worded
from jspmodel.whatif.question import Question, as_it_stands

_ALWAYS = {"title", "budget_scale", "equity", "locked_in", "locked_out"}
"""Written even where they are the defaults: they are what the controls say."""


def free_name(case: Case, scenario: Scenario) -> str:
    """Return a name that no scenario of the case has: ``<scenario>-what-if``, then with a number."""
    folder = _folder(case)
    base = f"{_tame(scenario.name).lstrip(' .-')[:60] or 'scenario'}-what-if"
    names = [base, *(f"{base}-{count}" for count in range(2, 10_000))]
    return next(name for name in names if not _taken(folder, name))


def save(case: Case, scenario: Scenario, question: Question, name: str, language: Language) -> Path:
    """Write a question as a scenario of its case; nothing is ever overwritten.

    Parameters
    ----------
    case : Case
        Read from a folder.
    scenario : Scenario
        What the question started from.
    question : Question
    name : str
        Of the new scenario.
    language : {"id", "en"}
        Of its comments; its title is in both.

    Returns
    -------
    Path
        The file: loaded again, it says what the controls say.

    Raises
    ------
    ScenarioError
        If the name cannot be one or is taken, the folder cannot be written, or the settings do not fit.
    """
    name = _named(name)
    folder = _folder(case)
    if not is_file_name(name):
        raise _error(Problem("unsafe_scenario_name", values={"name": name}))
    place = folder / f"{name}.yaml"
    if _taken(folder, name):
        raise _error(Problem("scenario_name_taken", values={"name": name}))
    titles = {spoken: visible(_title(scenario, question, spoken)) for spoken in LANGUAGES}
    asked = question.asked_scenario(scenario).model_copy(update={"name": name, "title": Title(**titles)})
    text = _text(scenario, asked, language)
    try:
        _require_sound(case, asked, text)
    except OSError as error:
        raise _error(Problem("not_writable", place.as_posix())) from error
    try:
        with place.open("x", encoding="utf-8") as file:  # "x": not even what came a moment ago
            file.write(text)
    except FileExistsError as error:
        raise _error(Problem("scenario_name_taken", values={"name": name})) from error
    except OSError as error:
        if place.is_file():
            place.unlink()  # half a scenario, which would hold the name
        raise _error(Problem("not_writable", place.as_posix())) from error
    return place


def as_typed(place: Path) -> str:
    """Return a path as it is typed where the notebooks' folder stands, or from this folder."""
    whole = place.resolve()
    for root in (Path.cwd(), Path.cwd().parent):
        if whole.is_relative_to(root):
            return shlex.quote(whole.relative_to(root).as_posix())
    return shlex.quote(whole.as_posix())


def changes_told(scenario: Scenario, question: Question, language: Language) -> str:
    """Return in words what a question asks beside the scenario's own settings; empty: nothing."""
    return ", ".join(_changes(question, as_it_stands(scenario), language))


def _named(typed: str) -> str:
    """Return a name as it is meant: without blanks around it, unseen marks, and the file's ending."""
    return re.sub(r"\.ya?ml$", "", visible(typed).strip(), flags=re.IGNORECASE)


def _taken(folder: Path, name: str) -> bool:
    """Return whether a file has the name, in whatever case: some systems do not tell a from A."""
    names = (file.name for file in folder.iterdir()) if folder.is_dir() else ()
    return f"{name}.yaml".casefold() in {other.casefold() for other in names}


def _require_sound(case: Case, asked: Scenario, text: str) -> None:
    """Load a text as a scenario file is loaded: it must give the very settings, and they fit the case."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{asked.name}.yaml"
        file.write_text(text, encoding="utf-8")
        loaded = load_scenario(file.absolute())
    if loaded != asked:
        raise RuntimeError("a saved scenario does not say what it was saved from")
    if errors := [problem for problem in check(case, loaded) if not problem.warning]:
        raise _error(*errors)


def _text(scenario: Scenario, asked: Scenario, language: Language) -> str:
    head = say("whatif.saved_comment", language, scenario=_tame(scenario.name))
    changed = asked.model_dump(exclude_defaults=True).keys() | _ALWAYS
    data = {key: _plain(value) for key, value in asked.model_dump().items() if key in changed - {"name"}}
    return f"# {head}\n" + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _title(scenario: Scenario, question: Question, language: Language) -> str:
    title = scenario.called(language)
    changes = changes_told(scenario, question, language)
    return say("whatif.saved_title", language, scenario=title, changes=changes) if changes else title


def _changes(question: Question, own: Question, language: Language) -> Iterator[str]:
    if question.budget != own.budget:
        yield say("whatif.saved_budget", language, percent=number(100 * question.budget, language))
    for key in ("locked_in", "locked_out"):
        if more := [code for code in getattr(question, key) if code not in getattr(own, key)]:
            yield say(f"whatif.saved_{key}", language, programs=" ".join(more))
        if less := [code for code in getattr(own, key) if code not in getattr(question, key)]:
            yield say(f"whatif.saved_not_{key}", language, programs=" ".join(less))
    if question.equity != own.equity:
        yield say(f"whatif.saved_equity_{'on' if question.equity else 'off'}", language)


def _folder(case: Case) -> Path:
    if case.folder is None:
        raise ValueError("a case built in memory has no scenarios")
    return case.folder / SCENARIO_FOLDER


def _tame(name: str) -> str:
    """Return a name as a line of a comment and part of a file's name may have it."""
    return re.sub(r"[^\w .-]", "_", name) or "_"


def _error(*problems: Problem) -> ScenarioError:
    return worded(ScenarioError, problems)
