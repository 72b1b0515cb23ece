"""Holds `icf land-npp` against rasterize and numpy, and against exactextract, on made-up rasters of classes and of production.

usage: land_npp.py ICF FOLDER
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

import exactextract
import numpy as np
import rasterio
from rasterio.features import rasterize
from rasterio.transform import from_origin

ROWS, COLUMNS, CELL, COARSE = 400, 500, 0.002, 0.0173
WEST, NORTH = 110.0, 31.4
#: Flattening of WGS84.
F = 1 / 298.257223563
CLASSES = range(1, 5)


def write(file, cells, cell, **more):
    with rasterio.open(file, "w", driver="GTiff", height=cells.shape[0], width=cells.shape[1], count=1,
                       dtype=cells.dtype, crs="EPSG:4326", transform=from_origin(WEST, NORTH, cell, cell), **more) as out:
        out.write(cells, 1)
        if cells.dtype == "int16":
            out.scales = (0.0001,)


def areas():
    """The area of a cell of each row up to a factor: the integral of cos φ / (1 − e² sin² φ)² over its latitudes."""
    e2 = F * (2 - F)
    edge = np.sin(np.radians(NORTH - np.arange(ROWS + 1) * CELL))
    below = edge / (1 - e2 * edge**2) + np.arctanh(np.sqrt(e2) * edge) / np.sqrt(e2)
    return (below[:-1] - below[1:])[:, None] * np.ones(COLUMNS)


def answer(icf, folder, npp, unit, coverage):
    command = [icf, "land-npp", "--raster", folder / "classes.tif", "--npp", folder / f"{npp}.tif", "--unit", unit,
               "--zones", folder / "zones.geojson", "--coverage", coverage, "--quiet"]
    text = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return {(line["zone"], int(line["class"])): line for line in csv.DictReader(text.splitlines())}


class Held:
    """The found rows against means and unknown shares by weights of cells."""

    def __init__(self):
        self.worst, self.compared = 0.0, 0

    def row(self, line, values, known, weights, to_tonnes):
        expected = to_tonnes * np.average(values[known], weights=weights[known])
        self.worst = max(self.worst, abs(float(line["npp_t_per_hm2"]) / expected - 1))
        share = weights[~known].sum() / weights.sum()
        unknown = float(line["unknown_hm2"])
        self.worst = max(self.worst, abs(unknown / (float(line["area_hm2"]) + unknown) - share))
        self.compared += 1

    def within(self, tolerance, count, what):
        assert self.compared == count and self.worst < tolerance, f"{what}: off by {self.worst} in {self.compared} rows"
        print(f"land-npp: {count} means and unknown shares as {what} to {self.worst:.0e}")


def main():
    icf, folder = sys.argv[1], Path(sys.argv[2])
    random = np.random.default_rng(20_101_231)
    codes = random.integers(1, 5, (ROWS, COLUMNS)).astype("uint8")
    write(folder / "classes.tif", codes, CELL, compress="lzw", tiled=True, blockxsize=128, blockysize=128)
    coarse = random.uniform(0.1, 1.2, (60, 70))
    features = [
        {"type": "Feature", "properties": {"region": f"z{n}"},
         "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x + 0.4, y + 0.05], [x + 0.3, y + 0.35], [x, y]]]}}
        for n, (x, y) in enumerate(random.uniform([110.05, 30.7], [110.5, 31.0], (6, 2)))
    ]
    (folder / "zones.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    inside = {feature["properties"]["region"]: rasterize([feature["geometry"]], codes.shape,
              transform=from_origin(WEST, NORTH, CELL, CELL)) == 1 for feature in features}
    weights, tiles = areas(), {"tiled": True, "blockxsize": 32, "blockysize": 32}

    by_centre = Held()
    for name, cells, scale, unit, to_tonnes, more in (
        ("float", coarse.astype("float32"), 1.0, "kgC/m2", 10, {"compress": "deflate", "predictor": 3, **tiles}),
        ("short", (coarse * 1e4).astype("int16"), 1e-4, "kgC/m2", 10, {"compress": "lzw", "predictor": 2}),
        ("whole", (coarse * 1e4).astype("uint16"), 1.0, "gC/m2", 0.01, {"compress": "zstd"}),
        ("double", coarse * 10, 1.0, "tC/hm2", 1, {"compress": "zstd", "predictor": 3, **tiles}),
    ):
        fill = -1 if name == "short" else 0
        cells.flat[::11] = fill
        write(folder / f"{name}.tif", cells, COARSE, nodata=fill, **more)
        found = answer(icf, folder, name, unit, "centre")
        at = [np.floor((np.arange(count) + 0.5) * CELL / COARSE).astype(int) for count in (ROWS, COLUMNS)]
        values = cells[np.ix_(*at)].astype(float)
        for zone, within in inside.items():
            for code in CLASSES:
                here = within & (codes == code)
                by_centre.row(found[zone, code], values[here] * scale, values[here] != fill, weights[here], to_tonnes)
    # A row of cells is a difference of two numbers 30,000 times as large, so that a few digits of its area are lost here.
    by_centre.within(1e-11, 96, "numpy")

    exact = Held()
    fine = random.uniform(200, 900, codes.shape).astype("float32")
    fine[random.random(codes.shape) < 0.1] = np.nan
    write(folder / "fine.tif", fine, CELL, compress="lzw", predictor=3)
    found = answer(icf, folder, "fine", "gC/m2", "exact")
    shares = exactextract.exact_extract(str(folder / "classes.tif"), features, ["cell_id", "coverage"],
                                        include_cols=["region"])
    for feature in shares:
        cells = np.asarray(feature["properties"]["cell_id"], dtype=int)
        covered = np.asarray(feature["properties"]["coverage"]) * weights.flat[cells]
        for code in CLASSES:
            of = codes.flat[cells] == code
            values = fine.flat[cells[of]].astype(float)
            exact.row(found[feature["properties"]["region"], code], values, ~np.isnan(values), covered[of], 0.01)
    # Its shares are of single precision, and of a cell in part it takes the share on the sheet for that of the area.
    exact.within(2e-7, 24, "exactextract")


if __name__ == "__main__":
    main()
