//! The series as a workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::{Exchange, MODEL};

/// The sheets `data` and `meta`. The time of creation is fixed, so that the same run gives the same bytes.
pub(super) fn workbook(exchange: &Exchange) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author(MODEL).set_creation_datetime(&created));
    data(workbook.add_worksheet(), exchange)?;
    meta(workbook.add_worksheet(), exchange)?;
    workbook.save_to_buffer()
}

fn data(sheet: &mut Worksheet, exchange: &Exchange) -> Result<(), XlsxError> {
    sheet.set_name("data")?;
    texts(sheet, 0, &["Model", "Scenario", "Region", "Variable", "Unit"])?;
    for (column, year) in (5..).zip(&exchange.years) {
        sheet.write_number(0, column, year.get())?;
    }
    for (row, series) in (1..).zip(&exchange.series) {
        let keys = [MODEL, &exchange.scenario, &series.region, &series.variable, series.unit];
        texts(sheet, row, &keys)?;
        for (column, value) in (5..).zip(&series.values) {
            if let Some(value) = value {
                sheet.write_number(row, column, *value)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 5)?;
    Ok(())
}

fn meta(sheet: &mut Worksheet, exchange: &Exchange) -> Result<(), XlsxError> {
    sheet.set_name("meta")?;
    let keys = ["Model", "Scenario"].into_iter().chain(exchange.meta.iter().map(|entry| entry.0));
    let values =
        [MODEL, &exchange.scenario].into_iter().chain(exchange.meta.iter().map(|entry| entry.1.as_str()));
    texts(sheet, 0, &keys.collect::<Vec<_>>())?;
    texts(sheet, 1, &values.collect::<Vec<_>>())
}

/// Texts side by side, from the first column on.
fn texts(sheet: &mut Worksheet, row: u32, texts: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(row, column, *text)?;
    }
    Ok(())
}
