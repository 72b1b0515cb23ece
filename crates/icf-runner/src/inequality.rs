//! Inequality of the footprint among residents, and its parts within and between the groups of regions.

use icf_inequality::{InequalityError, gini_by_group, theil_l_by_group, theil_t_by_group};
use icf_results::{InequalityRow, RegionInfo};
use icf_units::Year;

use crate::accounts::Accounts;

/// A variable per resident, of a region in a year.
type PerResident = fn(&Accounts, usize, Year) -> Option<f64>;

const VARIABLES: [(&str, PerResident); 2] = [
    ("icf_hm2_per_capita", |accounts, region, year| Some(accounts.icf_per_capita(region, year)?.get())),
    ("size_hm2_per_capita", |accounts, region, year| Some(accounts.size_per_capita(region, year)?.get())),
];

/// Theil's T and L and the Gini coefficient of each year, weighed by residents. A year in which some region is not known
/// has none.
pub(crate) fn rows(accounts: &Accounts, infos: &[RegionInfo]) -> Vec<InequalityRow> {
    let mut rows = Vec::new();
    for (variable, per_resident) in VARIABLES {
        for year in accounts.axes().years().iter() {
            let of = |region| {
                Some((per_resident(accounts, region, year)?, accounts.population.get(region, year)?.get()))
            };
            let known: Option<(Vec<f64>, Vec<f64>)> = (0..infos.len()).map(of).collect();
            let Some((values, residents)) = known else { continue };
            rows.extend(OfYear { variable, year, infos }.rows(&values, &residents));
        }
    }
    rows
}

struct OfYear<'a> {
    variable: &'static str,
    year: Year,
    infos: &'a [RegionInfo],
}

impl OfYear<'_> {
    fn rows(&self, values: &[f64], residents: &[f64]) -> Vec<InequalityRow> {
        let groups: Vec<&str> = self.infos.iter().map(|info| info.group.as_str()).collect();
        let mut rows = Vec::new();
        match gini_by_group(values, Some(residents), &groups) {
            Ok(found) => {
                rows.push(InequalityRow {
                    overlap: Some(found.overlap),
                    ..self.all("gini", Some((found.total, found.within, found.between)))
                });
                rows.extend(found.groups.iter().map(|of| self.group("gini", of.group, of.gini, of.within)));
            }
            Err(error) => rows.push(self.missing("gini", error)),
        }
        let theil = [
            ("theil_l", theil_l_by_group(values, Some(residents), &groups)),
            ("theil_t", theil_t_by_group(values, Some(residents), &groups).map(Some)),
        ];
        for (measure, found) in theil {
            match found {
                Ok(Some(found)) => {
                    rows.push(self.all(measure, Some((found.total, found.within, found.between))));
                    rows.extend(
                        found.groups.iter().map(|of| self.group(measure, of.group, of.index, of.within)),
                    );
                }
                Ok(None) => rows.push(InequalityRow {
                    note: "undefined: some region has none".to_owned(),
                    ..self.all(measure, None)
                }),
                Err(error) => rows.push(self.missing(measure, error)),
            }
        }
        rows
    }

    fn all(&self, measure: &'static str, parts: Option<(f64, f64, f64)>) -> InequalityRow {
        InequalityRow {
            variable: self.variable,
            year: self.year,
            measure,
            group: String::new(),
            n: self.infos.len(),
            value: parts.map(|(total, ..)| total),
            within: parts.map(|(_, within, _)| within),
            between: parts.map(|(.., between)| between),
            overlap: None,
            note: String::new(),
        }
    }

    fn group(&self, measure: &'static str, group: &str, value: Option<f64>, within: f64) -> InequalityRow {
        InequalityRow {
            group: group.to_owned(),
            n: self.infos.iter().filter(|info| info.group == group).count(),
            value,
            within: Some(within),
            between: None,
            ..self.all(measure, None)
        }
    }

    fn missing(&self, measure: &'static str, error: InequalityError) -> InequalityRow {
        InequalityRow { note: error.to_string(), ..self.all(measure, None) }
    }
}
