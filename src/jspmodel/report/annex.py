"""The annex: its heading, terms, and for auditors proof, audit, versions, hashes, and how to run it again."""

from __future__ import annotations

import json
import shlex
from pathlib import PurePath
from typing import Any

from jspmodel.pages import Fragment, fragment, table
from jspmodel.plan import Plan
from jspmodel.report.assumptions import status_table
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, format_gap, number, say


def annex(decision: Decision, language: Language) -> Fragment:
    """Return the heading of the annex.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    return fragment("annex", say("report.annex", language), language)


def terms(decision: Decision, language: Language) -> Fragment:
    """Return what the words mean that have a meaning of their own.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    return fragment("terms", say("report.terms", language), language)


def audit(decision: Decision, language: Language) -> Fragment:
    """Return what an auditor asks for.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Hashes and versions come from ``run.json``, where a run has written one.
    """
    record = decision.record
    return fragment(
        "audit",
        say("report.proof", language),
        language,
        model_title=say("model.statement", language),
        model=_model(decision.plan, language),
        proof=proof_table(decision.plan, language),
        audit=_audit(decision.plan, language),
        counted=_counted(decision.plan, language),
        status=status_table(decision, language),
        passed=decision.plan.audit.passed,
        versions=versions_table(record, language),
        inputs=inputs_table(record, language),
        command=repeat_command(record),
        certify=certify_command(record),
    )


def proof_table(plan: Plan, language: Language) -> Table:
    """Return how good the plan is, in the terms of the solver."""
    unit = say(f"report.unit_{plan.objective_kind}", language)
    rows = [
        (say("report.term_status", language), say(f"report.status_{plan.status}", language)),
        (say("report.term_objective", language), f"{number(plan.objective, language, 4)} {unit}"),
        (say("report.term_bound", language), f"{number(plan.bound, language, 4)} {unit}"),
        (say("report.term_gap", language), format_gap(plan.gap, language, 2)),
        (say("report.term_clock", language), say(f"report.{_yes(plan.stopped_by_clock)}", language)),
        (say("report.term_solver", language), plan.solver),
    ]
    if plan.dropped_bounds:
        told = say("report.dropped", language, n=number(plan.dropped_bounds, language))
        rows.insert(4, (say("report.term_dropped", language), told))
    return table(["term", "value"], rows, language)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _model(plan: Plan, language: Language) -> list[str]:
    """Return what is chosen, maximised and kept."""
    keys = ("variables", f"objective_{plan.objective_kind}", "subject")
    return [say(f"model.{key}", language) for key in keys]


def _counted(plan: Plan, language: Language) -> str:
    """Return how many rules were checked and broken, and how many ask nothing of this case."""
    applied = [check for check in plan.audit.checks if check.checked]
    idle, broken = len(plan.audit.checks) - len(applied), sum(bool(check.breaches) for check in applied)
    told = say("report.audit_counted", language, n=len(applied), broken=broken)
    return f"{told} {say('report.audit_idle', language, n=idle)}" if idle else told


def _audit(plan: Plan, language: Language) -> Table:
    """Return the rules, each with its formula."""
    rows = tuple(
        (
            say(f"rule.{check.rule}", language),
            say(f"model.rule_{check.rule}", language),
            number(check.checked, language) if check.checked else "–",
            number(check.worst, language, 6) if check.checked else "–",
        )
        for check in plan.audit.checks
    )
    keys = ("report.column_rule", "model.column_formula", "report.column_checked", "report.column_worst")
    return Table(tuple(say(key, language) for key in keys), rows, (False, False, True, True))


def versions_table(record: dict[str, Any], language: Language) -> Table:
    """Return which versions computed the plan."""
    packages = {"Python": record["python"], **record["packages"]} if "packages" in record else {}
    return table(["package", "version"], packages.items(), language)


def inputs_table(record: dict[str, Any], language: Language) -> Table:
    """Return the files that were read with their hashes."""
    return table(["file", "sha256"], record.get("inputs", {}).items(), language)


def repeat_command(record: dict[str, Any]) -> str:
    """Return the command that runs this again; empty where no run has written a record."""
    return _command("run", record)


def certify_command(record: dict[str, Any]) -> str:
    """Return the command that writes a certificate of the plan; empty where no run has written a record."""
    command = _command("certify", record)
    return command and f"{command} --out certificate"


def _command(verb: str, record: dict[str, Any]) -> str:
    """Return a command with scenario and settings; of a file elsewhere only its place within the project."""
    if "scenario_file" not in record:
        return ""
    path = PurePath(record["scenario_file"])
    shown = PurePath(*path.parts[-4:]) if path.is_absolute() else path
    changes = [
        f"--set {shlex.quote(f'{key}={_plain(value)}')}" for key, value in record.get("changes", {}).items()
    ]
    return " ".join([f"jspmodel {verb}", shlex.quote(shown.as_posix()), *changes])


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
