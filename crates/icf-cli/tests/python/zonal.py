"""Holds `icf zonal` against exactextract, rasterio and pyproj on made-up rasters and zones.

usage: zonal.py ICF FOLDER
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

import exactextract
import numpy as np
import pyproj
import rasterio
from rasterio.features import rasterize
from rasterio.transform import from_origin

ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m"
ROWS, COLUMNS = 700, 900
#: Exact shares of exactextract are numbers of single precision; areas are a question of the ellipsoid alone.
SHARE, AREA = 1e-6, 1e-9


def star(random, west, south, radius, corners=60):
    """A ring around a place, counter-clockwise."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    length = radius * random.uniform(0.4, 1.0, corners)
    ring = np.column_stack([west + length * np.cos(angle), south + length * np.sin(angle)])
    return [*ring.tolist(), ring[0].tolist()]


def box(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def zones(random):
    """Stars all over, one with a hole, an archipelago, one within a cell, on the edge, around all, and outside."""
    shapes = {f"star{n}": [[star(random, *at, 0.2)]] for n, at in enumerate(random.uniform([110.2, 30.2], [111.6, 31.2], (12, 2)))}
    shapes["holed"] = [[star(random, 110.9, 30.7, 0.4), [[110.9, 30.7], [110.89, 30.75], [110.95, 30.76], [110.9, 30.7]]]]
    shapes["islands"] = [[star(random, 110.2 + n / 10, 30.3, 0.03)] for n in range(9)]
    shapes["speck"] = [[box(110.50031, 30.50042, 110.50077, 30.50099)]]
    shapes["edge"] = [[star(random, 110.0, 30.6, 0.3)]]
    shapes["corner"] = [[star(random, 111.8, 31.4, 0.4)]]
    shapes["around"] = [[box(109.0, 29.0, 113.0, 33.0)]]
    shapes["away"] = [[star(random, 100.0, 20.0, 0.3)]]
    return shapes


def rasters(folder, random):
    """The same classes on a geographic and on an Albers grid, with cells of one byte and of two."""
    row, column = np.mgrid[:ROWS, :COLUMNS]
    codes = 1 + (np.sin(row / 17) + np.cos(column / 29) + np.sin((row + column) / 7) + 3).astype("uint8")
    codes[random.random(codes.shape) < 0.02] = 7
    corner = pyproj.Proj(ALBERS)(109.9, 31.5)
    for name, crs, transform, sample in (
        ("geographic", "EPSG:4326", from_origin(110.0, 31.4, 0.002, 0.002), "uint8"),
        ("albers", ALBERS, from_origin(*np.round(corner, -1), 250, 250), "uint16"),
    ):
        file = folder / f"{name}.tif"
        with rasterio.open(file, "w", driver="GTiff", height=ROWS, width=COLUMNS, count=1, dtype=sample, crs=crs,
                           transform=transform, compress="lzw", tiled=True, blockxsize=128, blockysize=128) as out:
            out.write(codes.astype(sample), 1)
        yield file


def answer(icf, raster, zones, coverage):
    command = [icf, "zonal", "--raster", raster, "--zones", zones, "--id", "id", "--coverage", coverage, "--quiet"]
    text = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    found = {}
    for line in csv.DictReader(text.splitlines()):
        if line["class"]:
            found[line["zone"], int(line["class"])] = (float(line["cells"]), float(line["area_hm2"]) * 1e4)
    return found


def laid(shape, crs):
    """The polygons of a zone with each vertex in the coordinates of a grid: edges are straight there."""
    if crs.is_geographic:
        return shape
    sheet = pyproj.Proj(ALBERS)
    return [[[list(sheet(*at)) for at in ring] for ring in polygon] for polygon in shape]


def geometry(polygons):
    return {"type": "MultiPolygon", "coordinates": polygons}


def check_shares(found, raster, features):
    """Cells by their exact share, class by class."""
    results = exactextract.exact_extract(str(raster), features, ["unique", "frac", "count"])
    worst, compared = 0.0, 0
    for feature, result in zip(features, results, strict=True):
        values = result["properties"]
        for code, share in zip(values["unique"], values["frac"], strict=True):
            cells, _ = found.pop((feature["id"], int(code)), (0.0, 0.0))
            worst = max(worst, abs(cells - share * values["count"]) / values["count"])
            compared += 1
    left = {key: cells for key, (cells, _) in found.items() if cells > SHARE}
    assert compared > 60 and not left, left
    assert worst < SHARE, f"{raster.stem}: a share is off by {worst} of its zone"
    return worst


def check_centres(found, raster, features):
    """Cells by their centre, one for one with rasterize."""
    with rasterio.open(raster) as file:
        codes = file.read(1)
        for feature in features:
            inside = rasterize([feature["geometry"]], codes.shape, transform=file.transform, dtype="uint8")
            for code, count in zip(*np.unique(codes[inside == 1], return_counts=True), strict=True):
                cells, _ = found.pop((feature["id"], int(code)), (0, 0))
                assert cells == count, f"{raster.stem}: {feature['id']} has {cells} and not {count} cells of {code}"
    assert not found, found


def geodesic(polygons, crs):
    """The area of polygons whose edges are straight on a grid, by geodesics between many points on each edge."""
    globe, sheet, area = pyproj.Geod(ellps="WGS84"), pyproj.Proj(ALBERS), 0.0
    for polygon in polygons:
        for ring in polygon:
            ring, points = np.array(ring), []
            for start, end in zip(ring[:-1], ring[1:], strict=True):
                many = max(2, int(np.abs(end - start).max() / (5e-4 if crs.is_geographic else 50)))
                points.append(start + (end - start) * np.linspace(0, 1, many, endpoint=False)[:, None])
            x, y = np.concatenate(points).T
            longitude, latitude = (x, y) if crs.is_geographic else sheet(x, y, inverse=True)
            area += globe.polygon_area_perimeter(longitude, latitude)[0]
    return area


def check_areas(found, raster, features):
    """The classes of zones that the raster holds wholly make up their polygons."""
    with rasterio.open(raster) as file:
        west, south, east, north = file.bounds
        crs = file.crs
    worst, compared = 0.0, 0
    for feature in features:
        polygons = feature["geometry"]["coordinates"]
        x, y = np.concatenate([np.array(ring) for polygon in polygons for ring in polygon]).T
        if x.min() < west or x.max() > east or y.min() < south or y.max() > north:
            continue
        ours = sum(area for (zone, _), (_, area) in found.items() if zone == feature["id"])
        worst = max(worst, abs(ours / geodesic(polygons, crs) - 1))
        compared += 1
    assert compared > 10
    assert worst < AREA, f"{raster.stem}: the area of a zone is off by {worst} of it"
    return worst


def main():
    icf, folder = sys.argv[1], Path(sys.argv[2])
    random = np.random.default_rng(20_211_231)
    shapes = zones(random)
    as_degrees = folder / "zones.geojson"
    degrees = [{"type": "Feature", "properties": {"id": name}, "geometry": geometry(shape)} for name, shape in shapes.items()]
    as_degrees.write_text(json.dumps({"type": "FeatureCollection", "features": degrees}))
    for raster in rasters(folder, random):
        with rasterio.open(raster) as file:
            crs = file.crs
        features = [{"type": "Feature", "id": name, "properties": {"id": name}, "geometry": geometry(laid(shape, crs))}
                    for name, shape in shapes.items()]
        exact = answer(icf, raster, as_degrees, "exact")
        area = check_areas(exact, raster, features)
        share = check_shares(exact, raster, features)
        check_centres(answer(icf, raster, as_degrees, "centre"), raster, features)
        print(f"zonal, {raster.stem}: shares as exactextract to {share:.0e} of a zone, centres as rasterize, "
              f"areas as pyproj to {area:.0e}")


if __name__ == "__main__":
    main()
