"""The command line: argument parsing only. Heavy modules are imported when a command needs them."""

from __future__ import annotations

import errno
import signal
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from jspmodel.commands.printing import flushed, print_in_any_letters, write_no_more
from jspmodel.commands.usage_errors import CommandOfOnce, Commands
from jspmodel.text import default_language, say

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_SPEAK = default_language()

app = typer.Typer(
    cls=Commands,
    help=say("cli.app", _SPEAK),
    rich_markup_mode=None,  # plain help: importing Rich would take most of its time
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class Speak(StrEnum):
    """Language of messages."""

    id = "id"
    en = "en"


class Reports(StrEnum):
    """Languages of reports."""

    id = "id"
    en = "en"
    both = "both"


CaseFolder = Annotated[str, typer.Argument(metavar="CASE", help=say("cli.help_case", _SPEAK))]
ScenarioFile = Annotated[str, typer.Argument(metavar="SCENARIO", help=say("cli.help_scenario", _SPEAK))]
Targets = Annotated[list[str], typer.Argument(metavar="SCENARIO|CASE", help=say("cli.help_targets", _SPEAK))]
Messages = Annotated[Speak | None, typer.Option("--language", help=say("cli.help_language", _SPEAK))]
ReportLanguages = Annotated[Reports, typer.Option("--language", help=say("cli.help_languages", _SPEAK))]
Changes = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help=say("cli.help_set", _SPEAK))
]
Out = Annotated[Path, typer.Option("--out", help=say("cli.help_out", _SPEAK))]
RunName = Annotated[str, typer.Option("--name", help=say("cli.help_name", _SPEAK))]
Json = Annotated[bool, typer.Option("--json", help=say("cli.help_json", _SPEAK))]


def _version(asked: bool) -> None:
    if asked:
        from jspmodel import __version__

        print(f"jspmodel {__version__}")
        raise typer.Exit


