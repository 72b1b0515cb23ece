"""Makes the sample of scenarios/land-rasters.yaml: python3 make_china.py (numpy 2.4, rasterio 1.4.4).

Two made-up rasters of China in the coding of CLCD, 2003 and 2018, of cells of 0.1°. Where the forest of a province lies is
invented; how much there is of it is not: as much as the national inventories of these years say, by cells whose centre lies
in the province, and as much grassland as MODIS 2019, as far as there is room.
"""

import csv
import json
from pathlib import Path

import numpy as np
import rasterio
from rasterio.features import rasterize
from rasterio.transform import from_origin

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "crates/icf-data/china-provinces"
ROWS, COLUMNS, CELL = 515, 630, 0.1
WEST, NORTH = 73.0, 54.0
#: Share of a province that is water, and built land in each year.
WATER, BUILT = 0.02, {2003: 0.02, 2018: 0.04}


def area(latitude: np.ndarray) -> np.ndarray:
    """Hectares of a cell, on a sphere of the earth's area."""
    return 6_371_007.2**2 * np.radians(CELL) ** 2 * np.cos(np.radians(latitude)) / 1e4


def main() -> None:
    random = np.random.default_rng(2003)
    row, column = np.mgrid[:ROWS, :COLUMNS].astype(float)
    hills = np.zeros_like(row)
    for _ in range(40):
        angle, phase = random.uniform(0, np.pi), random.uniform(0, 2 * np.pi)
        length = 10 ** random.uniform(0.7, 2)
        hills += np.sin(2 * np.pi * (row * np.sin(angle) + column * np.cos(angle)) / length + phase)
    hectares = np.broadcast_to(area(NORTH - (np.arange(ROWS) + 0.5) * CELL)[:, None], row.shape)
    targets = {}
    for line in csv.DictReader((DATA / "land.csv").open()):
        targets[line["region"], line["class"], int(line["year"]), line["source"]] = float(line["area"])
    place = from_origin(WEST, NORTH, CELL, CELL)
    provinces = json.loads((DATA / "boundaries.geojson").read_text())["features"]
    for year in (2003, 2018):
        codes = np.zeros((ROWS, COLUMNS), "uint8")
        for province in provinces:
            region = province["properties"]["region"]
            if (region, "forest", year, "inventory") not in targets:
                continue
            # Every cell that a province touches, so that none on a border is unknown; a cell is of the province that holds
            # its centre, else of the first.
            touched = rasterize([province["geometry"]], codes.shape, transform=place, all_touched=True) == 1
            cells = np.flatnonzero(touched)
            cells = cells[np.argsort(-hills.flat[cells], kind="stable")]
            size = hectares.flat[cells].copy()
            centred = rasterize([province["geometry"]], codes.shape, transform=place).flat[cells]
            size[centred == 0] = 0.0
            whole, upto = size.sum(), np.cumsum(size)
            forest = targets[region, "forest", year, "inventory"]
            grass = min(forest + targets[region, "grassland", 2019, "modis-2019"], whole * 0.9)
            built, water = whole * (1 - WATER - BUILT[year]), whole * (1 - WATER)
            found = np.select([upto <= forest, upto <= grass, upto <= built, upto <= water], [2, 4, 1, 8], 5)
            codes.flat[cells] = np.where((centred == 1) | (codes.flat[cells] == 0), found, codes.flat[cells])
        with rasterio.open(HERE / f"china_{year}.tif", "w", driver="GTiff", height=ROWS, width=COLUMNS, count=1,
                           dtype="uint8", nodata=0, crs="EPSG:4326", compress="deflate", zlevel=9, tiled=True,
                           blockxsize=256, blockysize=256, transform=place) as file:
            file.write(codes, 1)


if __name__ == "__main__":
    main()
