//! The values of a CSV file, a part a year, and what can be wrong with a year.

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_ingest::{Wanted, read_columns};
use icf_spatial::{Permutations, SpatialError};
use icf_units::{RegionId, Year};

use crate::arguments::{Data, Draws};

/// The values of one year, or all of them.
pub(super) struct Part {
    pub(super) year: Option<Year>,
    pub(super) ids: Vec<RegionId>,
    /// The wanted columns, `--value` first, in the order of the ids.
    pub(super) columns: Vec<Vec<Option<f64>>>,
}

impl Part {
    /// Leaves some regions out.
    pub(super) fn leave_out(&mut self, regions: &[RegionId]) {
        let keep: Vec<bool> = self.ids.iter().map(|id| !regions.contains(id)).collect();
        let kept = |place: usize| keep[place];
        let ids = std::mem::take(&mut self.ids).into_iter().enumerate();
        self.ids = ids.filter(|(place, _)| kept(*place)).map(|(_, id)| id).collect();
        for column in &mut self.columns {
            let values = std::mem::take(column).into_iter().enumerate();
            *column = values.filter(|(place, _)| kept(*place)).map(|(_, value)| value).collect();
        }
    }

    /// Ids with the values of the first column.
    pub(super) fn values(&self) -> Vec<(RegionId, Option<f64>)> {
        self.ids.iter().cloned().zip(self.columns[0].iter().copied()).collect()
    }

    /// Ids with the values of the first two columns.
    pub(super) fn pairs(&self) -> Vec<(RegionId, Option<f64>, Option<f64>)> {
        let both = self.columns[0].iter().zip(&self.columns[1]);
        self.ids.iter().cloned().zip(both).map(|(id, (first, second))| (id, *first, *second)).collect()
    }
}

/// Reads the values, and a second column if one is wanted, a part a year.
pub(super) fn read(data: &Data, second: Option<&str>) -> Result<Vec<Part>, Diagnostics> {
    let wanted = Wanted {
        id: Some(&data.id),
        year: data.year.as_deref(),
        numbers: std::iter::once(data.value.as_str()).chain(second).collect(),
        only: data.only.pairs(),
        ..Wanted::default()
    };
    let columns = read_columns(&data.data, &wanted)?;
    let part = |(year, rows): (Option<Year>, Vec<usize>)| Part {
        year,
        ids: rows.iter().map(|row| columns.ids[*row].clone()).collect(),
        columns: columns.numbers.iter().map(|column| rows.iter().map(|row| column[*row]).collect()).collect(),
    };
    Ok(columns.by_year().into_iter().map(part).collect())
}

/// Computes something of each part; what is wrong with any of them is told for all.
pub(super) fn each<T>(
    data: &Data,
    parts: &[Part],
    compute: impl Fn(&Part, Permutations<'_>) -> Result<T, SpatialError>,
    (draws, what): (&Draws, &str),
) -> Result<Vec<T>, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let mut computed = Vec::with_capacity(parts.len());
    for part in parts {
        let purpose = match part.year {
            Some(year) => format!("{what} {} {year}", data.value),
            None => format!("{what} {}", data.value),
        };
        let permutations = Permutations { count: draws.permutations, seed: draws.seed, purpose: &purpose };
        match compute(part, permutations) {
            Ok(found) => computed.push(found),
            Err(error) => mistakes.push(refused(data, part.year, &error)),
        }
    }
    if mistakes.has_errors() { Err(mistakes) } else { Ok(computed) }
}

/// Why a statistic cannot be had, with the column and year.
fn refused(data: &Data, year: Option<Year>, error: &SpatialError) -> Diagnostic {
    let of = year.map_or_else(String::new, |year| format!(" in {year}"));
    let mistake = Diagnostic::error("statistic", format!("column `{}`{of}: {error}", data.value))
        .at(Place::file(data.data.display().to_string()));
    match error {
        SpatialError::Mismatch { .. } => {
            mistake.hint("rows are matched to weights by id; ids are text, so 1 and 01 differ")
        }
        SpatialError::DuplicateId(_) => mistake.hint("a panel of years needs --year"),
        _ => mistake,
    }
}
