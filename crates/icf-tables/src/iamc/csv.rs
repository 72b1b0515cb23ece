//! The series as CSV, long and wide.

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsError, Series as Values};

use super::{Exchange, MODEL};

/// model, scenario, region, variable, unit, year, value.
pub(super) fn long(exchange: &Exchange) -> Result<Vec<u8>, PolarsError> {
    let mut rows = Vec::new();
    for series in &exchange.series {
        for (year, value) in exchange.years.iter().zip(&series.values) {
            rows.extend(value.map(|value| (series, year.get(), value)));
        }
    }
    let column = |name: &str, values: Vec<&str>| Column::from(Values::new(name.into(), values));
    crate::csv(DataFrame::new(
        rows.len(),
        vec![
            column("model", vec![MODEL; rows.len()]),
            column("scenario", vec![&exchange.scenario; rows.len()]),
            column("region", rows.iter().map(|row| row.0.region.as_str()).collect()),
            column("variable", rows.iter().map(|row| row.0.variable.as_str()).collect()),
            column("unit", rows.iter().map(|row| row.0.unit).collect()),
            Column::from(Values::new("year".into(), rows.iter().map(|row| row.1).collect::<Vec<i32>>())),
            Column::from(Values::new("value".into(), rows.iter().map(|row| row.2).collect::<Vec<f64>>())),
        ],
    )?)
}

/// Model, Scenario, Region, Variable, Unit and a column a year, headed as in the templates of the IAMC.
pub(super) fn wide(exchange: &Exchange) -> Result<Vec<u8>, PolarsError> {
    let series = &exchange.series;
    let column = |name: &str, values: Vec<&str>| Column::from(Values::new(name.into(), values));
    let mut columns = vec![
        column("Model", vec![MODEL; series.len()]),
        column("Scenario", vec![&exchange.scenario; series.len()]),
        column("Region", series.iter().map(|series| series.region.as_str()).collect()),
        column("Variable", series.iter().map(|series| series.variable.as_str()).collect()),
        column("Unit", series.iter().map(|series| series.unit).collect()),
    ];
    for (place, year) in exchange.years.iter().enumerate() {
        let values: Vec<Option<f64>> = series.iter().map(|series| series.values[place]).collect();
        columns.push(Column::from(Values::new(year.to_string().into(), values)));
    }
    crate::csv(DataFrame::new(series.len(), columns)?)
}
