"""Certificates: what they prove of small cases, and that what was tampered with is refused."""

import json
import subprocess
import sys
import zipfile
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

import jspmodel as jsp
from jspmodel.errors import DataError, SolverError
from jspmodel.intake.tables import build_case
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from selection.postoptimal.published import BEST, by_score, every_set, published
from selection.random_cases import best_by_trying, random_case, ruled_case, ruled_scenario
from selection.small import make_scenario, rows, unequal


@pytest.fixture(scope="module")
def knapsack():
    """The published case at 17, its plan and certificate."""
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    return case, scenario, plan, certify(case, scenario, plan)


@pytest.fixture
def folder(knapsack, tmp_path):
    return knapsack[-1].write(tmp_path / "certificate")


def run(place):
    """The script as a stranger runs it: no site packages, no environment, its own folder."""
    command = [sys.executable, "-I", "-S", str(place / "check_certificate.py")]
    return subprocess.run(command, capture_output=True, text=True, cwd=place, check=False)


def told(folder):
    return json.loads((folder / "certificate.json").read_text(encoding="utf-8"))


def verdict(folder, document):
    """What the script says of a document in place of the one in the folder: the first broken thing in English."""
    text = document if isinstance(document, str) else json.dumps(document)
    (folder / "certificate.json").write_text(text, encoding="utf-8")
    try:
        check_certificate.check(folder)
    except check_certificate.Broken as broken:
        return str(broken)
    return "passed"


