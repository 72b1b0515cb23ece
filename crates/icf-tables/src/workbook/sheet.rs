//! One table as a sheet.

use icf_results::{Cell, Column, ColumnType, Table};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// A cell of a spreadsheet holds no longer text.
const LONGEST: usize = 32_767;
/// Excel's longest name of a sheet.
const LONGEST_NAME: usize = 31;

/// The name of a table's sheet.
pub(super) fn name(table: &str) -> &str {
    table.get(..LONGEST_NAME).unwrap_or(table)
}

/// The header with units, frozen and with filters; below it the rows in the table's order. A missing value is an empty
/// cell.
pub(super) fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(name(table.name))?;
    let header = Format::new().set_bold().set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::Top);
    for (place, column) in (0..).zip(table.columns) {
        sheet.write_string_with_format(0, place, titled(column), &header)?;
        sheet.set_column_width(place, width(column))?;
        sheet.set_column_format(place, &format(column))?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (place, cell) in (0..).zip(cells) {
            match cell {
                Cell::Missing => {}
                Cell::Text(text) => text_cell(sheet, row, place, text)?,
                Cell::Integer(number) => integer(sheet, row, place, *number)?,
                Cell::Number(number) => drop(sheet.write_number(row, place, *number)?),
                Cell::Boolean(truth) => drop(sheet.write_boolean(row, place, *truth)?),
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(rows), Some(last)) = (u32::try_from(table.rows.len()), last_column(table))
        && rows > 0
    {
        sheet.autofilter(0, 0, rows, last)?;
    }
    Ok(())
}

fn last_column(table: &Table) -> Option<u16> {
    u16::try_from(table.columns.len().checked_sub(1)?).ok()
}

/// Text of any length; what does not fit is cut and says so.
pub(super) fn text_cell(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if text.chars().count() <= LONGEST {
        sheet.write_string(row, column, text)?;
    } else {
        let cut: String = text.chars().take(LONGEST - 1).chain(['…']).collect();
        sheet.write_string(row, column, cut)?;
    }
    Ok(())
}

/// A whole number; beyond 2⁵³ as text, because a spreadsheet's number would be another.
fn integer(sheet: &mut Worksheet, row: u32, column: u16, number: i64) -> Result<(), XlsxError> {
    const EXACT: u64 = 1 << 53;
    if number.unsigned_abs() > EXACT {
        sheet.write_string(row, column, number.to_string())?;
    } else {
        #[expect(clippy::cast_precision_loss, reason = "the number has at most 53 bits")]
        sheet.write_number(row, column, number as f64)?;
    }
    Ok(())
}

/// `ice_t [t]`: the name by which scripts call the column, with its unit.
pub(super) fn titled(column: &Column) -> String {
    if column.unit.is_empty() { column.name.to_owned() } else { format!("{} [{}]", column.name, column.unit) }
}

fn width(column: &Column) -> f64 {
    match (column.ty, column.name) {
        (ColumnType::Text, "note" | "why" | "members" | "source" | "claim") => 48.0,
        (ColumnType::Text, _) => 18.0,
        (ColumnType::Integer | ColumnType::Boolean, _) => 10.0,
        (ColumnType::Number, _) => 15.0,
    }
}

/// Large amounts with separators, small ones with their digits; the cell holds the whole number all the same.
fn format(column: &Column) -> Format {
    let shown = match (column.ty, column.unit) {
        (ColumnType::Number, "t" | "t CO2" | "t C" | "hm2" | "persons") => "#,##0",
        (ColumnType::Number, "hm2/person") => "0.0000",
        (ColumnType::Number, "1") => "0.000",
        (ColumnType::Integer, _) => "0",
        _ => "General",
    };
    Format::new().set_num_format(shown)
}
