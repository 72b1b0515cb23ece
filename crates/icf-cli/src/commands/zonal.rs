//! `icf zonal`: areas of land classes in zones, from rasters.

pub(super) mod checkpoint;
pub(super) mod classes;
mod progress;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use icf_boundaries::Boundaries;
use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_geometry::Layer;
use icf_landcover::{
    ClassArea, Classes, Coverage, Crs, Meaning, Plan, Raster, RasterFile, SelfCrossing, ZonalError,
    ZoneAreas, Zones,
};
use icf_tables::csv_cell;
use icf_units::Hectares;

use crate::arguments::{Answer, CoverageRule, Crossing, RasterInputs, Years, Zonal};
use crate::{exit, render, terminal};
use checkpoint::Checkpoint;

/// By what share of a polygon its parts may miss its area.
const CLOSED: f64 = 1e-6;
/// Zones or codes named before the rest is counted.
const NAMED: usize = 8;

pub(crate) fn run(arguments: &Zonal) -> u8 {
    match tallied(arguments) {
        Ok(code) => code,
        Err(mistakes) => {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
            exit::INVALID
        }
    }
}

fn tallied(zonal: &Zonal) -> Result<u8, Diagnostics> {
    let arguments = &zonal.inputs;
    let opened = opened(arguments)?;
    let zones = zones(&opened, arguments)?;
    let Opened { rasters, classes, .. } = &opened;
    let coverage = arguments.coverage.into();
    let mut table = Table::new(arguments.years.is_some());
    let mut is_closed = true;
    let plans = rasters
        .iter()
        .map(|(year, of_year)| {
            let plan = Plan::new(&of_year.rasters, &zones, coverage);
            plan.map(|plan| (*year, of_year, plan)).map_err(|error| of_year.mistake(&error, arguments).into())
        })
        .collect::<Result<Vec<_>, Diagnostics>>()?;
    let mut checkpoint = Checkpoint::of(&zonal.answer, checkpoint::inputs("zonal", arguments, &opened)?);
    let passes: Vec<_> = plans.iter().map(|(.., plan)| plan).collect();
    checkpoint.run(
        &passes,
        1,
        arguments.quiet,
        |place, error| plans[place].1.mistake(error, arguments).into(),
        |place, sums| {
            let (year, _, plan) = &plans[place];
            let found = plan.areas(sums);
            let of = year.map_or_else(String::new, |year| format!("{year}: "));
            is_closed &= say_closure(&of, &found, arguments);
            if let Some(classes) = classes {
                let codes = found.iter().flat_map(|zone| zone.classes.keys().copied());
                classes::check(classes, codes, &of, arguments)?;
            }
            table.add(*year, &found, classes.as_ref());
            Ok(())
        },
    )?;
    if !is_closed {
        return Ok(not_closed());
    }
    Ok(answer(&table.text, &zonal.answer, &checkpoint))
}

/// Says that the areas do not add up.
pub(super) fn not_closed() -> u8 {
    eprintln!("icf: the parts of a zone do not make up its area: nothing was written");
    exit::FAILED
}

/// Gives the table where it is asked for; then nothing is left to carry on.
pub(super) fn answer(text: &str, answer: &Answer, checkpoint: &Checkpoint) -> u8 {
    let Some(out) = &answer.out else { return terminal::print(text) };
    if let Err(error) = icf_workflow::replace(out, text.as_bytes()) {
        eprintln!("icf: {}: {error}", out.display());
        return exit::FAILED;
    }
    checkpoint.remove();
    exit::DONE
}

/// What the command line names, opened.
pub(super) struct Opened {
    pub(super) rasters: BTreeMap<Option<i32>, Mosaic>,
    pub(super) layer: Layer,
    pub(super) classes: Option<Classes>,
}

/// Opens rasters, zones and the map of classes.
pub(super) fn opened(arguments: &RasterInputs) -> Result<Opened, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let rasters = keep(rasters(arguments), &mut mistakes);
    let first = rasters.iter().flat_map(BTreeMap::values).find_map(|of_year| of_year.rasters.first());
    let layer = keep(layer(arguments, first.map(|raster| raster.grid().crs)), &mut mistakes);
    let classes = keep(arguments.classes.as_deref().map(classes::read).transpose(), &mut mistakes);
    let (Some(rasters), Some(layer), Some(classes)) = (rasters, layer, classes) else { return Err(mistakes) };
    Ok(Opened { rasters, layer, classes })
}

/// The zones on the sheet of the rasters.
pub(super) fn zones(opened: &Opened, arguments: &RasterInputs) -> Result<Zones, Diagnostics> {
    let first = opened.rasters.values().next().and_then(|of_year| of_year.rasters.first());
    let crs = first.expect("the command line asks for a raster").grid().crs;
    let self_crossing = match arguments.self_crossing {
        Crossing::Refuse => SelfCrossing::Refuse,
        Crossing::Repair => SelfCrossing::Repair,
    };
    let zones =
        Zones::new(&opened.layer, crs, self_crossing).map_err(|found| zone_mistakes(&found, arguments))?;
    if !zones.repaired().is_empty() && !arguments.quiet {
        let ids = named(zones.repaired().iter().map(|id| id.as_str()));
        eprintln!("icf: crossed themselves and were repaired: {ids}");
    }
    Ok(zones)
}

