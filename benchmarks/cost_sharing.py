"""Time of the cost shares by number of players, and how far they are from closed forms.

    python benchmarks/cost_sharing.py --out benchmarks/cost_sharing.json

Two games: an airport (Littlechild and Owen 1973; computed coalition by coalition, up to 20 players for the
nucleolus) and a joint programme with a volume to reach (any number of regions).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import machine
import numpy as np
from rich.console import Console
from rich.table import Table

from jspmodel.collaboration.games import CostGame, in_core, nucleolus, shapley
from jspmodel.collaboration.games.game import MOST_TABULATED
from jspmodel.collaboration.joint_cost import JointCost

PLAYERS = (12, 20, 30, 100)


@dataclass(frozen=True)
class Row:
    """One game: seconds, the largest distance of the Shapley value from its closed form, its error."""

    game: str
    players: int
    shapley: float
    off: float
    standard_error: float
    nucleolus: float
    in_core: bool | None


def airport(players: int) -> CostGame:
    """Return an airport game: a coalition pays for its longest runway."""
    runways = [10.0 + 7 * k % players + k / players for k in range(players)]
    return CostGame(range(players), lambda coalition: max(runways[k] for k in coalition))


def airport_shapley(game: CostGame) -> np.ndarray:
    """Return the closed form: each part of the runway is paid in equal parts by those who need it."""
    runways = game.costs(np.eye(len(game.players), dtype=bool))
    order = np.argsort(runways)
    shares = np.empty(len(runways))
    shares[order] = np.cumsum(np.diff(runways[order], prepend=0) / np.arange(len(runways), 0, -1))
    return shares


def program(players: int) -> JointCost:
    """Return a joint programme of which the large regions cannot be missed."""
    draws = np.random.default_rng(players)
    volume = draws.integers(10, 400, players).astype(float)
    own = draws.uniform(1, 20, players).round(1)
    return JointCost([f"R{k}" for k in range(players)], own, 30.0, volume, volume.sum() - 200, 3)


def timed(work: Callable[[], dict[object, float]]) -> tuple[float, dict[object, float]]:
    """Return how long something takes, and what it returns."""
    start = time.perf_counter()
    found = work()
    return round(time.perf_counter() - start, 3), found


def measure(name: str, players: int) -> Row:
    """Measure one game."""
    game = airport(players) if name == "airport" else program(players)
    seconds, value = timed(lambda: shapley(game))
    off = float("nan")
    if name == "airport":
        off = float(np.abs(airport_shapley(game) - list(value.values())).max())
    error = max(value.standard_error.values())
    if name == "airport" and players > MOST_TABULATED:
        return Row(name, players, seconds, round(off, 4), round(error, 4), float("nan"), None)
    longer, kernel = timed(lambda: nucleolus(game))
    return Row(name, players, seconds, round(off, 4), round(error, 4), longer, in_core(game, kernel))


def main() -> None:
    """Measure all games, print a table, write JSON."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--players", nargs="+", type=int, default=list(PLAYERS))
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    nucleolus({("A",): 1})  # imports what is imported when first used
    rows = [measure(name, players) for name in ("airport", "programme") for players in asked.players]
    table = Table(*Row.__dataclass_fields__)
    for row in rows:
        table.add_row(*map(str, asdict(row).values()))
    Console().print(table)
    machine.write(asked.out, rows=[asdict(row) for row in rows])


if __name__ == "__main__":
    main()
