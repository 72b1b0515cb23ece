"""Fisher's natural breaks: the exact optimum, and how the time grows with the number of values."""

import json
import subprocess
import sys
from pathlib import Path

import inputs
import mapclassify
import numpy as np
from agreement import as_good
from environment import criterion, say
from race import Runner, over, process, race, seconds, three
from report import Agreement, Row

from . import Setup

HERE = Path(__file__).resolve().parent
K = 7
#: mapclassify adds squares in single precision, which leaves four digits of a sum of 30,000.
SINGLE = 1e-4


def rows(setup: Setup) -> list[Row]:
    n = 2_000 if setup.quick else 30_000
    values, data = made(setup, n)
    case = f"Fisher–Jenks, n = {n:,}, k = {K}"

    say("natural breaks by mapclassify")

    def by_mapclassify() -> mapclassify.FisherJenks:
        return mapclassify.FisherJenks(values, k=K)

    found, theirs = ours(setup, data), by_mapclassify()
    agreed = as_good(values, found["breaks"], theirs.bins.tolist(), SINGLE)
    table = [Row(case, "mapclassify FisherJenks, compiled, in process", agreed, goal=200)]
    if not setup.check_only:
        ratios = race(process(setup.icf, *asked(data)), {
            "in process": lambda: by_mapclassify() and None,
            "alone": process(sys.executable, HERE.parent / "alone.py", "breaks-mapclassify", data, K),
        }, setup.repetitions)
        table = [
            Row(case, "mapclassify FisherJenks, compiled, in process", agreed, ratios["in process"], goal=200),
            Row(case, "mapclassify FisherJenks, start and reading included", None, ratios["alone"]),
        ]
        if not setup.quick:
            alone = criterion("natural_breaks", f"/{n}")
            ratio = over(alone, lambda: by_mapclassify() and None, setup.repetitions)
            table.append(Row(f"{case}: our function alone, by criterion, on other uniform values",
                             "mapclassify FisherJenks, compiled, in process", None, ratio))
    if setup.rscript:
        table.append(held_against_r(setup, data, case))
    return table + ([] if setup.check_only or setup.quick else growth(setup))


def made(setup: Setup, n: int) -> tuple[np.ndarray, Path]:
    values = inputs.generator(f"breaks {n}").random(n)
    return values, inputs.columns(setup.inputs() / f"breaks-{n}.csv", value=values.tolist())


def asked(data: Path) -> list[object]:
    return ["breaks", "--data", data, "--value", "value", "-k", K, "--format", "json"]


def ours(setup: Setup, data: Path) -> dict:
    return json.loads(setup.answer(*asked(data)))


def by_classint(setup: Setup, data: Path) -> tuple[Runner, Path]:
    counts = data.with_suffix(".classint")
    script = [setup.rscript, str(HERE.parent / "classint.R"), str(data), str(K), str(counts)]

    def run() -> float:
        return float(subprocess.run(script, check=True, capture_output=True, text=True).stdout.split()[-1])

    return run, counts


def held_against_r(setup: Setup, data: Path, case: str) -> Row:
    """classInt puts its bounds half way between two classes, so the counts are held."""
    say("natural breaks by classInt")
    run, counts = by_classint(setup, data)
    run()
    found, theirs = ours(setup, data)["counts"], [int(count) for count in counts.read_text().split()]
    agreed = Agreement(found == theirs, "all counts, exactly" if found == theirs else f"{found} against {theirs}")
    ratio = None if setup.check_only else race(process(setup.icf, *asked(data)), {"R": run}, setup.repetitions)["R"]
    return Row(case, "classInt fisher of all values, in process", agreed, ratio)


def growth(setup: Setup) -> list[Row]:
    """Times over that of 1,000 values, each tool by itself."""
    sizes = {n: made(setup, n) for n in (1_000, 10_000, 100_000, 1_000_000)}
    tools: dict[str, dict[int, Runner]] = {
        "ours, start and reading included": {n: process(setup.icf, *asked(data)) for n, (_, data) in sizes.items()},
        "mapclassify, compiled, in process": {
            n: (lambda values=values: mapclassify.FisherJenks(values, k=K) and None)
            for n, (values, _) in sizes.items() if n <= 10_000},
    }
    if setup.rscript:
        tools["classInt of all values, in process"] = {n: by_classint(setup, data)[0] for n, (_, data) in sizes.items() if n <= 10_000}
    table = []
    for name, by_size in tools.items():
        say(f"growth of natural breaks: {name}")
        best = {n: min(seconds(run) for _ in range(3)) for n, run in by_size.items()}
        grown = "; ".join(f"n = {n:,}: × {three(best[n] / best[1_000])}" for n in best if n > 1_000)
        verdict = None
        if 1_000_000 in best:
            verdict = "10⁶ in seconds (below 10): " + ("reached" if best[1_000_000] < 10 else "**not reached**")
        table.append(Row(f"Fisher–Jenks, k = {K}: time over that of n = 1,000", name, None, grown, verdict=verdict))
    return table
