"""Queen contiguity of as many polygons as China has counties."""

import json
import subprocess
import sys
from pathlib import Path

import geopandas
import inputs
import pygeoda
from agreement import same_links
from environment import say
from libpysal.graph import Graph
from libpysal.weights import Queen
from race import process, race
from report import Row

from . import Setup

HERE = Path(__file__).resolve().parent


def rows(setup: Setup) -> list[Row]:
    count = 120 if setup.quick else 2_875
    file = setup.counties or inputs.counties(setup.inputs() / f"counties-{count}.geojson", count)
    features = json.loads(file.read_text())["features"]
    # Ids by place, whatever the properties of a file that was given.
    numbered = setup.inputs() / "queen.geojson"
    for place, feature in enumerate(features):
        feature["properties"] = {"region": str(place)}
    numbered.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    out = setup.inputs() / "queen.gal"
    asked = ["weights", "--geometry", numbered, "--kind", "queen", "--quiet", "--format", "json", "--out", out]
    setup.answer(*asked)
    found = read_gal(out)

    say("queen contiguity by libpysal and pygeoda")
    polygons = geopandas.read_file(numbered)
    of_geoda = pygeoda.open(polygons)

    def by_libpysal(polygons: geopandas.GeoDataFrame = polygons) -> Queen:
        return Queen.from_dataframe(polygons, use_index=False, silence_warnings=True)

    def by_graph() -> Graph:
        return Graph.build_contiguity(polygons, rook=False)

    links = by_libpysal().neighbors
    agreed = same_links(found, {(str(a), str(b)) for a, others in links.items() for b in others})
    graph = by_graph().adjacency
    of_graph = {(str(a), str(b)) for (a, b), weight in graph.items() if weight != 0}
    weights = pygeoda.queen_weights(of_geoda)
    of_pygeoda = {(str(a), str(b)) for a in range(len(features)) for b in weights.get_neighbors(a)}
    ratios = {}
    if not setup.check_only:
        ratios = race(process(setup.icf, *asked), {
            "libpysal": lambda: by_libpysal() and None,
            "graph": lambda: by_graph() is None or None,
            "pygeoda": lambda: pygeoda.queen_weights(of_geoda) is None or None,
            "reading": lambda: by_libpysal(geopandas.read_file(numbered)) and None,
            "alone": process(sys.executable, HERE.parent / "alone.py", "queen-libpysal", numbered),
        }, setup.repetitions)
    vertices = sum(corners(feature["geometry"]["coordinates"]) for feature in features)
    case = f"queen contiguity, {len(features):,} polygons, {vertices:,} vertices; ours reads GeoJSON and writes GAL"
    return [
        Row(case, "libpysal Queen.from_dataframe, in process, after reading", agreed, ratios.get("libpysal"), goal=10),
        Row(case, "libpysal Graph.build_contiguity, in process, after reading", same_links(found, of_graph),
            ratios.get("graph")),
        Row(case, "pygeoda queen_weights, in process, after reading", same_links(found, of_pygeoda),
            ratios.get("pygeoda")),
        Row(case, "libpysal Queen.from_dataframe, in process, with reading", None, ratios.get("reading")),
        Row(case, "libpysal Queen.from_dataframe, start and reading included", None, ratios.get("alone")),
    ]


def corners(coordinates: list) -> int:
    """Positions in nested lists of them."""
    return 1 if isinstance(coordinates[0], (int, float)) else sum(corners(part) for part in coordinates)


def read_gal(file: Path) -> set[tuple[str, str]]:
    lines = iter(file.read_text().splitlines())
    next(lines)
    return {(line.split()[0], other) for line in lines for other in next(lines).split()}
