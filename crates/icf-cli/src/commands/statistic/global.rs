//! `icf moran`, `icf geary` and `icf getis-ord`: one figure for all regions.

use icf_diagnostics::Diagnostics;
use icf_spatial::{
    GlobalStatistic, Permutations, SpatialError, Weights, bivariate_moran, geary as geary_c, general_g,
    join_as, join_pair_as, moran as moran_i, rate_moran,
};
use serde_json::json;

use super::printed::{Figures, print};
use super::series::{self, Part};
use super::{finish, neighbours};
use crate::arguments::{Global, Moran};

/// Moran's I: of one variable, of one beside another, or of rates.
pub(crate) fn moran(arguments: &Moran) -> u8 {
    let Moran { global, with, population } = arguments;
    if with.is_some() {
        return finish(run(global, with.as_deref(), "moran bivariate", |part, weights, permutations| {
            bivariate_moran(&join_pair_as(global.transform.into(), weights, &part.pairs())?, permutations)
        }));
    }
    if population.is_some() {
        return finish(run(global, population.as_deref(), "moran rate", |part, weights, permutations| {
            rate_moran(&join_pair_as(global.transform.into(), weights, &part.pairs())?, permutations)
                .map(|found| found.moran)
        }));
    }
    finish(run(global, None, "moran", |part, weights, permutations| {
        moran_i(&join_as(global.transform.into(), weights, &part.values())?, permutations)
    }))
}

/// Geary's C.
pub(crate) fn geary(arguments: &Global) -> u8 {
    finish(run(arguments, None, "geary", |part, weights, permutations| {
        geary_c(&join_as(arguments.transform.into(), weights, &part.values())?, permutations)
    }))
}

/// Getis and Ord's General G.
pub(crate) fn getis_ord(arguments: &Global) -> u8 {
    finish(run(arguments, None, "getis-ord", |part, weights, permutations| {
        general_g(&join_as(arguments.transform.into(), weights, &part.values())?, permutations)
    }))
}

/// The figures that users script against, after the year.
const COLUMNS: [&str; 19] = [
    "year",
    "n",
    "statistic",
    "expected",
    "variance_norm",
    "variance_rand",
    "z_norm",
    "z_rand",
    "p_norm",
    "p_rand",
    "permutations",
    "p_greater",
    "p_less",
    "p_two_sided",
    "p_folded",
    "p_directed",
    "exact",
    "tie_share",
    "islands",
];

fn run(
    arguments: &Global,
    second: Option<&str>,
    what: &str,
    compute: impl Fn(&Part, &Weights, Permutations<'_>) -> Result<GlobalStatistic, SpatialError>,
) -> Result<u8, Diagnostics> {
    let Global { data, neighbours, draws, printing, .. } = arguments;
    let mut parts = series::read(data, second)?;
    let weights = neighbours::beside(neighbours, &data.id, &mut parts, printing.quiet)?;
    let islands = weights.islands();
    let computed = series::each(
        data,
        &parts,
        |part, permutations| compute(part, &weights, permutations),
        (draws, what),
    )?;
    let has_years = data.year.is_some();
    let mut figures = Figures::new(&COLUMNS[usize::from(!has_years)..]);
    for (part, found) in parts.iter().zip(computed) {
        let p = found.pseudo_p;
        let mut row = vec![
            json!(found.n),
            json!(found.value),
            json!(found.expected),
            json!(found.variance_normality),
            json!(found.variance_randomisation),
            json!(found.z_normality()),
            json!(found.z_randomisation()),
            json!(found.p_normality()),
            json!(found.p_randomisation()),
            json!(draws.permutations),
            json!(p.greater),
            json!(p.less),
            json!(p.two_sided),
            json!(p.folded),
            json!(p.directed),
            json!(p.exact),
            json!(found.tie_share),
            json!(islands.len()),
        ];
        if let Some(year) = part.year {
            row.insert(0, json!(year.get()));
        }
        figures.push(row);
    }
    Ok(print(&figures, printing.format, !has_years))
}
