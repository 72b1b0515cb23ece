"""Holds `icf land-change` against exactextract, and against rasterize and numpy, on made-up rasters of two years.

usage: land_change.py ICF FOLDER
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

ROWS, COLUMNS = 500, 700
#: Exact shares of exactextract are numbers of single precision.
SHARE = 1e-6


def star(random, west, south, radius, corners=40):
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    length = radius * random.uniform(0.4, 1.0, corners)
    ring = np.column_stack([west + length * np.cos(angle), south + length * np.sin(angle)])
    return [*ring.tolist(), ring[0].tolist()]


def rasters(folder, random):
    """Two years in other tiles, and both in one raster of two bytes."""
    row, column = np.mgrid[:ROWS, :COLUMNS]
    first = (np.sin(row / 17) + np.cos(column / 29) + np.sin((row + column) / 7) + 3).astype("uint8")
    last = np.where(random.random(first.shape) < 0.1, random.integers(0, 7, first.shape), first).astype("uint8")
    both = first.astype("uint16") * 100 + last
    place = from_origin(110.0, 31.4, 0.002, 0.002)
    for name, cells, tiles in (
        ("land_2000", first, {"tiled": True, "blockxsize": 128, "blockysize": 128}),
        ("land_2010", last, {"blockysize": 7}),
        ("both", both, {}),
    ):
        with rasterio.open(folder / f"{name}.tif", "w", driver="GTiff", height=ROWS, width=COLUMNS, count=1,
                           dtype=cells.dtype, crs="EPSG:4326", transform=place, compress="lzw", **tiles) as out:
            out.write(cells, 1)
    return first, last, place


def answer(icf, folder, coverage):
    command = [icf, "land-change", "--raster", folder / "land_2000.tif", folder / "land_2010.tif", "--zones",
               folder / "zones.geojson", "--id", "id", "--years", "from-name", "--coverage", coverage, "--quiet"]
    text = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return {(row["zone"], int(row["from"]), int(row["to"])): float(row["cells"])
            for row in csv.DictReader(text.splitlines())}


def main():
    icf, folder = sys.argv[1], Path(sys.argv[2])
    random = np.random.default_rng(20_001_231)
    features = [
        {"type": "Feature", "id": f"star{n}", "properties": {"id": f"star{n}"},
         "geometry": {"type": "Polygon", "coordinates": [star(random, *at, 0.25)]}}
        for n, at in enumerate(random.uniform([110.1, 30.5], [111.3, 31.3], (10, 2)))
    ]
    (folder / "zones.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    first, last, place = rasters(folder, random)

    found, worst = answer(icf, folder, "exact"), 0.0
    results = exactextract.exact_extract(str(folder / "both.tif"), features, ["unique", "frac", "count"])
    for feature, result in zip(features, results, strict=True):
        values = result["properties"]
        for code, share in zip(values["unique"], values["frac"], strict=True):
            cells = found.pop((feature["id"], int(code) // 100, int(code) % 100), 0.0)
            worst = max(worst, abs(cells - share * values["count"]) / values["count"])
    assert worst < SHARE, f"a transition is off by {worst} of its zone"
    assert all(cells < SHARE for cells in found.values()), found

    found, pairs = answer(icf, folder, "centre"), 0
    for feature in features:
        inside = rasterize([feature["geometry"]], first.shape, transform=place, dtype="uint8") == 1
        matrix = np.zeros((256, 256), int)
        np.add.at(matrix, (first[inside], last[inside]), 1)
        for before, after in np.argwhere(matrix):
            cells = found.pop((feature["id"], int(before), int(after)), 0)
            assert cells == matrix[before, after], f"{feature['id']}: {before} to {after}: {cells} cells"
            pairs += 1
    assert pairs > 100 and not found, found
    print(f"land-change: shares as exactextract to {worst:.0e} of a zone, {pairs} counts as numpy")


if __name__ == "__main__":
    main()