@app.callback()
def every(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help=say("cli.help_version", _SPEAK), callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Take what stands before a command."""


@app.command(help=say("cli.help_check", _SPEAK))
def check(
    case: CaseFolder,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE.html", help=say("check.help_html", _SPEAK))
    ] = None,
    language: Messages = None,
) -> None:
    """Check a case."""
    from jspmodel.commands import check as command

    command.check(case, _language(language), html)


@app.command(help=say("cli.help_run", _SPEAK))
def run(
    targets: Targets,
    out: Out = Path("reports"),
    language: ReportLanguages = Reports.both,
    changes: Changes = None,
    name: RunName = "",
    workers: Annotated[int, typer.Option("--workers", min=0, help=say("batch.help_workers", _SPEAK))] = 0,
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help=say("batch.help_scheduler", _SPEAK))
    ] = "",
    force: Annotated[bool, typer.Option("--force", help=say("batch.help_force", _SPEAK))] = False,
    explain: Annotated[bool, typer.Option("--explain", help=say("why.help_run", _SPEAK))] = False,
) -> None:
    """Write reports."""
    from jspmodel.commands import run as command

    both = language is Reports.both
    speak = _language(None if both else Speak(language.value))
    languages: tuple[Language, ...] = ("id", "en") if both else (speak,)
    how = command.How(workers, scheduler, force, explain)
    command.run(targets, out, languages, changes or [], name, speak, how)


@app.command(help=say("cli.help_solve", _SPEAK))
def solve(
    scenario: ScenarioFile,
    json: Json = False,
    changes: Changes = None,
    excel: Annotated[
        Path | None, typer.Option("--excel", metavar="FILE.xlsx", help=say("workbook.help_excel", _SPEAK))
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE.csv", help=say("evaluate.help_csv", _SPEAK))
    ] = None,
    language: Messages = None,
) -> None:
    """Select programmes."""
    from jspmodel.solver import start_worker

    start_worker()
    from jspmodel.commands import solve as command

    command.solve(scenario, changes or [], _language(language), as_json=json, excel=excel, csv=csv)


@app.command(help=say("evaluate.help", _SPEAK))
def evaluate(
    scenario: ScenarioFile,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=say("evaluate.help_plan", _SPEAK))],
    json: Json = False,
    changes: Changes = None,
    language: Messages = None,
) -> None:
    """Judge a plan that somebody brings."""
    from jspmodel.solver import start_worker

    start_worker()
    from jspmodel.commands import evaluate as command

    command.evaluate(scenario, plan, changes or [], _language(language), as_json=json)


@app.command(help=say("why.help", _SPEAK))
def explain(
    scenario: ScenarioFile,
    program: Annotated[str, typer.Argument(metavar="[PROGRAMME]", help=say("why.help_program", _SPEAK))] = "",
    json: Json = False,
    changes: Changes = None,
    language: Messages = None,
) -> None:
    """Say why a plan is as it is."""
    from jspmodel.solver import start_worker

    start_worker()
    from jspmodel.commands import explain as command

    command.explain(scenario, program, changes or [], _language(language), as_json=json)


@app.command(help=say("tradeoff.help", _SPEAK))
def tradeoffs(
    scenario: ScenarioFile,
    objectives: Annotated[
        str, typer.Argument(metavar="[OBJECTIVES]", help=say("tradeoff.help_objectives", _SPEAK))
    ] = "",
    losses: Annotated[
        str, typer.Option("--losses", metavar="SHARES", help=say("tradeoff.help_losses", _SPEAK))
    ] = "",
    weights: Annotated[
        str, typer.Option("--weights", metavar="WEIGHTS", help=say("tradeoff.help_weights", _SPEAK))
    ] = "",
    aspirations: Annotated[
        str, typer.Option("--aspirations", metavar="VALUES", help=say("tradeoff.help_aspirations", _SPEAK))
    ] = "",
    reservations: Annotated[
        str, typer.Option("--reservations", metavar="VALUES", help=say("tradeoff.help_reservations", _SPEAK))
    ] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE.csv", help=say("tradeoff.help_csv", _SPEAK))
    ] = None,
    point: Annotated[
        int, typer.Option("--point", metavar="ROW", help=say("tradeoff.help_point", _SPEAK))
    ] = 0,
    json: Json = False,
    changes: Changes = None,
    language: Messages = None,
) -> None:
    """Set objectives against each other."""
    from jspmodel.solver import start_worker

    start_worker()
    from jspmodel.commands import tradeoffs as command

    asked = command.Asked(objectives, losses, weights, aspirations, reservations, csv, point)
    command.tradeoffs(scenario, asked, changes or [], _language(language), as_json=json)


@app.command(help=say("certificate.help", _SPEAK))
def certify(
    scenario: ScenarioFile,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help=say("certificate.help_out", _SPEAK))],
    changes: Changes = None,
    effort: Annotated[
        str, typer.Option("--effort", metavar="LEVEL", help=say("certificate.help_effort", _SPEAK))
    ] = "",
    language: Messages = None,
) -> None:
    """Write a certificate."""
    from jspmodel.solver import start_worker

    start_worker()
    from jspmodel.commands import certify as command

    command.certify(scenario, out, changes or [], _language(language), effort=effort)


@app.command(help=say("realisation.help", _SPEAK))
def adopt(
    run: Annotated[str, typer.Argument(metavar="RUN", help=say("realisation.help_run", _SPEAK))],
    file: Annotated[Path, typer.Argument(metavar="FORM.xlsx", help=say("realisation.help_file", _SPEAK))],
    through: Annotated[
        int, typer.Option("--through", metavar="YEAR", help=say("realisation.help_through", _SPEAK))
    ],
    name: Annotated[str, typer.Option("--name", help=say("realisation.help_name", _SPEAK))] = "",
    language: Messages = None,
) -> None:
    """Adopt the plan of a run, and write the form for what becomes of it."""
    from jspmodel.commands import adopt as command

    command.adopt(run, file, through, _language(language), name=name)


@app.command(help=say("compare.help", _SPEAK))
def compare(
    runs: Annotated[list[str], typer.Argument(metavar="RUN", help=say("compare.help_runs", _SPEAK))],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("compare.help_out", _SPEAK))
    ] = None,
    reference: Annotated[
        str, typer.Option("--reference", metavar="RUN", help=say("compare.help_reference", _SPEAK))
    ] = "",
    causes: Annotated[bool, typer.Option("--causes", help=say("attribution.help", _SPEAK))] = False,
    language: ReportLanguages = Reports.both,
    json: Json = False,
) -> None:
    """Compare runs."""
    from jspmodel.commands import compare as command

    both = language is Reports.both
    speak = _language(None if both else Speak(language.value))
    languages: tuple[Language, ...] = ("id", "en") if both else (speak,)
    command.compare(runs, out, languages, speak, reference=reference, causes=causes, as_json=json)


@app.command(help=say("cli.help_init", _SPEAK))
def init(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli.help_new", _SPEAK))],
    source: Annotated[
        str | None, typer.Option("--from", show_default="diy", help=say("cli.help_from", _SPEAK))
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help=say("workbook.help_blank", _SPEAK))] = False,
    regions: Annotated[
        str | None, typer.Option("--regions", metavar="CODES", help=say("workbook.help_regions", _SPEAK))
    ] = None,
    generate: Annotated[
        bool, typer.Option("--generate", help=say("synthetic.help_generate", _SPEAK))
    ] = False,
    programs: Annotated[
        int | None,
        typer.Option(
            "--programs", min=1, max=5000, show_default="100", help=say("synthetic.help_programs", _SPEAK)
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, show_default="1", help=say("synthetic.help_seed", _SPEAK))
    ] = None,
    language: Messages = None,
) -> None:
    """Copy a case, start a blank one, or make one up."""
    from jspmodel.commands import start as command

    asked = command.NewCase(source, regions, blank, generate, programs, seed)
    command.init(name, asked, _language(language))


@app.command(help=say("workbook.help_template", _SPEAK))
def template(
    case: CaseFolder,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=say("workbook.help_file", _SPEAK))],
    all_sheets: Annotated[bool, typer.Option("--all-sheets", help=say("workbook.help_all", _SPEAK))] = False,
    language: Messages = None,
) -> None:
    """Write a case as a workbook."""
    from jspmodel.commands import workbook as command

    command.template(case, file, _language(language), all_sheets=all_sheets)


@app.command("import", help=say("workbook.help_import", _SPEAK))
def import_workbook(
    file: Annotated[str, typer.Argument(metavar="FILE.xlsx", help=say("workbook.help_filled", _SPEAK))],
    case: Annotated[str, typer.Argument(metavar="CASE", help=say("workbook.help_case", _SPEAK))],
    yes: Annotated[bool, typer.Option("--yes", help=say("workbook.help_yes", _SPEAK))] = False,
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="CODE", help=say("workbook.help_indicator", _SPEAK))
    ] = "",
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar='FIELD="HEADING"', help=say("workbook.help_map", _SPEAK)),
    ] = None,
    language: Messages = None,
) -> None:
    """Take over a workbook."""
    from jspmodel.commands import workbook as command

    command.import_workbook(file, case, _language(language), yes=yes, indicator=indicator, maps=maps or [])


@app.command(help=say("serve.help", _SPEAK))
def serve(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help=say("serve.help_case", _SPEAK))] = "",
    language: Annotated[
        Speak, typer.Option("--lang", "--language", help=say("serve.help_language", _SPEAK))
    ] = Speak.id,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=say("serve.help_port", _SPEAK))] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=say("cli.help_no_browser", _SPEAK))
    ] = False,
) -> None:
    """Open the page in the browser."""
    from jspmodel.commands import serve_page as command

    command.serve_page(case, language.value, port, no_browser=no_browser)


@app.command(help=say("cli.help_lab", _SPEAK))
def lab(
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=say("cli.help_no_browser", _SPEAK))
    ] = False,
    language: Messages = None,
) -> None:
    """Open JupyterLab."""
    from jspmodel.commands import start as command

    command.lab(_language(language), no_browser=no_browser)


for _command in app.registered_commands:
    _command.cls = CommandOfOnce


def _language(chosen: Speak | None) -> Language:
    return _SPEAK if chosen is None else chosen.value


def main() -> None:
    """Run the command line; errors that a planner can mend become messages and exit codes."""
    ended: list[int] = []
    print_in_any_letters()

    def stop(number: int, _: FrameType | None) -> None:
        """Tidy up as after Ctrl-C: whoever ends a job politely is told what was kept, too."""
        signal.signal(number, signal.SIG_IGN)
        ended.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    closed = getattr(signal, "SIGHUP", None)  # the window is closed; Windows has no such signal
    if closed is not None and signal.getsignal(closed) != signal.SIG_IGN:  # as nohup has it
        signal.signal(closed, stop)
    try:
        with flushed():  # while errors are still told in words
            app()
    except KeyboardInterrupt:
        with suppress(OSError):  # nobody reads what is written to a window that is closed
            print(say("cli.stopped", _SPEAK), file=sys.stderr)
        sys.exit(128 + (ended or [signal.SIGINT])[0])
    except SystemExit as leaving:
        sys.exit(128 + ended[0] if ended else leaving.code)
    except OSError as error:
        if error.filename is not None or not write_no_more(error):
            raise
        if error.errno != errno.EPIPE:  # who closed a pipe has read enough
            with suppress(OSError):  # errors may go to the same disk
                print(say("cli.output_full", _SPEAK), file=sys.stderr)
        sys.exit(1)
