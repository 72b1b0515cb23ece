"""An ensemble of 30 regions and 9 years in five scenarios, by vectorised numpy; and the memory that many draws take."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import inputs
import numpy as np
from agreement import ERRORS, both, same_shares
from environment import ROOT, criterion, say
from race import Runner, over, process, race
from report import Agreement, Row

from . import Setup

#: Means of the rate of emissions, % a year, of the scenarios.
RATES = (0.0, 0.5, 1.0, 1.5, 2.0)
SD = 0.5
SINK = (-0.86, -0.43, 0.0)
LAST, HORIZON = 2022, 2031
QUANTILES = {"q025": 0.025, "q10": 0.1, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q90": 0.9, "q975": 0.975}
#: Goals of the project: how many times as fast, and megabytes at how many draws.
GOAL, MEMORY, MANY = 10, 200, 10_000_000

SCENARIO = """extends: {baseline}
name: ensemble-{place}
projection:
  horizon: {horizon}
  emissions: {{ model: rate, rate: {rate} %/yr }}
spatial: {{ permutations: 99 }}
uncertainty:
  draws: {draws}
  replicates: 10
  inputs:
    projection.emissions.rate: {{ distribution: normal, mean: {rate} %/yr, sd: {sd} %/yr }}
    projection.sink.rate: {{ distribution: triangular, min: {sink[0]} %/yr, mode: {sink[1]} %/yr, max: {sink[2]} %/yr }}
