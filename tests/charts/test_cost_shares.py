"""The chart and tables of shares on the case of tests/small_decision.py: A pays 9 and B 5 by either solution.

Population 3 : 1 shares 14 as 10.5 and 3.5, impact 6 : 1 as 12 and 2; alone A would pay 14 and B 10.
"""

import pytest

from hand import rows
from jspmodel import charts, tables
from jspmodel.charts.render import svg
from jspmodel.collaboration import share_costs
from jspmodel.errors import DataError
from jspmodel.figures import group, leaves, saving
from jspmodel.scenario import Scenario
from small_decision import small_case, small_plan
from told import assert_worded


def drawn(language="id", program="", plan=None, **tables):
    case, scenario = small_case(**tables), Scenario()
    sharing = share_costs(case, scenario, plan or small_plan())
    return case, sharing, charts.cost_shares(case, scenario, sharing, language, program).to_dict()


def values(spec, field):
    return [row[field] for data in spec["datasets"].values() for row in data if field in row]


BY_VOLUME = rows("program region volume", ("P", "A", 0.0), ("P", "B", 5.0))


def test_shares_side_by_side():
    _, _, spec = drawn()
    message = spec["usermeta"]["jspmodel"]
    assert message["table"]["columns"] == [
        "Daerah", "Bagian sendiri", "Bila sendiri", "Shapley", "Nukleolus", "Menurut penduduk", "Menurut dampak",
    ]  # fmt: skip
    assert [list(row) for row in message["table"]["rows"]] == [
        ["Alfa", "4,0", "14,0", "9,0", "9,0", "10,5", "12,0"],
        ["Beta", "0,0", "10,0", "5,0", "5,0", "3,5", "2,0"],
        ["Lebih baik keluar", "", "", *["tidak ada"] * 4],
    ]
    assert "dengan cara apa pun" in message["title"]
    assert "2028" in message["note"]
    assert 'class="mark-' in svg(spec)


def test_bars_show_the_share_beside_the_cost_alone():
    _, _, spec = drawn()
    cells = [row for data in spec["datasets"].values() for row in data if {"whole", "part"} <= set(row)]
    alfa = next(row for row in cells if row["text"] == "10,5")
    assert (alfa["column"], alfa["row"]) == (2, 0)
    assert alfa["whole"] - 2 == pytest.approx(0.9)
    assert alfa["part"] - 2 == pytest.approx(0.9 * 10.5 / 14)


@pytest.mark.parametrize(("language", "who"), [("id", "Beta menghemat"), ("en", "Beta would save")])
def test_who_would_rather_leave_is_named(language, who):
    case, sharing, spec = drawn(language, program_regions=BY_VOLUME)
    four = {"id": "Rp4 miliar", "en": "Rp 4 billion"}[language].replace(" ", "\N{NO-BREAK SPACE}")
    assert f"{who} {four}" in spec["usermeta"]["jspmodel"]["title"]
    assert leaves(case, sharing, "P", "volume", language) == f"{who} {four}"
    assert any(name.endswith("*") for name in values(spec, "name"))
    assert " ".join(spec["title"]["text"]) == spec["usermeta"]["jspmodel"]["title"]


def test_a_small_gain_is_not_called_nothing():
    assert saving(0.004, "en").replace("\N{NO-BREAK SPACE}", " ") == "less than Rp 0.1 billion"


def test_many_that_would_leave_are_counted():
    case = small_case(regions=rows("region name population", *((code, code, 1) for code in "ABCDEF")))
    assert group(case, ["A", "B"], "en") == "A and B"
    assert group(case, list("ABCDEF"), "en") == "6 regions"


def test_no_joint_programme_can_be_told_too():
    nothing = tuple(item.model_copy(update={"regions": item.regions[:1]}) for item in small_plan().programs)
    case, sharing, spec = drawn(plan=small_plan(programs=nothing))
    assert spec["usermeta"]["jspmodel"]["title"].startswith("Tidak ada program")
    assert svg(spec).startswith("<svg")
    assert tables.sharing_table(case, sharing, "id").html
    assert tables.shares_table(case, sharing, "id").html


def test_a_programme_that_is_not_joint_is_refused():
    with pytest.raises(DataError, match="Q") as caught:
        drawn(program="Q")
    assert [problem.code for problem in caught.value.problems] == ["program_not_shared"]
    assert_worded(caught.value.problems)


def test_names_from_tables_stay_text():
    evil = '</script><script>alert(1)</script>"&'
    regions = rows("region name population", ("A", evil, 3), ("B", "Beta", 1))
    case, sharing, spec = drawn(regions=regions)
    assert "<script" not in svg(spec)
    assert "<script" not in tables.shares_table(case, sharing, "id").html


def test_advice_with_its_reason():
    case, sharing, _ = drawn()
    html = tables.sharing_table(case, sharing, "en").html.replace("\N{NO-BREAK SPACE}", " ")
    assert "P Waste treatment" in html
    assert "the shared Rp 10 billion in equal parts" in html
    assert "1 joint programmes cost Rp 14 billion, Rp 10 billion of it shared." in html
    assert "the Shapley value for 1, the nucleolus for 0. If population decided" in html


@pytest.mark.parametrize(
    ("count", "own", "share", "said"),
    [(4, 11.0, 6.0, "A: pays less than its own part"), (6, 4.0, -11.0, "A: receives money")],
)
def test_a_region_that_brings_others_over_the_threshold_may_pay_little(count, own, share, said):
    # A brings 9 of the 10 asked for, each of the others 1. Of the shared 10 A adds 1, 0, -1, -2 ... times as much
    # as first, second, third ...: nothing on average beside two others, so that it pays its own 4; beside three
    # -0.5 times, beside five -1.5 times: it receives 11. With 11 of its own it would pay 6 beside three.
    codes = list("ABCDEF"[:count])
    regions = rows("region name population", *((code, code, 1) for code in codes))
    volumes = rows("program region volume", ("P", "A", 9.0), *(("P", code, 1.0) for code in codes[1:]))
    programs = rows(
        "program name_id duration scope min_volume",
        ("P", "P", 2, "joint", 10.0),
        ("Q", "Q", 1, "province", None),
    )
    costs = rows(
        "program region kind offset amount", ("P", "", "build", 0, 10.0), ("P", "A", "build", 1, own)
    )
    joint = small_plan().programs[0].model_copy(update={"regions": tuple(codes)})
    case, sharing, _ = drawn(
        plan=small_plan(programs=(joint,)),
        regions=regions,
        program_regions=volumes,
        programs=programs,
        program_costs=costs,
    )
    paid = sharing.shares.set_index(["method", "region"])["share"]
    assert paid["shapley", "A"] == pytest.approx(share)
    assert said in tables.sharing_table(case, sharing, "en").html


def test_a_game_of_ones_own_tells_in_words_who_would_rather_leave():
    """Of the six orders A adds 8, 8, 4, 6, 5, 5: 6 on average; A and B pay 9 + 3, 10 alone."""
    costs = {"A": 8, "B": 6, "C": 5, "AB": 10, "AC": 11, "BC": 9, "ABC": 14}
    game = {tuple(coalition): cost for coalition, cost in costs.items()}
    shares = {"shapley": {"A": 6.0, "B": 4.0, "C": 4.0}, "volume": {"A": 9.0, "B": 3.0, "C": 2.0}}
    html = tables.game_table(game, shares, "en").html
    assert "A and B would save 2.00" in html
    assert "nobody" in html
    assert "True" not in html
