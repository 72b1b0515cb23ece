"""Holds zones from shapefiles and GeoPackages against what geopandas reads of the same files.

usage: boundaries.py ICF FOLDER RASTER
"""

import csv
import subprocess
import sys
from pathlib import Path

import geopandas
import numpy as np
from shapely.geometry import MultiPolygon, Polygon

ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=12 +lon_0=110 +x_0=4000000 +datum=WGS84 +units=m"
#: Share of a zone's area: 10⁻¹² for the same degrees, more where two programs turned metres into degrees.
SAME, PROJECTED = 1e-12, 1e-9


def star(random, west, south, radius, corners=40):
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    length = radius * random.uniform(0.5, 1.0, corners)
    return np.column_stack([west + length * np.cos(angle), south + length * np.sin(angle)])


def zones(random):
    """Stars with lakes, islands in lakes, and archipelagos, with names in Chinese."""
    shapes = []
    for n in range(12):
        west, south = random.uniform([110.02, 30.02], [110.15, 30.15])
        around, lake, island = (star(random, west, south, radius) for radius in (0.03, 0.012, 0.004))
        parts = [Polygon(around, [lake]), Polygon(island)]
        shapes.append(MultiPolygon(parts + [Polygon(star(random, 110.01 + k / 40, 30.19, 0.006)) for k in range(n % 4)]))
    names = [f"第{n}區、鄂州" for n in range(len(shapes))]
    return geopandas.GeoDataFrame({"name": names, "code": range(420_000, 420_000 + len(shapes))},
                                  geometry=shapes, crs="EPSG:4326")


def answer(icf, raster, zones, *more):
    command = [icf, "zonal", "--raster", raster, "--zones", zones, "--quiet", *more]
    text = subprocess.run([str(part) for part in command], check=True, capture_output=True, encoding="utf-8").stdout
    return {(row["zone"], row["class"]): float(row["area_hm2"]) for row in csv.DictReader(text.splitlines())
            if row["class"]}


def main():
    icf, folder, raster = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    made = zones(np.random.default_rng(7))
    files = {}
    for crs, of in (("degrees", made), ("albers", made.to_crs(ALBERS)), ("cgcs2000", made.to_crs("EPSG:4490"))):
        for encoding in ("UTF-8", "GBK", "GB18030"):
            file = folder / f"{crs}-{encoding}.shp"
            of.to_file(file, encoding=encoding)
            files[file] = []
        of.to_file(folder / "zones.gpkg", layer=crs)
        files[folder / "zones.gpkg", crs] = ["--layer", crs]
    worst = 0.0
    for file, layer in files.items():
        file, name = file if isinstance(file, tuple) else (file, file.stem)
        read = geopandas.read_file(file, layer=layer[-1] if layer else None)
        assert list(read["name"]) == list(made["name"]), f"geopandas reads other names of {file}"
        beside = folder / "read.geojson"
        read.to_crs("EPSG:4326").to_file(beside, COORDINATE_PRECISION=15)
        for column in ("name", "code"):
            ours = answer(icf, raster, file, "--id", column, *layer)
            theirs = answer(icf, raster, beside, "--id", column)
            assert ours.keys() == theirs.keys() and len(ours) > 30, file
            of_zone = {zone: sum(area for (of, _), area in theirs.items() if of == zone) for zone, _ in theirs}
            gap = max(abs(ours[key] - theirs[key]) / of_zone[key[0]] for key in ours)
            assert gap < (PROJECTED if "albers" in name else SAME), f"{file} {name}: off by {gap} of a zone"
            worst = max(worst, gap)
    print(f"zones of {len(files)} shapefiles and layers: as geopandas reads them, to {worst:.0e} of a zone")


if __name__ == "__main__":
    main()