def test_the_published_case_is_proven_whole(knapsack, folder):
    certificate = knapsack[-1]
    assert (certificate.objective, certificate.bound, certificate.gap) == (BEST, BEST, 0.0)
    assert certificate.leaves > 1  # the relaxation alone proves 115: see test_less_effort_claims_less
    ended = run(folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "No plan of this model is worth more than 114: proven by" in ended.stdout
    assert "Tidak ada rencana model ini yang bernilai lebih dari 114" in ended.stdout
    assert "NOT checked: that the tables and settings are true" in ended.stdout


def test_every_leaf_of_the_published_case_holds_for_all_sets_in_it(folder):
    """By trying: each set of projects that can be paid is in one leaf, and worth no more than 114 there."""
    document = told(folder)
    names = [column["name"] for column in document["model"]["columns"]]
    leaves = [dict(path) for path in paths(document["proof"])]
    columns = {names[place] for path in leaves for place, _ in path}
    assert columns <= {f"start(P{k},2027)" for k in range(1, 11)}
    for chosen, _, cost in every_set():
        values = {names.index(f"start(P{k},2027)"): int(k in chosen) for k in range(1, 11)}
        inside = [
            path
            for path in leaves
            if all(values[p] > at if up else values[p] <= at for (p, up), at in path.items())
        ]
        assert len(inside) == 1 or cost > 17


def paths(nodes, at=0, path=()):
    """The limits of each leaf: (column, whether at least) and k."""
    node = nodes[at]
    if "split" not in node:
        yield path
        return
    split = node["split"]
    for up, child in enumerate(node["children"]):
        yield from paths(nodes, child, (*path, ((split["column"], bool(up)), split["at"])))


def change_payment(document):
    name = next(name for name in document["plan"] if name.startswith("pay("))
    document["plan"][name] += ".000000000001"
    return "the plan breaks row cost_paid"


def lower_bound(document):
    document["claim"]["bound"] = "113.999"
    return "the bound 113.999 is not proven: the leaves prove 114"


def raise_objective(document):
    document["claim"]["objective"] = "114.001"
    return "the plan is worth 114 only"


def lose_a_leaf(document):
    document["proof"].pop()
    return "a number beyond the list"


def use_a_leaf_twice(document):
    node = next(node for node in document["proof"] if "split" in node)
    node["children"] = [node["children"][0]] * 2
    return "a node comes again"


def leave_nodes_apart(document):
    del document["proof"][0]["split"]
    return "nodes stand apart"


def turn_back(document):
    document["proof"][-1] |= {"split": {"column": 0, "at": 0}, "children": [0, 1]}
    return "a node comes again"


def split_unevenly(document):
    document["proof"][0]["split"]["at"] = 1  # at most 1, or at least 2: what was proven for 0 holds no more
    return "is not proven"


def split_a_payment(document):
    names = [column["name"] for column in document["model"]["columns"]]
    at = next(at for at, name in enumerate(names) if name.startswith("pay("))
    document["proof"][0]["split"]["column"] = at
    return "may be a fraction: no split"


def forge_a_cost(document):
    """Make a project that is not chosen dearer: nothing of plan or proof is hurt."""
    row = next(row for row in document["model"]["rows"] if row["name"] == "cost_paid(P8,2027)")
    row["terms"]["start(P8,2027)"] = "-11"
    return "not the tables' model: cost_paid(P8,2027)"


def forge_a_budget(document):
    for row in document["model"]["rows"]:
        if row["name"].startswith(("fund_budget", "year_budget")):  # the proof may rest on either
            row["high"] = "17.5"
    return "the bound 114 is not proven"


def drop_a_row(document):
    rows, proof = document["model"]["rows"], document["proof"]
    used = {int(row) for node in proof for row in node["set"]}
    gone = max(set(range(len(rows))) - used)
    name = rows.pop(gone)["name"]
    for node in proof:
        node["set"] = {str(int(row) - (int(row) > gone)): factor for row, factor in node["set"].items()}
    return f"not the tables' model: {name} is on one side alone"


def add_a_row(document):
    terms = {"start(P8,2027)": "1"}
    document["model"]["rows"].append({"name": "of mine", "low": None, "high": "0", "terms": terms})
    return "not the tables' model: of mine is on one side alone"


def forge_a_worth(document):
    column = next(column for column in document["model"]["columns"] if column["name"] == "start(P8,2027)")
    column["worth"] = "22"
    return "not the tables' model: start(P8,2027) is worth something else"


def turn_a_sign(document):
    rows = [row["name"] for row in document["model"]["rows"]]
    at = next(at for at, name in enumerate(rows) if name.startswith("fund_budget"))
    document["proof"][0]["set"][str(at)] = "-1"
    for node in document["proof"][1:]:
        node["set"].pop(str(at), None)
    return "has the wrong sign"


def take_half(document):
    document["plan"]["start(P1,2027)"] = "0.5"
    return "must be a whole number"


def take_much(document):
    document["plan"]["start(P1,2027)"] = "2"
    return "is beyond the bounds of its column"


def free_the_columns(document):
    for column in document["model"]["columns"]:
        column["whole"] = False
    return "may be a fraction: no split"


def name_another_table(document):
    document["tables"]["programs.csv"] = "0" * 64
    return "table programs.csv is another"


def climb(document):
    document["tables"]["../certificate.json"] = "0" * 64
    return "no name of a table"


def change_a_setting(document):
    document["settings"]["min_quick_wins"] = 1
    return "not the tables' model: quick_wins()"


@pytest.mark.parametrize(
    "tamper",
    [
        change_payment, lower_bound, raise_objective, lose_a_leaf, use_a_leaf_twice, leave_nodes_apart, turn_back,
        split_unevenly, split_a_payment, forge_a_cost, forge_a_budget, drop_a_row, add_a_row, forge_a_worth,
        turn_a_sign, take_half, take_much, free_the_columns, name_another_table, climb, change_a_setting,
    ],
    ids=lambda tamper: tamper.__name__,
)  # fmt: skip
def test_what_was_tampered_with_is_refused(folder, tamper):
    document = told(folder)
    said = tamper(document)
    assert said in verdict(folder, document)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ('"NaN"', "not a decimal number"),
        ("NaN", "numbers must be text, not NaN"),
        ("Infinity", "numbers must be text"),
        ("1e400", "numbers must be text"),
        ("114.0", "numbers must be text"),
        ("114", "not a decimal number"),
        ("true", "not a decimal number"),
        ('"1e3"', "not a decimal number"),
        ('"1/3"', "not a decimal number"),
        ('"' + "9" * 16 + '"', "not a decimal number"),
        ('"0.' + "3" * 13 + '"', "not a decimal number"),
        ("9" * 5000, "a whole number is too long"),
        ('"٣"', "not a decimal number"),
        ('"114\\n"', "not a decimal number"),
        ("[" * 100_000 + "]" * 100_000, "not JSON that can be read"),
        ('"114", "bound": "1"', "a key of the JSON comes twice"),
    ],
    ids=lambda value: value[:12],
)
def test_no_number_surprises(folder, figure, said):
    text = (folder / "certificate.json").read_text(encoding="utf-8")
    assert said in verdict(folder, text.replace('"bound": "114"', f'"bound": {figure}'))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "x"}', "\x00", '{"format": "jspmodel-certificate-1"}']
)
def test_what_is_no_certificate_is_refused(folder, text):
    assert verdict(folder, text) != "passed"


