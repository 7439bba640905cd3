"""The pages of every key of a scenario, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jspmodel.intake.based_on import KEY
from jspmodel.intake.scenario_schema import FILE, setting_keys
from jspmodel.scenario import BudgetScale, Language
from jspmodel.text import say

_GIVEN: Mapping[str, str] = {
    "based_on": "based_on: baseline",
    "title": "title: {id: Pagu dipotong, en: Budgets cut}",
    "title.id": "title: {id: Pagu dipotong}",
    "title.en": "title: {en: Budgets cut}",
    "first_year": "first_year: 2027",
    "last_year": "last_year: 2031",
    "closed_years": "closed_years: [2027]",
    "objective": "objective: score",
    "budget_scale": "budget_scale: 0.9",
    "budget_scale.all": "budget_scale: {all: 0.9}",
    "budget_scale.funds": "budget_scale: {funds: {danais: 0.8}}",
    "budget_scale.years": "budget_scale: {years: {2028: 0.8}}",
    "criteria_weights": "criteria_weights: {vision: 0}",
    "weights_by_area_type": "weights_by_area_type: true",
    "priority_issues": "priority_issues: [I01, I02]",
    "year_weights": "year_weights: {2027: 2, 2028: 1}",
    "effect_levels": "effect_levels: {low: 0.05, medium: 0.15, high: 0.3}",
    "diminishing_returns": "diminishing_returns: [[0.5, 1.0], [0.5, 0.6]]",
    "collaboration": "collaboration: {strength: 0.2, body: 1.5}",
    "collaboration.strength": "collaboration: {strength: 0.2}",
    "collaboration.border": "collaboration: {border: 1.0}",
    "collaboration.no_border": "collaboration: {no_border: 0.3}",
    "collaboration.body": "collaboration: {body: 1.5}",
    "equity": "equity: {mode: floor, floor: 0.75}",
    "equity.mode": "equity: {mode: max_min}",
    "equity.floor": "equity: {mode: floor, floor: 0.6}",
    "min_quick_wins": "min_quick_wins: 2",
    "spending_rules": "spending_rules: [infrastruktur]",
    "cofunding": "cofunding: false",
    "rule_prices": "rule_prices: true",
    "terms_of_office": "terms_of_office: true",
    "staff_limits": "staff_limits: false",
    "document_delay": "document_delay: 1",
    "locked_in": "locked_in: [P12, P15]",
    "locked_in.program": "locked_in: [{program: P12}]",
    "locked_in.start": "locked_in: [{program: P12, start: 2028}]",
    "locked_in.regions": "locked_in: [{program: P12, regions: [34.04]}]",
    "locked_out": "locked_out: [P30]",
    "replan": "replan: {adopted: perda-2026, through: 2027, unspent: lapsed}",
    "replan.adopted": "replan: {adopted: perda-2026, through: 2027}",
    "replan.through": "replan: {adopted: perda-2026, through: 2028}",
    "replan.unspent": "replan: {adopted: perda-2026, through: 2027, unspent: carried}",
    "replan.unspent_funds": "replan: {unspent: lapsed, unspent_funds: {danais: carried}}",
    "solver": "solver: {gap: 0.02, effort: thorough}",
    "solver.gap": "solver: {gap: 0.02}",
    "solver.effort": "solver: {effort: thorough}",
    "solver.time_limit": "solver: {time_limit: 600}",
    "solver.threads": "solver: {threads: 4}",
    "solver.seed": "solver: {seed: 7}",
    "simulation": "simulation: {draws: 500, cut_chance: 0.3}",
    "simulation.draws": "simulation: {draws: 500}",
    "simulation.seed": "simulation: {seed: 7}",
    "simulation.cut_chance": "simulation: {cut_chance: 0.3}",
    "simulation.cut_size": "simulation: {cut_size: 0.2}",
    "simulation.trend_damping": "simulation: {trend_damping: 0.8}",
    "simulation.spillover": "simulation: {spillover: 0.1}",
    "simulation.readiness_risk": "simulation: {readiness_risk: 0.2}",
    "two_stage": "two_stage: {recourse_year: 2029, draws: 5, budget_spread: 0.2}",
    "two_stage.recourse_year": "two_stage: {recourse_year: 2029}",
    "two_stage.futures": "two_stage: {futures: [{name: cut, probability: 1, budgets: 0.8}]}",
    "two_stage.futures.name": "two_stage: {futures: [{name: cut, probability: 1}]}",
    "two_stage.futures.probability": "two_stage: {futures: [{name: cut, probability: 1}]}",
    "two_stage.futures.budgets": "two_stage: {futures: [{name: cut, probability: 1, budgets: 0.8}]}",
    "two_stage.futures.funds": "two_stage: {futures: [{name: cut, probability: 1, funds: {danais: 0.8}}]}",
    "two_stage.futures.kinds": "two_stage: {futures: [{name: cut, probability: 1, kinds: {Danais: 0.8}}]}",
    "two_stage.futures.from_year": "two_stage: {futures: [{name: cut, probability: 1, from_year: 2030}]}",
    "two_stage.futures.effects": "two_stage: {futures: [{name: cut, probability: 1, effects: low}]}",
    "two_stage.futures.source": "two_stage: {futures: [{name: cut, probability: 1, source: illustrative}]}",
    "two_stage.draws": "two_stage: {draws: 5}",
    "two_stage.seed": "two_stage: {seed: 7}",
    "two_stage.budget_spread": "two_stage: {budget_spread: 0.2}",
    "two_stage.source": "two_stage: {source: illustrative}",
    "two_stage.tail": "two_stage: {tail: 0.25}",
    "two_stage.tail_weight": "two_stage: {tail_weight: 0.7}",
    "two_stage.least_tail": "two_stage: {least_tail: 20}",
    "language": "language: en",
}


def _plain() -> Iterator[tuple[str, str]]:
    """Yield how whole numbers and yes or no stand in a file."""
    for key, said in setting_keys():
        kinds = {kind.get("type") for kind in said.get("anyOf", [said])}
        if "." not in key and kinds & {"boolean", "integer"}:
            yield key, f"{key}: {'true' if 'boolean' in kinds else 1}"


EXAMPLES: Mapping[str, str] = {**dict(_plain()), **_GIVEN}
"""How each key stands in a file."""

_HEAD: Mapping[Language, str] = {
    "en": f"""# Settings of a scenario

