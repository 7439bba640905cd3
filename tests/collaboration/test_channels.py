"""Money's way: authority, payer and channel, one row a rule."""

import pytest

from hand import rows
from jspmodel.collaboration import certainty_shares, money_channels
from jspmodel.intake.tables import build_case
from jspmodel.plan import Payment, PlannedProgram
from small_decision import small_plan

TABLES = {
    "regions": rows("region name", ("A", "A")),
    "programs": rows(
        "program name_id duration authority", ("prov", "p", 1, "province"), ("reg", "r", 1, "region"),
        ("both", "b", 1, "shared"), ("cent", "c", 1, "central"), ("none", "n", 1, ""),
    ),
    "funds": rows(
        "fund name_id holder kind certainty", ("apbd", "f", "", "APBD", "agreed"), ("a", "f", "A", "APBD", "agreed"),
        ("bkk", "f", "", "BKK", ""), ("csr", "f", "", "CSR/TJSL", "pledge"), ("kpbu", "f", "A", "kpbu", "expected"),
        ("hibah", "f", "", "Hibah", "expected"), ("dais", "f", "", "Danais", "expected"),
    ),
}  # fmt: skip

WAYS = [
    ("prov", "apbd", "province", "own", False),
    ("prov", "a", "region", "bkk", True),
    ("reg", "a", "region", "own", False),
    ("reg", "apbd", "province", "bkk", True),
    ("reg", "dais", "province", "bkk", True),
    ("reg", "bkk", "province", "bkk", False),
    ("reg", "hibah", "province", "hibah", False),
    ("reg", "csr", "partner", "partner", False),
    ("prov", "kpbu", "partner", "partner", False),
    ("both", "apbd", "province", "own", False),
    ("both", "a", "region", "own", False),
    ("cent", "apbd", "province", "hibah", True),
    ("cent", "a", "region", "hibah", True),
    ("none", "apbd", "province", "unknown", False),
    ("none", "csr", "partner", "partner", False),
]


def channels(*payments):
    programs = tuple(
        PlannedProgram(program=program, selected=True, start=2027)
        for program in dict.fromkeys(payment.program for payment in payments)
    )
    plan = small_plan(programs=programs, funding=payments)
    return money_channels(build_case("c", TABLES), plan)


def pay(program, fund, amount=1.0, year=2027):
    return Payment(program=program, fund=fund, year=year, amount=amount)


@pytest.mark.parametrize(("program", "fund", "payer", "channel", "agreement"), WAYS)
def test_every_way(program, fund, payer, channel, agreement):
    (row,) = channels(pay(program, fund)).itertuples()
    assert (row.payer, row.channel, row.agreement) == (payer, channel, agreement)


def test_years_are_added_up():
    (row,) = channels(pay("reg", "a", 2, 2027), pay("reg", "a", 3, 2028)).itertuples()
    assert row.amount == 5


def test_how_much_hangs_on_promises():
    paid = channels(pay("reg", "a", 5), pay("both", "dais", 2), pay("reg", "csr", 1), pay("reg", "bkk", 2))
    # A fund that says nothing of its certainty counts as expected.
    assert certainty_shares(paid).to_dict() == {"agreed": 0.5, "expected": 0.4, "pledge": 0.1}


def test_nothing_paid_nothing_promised():
    assert certainty_shares(channels()).to_dict() == {"agreed": 0, "expected": 0, "pledge": 0}
