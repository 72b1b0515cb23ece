//! A run in the format of the Integrated Assessment Modeling Consortium (IAMC), as pyam and the databases of
//! scenarios read it: model, scenario, region, variable, unit, year and value.
//!
//! `variable` is the list of variables, `region` gives the nation, the groups and the regions names that mean the
//! same in every run, `series` takes the values from the tables, and a file each writes them. What the names, units
//! and signs mean stands in docs/iamc.md.

mod account;
mod csv;
mod definition;
mod region;
mod series;
mod variable;
mod xlsx;

use icf_results::RunResults;
use icf_units::Year;

use crate::TableError;

pub use definition::variables_yaml;

use region::Region;
use series::Series;

/// The name of the model: the program and its version.
const MODEL: &str = concat!("ICF ", env!("CARGO_PKG_VERSION"));

/// A run as IAMC series, sorted by region and variable.
pub struct Exchange {
    scenario: String,
    meta: Vec<(&'static str, String)>,
    years: Vec<Year>,
    regions: Vec<Region>,
    series: Vec<Series>,
}

impl Exchange {
    /// The series of a run.
    #[must_use]
    pub fn of(results: &RunResults) -> Self {
        let regions = region::of(results);
        let years: Vec<Year> = results.nation.iter().map(|row| row.year).collect();
        Self {
            scenario: results.scenario.clone(),
            meta: vec![
                ("Description", results.description.clone()),
                ("Data", results.data.clone()),
                ("Emissions against the sink", results.basis.unit().to_owned()),
                ("Last year of the history", results.history.last().to_string()),
            ],
            series: series::of(results, &regions, &years),
            years,
            regions,
        }
    }

    /// `iamc.csv`: a row a value.
    ///
    /// # Errors
    /// When polars refuses the table, which would be a fault of this crate.
    pub fn long_csv(&self) -> Result<Vec<u8>, TableError> {
        csv::long(self).map_err(|source| TableError::new("iamc", source))
    }

    /// `iamc_wide.csv`: a row a region and variable, a column a year.
    ///
    /// # Errors
    /// When polars refuses the table, which would be a fault of this crate.
    pub fn wide_csv(&self) -> Result<Vec<u8>, TableError> {
        csv::wide(self).map_err(|source| TableError::new("iamc_wide", source))
    }

    /// `iamc.xlsx`: the sheet `data`, wide, and the sheet `meta`, a row a scenario.
    ///
    /// # Errors
    /// When a text or the table is larger than a workbook allows.
    pub fn xlsx(&self) -> Result<Vec<u8>, TableError> {
        xlsx::workbook(self).map_err(|source| TableError::new("iamc", source))
    }

    /// `regions.yaml`: the regions of the run as a definition that nomenclature reads.
    #[must_use]
    pub fn regions_yaml(&self) -> String {
        definition::regions_yaml(&self.regions)
    }
}
