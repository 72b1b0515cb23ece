"""Writes the rasters of this folder by GDAL: python3 make.py. Made with rasterio 1.4.4, GDAL 3.10.3.

The cell in row r and column c holds (r * r + 3 * c) // 40 % 9, times 5000 where cells have two bytes. The first 32
columns of u8_sparse_tiles were never written. In the rasters of a quantity it holds that code times 0.3125 less 1, and whole numbers
the code times 700 less 900 or, without a sign, times 70,000; code 8 stands for what is not known.
"""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window

HERE = Path(__file__).resolve().parent
ROWS, COLUMNS = 41, 50
ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=10 +lon_0=105 +x_0=4000000 +y_0=1000 +datum=WGS84 +units=m"

TILED = {"tiled": True, "blockxsize": 32, "blockysize": 16}
CASES = {
    "u8_none_strips": ("u8", {"blockysize": 7}),
    "u8_none_strips_big_endian": ("u8", {"blockysize": 7, "ENDIANNESS": "BIG"}),
    "u8_lzw_tiles": ("u8", {"compress": "lzw", **TILED}),
    "u8_lzw_tiles_predictor": ("u8", {"compress": "lzw", "predictor": 2, **TILED}),
    "u8_deflate_strips": ("u8", {"compress": "deflate", "blockysize": 16}),
    "u8_deflate_tiles_bigtiff": ("u8", {"compress": "deflate", "BIGTIFF": "YES", **TILED}),
    "u8_zstd_tiles": ("u8", {"compress": "zstd", **TILED}),
    "u8_packbits_strips": ("u8", {"compress": "packbits", "blockysize": 5}),
    "u16_none_tiles_big_endian": ("u16", {"ENDIANNESS": "BIG", **TILED}),
    "u16_lzw_strips": ("u16", {"compress": "lzw", "blockysize": 41}),
    "u16_lzw_tiles_predictor_big_endian": (
        "u16", {"compress": "lzw", "predictor": 2, "ENDIANNESS": "BIG", "BIGTIFF": "YES", **TILED}),
    "u16_deflate_tiles_predictor": ("u16", {"compress": "deflate", "predictor": 2, **TILED}),
    "u16_zstd_strips_predictor": ("u16", {"compress": "zstd", "predictor": 2, "blockysize": 9}),
    "u16_packbits_tiles": ("u16", {"compress": "packbits", **TILED}),
    "u8_sparse_tiles": ("u8", {"compress": "lzw", "SPARSE_OK": True, **TILED}),
    "u8_albers": ("u8", {"compress": "lzw", "crs": ALBERS, **TILED}),
    "u8_cgcs2000": ("u8", {"compress": "lzw", "crs": "EPSG:4490", **TILED}),
}

QUANTITIES = {
    "f32_deflate_tiles_planes": ("float32", {"compress": "deflate", "predictor": 3, **TILED}),
    "f32_lzw_strips_planes_big_endian": (
        "float32", {"compress": "lzw", "predictor": 3, "ENDIANNESS": "BIG", "blockysize": 9}),
    "f32_zstd_tiles_differences": ("float32", {"compress": "zstd", "predictor": 2, **TILED}),
    "f64_zstd_tiles_planes": ("float64", {"compress": "zstd", "predictor": 3, **TILED}),
    "i16_lzw_tiles_differences": ("int16", {"compress": "lzw", "predictor": 2, **TILED}),
    "i32_deflate_strips_differences_big_endian": (
        "int32", {"compress": "deflate", "predictor": 2, "ENDIANNESS": "BIG", "blockysize": 16}),
    "u32_deflate_tiles_differences": ("uint32", {"compress": "deflate", "predictor": 2, **TILED}),
}


def main() -> None:
    row, column = np.mgrid[:ROWS, :COLUMNS]
    codes = (row * row + 3 * column) // 40 % 9
    for name, (sample, options) in CASES.items():
        options = {"crs": "EPSG:4326", **options}
        two = sample == "u16"
        cells = (codes * 5000).astype("uint16") if two else codes.astype("uint8")
        projected = options["crs"] == ALBERS
        transform = from_origin(3_000_000, 4_500_000, 30, 30) if projected else from_origin(116.25, 40.5, 1 / 64, 1 / 128)
        with rasterio.open(HERE / f"{name}.tif", "w", driver="GTiff", height=ROWS, width=COLUMNS, count=1,
                           dtype=cells.dtype, nodata=40_000 if two else 8, transform=transform, **options) as file:
            if "sparse" in name:
                file.write(cells[:, 32:], 1, window=Window(32, 0, COLUMNS - 32, ROWS))
            else:
                file.write(cells, 1)
    for name, (sample, options) in QUANTITIES.items():
        of = {"f": lambda: codes * 0.3125 - 1, "i": lambda: codes * 700 - 900, "u": lambda: codes * 70_000}[sample[0]]
        cells = of().astype(sample)
        with rasterio.open(HERE / f"{name}.tif", "w", driver="GTiff", height=ROWS, width=COLUMNS, count=1, dtype=sample,
                           nodata=cells[codes == 8][0], crs="EPSG:4326",
                           transform=from_origin(116.25, 40.5, 1 / 64, 1 / 128), **options) as file:
            file.write(cells, 1)
            if sample == "int16":
                file.scales, file.offsets = (0.5,), (3.0,)


if __name__ == "__main__":
    main()
