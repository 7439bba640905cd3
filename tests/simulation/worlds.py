"""Variations of tests/hand.py for simulations: one flat measure, risks and series as a test asks."""

from hand import TABLES, rows
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario

P_IN_A = (Choice(program="P", start=2027, regions=("A",)),)
P_IN_B = (Choice(program="P", start=2027, regions=("B",)),)
P_IN_BOTH = (Choice(program="P", start=2027, regions=("A", "B")),)
P_AND_Q = (*P_IN_BOTH, Choice(program="Q", start=2028, regions=("A", "B")))


def hand(**tables):
    return build_case("hand", {**TABLES, **tables})


def flat(draws=400, **simulation):
    """Return settings under which effects simply add up: no partners' gain, phi(e) = e."""
    return Scenario.model_validate(
        {
            "collaboration": {"strength": 0.0},
            "diminishing_returns": [(1.0, 1.0)],
            "simulation": {"draws": draws, **simulation},
        }
    )


def seen(*values, last=2025, region="A"):
    """Return observed values of the indicator, one a year, up to a year."""
    first = last - len(values) + 1
    return rows("indicator region year value", *(("t", region, first + k, v) for k, v in enumerate(values)))


def programs(**columns):
    """Return the programmes of the hand case with one more column: a value for P, Q and H."""
    return TABLES["programs"].assign(**{name: list(values) for name, values in columns.items()})


def path(futures, region, column="median"):
    """Return the yearly values of a region."""
    paths = futures.paths[futures.paths["region"] == region]
    return dict(zip(paths["year"], paths[column], strict=True))