impl From<CoverageRule> for Coverage {
    fn from(rule: CoverageRule) -> Self {
        match rule {
            CoverageRule::Exact => Self::Exact,
            CoverageRule::Centre => Self::Centre,
        }
    }
}

/// Says which zones lie outside, and whether the parts of each make up its area; gives whether they do.
pub(super) fn say_closure(of: &str, found: &[ZoneAreas], arguments: &RasterInputs) -> bool {
    let say = |text: String| {
        if !arguments.quiet {
            eprintln!("icf: {of}{text}");
        }
    };
    let outside = found.iter().filter(|zone| zone.outside.get() >= zone.polygon.get());
    let outside: Vec<&str> = outside.map(|zone| zone.zone.as_str()).collect();
    if !outside.is_empty() {
        say(format!("outside of the rasters: {}", named(outside)));
    }
    let (gap, zone) = widest_gap(found);
    match arguments.coverage {
        CoverageRule::Exact => {
            say(format!(
                "classes, nodata and what lies outside make up the area of each polygon to {gap:.0e} of it (zone {zone})"
            ));
            gap <= CLOSED
        }
        CoverageRule::Centre => {
            say(format!(
                "cells by their centre miss the area of a polygon by {gap:.0e} of it at most (zone {zone})"
            ));
            true
        }
    }
}

/// The value, or nothing and its mistakes among the others.
pub(super) fn keep<T>(result: Result<T, Diagnostics>, mistakes: &mut Diagnostics) -> Option<T> {
    result.map_err(|found| mistakes.extend(found)).ok()
}

/// Rasters that lie beside each other, with the files they come from.
pub(super) struct Mosaic {
    pub(super) files: Vec<PathBuf>,
    pub(super) rasters: Vec<Raster<RasterFile>>,
}

impl Mosaic {
    /// A mistake that was found when the areas were planned or counted.
    pub(super) fn mistake(&self, error: &ZonalError, arguments: &RasterInputs) -> Diagnostic {
        let file = |place: usize| Place::file(self.files[place].display().to_string());
        match error {
            ZonalError::Raster { raster, error } => {
                Diagnostic::error("raster", error.to_string()).at(file(*raster))
            }
            ZonalError::OtherCrs { raster } => {
                let message = "lies in another system of coordinates than the first raster";
                Diagnostic::error("raster", message).at(file(*raster)).hint("run it by itself, or warp it")
            }
            ZonalError::Overlap { first, second } => {
                let message = format!("overlaps {}", self.files[*first].display());
                let mistake = Diagnostic::error("raster", message).at(file(*second));
                match arguments.years {
                    Some(_) => mistake.hint("rasters of one year lie beside each other"),
                    None => mistake.hint("say by --years that they are of different years"),
                }
            }
            other => {
                let place = Place::file(arguments.zones.display().to_string());
                Diagnostic::error("zones", other.to_string())
                    .at(place)
                    .hint("--self-crossing repair takes what is covered an odd number of times")
            }
        }
    }
}

/// The rasters by year; without years all lie beside each other.
fn rasters(arguments: &RasterInputs) -> Result<BTreeMap<Option<i32>, Mosaic>, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let mut by_year: BTreeMap<Option<i32>, Mosaic> = BTreeMap::new();
    if let Some(Years::List(years)) = &arguments.years
        && years.len() != arguments.raster.len()
    {
        let (years, rasters) = (years.len(), arguments.raster.len());
        let mistake = Diagnostic::error("years", format!("{years} years are given for {rasters} rasters"));
        return Err(mistake.hint("--years has one for each --raster, in the same order").into());
    }
    for (place, file) in arguments.raster.iter().enumerate() {
        let at = || Place::file(file.display().to_string());
        let year = match &arguments.years {
            None => None,
            Some(Years::List(years)) => Some(years[place]),
            Some(Years::FromName) => match year_of_name(file) {
                Ok(year) => Some(year),
                Err(found) => {
                    let message = format!("the name holds {found} years");
                    let hint = "--years LIST gives them";
                    mistakes.push(Diagnostic::error("years", message).at(at()).hint(hint));
                    continue;
                }
            },
        };
        match RasterFile::open(file).and_then(Raster::open) {
            Ok(raster) => {
                let mosaic = by_year.entry(year).or_insert_with(|| Mosaic { files: vec![], rasters: vec![] });
                mosaic.files.push(file.clone());
                mosaic.rasters.push(raster);
            }
            Err(error) => mistakes.push(Diagnostic::error("raster", error.to_string()).at(at())),
        }
    }
    mistakes.into_result(by_year).map(|(by_year, _)| by_year)
}

