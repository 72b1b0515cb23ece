"""Local Moran's I of many regions, each with its six nearest, by 9,999 permutations."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import esda
import inputs
import libpysal
import numpy as np
import pygeoda
from agreement import both, same_numbers, same_shares
from environment import criterion, say
from race import over, process, race, seconds
from report import Row

from . import Setup

HERE = Path(__file__).resolve().parent


def rows(setup: Setup) -> list[Row]:
    n, draws, few = (300, 999, 99) if setup.quick else (3_000, 9_999, 999)
    random = inputs.generator("lisa")
    points = random.random((n, 2))
    values = inputs.surface(points, random)
    ids = [str(place) for place in range(1, n + 1)]
    data = inputs.columns(setup.inputs() / "lisa.csv", id=ids, value=values.tolist())
    weights = inputs.gal(setup.inputs() / "lisa.gal", inputs.nearest(points, 6))

    def ours(permutations: int) -> list[object]:
        return ["lisa", "--data", data, "--id", "id", "--value", "value", "--weights", weights, "--permutations",
                permutations, "--threads", setup.threads, "--format", "csv"]

    def found(permutations: int) -> tuple[np.ndarray, np.ndarray]:
        table = list(csv.DictReader(io.StringIO(setup.answer(*ours(permutations)))))
        order = sorted(table, key=lambda row: int(row["id"]))
        return tuple(np.array([float(row[column]) for row in order]) for column in ("statistic", "p_directed"))

    value, p = found(draws)
    case = f"local Moran, n = {n:,}, k = 6, {draws:,} permutations"
    command = process(setup.icf, *ours(draws))

    say("local Moran by pygeoda")
    their_weights = pygeoda.read_gal(str(weights), ids)
    plain = values.tolist()

    def by_pygeoda() -> object:
        return pygeoda.local_moran(their_weights, plain, permutations=draws, permutation_method="lookup-table",
                                   cpu_threads=setup.threads, significance_cutoff=1.0)

    result = by_pygeoda()
    of_pygeoda = both(same_numbers(value, np.array(result.lisa_values()), 1e-12),
                      same_shares(p, np.array(result.lisa_pvalues()), draws))

    say("local Moran by esda")
    of_neighbours = libpysal.io.open(str(weights)).read()
    of_neighbours.transform = "r"

    def by_esda(jobs: int) -> object:
        return esda.Moran_Local(values, of_neighbours, permutations=draws, n_jobs=jobs, keep_simulations=False)

    result = by_esda(1)
    of_esda = both(same_numbers(value, result.Is, 1e-12), same_shares(p, result.p_sim, draws))
    jobs = 1
    if not setup.check_only and not setup.quick:
        by_esda(-1)
        jobs = min((1, -1), key=lambda jobs: seconds(lambda: by_esda(jobs) and None))

    alone = [sys.executable, HERE.parent / "alone.py"]
    names = {
        "pygeoda": f"pygeoda, lookup table, {setup.threads} threads, in process",
        "esda": f"esda, n_jobs = {jobs} (the better), compiled, in process",
        "pygeoda alone": "pygeoda, start and reading included",
        "esda alone": "esda, start and reading included",
    }
    ratios = {}
    if not setup.check_only:
        ratios = race(command, {
            "pygeoda": lambda: by_pygeoda() and None,
            "esda": lambda: by_esda(jobs) and None,
            "pygeoda alone": process(*alone, "lisa-pygeoda", data, weights, draws, setup.threads),
            "esda alone": process(*alone, "lisa-esda", data, weights, draws),
        }, setup.repetitions)
    table = [
        Row(case, names["pygeoda"], of_pygeoda, ratios.get("pygeoda"), goal=5),
        Row(case, names["esda"], of_esda, ratios.get("esda"), goal=50),
        Row(case, names["pygeoda alone"], None, ratios.get("pygeoda alone")),
        Row(case, names["esda alone"], None, ratios.get("esda alone")),
    ]
    if not setup.check_only and not setup.quick:
        alone = criterion("lisa", "3000 regions, 6 neighbours, 9999 permutations")
        for tool, call in (("pygeoda", by_pygeoda), ("esda", lambda: by_esda(jobs))):
            ratio = over(alone, lambda: call() and None, setup.repetitions)
            table.append(Row(f"{case}: our function alone, by criterion, on other values", names[tool], None, ratio))
    if setup.rscript:
        table.append(by_spdep(setup, data, weights, few, found(few), process(setup.icf, *ours(few))))
    return table


def by_spdep(setup: Setup, data: Path, weights: Path, draws: int, found: tuple, command: object) -> Row:
    """R measures itself, without its start and reading."""
    say("local Moran by spdep")
    out = setup.inputs() / "lisa-spdep.csv"
    script = [setup.rscript, HERE.parent / "localmoran.R", data, weights, draws, setup.threads, out]

    def run() -> float:
        parts = [str(part) for part in script]
        return float(subprocess.run(parts, check=True, capture_output=True, text=True).stdout.split()[-1])

    run()
    value, p = found
    theirs = np.loadtxt(out, delimiter=",", skiprows=1)
    # spdep divides by the variance over n where we divide by that over n − 1.
    agreed = both(same_numbers(value * len(value) / (len(value) - 1), theirs[:, 0], 1e-12),
                  same_shares(p, theirs[:, 1], draws))
    ratio = None if setup.check_only else race(command, {"spdep": run}, setup.repetitions)["spdep"]
    case = f"local Moran, n = {len(value):,}, k = 6, {draws:,} permutations"
    return Row(case, f"spdep localmoran_perm, best of 1 and {setup.threads} cores, in process", agreed, ratio)