def test_any_part_that_is_missing_is_told(folder):
    whole = told(folder)
    for key in whole:
        document = deepcopy(whole)
        del document[key]
        passes = key in ("made_by", "floor", "tables", "settings")
        assert (verdict(folder, document) == "passed") <= passes, key


ODD = (None, True, -1, 0, 10**9, "", "x", "-0", "999999999999999", [], {}, ["x"], {"x": "1"}, "\ud800")


def spots(value, path=()):
    """Every place in a document."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from spots(part, (*path, key))


def test_whatever_stands_anywhere_ends_in_words(folder):
    """Something odd in 150 places drawn at random: the script passes or says what is broken; it never falls over."""
    whole, draw = told(folder), np.random.default_rng(13)
    places = [path for path in spots(whole) if path]
    refused = 0
    for k in draw.integers(len(places), size=150):
        document, value = deepcopy(whole), ODD[draw.integers(len(ODD))]
        part = document
        for key in places[k][:-1]:
            part = part[key]
        part[places[k][-1]] = value
        refused += verdict(folder, document) != "passed"
    assert refused > 100


def test_a_tree_however_deep_is_walked(folder):
    """A chain of 5,000 splits of which one side is empty; the last leaf has the proof that node 0 had."""
    document = told(folder)
    chain, count = [{"set": {}} for _ in range(10_001)], 5_000
    column = next(k for k, c in enumerate(document["model"]["columns"]) if c["name"] == "start(P1,2027)")
    for k in range(count):
        chain[2 * k] |= {"split": {"column": column, "at": 1 + k}, "children": [2 * k + 2, 2 * k + 1]}
    document["proof"] = chain
    document["claim"]["bound"] = "219"  # all projects: what no multipliers prove
    assert verdict(folder, document) == "passed"


def test_a_node_with_two_parents_is_refused_before_its_ways_are_walked(folder):
    """Of 200 nodes each has the next two as its sides: more ways through them than a computer can count."""
    document = told(folder)
    chain = [{"set": {}, "split": {"column": 0, "at": 0}, "children": [k + 1, k + 2]} for k in range(198)]
    document["proof"] = [*chain, {"set": {}}, {"set": {}}]
    assert verdict(folder, document) == "the tree is not whole: a node comes again"


def test_the_script_ends_with_1_and_the_first_broken_thing(folder):
    document = told(folder)
    document["claim"]["bound"] = "113.999"
    document["case"] = "\x1b[2J"
    (folder / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    ended = run(folder)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.startswith("GAGAL: batas 113.999 tidak terbukti")
    assert "\x1b" not in ended.stdout


def test_a_zip_is_read_without_unpacking(folder, tmp_path):
    place = tmp_path / "certificate.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder))
    assert check_certificate.main([str(place)]) == 0


def test_a_table_that_was_changed_is_told(folder):
    table = folder / "tables" / "program_costs.csv"
    text = table.read_text(encoding="utf-8")
    assert "P8,build,0,10" in text
    table.write_text(text.replace("P8,build,0,10", "P8,build,0,9"), encoding="utf-8")
    assert verdict(folder, told(folder)) == "table program_costs.csv is another (SHA-256)"


def test_without_tables_it_says_so(folder, capsys):
    document = told(folder)
    document["tables"] = {}
    (folder / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    assert check_certificate.main([str(folder)]) == 0
    assert "that the rows of the model state the tables: no tables came along" in capsys.readouterr().out


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("objective", ["gap_closed", "score"])
def test_small_cases_are_proven_to_be_what_trying_every_plan_finds(seed, objective, tmp_path):
    case, scenario = random_case(seed), make_scenario(objective=objective)
    certificate = certify(case, scenario, select_programs(case, scenario))
    best = best_by_trying(case, scenario)
    assert certificate.bound == pytest.approx(best, abs=1e-6)
    assert certificate.objective == pytest.approx(best, abs=1e-6)
    check_certificate.check(certificate.write(tmp_path / "c"))


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 6, 7, 9, 13, 18, 21])
def test_the_script_states_every_rule_as_the_model_does(seed, tmp_path):
    case, scenario = ruled_case(seed), ruled_scenario(seed, objective=("gap_closed", "score")[seed % 2])
    plan = select_programs(case, scenario)
    said = check_certificate.check(certify(case, scenario, plan).write(tmp_path / "c"))
    assert any("give the same model" in english for _, english in said)


def test_the_script_reads_rules_of_a_fund_that_only_forbid_as_the_model_does(tmp_path):
    case, scenario = random_case(0), make_scenario()
    plan = select_programs(case, scenario)
    (fund,), program = set(case.funds["fund"]), plan.selected[0].program
    forbids = {"fund_rules": rows("fund program max_share", (fund, program, 0.0))}
    tables = {name: table for name, table in case.tables().items() if len(table)}
    ruled = build_case(case.name, {**tables, **forbids})
    best = best_by_trying(ruled, scenario)
    assert 0 < best < plan.objective  # the fund pays for all else, and that programme is no more
    certificate = certify(ruled, scenario, select_programs(ruled, scenario))
    assert certificate.objective == pytest.approx(best, abs=1e-6)
    check_certificate.check(certificate.write(tmp_path / "c"))


@pytest.mark.parametrize(
    "rules",
    [
        [("", 1.0), ("P0", 0.0)],
        [("", 0.0), ("P0", 1.0), ("P1", 1.0)],
        [("", 0.0)],
    ],
)
def test_the_script_reads_a_rule_for_all_as_the_model_does(rules, tmp_path):
    """It holds for what no other row names: the fund pays for all but P0, for P0 and P1 alone, for nothing."""
    case, scenario = random_case(0), make_scenario()
    (fund,) = set(case.funds["fund"])
    tables = {name: table for name, table in case.tables().items() if len(table)}
    tables["fund_rules"] = rows("fund program max_share", *((fund, *rule) for rule in rules))
    ruled = build_case(case.name, tables)
    best = best_by_trying(ruled, scenario)
    plan = select_programs(ruled, scenario)
    assert plan.objective == pytest.approx(best, abs=1e-6)
    assert (best > 0) == (len(rules) > 1)
    check_certificate.check(certify(ruled, scenario, plan).write(tmp_path / "c"))


def test_an_equity_floor_is_a_constant(tmp_path):
    case, scenario = unequal(), make_scenario(equity={"mode": "floor", "floor": 0.4})
    plan = select_programs(case, scenario)
    certificate = certify(case, scenario, plan)
    assert certificate.floor == pytest.approx(plan.equity.floor, abs=1e-5)
    assert certificate.floor <= plan.equity.floor
    said = check_certificate.check(certificate.write(tmp_path / "c"))
    assert any("The equity rule is checked as a constant" in english for _, english in said)
    document = told(tmp_path / "c")
    document["floor"] = "0"
    assert "worst() has other bounds" in verdict(tmp_path / "c", document)


def test_less_effort_claims_less(knapsack):
    """Without effort for splits the certificate claims what one set of multipliers proves: the relaxation."""
    case, scenario, plan, _ = knapsack
    certificate = certify(case, scenario, plan, effort=1e-9)
    # Best value per cost first: projects 1, 9, 2, 10 and 4 cost 15, then a third of project 7 fits: 106 + 9.
    assert (certificate.leaves, certificate.bound) == (1, 115)
    assert certificate.gap == pytest.approx(1 / 114)


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """DIY with a plan of very little effort, and its certificate."""
    case, scenario = jsp.load("diy/scenarios/no-equity.yaml")
    plan = select_programs(case, scenario.replace({"solver.effort": 0.001}))
    certificate = certify(case, scenario, plan, effort=0.03)
    return plan, certificate, certificate.write(tmp_path_factory.mktemp("diy") / "certificate")


def test_a_province_is_certified_for_what_its_leaves_prove(province):
    plan, certificate, place = province
    assert certificate.objective == pytest.approx(plan.objective, abs=2e-9)
    assert certificate.objective < certificate.bound < 36.3  # the relaxation: 36.21
    assert certificate.leaves > 1
    assert len(certificate.document) < 5_000_000
    said = check_certificate.check(place)
    assert any("row by row" in english and "delivered 125" in english for _, english in said)


def test_payments_that_miss_by_a_hair_are_mended(knapsack):
    case, scenario, plan, certificate = knapsack
    payments = tuple(
        payment.model_copy(update={"amount": payment.amount + (1e-7 if k % 2 else -1e-7)})
        for k, payment in enumerate(plan.funding)
    )
    mended = certify(case, scenario, plan.model_copy(update={"funding": payments}))
    assert json.loads(mended.document)["plan"] == json.loads(certificate.document)["plan"]


def test_a_plan_of_other_settings_is_refused(knapsack):
    case, scenario, plan, _ = knapsack
    other = scenario.replace(locked_out=["P1"])
    with pytest.raises(SolverError) as error:
        certify(case, other, plan)
    assert error.value.problems[0].code == "plan_of_other_settings"


def test_a_plan_that_costs_more_than_there_is_is_refused(knapsack):
    _, scenario, plan, _ = knapsack
    with pytest.raises(SolverError) as error:
        certify(published(16), scenario, plan)
    problem = error.value.problems[0]
    assert (problem.code, problem.values["amount"]) == ("not_payable_exactly", "1")


def test_a_plan_that_breaks_a_rule_is_refused_by_the_name_of_its_row(knapsack):
    """Project 1 is locked in, and the plan of another scenario has it not."""
    case, scenario, _, _ = knapsack
    plan = select_programs(case, scenario.replace(locked_out=["P1"]))
    with pytest.raises(SolverError) as error:
        certify(case, scenario.replace(locked_in=["P1"]), plan)
    problem = error.value.problems[0]
    assert (problem.code, problem.values) == ("plan_not_exact", {"name": "locked_in(P1)"})


def test_a_full_folder_is_not_written_to(knapsack, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    for place, code in (
        (tmp_path, "folder_not_empty"),
        (tmp_path / "mine.txt", "exists_already"),
        (tmp_path / "mine.txt" / "below", "not_writable"),
    ):
        with pytest.raises(DataError) as error:
            knapsack[-1].write(place)
        assert [problem.code for problem in error.value.problems] == [code]


def test_no_half_a_certificate_stays(knapsack, tmp_path, monkeypatch):
    """Or another try would find the folder in its way."""
    write = Path.write_bytes

    def full(self, data):
        if self.name == "certificate.json":
            raise OSError("no space left")
        return write(self, data)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        with pytest.raises(DataError, match=r"proof"):
            knapsack[-1].write(tmp_path / "proof")
    assert not list(tmp_path.iterdir())
    assert knapsack[-1].write(tmp_path / "proof").is_dir()


def test_the_same_plan_has_the_same_certificate(knapsack):
    case, scenario, plan, certificate = knapsack
    assert certify(case, scenario, plan).document == certificate.document
