"""Makes the sample of docs/landcover.md: python3 make.py (numpy 2.4, rasterio 1.4.4).

Two made-up rasters in the coding of CLCD, 2000 and 2020, of 480 × 360 cells of 30 m or so near 110° E 30° N, and three
zones on them: a valley with an island for a hole, its neighbour, and one that the rasters hold in part.
"""

import json
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

HERE = Path(__file__).resolve().parent
ROWS, COLUMNS, CELL = 360, 480, 0.00027
WEST, NORTH = 110.0, 30.2


def main() -> None:
    row, column = np.mgrid[:ROWS, :COLUMNS] / 60
    height = np.sin(row * 1.3) + np.cos(column * 0.9 + row) + 0.4 * np.sin(5 * column) * np.cos(4 * row)
    codes = np.select([height < -1.2, height < -0.2, height < 0.4, height < 0.6], [5, 1, 4, 3], 2).astype("uint8")
    later = codes.copy()
    town = (row - 3) ** 2 + (column - 4) ** 2 < 0.7 + 0.2 * np.sin(3 * column)
    later[town & (codes != 5)] = 8
    later[(height > 0.1) & (height < 0.4)] = 2
    for year, cells in ((2000, codes), (2020, later)):
        cells[:6, :40] = 0
        with rasterio.open(HERE / f"clcd_{year}.tif", "w", driver="GTiff", height=ROWS, width=COLUMNS, count=1,
                           dtype="uint8", nodata=0, crs="EPSG:4326", compress="lzw", tiled=True, blockxsize=128,
                           blockysize=128, transform=from_origin(WEST, NORTH, CELL, CELL)) as file:
            file.write(cells, 1)
    valley = [[110.004, 30.11], [110.061, 30.108], [110.063, 30.196], [110.004, 30.199], [110.004, 30.11]]
    island = [[110.02, 30.15], [110.03, 30.17], [110.04, 30.145], [110.02, 30.15]]
    hills = [[110.061, 30.108], [110.12, 30.112], [110.125, 30.19], [110.063, 30.196], [110.061, 30.108]]
    border = [[110.12, 30.112], [110.15, 30.12], [110.15, 30.18], [110.125, 30.19], [110.12, 30.112]]
    features = [
        {"type": "Feature", "properties": {"region": name}, "geometry": {"type": "Polygon", "coordinates": rings}}
        for name, rings in (("valley", [valley, island]), ("hills", [hills]), ("border", [border]))
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, indent=1)
    (HERE / "zones.geojson").write_text(text + "\n")


if __name__ == "__main__":
    main()
