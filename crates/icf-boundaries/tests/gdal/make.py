"""Writes the sample boundaries by GDAL; run once, with what was used named in made-by.txt.

usage: make.py (in this folder)
"""

from pathlib import Path

import geopandas
import pyogrio
from shapely.geometry import MultiPolygon, Polygon, box

ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m"
HERE = Path(__file__).parent

land = Polygon(box(110, 30, 111, 31).exterior, [box(110.2, 30.2, 110.8, 30.8).exterior])
shapes = [
    MultiPolygon([land, box(110.4, 30.4, 110.6, 30.6), box(112, 30, 112.5, 30.5)]),
    Polygon([(111, 30), (111.9, 30.1), (111.5, 30.9), (111, 30)]),
]
zones = geopandas.GeoDataFrame(
    {"省": ["湖北", "重庆"], "code": [420000, 500000], "size": [1.5, 2.0], "name": ["Hubei", "Chongqing"]},
    geometry=shapes, crs="EPSG:4326")
plain = zones.drop(columns=["省"])

zones.to_file(HERE / "utf8.shp", encoding="UTF-8")
zones.to_file(HERE / "gbk.shp", encoding="GBK")
plain.to_crs(ALBERS).to_file(HERE / "albers.shp")
plain.to_crs("EPSG:4526").to_file(HERE / "gauss.shp")
raised = plain.set_geometry(geopandas.GeoSeries(plain.geometry, crs=plain.crs).force_3d(7))
raised.to_file(HERE / "heights.shp")
zones.to_file(HERE / "zones.gpkg", layer="degrees", index=False)
plain.to_crs(ALBERS).to_file(HERE / "zones.gpkg", layer="albers", index=False)
plain.to_crs("EPSG:4526").to_file(HERE / "zones.gpkg", layer="gauss", index=False)
raised.to_file(HERE / "one.gpkg", layer="heights", index=False)
for file in HERE.glob("*.shx"):
    file.unlink()
(HERE / "made-by.txt").write_text(
    f"geopandas {geopandas.__version__}, pyogrio {pyogrio.__version__}, GDAL {pyogrio.__gdal_version_string__}\n")
