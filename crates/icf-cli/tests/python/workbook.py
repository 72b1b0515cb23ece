"""Reads the workbook of a run with openpyxl, and holds each sheet against its CSV file.

usage: workbook.py RUN
"""

import csv
import sys
from pathlib import Path

import openpyxl

run = Path(sys.argv[1])
values = openpyxl.load_workbook(run / "tables/icf.xlsx", data_only=True)
formulas = openpyxl.load_workbook(run / "tables/icf.xlsx")

tables = sorted(path.stem for path in (run / "tables").glob("*.csv"))
assert len(tables) > 20, tables
assert values.sheetnames[:2] == ["contents", "formulas"], values.sheetnames
assert sorted(values.sheetnames[2:]) == tables, set(values.sheetnames) ^ set(tables)


def same(cell, text):
    """Whether a cell holds what the CSV file prints."""
    if cell is None:
        return text == ""
    if isinstance(cell, bool):
        return text == str(cell).lower()
    if isinstance(cell, (int, float)):
        # A workbook holds fifteen to seventeen digits; the CSV file the shortest that reads back.
        return abs(float(text) - cell) <= 1e-14 * abs(cell)
    return cell == text


cells = 0
for name in tables:
    with open(run / f"tables/{name}.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    sheet = values[name]
    titles = [cell.value for cell in sheet[1]]
    assert [title.split(" [")[0] for title in titles] == header, (name, titles)
    assert sheet.max_row == len(rows) + 1, (name, sheet.max_row, len(rows))
    assert sheet.freeze_panes == "A2", name
    for number, (found, expected) in enumerate(zip(sheet.iter_rows(min_row=2, values_only=True), rows)):
        for column, cell, text in zip(header, found, expected):
            assert same(cell, text), (name, number, column, cell, text)
            cells += 1
    assert all(cell.data_type != "f" for row in formulas[name].iter_rows() for cell in row), name

contents = {}
for row in values["contents"].iter_rows(values_only=True):
    contents.setdefault(row[0], row[1])
assert contents["description"] == "=cmd()" and formulas["contents"]["B2"].data_type == "s"
assert contents["regions"] == values["regions"].max_row - 1

live = 0
for (label, value, unit, program, difference), row in zip(
    values["formulas"].iter_rows(min_row=6, values_only=True), formulas["formulas"].iter_rows(min_row=6)
):
    assert row[1].data_type == "f" and unit, label
    assert value is not None, label
    if program is not None:
        assert value == program and difference == 0, label
        live += 1
assert live == 9, live
print(f"workbook: {cells} cells in {len(tables)} sheets and {live} formulas agree with the CSV files")