One file `scenarios/<name>.yaml` a scenario, named as the file is; every key may be left out, and
one left blank has its default. What is above a limit is refused: no planner needs it, and figures
so far apart cannot be told apart by a solver. A key with a point is one of a group: `solver.gap` is
`gap` in `solver`, and `--set solver.gap=0.02` on the command line. Codes need no quotation marks:
34.10 stays 34.10. What a misspelt key or a wrong value should be is said with its line. Written
from the settings themselves by `python docs/write.py`.

With `based_on: baseline` a scenario says only how it differs from `baseline.yaml` beside it: a
group or a table by code is laid over key by key, a list or a single value takes the place, and a
key left blank has the default again. Only plain names of files in the same folder are followed, at
most five, and a run notes what each of them said.

Where a code of the case is wanted (programme, region, issue, fund, criterion), its name is as good if
only one row has it: `locked_in: [Sumur bor bersama]`. A name of several is asked about.

Editors that know YAML complete and check the keys by `{FILE}`, which stands beside the shipped
scenarios and is named in their first line; no network is needed. Indonesian: [Pengaturan
skenario](../id/pengaturan.md).
""",
    "id": f"""# Pengaturan skenario

Satu berkas `scenarios/<nama>.yaml` tiap skenario, bernama seperti berkasnya; setiap kunci boleh
tidak ditulis, dan yang dibiarkan kosong memakai nilai bawaan. Yang melebihi batas ditolak: tidak
ada perencana yang memerlukannya, dan pemecah tidak dapat membedakan angka yang terlalu jauh
jaraknya. Kunci bertitik adalah bagian sebuah kelompok: `solver.gap` ialah `gap` di dalam `solver`,
dan `--set solver.gap=0.02` di baris perintah. Kode tidak perlu tanda kutip: 34.10 tetap 34.10.
Untuk kunci yang salah tulis atau nilai yang salah disebutkan barisnya dan perbaikannya. Halaman ini
ditulis dari pengaturannya sendiri oleh `python docs/write.py`.

