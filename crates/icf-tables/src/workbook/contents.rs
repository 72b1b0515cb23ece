//! The first sheet: what the run is, which tables follow, and what each column means.

use icf_results::{RunResults, Table};
use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::{fits, sheet};

pub(super) fn write(sheet: &mut Worksheet, results: &RunResults, tables: &[Table]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name("contents")?;
    for (column, width) in [(0, 28.0), (1, 14.0), (2, 20.0), (3, 90.0)] {
        sheet.set_column_width(column, width)?;
    }
    let about = [
        ("scenario", results.scenario.clone()),
        ("description", results.description.clone()),
        ("data", results.data.clone()),
        ("history", results.history.to_string()),
        ("horizon", results.horizon.to_string()),
        ("basis of t", results.basis.unit().to_owned()),
    ];
    let mut row = 0;
    for (key, value) in &about {
        sheet.write_string_with_format(row, 0, *key, &bold)?;
        sheet::text_cell(sheet, row, 1, value)?;
        row += 1;
    }
    row += 1;
    for (column, title) in (0..).zip(["sheet", "rows", "", "a row is"]) {
        sheet.write_string_with_format(row, column, title, &bold)?;
    }
    for table in tables {
        row += 1;
        let name = sheet::name(table.name);
        if fits(table) {
            sheet.write_url(row, 0, Url::new(format!("internal:'{name}'!A1")).set_text(name))?;
        } else {
            sheet.write_string(row, 0, name)?;
            sheet.write_string(row, 2, "too long for a sheet; see its CSV")?;
        }
        #[expect(clippy::cast_precision_loss, reason = "rows are far below 2^53")]
        sheet.write_number(row, 1, table.rows.len() as f64)?;
        sheet.write_string(row, 3, table.title)?;
    }
    row += 2;
    for (column, title) in (0..).zip(["column", "unit", "sheet", "meaning"]) {
        sheet.write_string_with_format(row, column, title, &bold)?;
    }
    for table in tables {
        for column in table.columns {
            row += 1;
            sheet.write_string(row, 0, column.name)?;
            sheet.write_string(row, 1, column.unit)?;
            sheet.write_string(row, 2, table.name)?;
            sheet::text_cell(sheet, row, 3, column.description)?;
        }
    }
    Ok(())
}
