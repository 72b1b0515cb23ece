"""Made-up inputs, the same on every machine: all come from seeded generators."""

import json
from pathlib import Path

import numpy as np
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


def counties(file: Path, count: int) -> Path:
    """Polygons that tile a square, as GeoJSON: Voronoi cells whose borders wiggle, most with 60 to 300 vertices.

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
            borders[pair] = wiggle(*cells.vertices[list(pair)], random)
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


def wiggle(start: np.ndarray, end: np.ndarray, random: np.random.Generator) -> list[list[float]]:
    """A line of 10 to 50 vertices between two corners, which strays to its sides by a fiftieth of its length."""
    along = np.linspace(0, 1, int(random.integers(10, 51)))[:, None]
    across = np.array([start[1] - end[1], end[0] - start[0]]) / 50
    stray = random.uniform(-1, 1, len(along))[:, None] * np.sin(np.pi * along)
    line = start + (end - start) * along + across * stray
    line[0], line[-1] = start, end
    return line.tolist()
