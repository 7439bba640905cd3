"""What the table on who is right whatever the effects turn out to be tells, in both languages; values by hand."""

import re
from dataclasses import replace

import pytest

from jspmodel import tables
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternatives,
    Certainty,
    Explanation,
    Importance,
    ProgramCertainty,
    Witness,
    surely_in,
)
from jspmodel.tables.uncertain_effect_tables import certainty_answer
from selection.small import make_scenario, one_place, rows

EVIL = "<script>alert(1)</script>"


def rivals(low, mode, high):
    """X brings 0.2 for sure, Y something; there is money for one of them, and always for Z; U is too dear."""
    ranges = [("X", 0.2, 0.2, 0.2), ("Y", mode, low, high), ("Z", 0.05, 0.05, 0.05), ("U", 0.2, 0.1, 0.4)]
    return one_place(
        [("X", 0, 4), ("Y", 0, 4), ("Z", 0, 1), ("U", 0, 9)],
        budget=5,
        program_effects=rows("program issue effect low high", *((p, "w", *ends) for p, *ends in ranges)),
    )


@pytest.fixture(scope="module")
def crossing():
    case, scenario = rivals(0.1, 0.25, 0.4), make_scenario()
    plan = select_programs(case, scenario)
    return case, plan, surely_in(case, scenario, plan, workers=1)


def explained(certainty):
    none = Alternatives(0.02, 1, (), 0, True, (), ())
    return Explanation(Importance(1, 1, 1, ()), none, certainty=certainty)


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def both(case, plan, certainty):
    found = explained(certainty)
    return told(tables.certainty_table(case, plan, found, "en")), told(
        tables.certainty_table(case, plan, found, "id")
    )


def test_the_effects_that_show_that_it_depends(crossing):
    """Y is in the plan with Z. At 0.1 the best with it closes 15 percent, X in its place 25: 10 are lost. The plan
    refuses X and U; U never fits."""
    english, indonesian = both(*crossing)
    assert english.startswith(
        "Proven, whatever the effects turn out to be within their ranges: 1 of 2 programmes of the plan are surely in and 1 of 2 refused"
    )
    assert indonesian.startswith(
        "Terbukti, berapa pun besarnya dampak dalam rentangnya: 1 dari 2 program dalam rencana pasti masuk, dan 1 dari 2"
    )
    for line in ("Z in surely in", "U not in surely out", "Y in depends", "X not in depends"):
        assert f"{line[0]} {line}" in english
    for line in ("Z masuk pasti masuk", "U tidak masuk pasti keluar", "Y masuk bergantung"):
        assert f"{line[0]} {line}" in indonesian
    assert "Y Y Y on Sampah: 10.0% in: X; out: Y 25.00 15.00" in english
    assert "Y Y Y pada Sampah: 10,0% masuk: X; keluar: Y 25,00 15,00" in indonesian
    assert "Of 4 effects 2 have no range and count as certain" in english


def item(
    program,
    verdict,
    *,
    selected=True,
    least=None,
    most=None,
    witness=None,
    drawn=0,
    draws=0,
    share=(None, None),
):
    return ProgramCertainty(program, selected, verdict, least, most, witness, drawn, draws, *share)


def test_where_nothing_is_known_a_sentence_says_so_and_no_table(crossing):
    case, plan, _ = crossing
    english, indonesian = both(case, plan, Certainty(tuple(item(code, "open") for code in "XYZU")))
    assert english == (
        "With this effort it is not yet known of any of the 4 programmes whether what the plan does with it is right whatever the effects turn out to be."
    )
    assert indonesian.startswith(
        "Dengan upaya penghitungan ini belum diketahui tentang satu pun dari 4 program"
    )
    assert (
        "<table"
        not in tables.certainty_table(case, plan, explained(Certainty((item("X", "open"),))), "id").html
    )


