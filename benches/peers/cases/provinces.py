"""Local Moran's I of 30 provinces over 22 years and two variables, by 9,999 permutations: what a run needs."""

import csv
import io
import sys
from pathlib import Path

import esda
import inputs
import libpysal
import numpy as np
from agreement import both, same_numbers, same_shares
from environment import criterion, say
from race import process, race
from report import Row

from . import Setup

HERE = Path(__file__).resolve().parent
N = 30
VARIABLES = ("size", "depth")


def rows(setup: Setup) -> list[Row]:
    years, draws = (range(2000, 2003), 999) if setup.quick else (range(2000, 2022), 9_999)
    random = inputs.generator("provinces")
    points = random.random((N, 2))
    values = {name: np.array([inputs.surface(points, random) for _ in years]) for name in VARIABLES}
    data = inputs.columns(
        setup.inputs() / "provinces.csv",
        id=[str(place + 1) for _ in years for place in range(N)],
        year=[year for year in years for _ in range(N)],
        **{name: panel.ravel().tolist() for name, panel in values.items()},
    )
    weights = inputs.gal(setup.inputs() / "provinces.gal", inputs.bordering(points))

    def asked(name: str) -> list[object]:
        return ["lisa", "--data", data, "--id", "id", "--year", "year", "--value", name, "--weights", weights,
                "--permutations", draws, "--threads", setup.threads, "--format", "csv"]

    say("provinces by esda")
    neighbours = libpysal.io.open(str(weights)).read()
    neighbours.transform = "r"

    def by_esda(keep: list | None = None) -> None:
        for name in VARIABLES:
            for year in values[name]:
                found = esda.Moran_Local(year, neighbours, permutations=draws, n_jobs=1, keep_simulations=False)
                if keep is not None:
                    keep.append((found.Is, found.p_sim))

    theirs: list[tuple[np.ndarray, np.ndarray]] = []
    by_esda(theirs)
    ours = []
    for name in VARIABLES:
        table = list(csv.DictReader(io.StringIO(setup.answer(*asked(name)))))
        ours += sorted(table, key=lambda row: (int(row["year"]), int(row["id"])))
    columns = [np.array([float(row[column]) for row in ours]) for column in ("statistic", "p_directed")]
    agreed = both(same_numbers(columns[0], np.concatenate([found[0] for found in theirs]), 1e-12),
                  same_shares(columns[1], np.concatenate([found[1] for found in theirs]), draws))

    case = f"local Moran, {N} regions × {len(years)} years × 2 variables, {draws:,} permutations; ours two commands"
    commands = [process(setup.icf, *asked(name)) for name in VARIABLES]
    ratios = {}
    if not setup.check_only:
        ratios = race(lambda: [run() for run in commands] and None, {
            "esda": by_esda,
            "alone": process(sys.executable, HERE.parent / "alone.py", "provinces-esda", data, weights, draws),
        }, setup.repetitions)
    calls = 2 * len(years)
    table = [
        Row(case, f"esda, {calls} calls of Moran_Local, compiled, in process", agreed, ratios.get("esda")),
        Row(case, f"esda, {calls} calls of Moran_Local, start and reading included", None, ratios.get("alone")),
    ]
    if not setup.check_only and not setup.quick:
        taken = criterion("lisa", "30 regions x 22 years x 2 variables, 9999 permutations") * 1e3
        verdict = f"< 50 ms: {'reached' if taken < 50 else '**not reached**'} ({taken:.1f} ms)"
        table.append(Row("the same on our function alone, by criterion, on other values", "", verdict=verdict))
    return table
