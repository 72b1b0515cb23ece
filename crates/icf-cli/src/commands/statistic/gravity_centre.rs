//! `icf gravity-centre`: where the weight of a column lies, year by year.

use std::collections::HashMap;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_geometry::{Albers, Coordinates, points_from_geojson};
use icf_spatial::{GravityTrack, gravity_track};
use icf_units::RegionId;
use serde_json::{Value, json};

use super::printed::{Figures, print};
use super::series::{self, Part};
use super::{finish, neighbours};
use crate::arguments::GravityCentre;

/// The weighted mean centre and standard deviational ellipse of each year, and how far the centre moves.
pub(crate) fn run(arguments: &GravityCentre) -> u8 {
    finish(computed(arguments))
}

fn computed(arguments: &GravityCentre) -> Result<u8, Diagnostics> {
    let GravityCentre { data, geometry, geometry_id, printing } = arguments;
    let parts = series::read(data, None)?;
    let refused = |message: String| {
        let place = Place::file(geometry.display().to_string());
        Diagnostics::from(Diagnostic::error("gravity-centre", message).at(place))
    };
    let text = neighbours::text(geometry)?;
    let id = geometry_id.as_deref().unwrap_or(&data.id);
    let places =
        points_from_geojson(&text, id, Coordinates::Degrees).map_err(|error| refused(error.to_string()))?;
    let ids: Vec<RegionId> = places.iter().map(|(id, _)| id.clone()).collect();
    let unknown: Vec<&str> = parts
        .iter()
        .flat_map(|part| &part.ids)
        .filter(|id| !ids.contains(id))
        .map(RegionId::as_str)
        .collect();
    if !unknown.is_empty() {
        return Err(refused(format!("no feature for {}", unknown.join(", "))));
    }
    let sheet = Albers::around(&places.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let points: Vec<[f64; 2]> = places.iter().map(|(_, at)| sheet.forward(at[0], at[1])).collect();
    let years: Vec<Vec<Option<f64>>> = parts.iter().map(|part| in_order(part, &ids)).collect();
    let track = gravity_track(&points, &years)
        .map_err(|error| refused(format!("column `{}`: {error}", data.value)))?;
    Ok(print(&figures(&parts, &track, &sheet), printing.format, false))
}

/// The values of a part in the order of some ids.
fn in_order(part: &Part, ids: &[RegionId]) -> Vec<Option<f64>> {
    let values: HashMap<&RegionId, Option<f64>> =
        part.ids.iter().zip(part.columns[0].iter().copied()).collect();
    ids.iter().map(|id| values.get(id).copied().flatten()).collect()
}

/// One row a year.
fn figures(parts: &[Part], track: &GravityTrack, sheet: &Albers) -> Figures {
    let mut figures = Figures::new(&[
        "year",
        "longitude",
        "latitude",
        "major_km",
        "minor_km",
        "angle_degrees",
        "moved_km",
        "bearing_degrees",
    ]);
    for (place, (part, centre)) in parts.iter().zip(&track.centres).enumerate() {
        let moved = place.checked_sub(1).and_then(|before| track.moves[before]);
        let at = centre.map(|centre| sheet.inverse(centre.centre));
        let km = |of: f64| json!(of / 1000.0);
        figures.push(vec![
            json!(part.year.map(|year| year.get())),
            json!(at.map(|at| at[0])),
            json!(at.map(|at| at[1])),
            centre.map_or(Value::Null, |centre| km(centre.major)),
            centre.map_or(Value::Null, |centre| km(centre.minor)),
            json!(centre.and_then(|centre| centre.angle)),
            json!(moved.map(|moved| moved.kilometres)),
            json!(moved.and_then(|moved| moved.bearing)),
        ]);
    }
    figures
}
