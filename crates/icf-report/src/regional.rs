//! The regions of a run in every year, as far as runs are held against each other.

use icf_results::RegionRow;
use icf_units::Year;

/// A region over its years, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionYears {
    /// Its id.
    pub region: String,
    /// The years.
    pub years: Vec<RegionYear>,
}

/// A region in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegionYear {
    /// The year.
    pub year: Year,
    /// Emissions on the scenario's basis, t.
    pub emissions: Option<f64>,
    /// Capacity less footprint, hm².
    pub balance: Option<f64>,
}

impl RegionYears {
    /// The regions of a table that is sorted by them.
    #[must_use]
    pub fn of(rows: &[RegionRow]) -> Vec<Self> {
        let year = |row: &RegionRow| RegionYear {
            year: row.year,
            emissions: row.ice_t.map(|ice| ice.get()),
            balance: row.cec_hm2.zip(row.icf_hm2).map(|(cec, icf)| cec.get() - icf.get()),
        };
        rows.chunk_by(|a, b| a.region == b.region)
            .map(|rows| Self { region: rows[0].region.to_string(), years: rows.iter().map(year).collect() })
            .collect()
    }
}
