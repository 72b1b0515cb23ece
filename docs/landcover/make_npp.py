"""Makes the NPP of docs/landcover.md and of scenarios/land-npp.yaml: python3 make_npp.py (numpy 2.4, rasterio 1.4.4).

Made-up rasters in the coding of MOD17A3HGF: whole numbers of 0.0001 kg C/m² a year, 32761 to 32767 where there is none. Cells are
eight times as wide as those of the small sample of land classes, and five times as those of China.
"""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

HERE = Path(__file__).resolve().parent


def write(name: str, values: np.ndarray, west: float, north: float, cell: float) -> None:
    rows, columns = values.shape
    with rasterio.open(HERE / name, "w", driver="GTiff", height=rows, width=columns, count=1, dtype="int16",
                       crs="EPSG:4326", compress="deflate", zlevel=9, predictor=2, blockysize=rows,
                       transform=from_origin(west, north, cell, cell)) as file:
        file.write(values.round().astype("int16"), 1)


def main() -> None:
    row, column = np.mgrid[:46, :61] / 10
    hills = 5500 + 1500 * np.sin(row) + 900 * np.cos(1.7 * column - row)
    hills[(row - 2) ** 2 + (column - 5) ** 2 < 0.1] = 32_761
    write("npp_2020.tif", hills, 110.0, 30.2, 0.00027 * 8)

    row, column = np.mgrid[:103, :126]
    longitude, latitude = 73.25 + column / 2, 53.75 - row / 2
    # More to the south-east, as rain and warmth have it, and some unevenness.
    moist = np.clip((longitude - 85) / 40 + (45 - latitude) / 40, 0.05, 1.2)
    china = 1000 + 6500 * moist + 600 * np.sin(row / 3) * np.cos(column / 4)
    write("china_npp_2018.tif", np.round(china, -1), 73.0, 54.0, 0.5)


if __name__ == "__main__":
    main()
