"""Who pays and who bears, against figures worked out by hand."""

from itertools import cycle

import pytest

from hand import TABLES as HAND
from hand import rows
from jspmodel import measure
from jspmodel.collaboration import fund_source, payer_accounts
from jspmodel.intake import load, shipped
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment, PlannedProgram
from jspmodel.scenario import Scenario
from small_decision import small_plan

TABLES = {
    **HAND,
    "program_links": rows("program other kind"),
    "program_effects": rows("program issue effect", ("P", "w", 0.5)),
    "programs": rows(
        "program name_id duration scope", ("P", "p", 1, "joint"), ("S", "s", 1, "joint"), ("V", "v", 1, "province")
    ),
    "program_regions": rows("program region", ("P", "A"), ("P", "B"), ("S", "A")),
    "program_costs": rows(
        "program region kind offset amount",
        ("P", "", "build", 0, 10.0), ("P", "A", "build", 0, 4.0), ("S", "", "build", 0, 3.0),
        ("S", "A", "build", 0, 1.0), ("V", "", "build", 0, 2.0), ("V", "B", "build", 0, 1.0),
    ),
    "funds": rows(
        "fund name_id holder kind", ("apbd", "f", "", "APBD"), ("a", "f", "A", "APBD"), ("b", "f", "B", ""),
        ("csr", "f", "", "CSR"), ("dais", "f", "", "Danais"), ("kpbu", "f", "A", "KPBU"),
    ),
    "fund_budgets": rows("fund year amount", *((f, 2027, 9.0) for f in ("apbd", "a", "b", "csr", "dais", "kpbu"))),
}  # fmt: skip
PAID = (
    ("P", "apbd", 6.0), ("P", "a", 5.0), ("P", "b", 1.0), ("P", "csr", 2.0),
    ("S", "a", 1.0), ("S", "kpbu", 3.0), ("V", "b", 2.0), ("V", "dais", 1.0),
)  # fmt: skip


def paid_plan(payments=PAID):
    joined = {"P": ("A", "B"), "S": ("A",), "V": ("A", "B")}
    return small_plan(
        programs=tuple(
            PlannedProgram(program=code, selected=True, start=2027, regions=regions)
            for code, regions in joined.items()
        ),
        funding=tuple(Payment(program=p, fund=f, year=2027, amount=amount) for p, f, amount in payments),
    )


def accounts(level="province"):
    return payer_accounts(build_case("c", TABLES, level=level), Scenario(), paid_plan())


def test_by_payer():
    # Joint P costs 14: on A its 4 and half of 10, on B half of 10. S is A's alone. V pays 2 once, and 1 in B.
    # A pays 5 of its 9 in P and 1 of its 4 in S; B pays 1 of 5 in P, and 2 in V where 1 falls on it.
    found = accounts().payers
    assert found.to_dict("split")["data"] == [
        # payer, region, held, own, joint, other, given, received
        ["region", "A", 9.0, 6.0, 9.0, 4.0, 0.0, 7.0],
        ["region", "B", 3.0, 3.0, 5.0, 1.0, 1.0, 4.0],
        ["province", "", 9.0, 6.0, 0.0, 2.0, 6.0, 2.0],
        ["central", "", 0.0, 1.0, 0.0, 0.0, 1.0, 0.0],
        ["partner", "", 0.0, 5.0, 0.0, 0.0, 5.0, 0.0],
    ]
    assert list(found.columns) == ["payer", "region", "held", "own", "joint", "other", "given", "received"]


def test_by_programme():
    found = accounts().programs.set_index(["program", "payer", "region"])
    assert found.loc[("V", "province", ""), ["own", "other", "received"]].tolist() == [0.0, 2.0, 2.0]
    assert found.loc[("V", "region", "B"), ["own", "other", "given"]].tolist() == [2.0, 1.0, 1.0]
    assert found.loc[("S", "partner", ""), ["held", "own", "given"]].tolist() == [0.0, 3.0, 3.0]


def test_in_a_city_all_falls_on_the_city():
    # Of 21, 1 is the centre's and 5 are partners'.
    assert accounts("city").payers.to_dict("split")["data"] == [
        ["province", "", 21.0, 15.0, 0.0, 21.0, 0.0, 6.0],
        ["central", "", 0.0, 1.0, 0.0, 0.0, 1.0, 0.0],
        ["partner", "", 0.0, 5.0, 0.0, 0.0, 5.0, 0.0],
    ]


def test_nothing_is_paid_by_an_empty_plan():
    found = payer_accounts(build_case("c", TABLES), Scenario(), small_plan(programs=(), funding=()))
    assert found.programs.empty
    assert found.payers["payer"].tolist() == ["region", "region", "province", "central", "partner"]
    assert found.payers.sum(numeric_only=True).sum() == 0.0


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("APBD", "own"), ("APBD kelurahan", "own"), ("BKK", "own"), ("", "own"), ("Hibah", "own"),
        ("Danais", "central"), ("DAK fisik", "central"), ("APBN", "central"), ("Transfer pusat", "central"),
        ("CSR/TJSL", "partner"), ("kpbu", "partner"), ("Mitra komunitas (natura)", "partner"),
    ],
)  # fmt: skip
def test_whose_money_a_kind_of_fund_is(kind, source):
    assert fund_source(kind) == source


def everything(case, scenario):
    """A plan of all that is proposed, at once and wherever it may be, each fund paying one programme in turn."""
    years, where = measure.horizon(case, scenario), measure.eligible_regions(case)
    programs = tuple(
        PlannedProgram(program=code, selected=True, start=years[0], regions=where[code])
        for code in case.programs["program"]
    )
    payments = [
        Payment(program=item.program, fund=fund, year=year, amount=amount)
        for item, fund in zip(programs, cycle(case.funds["fund"]), strict=False)
        for year, amount in measure.yearly_costs(
            case, Choice(program=item.program, start=years[0], regions=item.regions), years
        ).sum().items()
    ]  # fmt: skip
    return small_plan(programs=programs, funding=tuple(payments))


@pytest.mark.parametrize("name", ["bali", "diy", "jateng", "kalsel", "kota-yogyakarta"])
def test_in_every_shipped_case_the_sums_agree(name):
    case, scenario = load(str(shipped("data") / name))
    plan = everything(case, scenario)
    found = payer_accounts(case, scenario, plan)
    for table in (found.payers, found.programs):
        burden, moved = table["joint"] + table["other"], table["received"] - table["given"]
        assert (table["own"] + moved).tolist() == pytest.approx(burden.tolist(), abs=1e-9)
        for paid in (table["held"], table["own"], burden):
            assert paid.sum() == pytest.approx(plan.cost, rel=1e-9)
        assert moved.sum() == pytest.approx(0.0, abs=1e-6)
    by_program = found.programs.groupby("program")
    assert by_program["given"].sum().tolist() == pytest.approx(
        by_program["received"].sum().tolist(), abs=1e-6
    )
    assert (found.payers["own"] >= 0).all()
