"""Validates the tables of a run as a Frictionless Data Package: every value is of its field's type.

usage: datapackage.py RUN
"""

import sys
from pathlib import Path

from frictionless import Package, validate

path = Path(sys.argv[1]) / "tables/datapackage.json"
report = validate(str(path))
assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "note"])[:20]
package = Package(str(path))
units = sum("unit" in field.to_dict() for resource in package.resources for field in resource.schema.fields)
assert units > 50, units
print(f"datapackage: {len(package.resources)} tables are valid, {units} columns have a unit")
