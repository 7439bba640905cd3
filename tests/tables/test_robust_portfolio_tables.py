"""What the table on core, borderline and exterior programmes tells, in both languages: the published case."""

import re
from dataclasses import replace

import pytest

from jspmodel import tables
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternatives,
    Explanation,
    Importance,
    NondominatedPortfolio,
    ProgramRole,
    RobustPortfolios,
    robust_portfolios,
)
from jspmodel.tables.robust_portfolio_tables import core_answer
from selection.postoptimal.published import by_score, published

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def solved():
    case, scenario = published(), by_score()
    return case, scenario, select_programs(case, scenario)


def explained(roles):
    return Explanation(
        Importance(114, 114, 114, ()), Alternatives(0.02, 114, (), 0, True, (), ()), roles=roles
    )


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def both(case, plan, roles):
    found = explained(roles)
    return told(tables.core_table(case, plan, found, "en")), told(tables.core_table(case, plan, found, "id"))


# By trying every subset of the published case at the ends of the intervals: how many portfolios, core, exterior.
PUBLISHED = [(0.1, 1, 5, 5), (0.2, 3, 3, 4), (0.3, 6, 1, 2), (0.4, 16, 0, 0)]


@pytest.mark.parametrize(("spread", "portfolios", "core", "exterior"), PUBLISHED)
def test_the_published_case(solved, spread, portfolios, core, exterior):
    case, scenario, plan = solved
    english, indonesian = both(case, plan, robust_portfolios(case, scenario, plan, spread, workers=1))
    percent = f"{round(100 * spread)}%"
    assert f"Each score may lie up to {percent} below or above the table" in english
    assert f"Setiap skor boleh sampai {percent} di bawah atau di atas tabel" in indonesian
    if core or exterior:
        assert english.startswith(
            f"Proven, as long as no score is off by more than {percent}: {core} of 10 programmes are core"
        )
        assert f"{core} dari 10 program termasuk inti" in indonesian
        assert f"dan {exterior} di luar" in indonesian
    else:
        assert english.startswith(
            "Proven, where scores may be off by up to 40%: each of the 10 programmes is in some"
        )
        assert "masing-masing dari 10 program ada dalam sebagian rencana yang baik" in indonesian
    if portfolios == 1:
        assert "Proven: one choice of programmes is good" in english
        assert "Within this range no argument about scores changes the choice of programmes." in english
        assert "perdebatan tentang skor tidak mengubah pilihan program" in indonesian
    else:
        assert f"Proven: there are {portfolios} good choices of programmes and no others." in english
        assert f"Terbukti: ada {portfolios} pilihan program yang baik, dan tidak ada yang lain." in indonesian
    assert "there may be one" not in english


def test_what_is_worth_arguing_about_and_what_each_choice_is_worth(solved):
    """At 20 percent: {1, 2, 4, 7, 9} for {1, 2, 7, 9, 10} gives 19 for 24 points, so may be ahead by 22.8 - 19.2."""
    case, scenario, plan = solved
    english, indonesian = both(case, plan, robust_portfolios(case, scenario, plan, 0.2, workers=1))
    assert "better data on their scores could decide (3): P4 P4, P7 P7, and P10 P10." in english
    assert (
        "data yang lebih baik tentang skornya dapat memutuskan (3): P4 P4, P7 P7, dan P10 P10." in indonesian
    )
    assert "P9 P9 yes core 100% 3 of 3" in english
    assert "P4 P4 no borderline 66.7% 2 of 3" in english
    assert "P3 P3 no exterior 0% 0 of 3" in english
    assert "P4 P4 tidak ambang 66,7% 2 dari 3" in indonesian
    assert "Choice 1 91.20 136.80 3.60 – –" in english  # 0.8 and 1.2 times 114
    assert "Choice 2 87.20 130.80" in english  # 18 + 20 + 19 + 27 + 25 = 109
    assert "P10 P4" in english[english.index("Choice 2") : english.index("Choice 3")]


def role(program, kind, least=0.0, most=1.0, known_in=0):
    return ProgramRole(program, kind, least, most, known_in)


def roles_of(*programs, about="scores", spread=0.2, complete=False, portfolios=1):
    some = tuple(
        NondominatedPortfolio((f"P{k % 9 + 1}",), (), 1.0, 2.0, 3.0, 0.111) for k in range(portfolios)
    )
    return RobustPortfolios(about, spread, complete, some, programs)


