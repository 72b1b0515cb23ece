"""Areas of land classes in zones: 144 million cells, 300 zones, and how the time grows."""

import csv
import json
from pathlib import Path

import exactextract
import inputs
import numpy as np
import rasterio
import rasterstats
from environment import say
from race import Runner, process, race, seconds, three
from report import Agreement, Row

from . import Setup
from .queen import corners

#: exactextract's shares are of single precision; goals are those of the project.
SHARE = 1e-6
GOAL, DECODING = 15, 0.5


def rows(setup: Setup) -> list[Row]:
    cells, count, finer = (1_000, 30, 2) if setup.quick else (12_000, 300, 2)
    raster = inputs.land(setup.inputs() / f"land-{cells}.tif", cells)
    zones = inputs.counties(setup.inputs() / f"zones-{count}-{finer}.geojson", count, finer)
    features = json.loads(zones.read_text())["features"]
    for feature in features:
        feature["id"] = feature["properties"]["region"]
    vertices = sum(corners(feature["geometry"]["coordinates"]) for feature in features)

    def asked(coverage: str, raster: Path = raster, zones: Path = zones, threads: int = setup.threads) -> list[object]:
        return ["zonal", "--raster", raster, "--zones", zones, "--coverage", coverage, "--threads", threads, "--quiet"]

    def by_exactextract(strategy: str) -> list:
        return exactextract.exact_extract(str(raster), features, ["unique", "frac", "count"], strategy=strategy)

    def by_rasterstats() -> list:
        return rasterstats.zonal_stats(features, str(raster), categorical=True, nodata=0)

    say("exact shares by exactextract, centres by rasterstats")
    exact = same_shares(cells_of(setup.answer(*asked("exact"))), features, by_exactextract("feature-sequential"))
    centre = same_counts(cells_of(setup.answer(*asked("centre"))), features, by_rasterstats())
    box = inputs.around(setup.inputs() / "around.geojson")
    whole = sum(cells_of(setup.answer(*asked("exact", zones=box, threads=1))).values())
    read = Agreement(whole == cells * cells, f"{whole:.0f} cells")

    ratios, growth = {}, None
    if not setup.check_only:
        ratios = race(process(setup.icf, *asked("exact")), {
            "sequential": lambda: by_exactextract("feature-sequential") and None,
            "raster": lambda: by_exactextract("raster-sequential") and None,
        }, setup.repetitions)
        ratios |= race(process(setup.icf, *asked("centre")), {"rasterstats": lambda: by_rasterstats() and None},
                       setup.repetitions)
        ratios |= race(process(setup.icf, *asked("exact", zones=box, threads=1)), {"decoding": lambda: decode(raster)},
                       setup.repetitions)
        growth = grown(setup, asked, cells, count, finer)
    case = f"zonal, {cells:,} × {cells:,} cells LZW, {count} zones, {vertices:,} vertices"
    return [
        Row(f"{case}, exact", "exactextract, feature-sequential, in process", exact, ratios.get("sequential"), goal=GOAL),
        Row(f"{case}, exact", "exactextract, raster-sequential, in process", None, ratios.get("raster")),
        Row(f"{case}, by centre", "rasterstats categorical, in process", centre, ratios.get("rasterstats")),
        Row("one zone around all cells, one thread: decoding and counting", "GDAL decoding alone, one thread, in process",
            read, ratios.get("decoding"), goal=DECODING),
        Row(f"{case}, exact: time over that of this row", "ours, start and reading included", None, growth),
    ]


def grown(setup: Setup, asked, cells: int, count: int, finer: int) -> str:
    """How our time grows when one of the sizes is made four times as large, in turns with the base."""
    folder = setup.inputs()
    raster = inputs.land(folder / f"land-{cells * 2}.tif", cells * 2)
    larger: dict[str, Runner] = {
        "cells": process(setup.icf, *asked("exact", raster=raster)),
        "zones": process(setup.icf, *asked("exact", zones=inputs.counties(
            folder / f"zones-{count * 4}-{finer}.geojson", count * 4, finer))),
        "vertices": process(setup.icf, *asked("exact", zones=inputs.counties(
            folder / f"zones-{count}-{finer * 4}.geojson", count, finer * 4))),
    }
    base = process(setup.icf, *asked("exact"))
    for run in larger.values():
        seconds(run)
    ratios = race(base, larger, setup.repetitions)
    return "; ".join(f"4 × {name}: × {three(ratio.median)}" for name, ratio in ratios.items())


def decode(raster: Path) -> None:
    """Reads all cells, a row of tiles at a time."""
    with rasterio.open(raster) as file:
        height = file.block_shapes[0][0]
        rows = np.empty((height, file.width), "uint8")
        for top in range(0, file.height, height):
            bottom = min(top + height, file.height)
            file.read(1, window=((top, bottom), (0, file.width)), out=rows[:bottom - top])


def cells_of(answer: str) -> dict[tuple[str, int], float]:
    lines = csv.DictReader(answer.splitlines())
    return {(line["zone"], int(line["class"])): float(line["cells"]) for line in lines if line["class"]}


def same_shares(ours: dict[tuple[str, int], float], features: list, theirs: list) -> Agreement:
    """Each class of each zone, as a share of the zone."""
    worst = 0.0
    for feature, result in zip(features, theirs, strict=True):
        values = result["properties"]
        for code, share in zip(values["unique"], values["frac"], strict=True):
            cells = ours.pop((feature["id"], int(code)), 0.0)
            worst = max(worst, abs(cells / values["count"] - share))
    left = sum(ours.values())
    return Agreement(worst <= SHARE and left <= SHARE, f"shares to {worst:.0e} of a zone")


def same_counts(ours: dict[tuple[str, int], float], features: list, theirs: list) -> Agreement:
    """Each class of each zone, cell for cell."""
    counts = {(feature["id"], int(code)): count for feature, result in zip(features, theirs, strict=True)
              for code, count in result.items()}
    wrong = sum(ours.get(key) != counts.get(key) for key in ours.keys() | counts.keys())
    return Agreement(wrong == 0, f"all {len(counts)} counts" if wrong == 0 else f"{wrong} of {len(counts)} counts differ")
