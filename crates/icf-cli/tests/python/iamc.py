"""Reads the exchange files of runs with pyam, and holds their sums against the definitions beside them.

usage: iamc.py RUN…
"""

import sys
from pathlib import Path

import pyam
import yaml

try:
    from nomenclature import DataStructureDefinition
except ImportError:
    DataStructureDefinition = None

CLOSE = {"rtol": 1e-9, "atol": 0}


def variables(exchange):
    """Every variable of the definition with its attributes."""
    text = (exchange / "definitions/variable/variables.yaml").read_text(encoding="utf-8")
    return {name: attributes for entry in yaml.safe_load(text) for name, attributes in entry.items()}


def sums(exchange):
    """The nation and the groups, with the regions they are the sums of."""
    text = (exchange / "definitions/region/regions.yaml").read_text(encoding="utf-8")
    regions = {}
    for level in yaml.safe_load(text):
        for entries in level.values():
            for entry in entries:
                regions.update(entry)
    return {name: attributes["members"] for name, attributes in regions.items() if "members" in attributes}, regions


def check_sums(data, definition, parents):
    """Sums are sums and means are weighted means; gives the number of comparisons."""
    compared = 0
    for name in data.variable:
        attributes = definition[name]
        if attributes.get("skip-region-aggregation"):
            continue
        for parent, members in parents.items():
            ours = data.filter(variable=name, region=parent)
            assert len(ours) == len(data.year), f"{name} of {parent} lacks years"
            wrong = data.check_aggregate_region(
                name, region=parent, subregions=members, weight=attributes.get("weight"), **CLOSE
            )
            assert wrong is None, f"{name} of {parent}:\n{wrong}"
            compared += len(ours)
    return compared


def check_that_a_slip_is_found(data, parents):
    """A sum that is off by a millionth must be refused, or the checks above say nothing."""
    parent, members = next(iter(parents.items()))
    table = data.filter(variable="Population").data
    place = table.index[table.region == parent][0]
    table.loc[place, "value"] *= 1 + 1e-6
    slip = pyam.IamDataFrame(table)
    wrong = slip.check_aggregate_region("Population", region=parent, subregions=members, **CLOSE)
    assert wrong is not None and len(wrong) == 1


def check(run):
    exchange = Path(run) / "exchange"
    definition = variables(exchange)
    parents, regions = sums(exchange)
    data = pyam.IamDataFrame(exchange / "iamc.csv")
    lines = (exchange / "iamc.csv").read_text(encoding="utf-8").count("\n") - 1
    assert len(data) == lines, f"{len(data)} values of {lines} rows"
    assert not data.data.duplicated(pyam.IAMC_IDX + ["year"]).any()
    assert data.dimensions == ["model", "scenario", "region", "variable", "unit", "year"]
    assert set(data.region) == set(regions)
    for other in ("iamc_wide.csv", "iamc.xlsx"):
        pyam.assert_iamframe_equal(
            pyam.IamDataFrame(exchange / "iamc.csv"),
            pyam.IamDataFrame(exchange / other, meta_sheet_name=False),
            rtol=1e-15,
        )
    with_meta = pyam.IamDataFrame(exchange / "iamc.xlsx")
    assert with_meta.meta["Last year of the history"].tolist() == [2022]
    units = data.data.groupby("variable")["unit"].unique()
    for name, found in units.items():
        assert list(found) == [definition[name]["unit"]], f"{name}: {found}"
    # Brackets in a name are no pattern.
    for name in data.variable:
        assert data.filter(variable=name).variable == [name]
    compared = check_sums(data, definition, parents)
    check_that_a_slip_is_found(data, parents)
    if DataStructureDefinition is not None:
        DataStructureDefinition(exchange / "definitions").validate(data)
    return f"{Path(run).name}: {len(data)} values, {compared} sums and means"


for run in sys.argv[1:]:
    print(check(run))
known = "checked against" if DataStructureDefinition else "not installed, so not checked against"
print(f"pyam {pyam.__version__}; nomenclature {known}")