Dengan `based_on: baseline` sebuah skenario hanya menyebut bedanya dari `baseline.yaml` di
sampingnya: kelompok atau daftar menurut kode ditimpa kunci demi kunci, daftar atau nilai tunggal
menggantikan, dan kunci yang dikosongkan kembali ke nilai bawaan. Hanya nama polos berkas di folder
yang sama yang diikuti, paling banyak lima, dan hasil mencatat isi masing-masing.

Di mana pun kode dari kasus diminta (program, daerah, isu, sumber dana, kriteria), namanya sama
baiknya bila hanya satu baris yang memakainya: `locked_in: [Sumur bor bersama]`. Nama yang dipakai
beberapa baris ditanyakan.

Penyunting teks yang mengenal YAML melengkapi dan memeriksa kunci dengan `{FILE}`, yang ada di
samping skenario bawaan dan disebut di baris pertamanya; tidak perlu jaringan. Bahasa Inggris:
[Settings of a scenario](../reference/scenario.md).
""",
}
_YEARS = 9999
"""Figures above it are shown with separators of thousands."""
_COLUMNS = ("key", "default", "holds", "unit", "meaning", "example")


def settings_page(language: Language) -> str:
    """Return the page in Markdown.

    Parameters
    ----------
    language : {"id", "en"}

    Returns
    -------
    str
    """
    return "\n".join([_HEAD[language], *_rows(language), ""])


def _rows(language: Language) -> Iterator[str]:
    yield _row(say(f"setting.column_{column}", language) for column in _COLUMNS)
    yield "|" + "---|" * len(_COLUMNS)
    yield _row(_cells(KEY, {"type": "string"}, language))
    for key, said in setting_keys():
        yield _row(_cells(key, said, language))


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _cells(key: str, said: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield f"`{key}`"
    default = None if "$ref" in said else said.get("default")
    yield "" if default is None else f"`{json.dumps(default)}`"
    held = [*_held(said, language), *([_held_all(language)] if key == "budget_scale" else [])]
    yield f" {say('setting.kind_or', language)} ".join(held)
    yield ", ".join(dict.fromkeys(say(f"setting.unit_{unit}", language) for unit in _units(said)))
    yield say(f"setting.{key}", language)
    yield f"`{EXAMPLES[key]}`"


def _units(said: object) -> Iterator[str]:
    """Yield the units of all figures that a key takes."""
    if isinstance(said, Mapping):
        if isinstance(said.get("unit"), str):
            yield said["unit"]
        yield from (unit for key, inner in said.items() if key != "default" for unit in _units(inner))
    elif isinstance(said, list):
        yield from (unit for inner in said for unit in _units(inner))


def _held(said: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield each kind of value that a setting takes, with its limits."""
    if "anyOf" in said:
        yield from (kind for one in said["anyOf"] for kind in _held(one, language))
    elif "$ref" in said:
        yield say("setting.kind_group", language)
    elif "enum" in said:
        yield ", ".join(f"`{choice}`" for choice in said["enum"])
    elif said.get("type") == "object":
        inner = ", ".join(_held(said["additionalProperties"], language))
        yield say("setting.kind_object", language, inner=inner)
    elif said.get("type") == "array":
        parts = said.get("prefixItems", [said.get("items", {})])
        inner = ", ".join(kind for part in parts for kind in _held(part, language))
        yield say("setting.kind_array", language, inner=inner or f"`{{{', '.join(_LOCK)}}}`")
    elif said.get("type") not in {None, "null"}:
        yield " ".join([say(f"setting.kind_{said['type']}", language), *_limits(said, language)])


def _held_all(language: Language) -> str:
    """Return what a factor on all budgets is."""
    return next(_held(BudgetScale.model_json_schema()["properties"]["all"], language))


_LOCK = ("program", "start", "regions")


def _limits(said: Mapping[str, Any], language: Language) -> Iterator[str]:
    low, above, high = (said.get(key) for key in ("minimum", "exclusiveMinimum", "maximum"))
    if high is not None:
        most = f"{high:,.15g}" if high > _YEARS else f"{high:g}"
        key = "kind_to" if low is not None else "kind_above"
        yield say(f"setting.{key}", language, low=f"{above if low is None else low:g}", high=most)
