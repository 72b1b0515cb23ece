//! What a data set holds: rows, years, units, flags, and which region has figures in which year.

use std::collections::BTreeMap;

use icf_diagnostics::Diagnostics;
use icf_units::{RegionId, Unit, Year};
use serde::Serialize;

use crate::source::{self, Files, Source};
use crate::tables::{self, RegionIndex};
use crate::{checked, schema};

/// A data set without a mistake, as its tables show it.
#[derive(Clone, Debug, Serialize)]
pub struct Survey {
    /// Its name.
    pub name: String,
    /// Regions.
    pub regions: usize,
    /// The tables that a run reads.
    pub tables: Vec<TableSurvey>,
    /// Tables that no run reads.
    pub unused: Vec<String>,
    /// Whether there are boundaries.
    pub has_boundaries: bool,
    /// What the reader should know although the data set can be used.
    #[serde(skip)]
    pub warnings: Diagnostics,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub struct TableSurvey {
    /// Its name.
    pub table: &'static str,
    /// The file that it was read from.
    pub file: String,
    /// Rows.
    pub rows: usize,
    /// First and last year.
    pub years: Option<(Year, Year)>,
    /// The units in use, as they are written.
    pub units: Vec<String>,
    /// Rows by quality flag.
    pub quality: BTreeMap<String, usize>,
    /// Figures by region and year; none in a table without years.
    pub coverage: Option<Coverage>,
}

/// How many figures each region has in each year.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// The first year.
    pub first: Year,
    /// The most figures that any region has in any year.
    pub most: usize,
    /// Figures by region, then year from the first on.
    pub regions: Vec<(RegionId, Vec<usize>)>,
}

/// Reads and checks a data set, and says what it holds.
///
/// # Errors
/// As [`crate::read`].
pub fn survey(source: &Source) -> Result<Survey, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let files = source::collect(source, &mut diagnostics);
    let dataset = checked(source, files.clone(), diagnostics)?;
    let files = files.expect("a data set that was read has files");
    let ids: Vec<RegionId> = dataset.regions.iter().map(|region| region.id.clone()).collect();
    let index = RegionIndex::new(&dataset.regions);
    Ok(Survey {
        regions: ids.len(),
        tables: schema().iter().filter_map(|table| of_table(table.name, &files, &ids, &index)).collect(),
        unused: files
            .tables
            .keys()
            .filter(|name| !source::TABLES.contains(&name.as_str()))
            .cloned()
            .collect(),
        has_boundaries: dataset.boundaries.is_some(),
        name: dataset.name,
        warnings: dataset.warnings,
    })
}

fn of_table(name: &'static str, files: &Files, ids: &[RegionId], index: &RegionIndex) -> Option<TableSurvey> {
    let file = files.tables.get(name)?;
    // What there is to say of the table has been said when it was checked.
    let table = tables::raw(files, name, &mut Diagnostics::default())?;
    let column = |name: &str| table.columns.iter().position(|column| column == name);
    let cells = |name: &str| -> Vec<&str> {
        column(name).map_or_else(Vec::new, |column| {
            (0..table.rows).filter_map(|row| table.cell(row, column)).collect()
        })
    };
    let mut quality = BTreeMap::new();
    for flag in cells("quality") {
        *quality.entry(flag.to_owned()).or_insert(0) += 1;
    }
    let mut units: Vec<String> = cells("unit")
        .into_iter()
        .map(|unit| Unit::parse(unit).map_or_else(|_| unit.to_owned(), |unit| unit.name().to_owned()))
        .collect();
    units.sort();
    units.dedup();
    let coverage = column("region").zip(column("year")).and_then(|(region, year)| {
        let keys = (0..table.rows)
            .filter_map(|row| Some((table.cell(row, region)?, table.cell(row, year)?.parse().ok()?)));
        coverage(keys.collect(), ids, index)
    });
    Some(TableSurvey {
        table: name,
        file: file.name.clone(),
        rows: table.rows,
        years: coverage.as_ref().map(|(coverage, last)| (coverage.first, *last)),
        units,
        quality,
        coverage: coverage.map(|(coverage, _)| coverage),
    })
}

/// The figures by region and year, and the last year.
fn coverage(keys: Vec<(&str, i32)>, ids: &[RegionId], index: &RegionIndex) -> Option<(Coverage, Year)> {
    let first = keys.iter().map(|(_, year)| *year).min()?;
    let last = keys.iter().map(|(_, year)| *year).max()?;
    let place = |year: i32| usize::try_from(year - first).expect("no year is before the first");
    let mut counts = vec![vec![0; place(last) + 1]; ids.len()];
    for (region, year) in keys {
        if let Some(row) = index.named(region) {
            counts[row][place(year)] += 1;
        }
    }
    let most = counts.iter().flatten().copied().max().unwrap_or(0);
    let regions = ids.iter().cloned().zip(counts).collect();
    Some((Coverage { first: Year::new(first), most, regions }, Year::new(last)))
}
