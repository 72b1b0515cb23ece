//! The values of a run, a series a region and variable.

use std::collections::BTreeMap;

use icf_results::RunResults;
use icf_units::Year;

use super::account::Account;
use super::region::{Level, Region};
use super::variable::VARIABLES;

/// The values of a variable in a region.
pub(super) struct Series {
    pub(super) region: String,
    pub(super) variable: String,
    pub(super) unit: &'static str,
    /// One a year; a series has at least one.
    pub(super) values: Vec<Option<f64>>,
}

/// The series of a run, sorted by region and variable; those without a value are left out.
pub(super) fn of(results: &RunResults, regions: &[Region], years: &[Year]) -> Vec<Series> {
    let nation: BTreeMap<Year, Account> =
        results.nation.iter().map(|row| (row.year, Account::from(&row.0))).collect();
    let groups: BTreeMap<(&str, Year), Account> =
        results.groups.iter().map(|row| ((row.group.as_str(), row.year), Account::from(row))).collect();
    let of_data: BTreeMap<(&str, Year), Account> =
        results.regions.iter().map(|row| ((row.region.as_str(), row.year), Account::from(row))).collect();
    let mut series = Vec::new();
    for region in regions {
        let accounts: Vec<Account> = years
            .iter()
            .map(|year| match &region.level {
                Level::Nation => nation.get(year),
                Level::Group(group) => groups.get(&(group.as_str(), *year)),
                Level::Region(place) => of_data.get(&(results.regions_info[*place].id.as_str(), *year)),
            })
            .map(|account| account.copied().unwrap_or_default())
            .collect();
        for variable in VARIABLES {
            let values: Vec<Option<f64>> = accounts.iter().map(variable.value).collect();
            if values.iter().any(Option::is_some) {
                series.push(Series {
                    region: region.name.clone(),
                    variable: variable.name_on(results.basis),
                    unit: variable.unit,
                    values,
                });
            }
        }
    }
    series.sort_by(|a, b| (&a.region, &a.variable).cmp(&(&b.region, &b.variable)));
    series
}
