//! `icf land-change`: which class became which between two years, and what that means for the carbon sink.

mod sinks;
mod table;

use std::collections::BTreeMap;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::{ChangeError, ChangePlan, Side};

use super::zonal::checkpoint::{self, Checkpoint};
use super::zonal::{self, Mosaic};
use crate::arguments::{ChangeTable, LandChange};
use crate::{exit, render, terminal};
use table::Change;

pub(crate) fn run(arguments: &LandChange) -> u8 {
    match told(arguments) {
        Ok(code) => code,
        Err(mistakes) => {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
            exit::INVALID
        }
    }
}

fn told(arguments: &LandChange) -> Result<u8, Diagnostics> {
    let inputs = &arguments.inputs;
    let opened = zonal::opened(inputs)?;
    let pairs = pairs(&opened.rasters, arguments)?;
    let zones = zonal::zones(&opened, inputs)?;
    let uptake = sinks::Uptake::of(arguments, &opened)?;
    let coverage = inputs.coverage.into();
    let mut plans = Vec::new();
    for (first, last) in pairs {
        let plan = ChangePlan::new(&first.1.rasters, &last.1.rasters, &zones, coverage);
        plans.push((first, last, plan.map_err(|error| mistake(&error, [first, last], arguments))?));
    }
    let mut text = match arguments.table {
        ChangeTable::Transitions => table::transitions(uptake.as_ref()),
        ChangeTable::Classes => table::CLASSES.to_owned(),
        ChangeTable::Sinks => sinks::HEADER.to_owned(),
    };
    let mut is_closed = true;
    let mut decided_by = checkpoint::inputs("land-change", inputs, &opened)?;
    let years: Vec<String> = plans.iter().map(|(first, last, _)| format!("{}–{}", first.0, last.0)).collect();
    decided_by.push(("the years".to_owned(), years.join(", ")));
    let mut checkpoint = Checkpoint::of(&arguments.answer, decided_by);
    let passes: Vec<_> = plans.iter().map(|(.., plan)| plan).collect();
    checkpoint.run(
        &passes,
        2,
        inputs.quiet,
        |place, error| mistake(error, [plans[place].0, plans[place].1], arguments),
        |place, sums| {
            let (first, last, plan) = &plans[place];
            let found = plan.changes(sums);
            let years = (first.0, last.0);
            let of = format!("{}–{}: ", years.0, years.1);
            let areas: Vec<_> = found.iter().map(|zone| zone.first.clone()).collect();
            is_closed &= zonal::say_closure(&of, &areas, inputs);
            let both = found.iter().flat_map(|zone| [&zone.first, &zone.last]);
            let codes = both.flat_map(|areas| areas.classes.keys().copied());
            if let Some(classes) = &opened.classes {
                zonal::classes::check(classes, codes, &of, inputs)?;
            }
            for zone in &found {
                let change = Change::of(zone, opened.classes.as_ref());
                match arguments.table {
                    ChangeTable::Transitions => change.write_transitions(years, uptake.as_ref(), &mut text),
                    ChangeTable::Classes => change.write_classes(years, &mut text),
                    ChangeTable::Sinks => {
                        let uptake = uptake.as_ref().expect("the command line asks for it");
                        uptake.write(&change, years, &mut text);
                    }
                }
            }
            Ok(())
        },
    )?;
    if !is_closed {
        return Ok(zonal::not_closed());
    }
    Ok(zonal::answer(&text, &arguments.answer, &checkpoint))
}

/// A year and its rasters.
type OfYear<'a> = (i32, &'a Mosaic);

/// The years that are held against each other.
fn pairs<'a>(
    rasters: &'a BTreeMap<Option<i32>, Mosaic>,
    arguments: &LandChange,
) -> Result<Vec<(OfYear<'a>, OfYear<'a>)>, Diagnostic> {
    let years: Vec<OfYear<'a>> =
        rasters.iter().filter_map(|(year, mosaic)| Some(((*year)?, mosaic))).collect();
    let known = || years.iter().map(|(year, _)| year.to_string()).collect::<Vec<_>>().join(", ");
    let Some((first, last)) = arguments.between else {
        if years.len() < 2 {
            let message = format!("a change needs rasters of two years, and all are of {}", known());
            return Err(Diagnostic::error("years", message).hint("give those of another year too"));
        }
        return Ok(years.windows(2).map(|pair| (pair[0], pair[1])).collect());
    };
    let of = |wanted: i32| {
        years.iter().find(|(year, _)| *year == wanted).copied().ok_or_else(|| {
            let message = format!("--between names {wanted}, of which there is no raster");
            Diagnostic::error("years", message).hint(format!("there are rasters of {}", known()))
        })
    };
    Ok(vec![(of(first)?, of(last)?)])
}

/// A mistake that was found when the change was planned or counted.
fn mistake(error: &ChangeError, [first, last]: [OfYear<'_>; 2], arguments: &LandChange) -> Diagnostics {
    let of = |side: Side| if side == Side::First { (first, last) } else { (last, first) };
    let file = |mosaic: &Mosaic, place: usize| mosaic.files[place].display().to_string();
    match error {
        ChangeError::Year { side, error } => of(*side).0.1.mistake(error, &arguments.inputs).into(),
        ChangeError::OtherGrid { side, raster, other, difference } => {
            let ((_, own), (year, others)) = of(*side);
            let message = format!("{difference} ({}, {year})", file(others, *other));
            Diagnostic::error("raster", message)
                .at(Place::file(file(own, *raster)))
                .hint("warp the rasters of both years to one grid, by the nearest cell")
                .into()
        }
        ChangeError::TooManyCodes { side, raster } => {
            let place = Place::file(file(of(*side).0.1, *raster));
            Diagnostic::error("raster", error.to_string()).at(place).into()
        }
        other => Diagnostic::error("raster", other.to_string()).into(),
    }
}
