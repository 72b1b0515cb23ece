//! Where footprint, capacity and deficit lie, and how their centres move.

use icf_geometry::{Albers, Coordinates, points_from_geojson};
use icf_ingest::Dataset;
use icf_results::{GravityCentreRow, Phase};
use icf_spatial::gravity_track;
use icf_units::Year;

use crate::accounts::Accounts;
use crate::dataset::Selection;

/// What weighs, of a region in a year.
type Weight = fn(&Accounts, usize, Year) -> Option<f64>;

const QUANTITIES: [(&str, Weight); 3] = [
    ("cec_hm2", |accounts, region, year| Some(accounts.footprint.get(region, year)?.cec.get())),
    ("deficit_hm2", |accounts, region, year| Some(accounts.footprint.get(region, year)?.deficit().get())),
    ("icf_hm2", |accounts, region, year| Some(accounts.footprint.get(region, year)?.icf.get())),
];

/// The centroid of each region, as longitude and latitude; `None` where it has no boundaries.
pub(crate) fn places(dataset: &Dataset, selection: &Selection) -> Vec<Option<[f64; 2]>> {
    let boundaries = dataset.boundaries.as_deref().unwrap_or_default();
    let places = points_from_geojson(boundaries, "region", Coordinates::Degrees).unwrap_or_default();
    let place = |id: &str| places.iter().find(|(of, _)| of.as_str() == id).map(|(_, at)| *at);
    selection.infos.iter().map(|info| place(info.id.as_str())).collect()
}

/// One row a quantity and year, history and projection; none without boundaries.
///
/// A region stands at its centroid. A year in which some region is not known has no centre: it would seem to move.
pub(crate) fn centres(
    dataset: &Dataset,
    selection: &Selection,
    accounts: &Accounts,
    last: Year,
) -> Vec<GravityCentreRow> {
    let Some(points) = places(dataset, selection).into_iter().collect::<Option<Vec<[f64; 2]>>>() else {
        return vec![];
    };
    let sheet = Albers::around(&points);
    let points: Vec<[f64; 2]> = points.iter().map(|at| sheet.forward(at[0], at[1])).collect();
    let years: Vec<Year> = accounts.axes().years().iter().collect();
    let mut rows = Vec::new();
    for (quantity, weight) in QUANTITIES {
        let weights: Vec<Vec<Option<f64>>> = years
            .iter()
            .map(|year| {
                let of_year: Vec<_> =
                    (0..points.len()).map(|region| weight(accounts, region, *year)).collect();
                if of_year.iter().all(Option::is_some) { of_year } else { vec![None; points.len()] }
            })
            .collect();
        let Ok(track) = gravity_track(&points, &weights) else { continue };
        for (place, year) in years.iter().enumerate() {
            let centre = track.centres[place];
            let at = centre.map(|centre| sheet.inverse(centre.centre));
            let moved = place.checked_sub(1).and_then(|before| track.moves[before]);
            rows.push(GravityCentreRow {
                quantity,
                year: *year,
                phase: if *year <= last { Phase::History } else { Phase::Projection },
                longitude: at.map(|at| at[0]),
                latitude: at.map(|at| at[1]),
                major_km: centre.map(|centre| centre.major / 1000.0),
                minor_km: centre.map(|centre| centre.minor / 1000.0),
                angle: centre.and_then(|centre| centre.angle),
                moved_km: moved.map(|moved| moved.kilometres),
                bearing: moved.and_then(|moved| moved.bearing),
            });
        }
    }
    rows
}