def test_draws_stand_beside_with_the_error_of_drawing(crossing):
    """Of 0 of 1,000 draws the share is up to 0.383 percent (Wilson), rounded up; of all 1,000 from 99.617 percent."""
    case, plan, _ = crossing
    some = Certainty(
        (
            item("X", "open", selected=False, draws=1000, share=(0.0, 0.00383)),
            item("Y", "open", drawn=1000, draws=1000, share=(0.99617, 1.0)),
            item("Z", "open", drawn=237, draws=1000, share=(0.21163, 0.26438)),
        )
    )
    english, indonesian = both(case, plan, some)
    assert "What is left are draws, which prove nothing" in english
    assert "X X not in 0 of 1,000 0% to 0.4%" in english
    assert "Y Y in 1,000 of 1,000 99.6% to 100%" in english
    assert "Z Z in 237 of 1,000 21.1% to 26.5%" in english
    assert "X X tidak masuk 0 dari 1.000 0% sampai 0,4%" in indonesian
    assert "0 of 1,000 still allows for up to 0.4%" in english
    assert "surely in" not in english.lower()
    many = Certainty((item("Y", "surely_in"), *(item("X", "open") for _ in range(13))))
    assert "Of 13 programmes it is not known yet." in both(case, plan, many)[0]


def test_what_is_open_beside_what_is_proven(crossing):
    case, plan, _ = crossing
    some = Certainty(
        (item("X", "open", selected=False), item("Y", "surely_in", most=-0.5), item("Z", "open"))
    )
    english, indonesian = both(case, plan, some)
    assert "1 of 2 programmes of the plan are surely in and 0 of 1 refused proposals surely out." in english
    assert "Not known yet (2): X X and Z Z." in english
    assert "X X tidak masuk belum diketahui" in indonesian
    assert "draws" not in english.lower()


def test_where_it_only_depends(crossing):
    """Lost: at least 1.234, at most unknown. Worth 20.004, no other above 18.7691. Four effects moved."""
    case, plan, _ = crossing
    effects = (("X", "w", 0.1), ("Z", "w", 0.2), ("U", "w", 0.3), ("Y", "w", 0.05))
    witness = Witness(
        effects, (Choice(program="X", start=2027), Choice(program="Z", start=2027)), 20.004, 18.7691
    )
    some = Certainty((item("Y", "depends", least=1.234, witness=witness), item("Z", "open")))
    english, indonesian = both(case, plan, some)
    assert english.startswith("Proven: for 1 of 2 programmes it depends on the effects")
    assert indonesian.startswith("Terbukti: tepat tidaknya 1 dari 2 program masuk rencana bergantung")
    assert (
        "Y Y Y on Sampah: 5.0%; X on Sampah: 10.0%; Z on Sampah: 20.0%; and 1 more in: X; out: Y 20.00 18.77 at least 1.23"
        in english
    )
    assert "dan 1 lainnya masuk: X; keluar: Y 20,00 18,77 sedikitnya 1,23" in indonesian


def test_without_any_range_nothing_is_uncertain(crossing):
    _, plan, _ = crossing
    case = one_place([("X", 0.2, 4), ("Y", 0.3, 4), ("Z", 0.1, 1), ("U", 0.1, 9)], budget=5)
    english, indonesian = both(case, plan, Certainty((item("Y", "surely_in"),)))
    assert "No effect has a range, all count as certain" in english
    assert "Tidak ada dampak yang memiliki rentang" in indonesian


def test_a_level_is_a_range(crossing):
    """Half to one and a half of what it stands for: not certain."""
    case, plan, _ = crossing
    leveled = case.program_effects.assign(
        effect=float("nan"), low=float("nan"), high=float("nan"), level="low"
    )
    english, _ = both(replace(case, program_effects=leveled), plan, Certainty((item("Y", "surely_in"),)))
    assert "certain:" not in english


def test_names_are_escaped(crossing):
    case, plan, certainty = crossing
    evil = replace(
        case,
        programs=case.programs.assign(name_id=EVIL),
        issues=case.issues.assign(name_id=EVIL),
    )
    shown = tables.certainty_table(evil, plan, explained(certainty), "id")
    assert "<script>" not in shown.html
    assert "alert(1)" in shown.html


def test_without_an_answer_a_notebook_shows_nothing(crossing):
    case, plan, _ = crossing
    assert tables.certainty_table(case, plan, None, "id") is None
    assert tables.certainty_table(case, plan, explained(None), "en") is None
    with pytest.raises(ValueError, match="certain"):
        certainty_answer(case, plan, explained(None), "en")
