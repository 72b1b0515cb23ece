"""Reads the map files of a run with pyogrio and geopandas, and holds them against the tables.

usage: maps.py RUN
"""

import sys
from pathlib import Path

import geopandas
import pandas
import pyogrio

run = Path(sys.argv[1])
table = pandas.read_csv(run / "tables/regions.csv", dtype={"region": str}, float_precision="round_trip")
regions = sorted(table["region"].unique())

package = run / "maps/icf.gpkg"
layers = dict(pyogrio.list_layers(package))
assert layers["regions"] == layers["regions_through_time"] == "MultiPolygon", layers
assert {"thresholds", "regions_by_year", "lisa"} <= set(layers), layers
assert sum(kind is None for kind in layers.values()) == len(list((run / "tables").glob("*.csv")))

once = geopandas.read_file(package, layer="regions")
geojson = geopandas.read_file(run / "maps/regions.geojson")
parquet = geopandas.read_parquet(run / "maps/regions.parquet")
for name, frame in {"gpkg": once, "geojson": geojson, "parquet": parquet}.items():
    assert frame.crs.to_epsg() == 4326 or frame.crs == "OGC:CRS84", (name, frame.crs)
    assert frame["region"].astype(str).tolist() == regions, name
    assert frame.geometry.is_valid.all(), name
    # GeoJSON has polygons where the others have multipolygons of one part; the vertices are the same.
    shapes = frame.geometry.set_crs(geojson.crs, allow_override=True)
    assert shapes.geom_equals(geojson.geometry).all(), name

year = int(table.loc[table["phase"] == "history", "year"].max())
last = table[table["year"] == year].set_index("region")
for frame in (once, parquet):
    found = frame.set_index("region")[f"depth_{year}"]
    assert ((found - last["depth"]).abs() <= 1e-15 * last["depth"]).all()

through = geopandas.read_file(package, layer="regions_through_time")
assert len(through) == len(table) and not through.geometry.isna().any()
joined = through.merge(table, on=["region", "year"], suffixes=("", "_csv"))
assert len(joined) == len(table)
assert (joined["icf_hm2"] - joined["icf_hm2_csv"]).abs().max() == 0
print(f"maps: {len(once)} regions in three formats and {len(through)} regions through time agree with the tables")