def test_what_is_not_known_is_not_told_as_none(solved):
    case, _, plan = solved
    some = roles_of(role("P9", "open", known_in=1), role("P3", "open"), role("P1", "core", 1.0, 1.0, 1))
    english, indonesian = both(case, plan, some)
    assert "1 of 3 programmes are core (in every good plan) and 0 exterior" in english
    assert (
        "Good choices of programmes found: 1. No other was found; there may be one all the same." in english
    )
    assert "Pilihan lain tidak ditemukan; mungkin tetap ada." in indonesian
    assert (
        "Not known yet (2), more effort can decide, such as --set solver.effort=thorough: P9 P9 and P3 P3."
        in english
    )
    assert "P9 P9 yes core or borderline 0% to 100% 1 of 1" in english
    assert "P3 P3 no borderline or exterior 0% to 100% 0 of 1" in english
    assert "P9 P9 ya inti atau ambang 0% sampai 100% 1 dari 1" in indonesian
    assert "no argument about scores" not in english


def test_a_search_that_ended_at_once_says_so(solved):
    case, _, plan = solved
    english, indonesian = both(case, plan, roles_of(role("P9", "open"), portfolios=0))
    assert english.startswith(
        "Where scores may be off by up to 20%, it is not yet known of any programme whether"
    )
    assert "The search ended before it knew one good choice of programmes." in english
    assert (
        "<table"
        not in tables.core_table(case, plan, explained(roles_of(role("P9", "open"), portfolios=0)), "id").html
    )
    assert indonesian.startswith("Bila skor dapat meleset sampai 20%, belum diketahui")
    many = roles_of(*(role(f"P{k % 10 + 1}", "open") for k in range(13)), portfolios=0)
    assert "Of 13 programmes it is not known yet; more effort" in both(case, plan, many)[0]
    locked = roles_of(role("P9", "exterior", 0.0, 0.0), role("P3", "open"), portfolios=0)
    assert "P3 P3 no not known yet 0% to 100% 0 of 0" in both(case, plan, locked)[0]


def test_a_core_index_near_one_is_not_told_as_one(solved):
    """2,999 of 3,000: 99.97 percent, which would be told as 100.0; and one of 3,000."""
    case, _, plan = solved
    near = (role("P9", "borderline", 2999 / 3000, 2999 / 3000), role("P3", "borderline", 1 / 3000, 1 / 3000))
    english, _ = both(case, plan, roles_of(*near, complete=True))
    assert "P9 P9 yes borderline 99.9%" in english
    assert "P3 P3 no borderline 0.1%" in english


def test_a_plan_that_is_not_one_of_the_good_ones_is_told(solved):
    """The plan has 1, 2, 7, 9, 10."""
    case, _, plan = solved
    english, indonesian = both(
        case, plan, roles_of(role("P3", "core", 1.0, 1.0, 1), role("P9", "exterior", 0.0, 0.0), complete=True)
    )
    assert "Every good plan has P3 P3; this plan has not. Another plan is at least as good" in english
    assert "This plan has P9 P9; no good plan has." in english
    assert "Setiap rencana yang baik memuat P3 P3; rencana ini tidak." in indonesian


def test_weights_and_a_spread_that_is_no_whole_percent(solved):
    case, _, plan = solved
    aside = role("P2", "not_judged", None, None)
    one = roles_of(role("P9", "core", 1.0, 1.0, 1), aside, about="weights", spread=0.125, complete=True)
    english, indonesian = both(case, plan, one)
    assert english.startswith("Proven, as long as no weight of a criterion is off by more than 12.5%: 1 of 1")
    assert "selama tidak ada bobot kriteria yang meleset lebih dari 12,5%" in indonesian
    assert "Not judged, as they add nothing by themselves and can only serve others (1): P2 P2." in english
    assert "P2 P2 yes not judged – 0 of 1" in english
    none = roles_of(aside, about="weights", complete=True)
    assert both(case, plan, none)[0].startswith("No programme has an effect that counts")
    assert both(case, plan, roles_of(aside, complete=True))[1].startswith("Tidak ada program yang berskor")
    assert "no argument" not in both(case, plan, none)[0]


def test_many_choices_are_cut_and_that_is_said(solved):
    case, _, plan = solved
    english, _ = both(case, plan, roles_of(role("P9", "core", 1.0, 1.0, 13), portfolios=13))
    assert "Choice 12 1.00 3.00 0.12" in english  # 0.111, rounded up
    assert "Choice 13" not in english
    assert "Good choices: the first 12 of 13 that were found are shown." in english


def test_names_are_escaped(solved):
    case, _, plan = solved
    names = case.programs["name_id"].where(case.programs["program"] != "P9", EVIL)
    evil = replace(case, programs=case.programs.assign(name_id=names))
    shown = tables.core_table(evil, plan, explained(roles_of(role("P9", "borderline", known_in=1))), "id")
    assert "<script>" not in shown.html
    assert "alert(1)" in shown.html


def test_without_an_answer_a_notebook_shows_nothing(solved):
    case, _, plan = solved
    assert tables.core_table(case, plan, None, "id") is None
    assert tables.core_table(case, plan, explained(None), "en") is None
    with pytest.raises(ValueError, match="no roles"):
        core_answer(case, plan, explained(None), "en")