/// The one number of four digits from 1900 to 2099 in a file's name; else how many there are.
fn year_of_name(file: &Path) -> Result<i32, usize> {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let numbers = name.split(|letter: char| !letter.is_ascii_digit());
    let years = numbers.filter(|digits| digits.len() == 4).filter_map(|digits| digits.parse::<i32>().ok());
    let years: Vec<i32> = years.filter(|year| (1900..2100).contains(year)).collect();
    match years[..] {
        [year] => Ok(year),
        _ => Err(years.len()),
    }
}

/// The zones; those in a system that is not known are told with that of the rasters.
fn layer(arguments: &RasterInputs, crs: Option<Crs>) -> Result<Layer, Diagnostics> {
    let file = &arguments.zones;
    let found = icf_boundaries::read(file, &arguments.id, arguments.layer.as_deref());
    let Boundaries { layer, is_assumed, .. } = found.map_err(|found| {
        let mut mistakes = Diagnostics::default();
        mistakes.extend(found.into_iter().map(|mut mistake| {
            if let (icf_boundaries::OTHER_SYSTEM, Some(crs)) = (mistake.code, crs) {
                mistake.message.push_str(&format!("; the rasters lie in {crs}"));
            }
            mistake
        }));
        mistakes
    })?;
    let name = file.display().to_string();
    if layer.is_empty() {
        return Err(Diagnostic::error("zones", "there is no zone").at(Place::file(name)).into());
    }
    if is_assumed && !arguments.quiet {
        eprintln!("icf: {name} has no .prj beside it: its positions are taken for longitude and latitude");
    }
    Ok(layer)
}

fn zone_mistakes(found: &[icf_landcover::ZoneMistake], arguments: &RasterInputs) -> Diagnostics {
    use icf_landcover::ZoneMistake;

    let place = || Place::file(arguments.zones.display().to_string());
    let mut mistakes = Diagnostics::default();
    mistakes.extend(found.iter().map(|mistake| {
        let shown = Diagnostic::error("zones", mistake.to_string()).at(place());
        match mistake {
            ZoneMistake::Crosses { .. } => {
                shown.hint("--self-crossing repair takes what lies within an odd number of windings")
            }
            ZoneMistake::Antimeridian { .. } => shown.hint("cut it there into two polygons of one feature"),
            _ => shown,
        }
    }));
    mistakes
}

/// The zone whose parts miss its area most, and by what share of it.
fn widest_gap(found: &[ZoneAreas]) -> (f64, &str) {
    found.iter().fold((0.0, ""), |widest, zone| {
        let gap = zone.gap().abs();
        if gap >= widest.0 { (gap, zone.zone.as_str()) } else { widest }
    })
}

/// Some names, and how many more there are.
pub(super) fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The rows of the answer, sorted by year, zone and class.
struct Table {
    text: String,
    has_years: bool,
}

impl Table {
    fn new(has_years: bool) -> Self {
        let year = if has_years { "year," } else { "" };
        Self { text: format!("{year}zone,class,cells,area_hm2,nodata_hm2\n"), has_years }
    }

    /// Adds a year, whose codes are all in the map of classes.
    fn add(&mut self, year: Option<i32>, found: &[ZoneAreas], classes: Option<&Classes>) {
        for zone in found {
            let mut nodata = zone.nodata.area.get();
            let rows: Vec<(String, ClassArea)> = match classes {
                None => zone.classes.iter().map(|(code, class)| (code.to_string(), *class)).collect(),
                Some(classes) => {
                    let mut by_name: BTreeMap<&str, ClassArea> = BTreeMap::new();
                    for (code, class) in &zone.classes {
                        match classes.meaning(*code) {
                            Meaning::Class(name) => {
                                let nothing = ClassArea { cells: 0.0, area: Hectares::new(0.0) };
                                let sum = by_name.entry(name).or_insert(nothing);
                                sum.cells += class.cells;
                                sum.area = Hectares::new(sum.area.get() + class.area.get());
                            }
                            Meaning::Nodata => nodata += class.area.get(),
                            Meaning::Unlisted => unreachable!("unlisted codes were refused"),
                        }
                    }
                    by_name.into_iter().map(|(name, class)| (name.to_owned(), class)).collect()
                }
            };
            // A zone without any class still says how much of it is not known.
            let rows = if rows.is_empty() {
                vec![(String::new(), ClassArea { cells: 0.0, area: Hectares::new(0.0) })]
            } else {
                rows
            };
            for (class, amount) in rows {
                if self.has_years {
                    self.text
                        .push_str(&format!("{},", year.map_or_else(String::new, |year| year.to_string())));
                }
                let (zone, class) = (csv_cell(zone.zone.as_str()), csv_cell(&class));
                let (cells, area) = (amount.cells, amount.area.get());
                self.text.push_str(&format!("{zone},{class},{cells},{area},{nodata}\n"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_the_one_number_that_may_be_one() {
        let year = |name: &str| year_of_name(Path::new(name));
        assert_eq!(year("a/2000/CLCD_v01_2015_albert.tif"), Ok(2015));
        assert_eq!(year("1234_1999.tif"), Ok(1999));
        assert_eq!(year("20150101.tif"), Err(0));
        assert_eq!(year("2000-2010.tif"), Err(2));
    }
}