outputs: {{ tables: [csv], maps: [], figures: false, page: false }}
"""

PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def rows(setup: Setup) -> list[Row]:
    draws = 2_000 if setup.quick else 100_000
    out = setup.inputs() / "ensemble-runs"
    files = [scenario(setup, place, rate, draws) for place, rate in enumerate(RATES)]
    command = [setup.icf, "run-scenario", *files, "--out", out, "--threads", setup.threads]

    say("an ensemble by numpy")
    process(*command)()
    start = Start.read(out / "ensemble-0/tables/regions.csv")
    found = [held(out / f"ensemble-{place}/tables", drawn, draws) for place, drawn in enumerate(by_numpy(start, draws))]
    # One that does not hold, or the last of those that do.
    agreed = next((scenario for scenario in found if not scenario.holds), found[-1])

    case = f"ensemble, {draws:,} draws × 30 regions, groups and nation × {HORIZON - LAST} years × {len(RATES)} scenarios"
    peer = "numpy, vectorised, in process; ours five whole runs"
    if setup.check_only:
        return [Row(case, peer, agreed, goal=GOAL)]
    ratio = race(process(*command), {"numpy": numpy_alone(start, draws)}, setup.repetitions)["numpy"]
    whole = Row(case, peer, agreed, ratio, goal=GOAL)
    if setup.quick:
        return [whole]
    ours = len(RATES) * criterion("uncertainty", f"{draws} draws")
    alone = over(ours, numpy_alone(start, draws), setup.repetitions)
    return [whole, Row("the same, our ensemble alone, by criterion, on other values", peer.split(";")[0], None, alone), memory(setup)]


def scenario(setup: Setup, place: int | str, rate: float, draws: int) -> Path:
    file = setup.inputs() / f"ensemble-{place}.yaml"
    file.write_text(SCENARIO.format(baseline=ROOT / "scenarios/baseline.yaml", place=place, rate=rate, draws=draws, sd=SD,
                                    sink=SINK, horizon=HORIZON))
    return file


@dataclass(frozen=True)
class Start:
    """Where the trajectories begin: by region in the last year of the history."""

    ids: list[str]
    groups: list[str]
    emissions: np.ndarray
    sink: np.ndarray
    eta: float

    @classmethod
    def read(cls, file: Path) -> "Start":
        last = [row for row in table(file) if row["year"] == str(LAST)]
        column = {name: np.array([float(row[name]) for row in last]) for name in ("ice_t", "cs_t", "icf_hm2")}
        eta = float(np.median(column["ice_t"] / column["icf_hm2"]))
        return cls([row["region"] for row in last], [row["group"] for row in last], column["ice_t"], column["cs_t"], eta)

    def subjects(self) -> dict[str, list[int]]:
        found = {"nation": list(range(len(self.ids)))}
        for place, (region, group) in enumerate(zip(self.ids, self.groups)):
            found.setdefault(group, []).append(place)
            found[region] = [place]
        return found


@dataclass(frozen=True)
class Drawn:
    """What numpy finds of one subject: draws by year, and what is summed up of them."""

    figures: dict[str, np.ndarray]
    summed: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]
    crossed: np.ndarray


def by_numpy(start: Start, draws: int) -> Iterator[dict[str, Drawn]]:
    """Each scenario in turn, from the same draws."""
    random = inputs.generator("ensemble")
    normal, sink_rate = random.standard_normal(draws), random.triangular(*SINK, draws)
    years = np.arange(1, HORIZON - LAST + 1)
    shares = list(QUANTILES.values())
    for rate in RATES:
        grown = (1 + (rate + SD * normal[:, None]) / 100) ** years
        kept = (1 + sink_rate[:, None] / 100) ** years
        emissions = grown[:, None, :] * start.emissions[:, None]
        sink = kept[:, None, :] * start.sink[:, None]
        deficit = np.maximum(emissions - sink, 0)
        found = {}
        for name, members in start.subjects().items():
            one = members[0] if len(members) == 1 else members
            total = [part[:, one] if len(members) == 1 else part[:, one].sum(axis=1) for part in (emissions, sink, deficit)]
            figures = {"emissions": total[0], "sink": total[1], "depth": 1 + total[2] / total[1]}
            summed = {
                quantity: (values.mean(axis=0), values.std(axis=0, ddof=1), np.quantile(values, shares, axis=0))
                for quantity, values in figures.items()
            }
            crossed = np.logical_or.accumulate(total[0] > total[1], axis=1).mean(axis=0)
            found[name] = Drawn(figures, summed, crossed)
        yield found


def numpy_alone(start: Start, draws: int) -> Runner:
    def run() -> None:
        for _ in by_numpy(start, draws):
            pass

    return run


def held(tables: Path, drawn: dict[str, Drawn], draws: int) -> Agreement:
    """Means within their errors, quantiles within theirs and the bin, probabilities as shares of draws."""
    means, quantiles = 0.0, 0.0
    for row in table(tables / "ensemble.csv"):
        if row["quantity"] not in ("emissions", "sink", "depth"):
            continue
        year = int(row["year"]) - LAST - 1
        of = drawn[row["region"]]
        mean, sd, _ = (part[..., year] for part in of.summed[row["quantity"]])
        # A figure that never leaves its floor has no error but rounding.
        error = float(np.hypot(sd, float(row["sd"]))) / draws**0.5 + 1e-12 * abs(mean)
        means = max(means, abs(float(row["mean"]) - mean) / error)
        values = of.figures[row["quantity"]][:, year]
        slack = float(row["bin"]) + 1e-12 * abs(mean)
        for name, share in QUANTILES.items():
            below, at_most = (values < float(row[name]) - slack).mean(), (values <= float(row[name]) + slack).mean()
            apart = max(below - share, share - at_most, 0) / (2 * share * (1 - share) / draws) ** 0.5
            quantiles = max(quantiles, float(apart))
    how = f"means to {means:.1f} and quantiles to {quantiles:.1f} standard errors"
    capacity = [row for row in table(tables / "threshold_probability.csv") if row["threshold"] == "capacity"]
    ours = np.array([float(row["p_by_year"]) for row in capacity])
    theirs = np.array([drawn[row["region"]].crossed[int(row["year"]) - LAST - 1] for row in capacity])
    agreed, certain = Agreement(max(means, quantiles) <= ERRORS, how), ours == theirs
    return agreed if certain.all() else both(agreed, same_shares(ours[~certain], theirs[~certain], draws))


def memory(setup: Setup) -> Row:
    """The most memory that a run takes at once, which must not grow with its draws."""
    say(f"the memory of {MANY:,} draws")
    file = scenario(setup, "many", 1.0, MANY)
    command = [setup.icf, "run-scenario", file, "--out", setup.inputs() / "ensemble-many", "--quiet"]
    # By a process that is small itself: what a child takes begins with what its parent has.
    small = [sys.executable, "-c", PEAK, *map(str, command)]
    taken = int(subprocess.run(small, check=True, capture_output=True, text=True).stdout) / 1024
    verdict = f"< {MEMORY} MB: {'reached' if taken < MEMORY else '**not reached**'} ({taken:.0f} MB)"
    return Row(f"memory of a run with {MANY:,} draws", "", verdict=verdict)


def table(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
