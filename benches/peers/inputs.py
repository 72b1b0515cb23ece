"""Made-up inputs, the same on every machine: all come from seeded generators."""

import json
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window
from scipy.spatial import Delaunay, Voronoi, cKDTree

SEED = 20_211_231


def generator(purpose: str) -> np.random.Generator:
    return np.random.default_rng([SEED, *purpose.encode()])


def columns(file: Path, **named: list) -> Path:
    """Writes columns as comma-separated values; numbers are written so that they are read back unchanged."""
    rows = zip(*([repr(float(cell)) if isinstance(cell, float) else str(cell) for cell in column]
                 for column in named.values()), strict=True)
    file.write_text("\n".join([",".join(named), *(",".join(row) for row in rows)]) + "\n")
    return file


def surface(points: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Values with waves over the plane and noise, so that some regions cluster and most do not."""
    waves = np.sin(points[:, 0] * 11) + np.cos(points[:, 1] * 14)
    return waves + random.normal(size=len(points))


def nearest(points: np.ndarray, k: int) -> list[list[int]]:
    """The k nearest of each point, by place."""
    return [sorted(int(place) for place in row[1:]) for row in cKDTree(points).query(points, k + 1)[1]]


def bordering(points: np.ndarray) -> list[list[int]]:
    """The neighbours of each point in a Delaunay triangulation, by place."""
    starts, ends = Delaunay(points).vertex_neighbor_vertices
    return [sorted(int(place) for place in ends[starts[at]:starts[at + 1]]) for at in range(len(points))]


def gal(file: Path, neighbours: list[list[int]]) -> Path:
    """A GAL file in GeoDa's form; the ids are the places from 1 on."""
    lines = [f"0 {len(neighbours)} made id"]
    for place, others in enumerate(neighbours, 1):
        lines += [f"{place} {len(others)}", " ".join(str(other + 1) for other in others)]
    file.write_text("\n".join(lines) + "\n")
    return file


def counties(file: Path, count: int, finer: int = 1) -> Path:
    """Polygons that tile a square, as GeoJSON: Voronoi cells whose borders wiggle, most with 60 to 300 vertices.

    `finer` is how many times as many vertices the borders have.

    Two neighbours have every vertex of their border in common, to the last bit, as in files of administrative areas.
    """
    if file.exists():
        return file
    random = generator("counties")
    points = random.random((count, 2))
    # Mirrored over the four sides, the cells of the points end at the square.
    mirrored = [points * [-1, 1], points * [1, -1], [2, 0] + points * [-1, 1], [0, 2] + points * [1, -1]]
    cells = Voronoi(np.concatenate([points, *mirrored]))
    borders: dict[tuple[int, int], list[list[float]]] = {}

    def border(start: int, end: int) -> list[list[float]]:
        """From one corner up to the other, which is left out."""
        pair = (min(start, end), max(start, end))
        if pair not in borders:
            borders[pair] = wiggle(*cells.vertices[list(pair)], random, finer)
        line = borders[pair]
        return line[:-1] if (start, end) == pair else line[:0:-1]

    features = []
    for place in range(count):
        corners = [int(corner) for corner in cells.regions[cells.point_region[place]]]
        ring = [at for start, end in zip(corners, corners[1:] + corners[:1]) for at in border(start, end)]
        features.append({
            "type": "Feature",
            "properties": {"region": str(place + 1)},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        })
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def wiggle(start: np.ndarray, end: np.ndarray, random: np.random.Generator, finer: int) -> list[list[float]]:
    """A line of 10 to 50 vertices between two corners, which strays to its sides by a fiftieth of its length."""
    along = np.linspace(0, 1, int(random.integers(10, 51)) * finer)[:, None]
    across = np.array([start[1] - end[1], end[0] - start[0]]) / 50
    stray = random.uniform(-1, 1, len(along))[:, None] * np.sin(np.pi * along)
    line = start + (end - start) * along + across * stray
    line[0], line[-1] = start, end
    return line.tolist()


def land(file: Path, cells: int) -> Path:
    """A square of one degree of land classes, as many cells wide as high: patches of several sizes, and single cells.

    LZW in tiles of 256 × 256 cells takes about a ninth of its bytes, as for land cover at 30 m.
    """
    if file.exists():
        return file
    random = generator("land")
    waves = [(share, random.random((cells // size + 3, cells // size + 3)), size)
             for share, size in ((1.0, 400), (0.6, 60), (0.35, 12))]
    profile = {"driver": "GTiff", "height": cells, "width": cells, "count": 1, "dtype": "uint8", "nodata": 0,
               "crs": "EPSG:4326", "transform": from_origin(0, 1, 1 / cells, 1 / cells), "compress": "lzw",
               "tiled": True, "blockxsize": 256, "blockysize": 256}
    with rasterio.open(file, "w", **profile) as out:
        for top in range(0, cells, 256):
            rows = np.arange(top, min(top + 256, cells))
            height = sum(share * smooth(grid, rows / size, np.arange(cells) / size) for share, grid, size in waves)
            codes = np.searchsorted(BOUNDS, height).astype("uint8") + 1
            codes[random.random(codes.shape) < 0.01] = 5
            out.write(codes, 1, window=Window(0, top, cells, len(rows)))
    return file


#: Heights between the classes, so that each has about as much land.
BOUNDS = (0.57, 0.70, 0.80, 0.90, 1.00, 1.10, 1.22, 1.36)


def smooth(grid: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Values between the nodes of a grid."""
    row, column = rows.astype(int), columns.astype(int)
    down, across = (rows - row)[:, None], columns - column
    lines = grid[row] * (1 - down) + grid[row + 1] * down
    return lines[:, column] * (1 - across) + lines[:, column + 1] * across


def around(file: Path) -> Path:
    """One zone that holds the square and more."""
    ring = [[-1, -1], [2, -1], [2, 2], [-1, 2], [-1, -1]]
    feature = {"type": "Feature", "properties": {"region": "1"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return file
