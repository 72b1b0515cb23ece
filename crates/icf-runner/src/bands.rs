//! The sum of all regions with the interval of its own past errors.

use icf_projection::{Attempt, Spread};
use icf_results::BandRow;
use icf_units::Year;

use crate::hindsight::{Carried, Hindsight, LEVELS};

/// One row a quantity and projected year, where every region is projected.
///
/// The intervals of regions do not add up: how far they err together is not in them. So the sum is foretold anew at each
/// year of the past by the regions' own models, and its errors are kept by their distance, as
/// [`forecast`](icf_projection::forecast) does for one series.
pub(crate) fn rows(carried: &[Carried], hindsights: &[Vec<Hindsight>], regions: usize) -> Vec<BandRow> {
    let mut rows: Vec<BandRow> = carried
        .iter()
        .zip(hindsights)
        .flat_map(|(carried, hindsights)| of(carried, hindsights, regions))
        .collect();
    rows.sort_by_key(|row| (row.quantity, row.year));
    rows
}

fn of(carried: &Carried, hindsights: &[Hindsight], regions: usize) -> Vec<BandRow> {
    let ahead: Option<Vec<_>> = carried.regions.iter().map(|modelled| modelled.ahead.as_ref()).collect();
    let Some((ahead, total)) = ahead.filter(|ahead| ahead.len() == regions).zip(carried.total.as_ref())
    else {
        return vec![];
    };
    let Some(years) = ahead.first().map(|(years, _)| *years) else { return vec![] };
    let values: Vec<f64> =
        (0..years.len()).map(|place| ahead.iter().map(|(_, fitted)| fitted.values[place]).sum()).collect();
    let parts: Vec<Vec<&Attempt>> =
        hindsights.iter().map(|hindsight| hindsight.far.iter().collect()).collect();
    let parts: Vec<&[&Attempt]> = parts.iter().map(Vec::as_slice).collect();
    let made = Attempt::summed(&parts, total);
    let spread = Spread::of_errors(&made, total.last().0, years);
    let [at80, at95] = LEVELS.map(|level| spread.interval(&values, level));
    let row = |(place, year): (usize, Year)| BandRow {
        quantity: carried.quantity.name(),
        year,
        value: values[place],
        lower80: at80[place].map(|(low, _)| low),
        upper80: at80[place].map(|(_, high)| high),
        lower95: at95[place].map(|(low, _)| low),
        upper95: at95[place].map(|(_, high)| high),
        unit: carried.unit.clone(),
        errors: made.iter().filter(|attempt| attempt.ahead() == year.since(total.last().0)).count(),
    };
    years.iter().enumerate().map(row).collect()
}
