"""A peer by itself: its start, imports, compilation and reading are part of what it takes, as they are for ours.

Each imports what it needs and no more.
"""

import csv
import sys


def column(file: str, name: str) -> list[float]:
    with open(file, newline="") as lines:
        return [float(row[name]) for row in csv.DictReader(lines)]


def lisa_pygeoda(data: str, weights: str, draws: str, threads: str) -> None:
    import pygeoda

    values = column(data, "value")
    ids = [str(place) for place in range(1, len(values) + 1)]
    found = pygeoda.local_moran(pygeoda.read_gal(weights, ids), values, permutations=int(draws),
                                permutation_method="lookup-table", cpu_threads=int(threads))
    found.lisa_pvalues()


def lisa_esda(data: str, weights: str, draws: str) -> None:
    import libpysal
    import numpy
    from esda.moran import Moran_Local

    neighbours = libpysal.io.open(weights).read()
    Moran_Local(numpy.array(column(data, "value")), neighbours, permutations=int(draws), keep_simulations=False)


def breaks_mapclassify(data: str, k: str) -> None:
    import mapclassify
    import pandas

    mapclassify.FisherJenks(pandas.read_csv(data)["value"].to_numpy(), k=int(k))


def queen_libpysal(file: str) -> None:
    import geopandas
    from libpysal.weights import Queen

    Queen.from_dataframe(geopandas.read_file(file), use_index=False)


def provinces_esda(data: str, weights: str, draws: str) -> None:
    import libpysal
    import pandas
    from esda.moran import Moran_Local

    neighbours = libpysal.io.open(weights).read()
    for _, year in pandas.read_csv(data).groupby("year"):
        for name in ("size", "depth"):
            Moran_Local(year[name].to_numpy(), neighbours, permutations=int(draws), keep_simulations=False)


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")](*sys.argv[2:])
