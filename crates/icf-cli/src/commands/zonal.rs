//! `icf zonal`: areas of land classes in zones, from rasters.

mod classes;
mod progress;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use icf_boundaries::Boundaries;
use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::{
    ClassArea, Classes, Coverage, Crs, Meaning, Plan, Raster, RasterFile, SelfCrossing, ZonalError,
    ZoneAreas, Zones,
};
use icf_units::Hectares;

use crate::arguments::{CoverageRule, Crossing, Years, Zonal};
use crate::{exit, output, render, terminal};

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

fn tallied(arguments: &Zonal) -> Result<u8, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let rasters = keep(rasters(arguments), &mut mistakes);
    let first = rasters.iter().flat_map(BTreeMap::values).find_map(|of_year| of_year.rasters.first());
    let crs = first.map(|raster| raster.grid().crs);
    let boundaries = keep(zones(arguments, crs), &mut mistakes);
    let classes = keep(arguments.classes.as_deref().map(classes::read).transpose(), &mut mistakes);
    let (Some(boundaries), Some(classes)) = (boundaries, classes) else { return Err(mistakes) };
    let (Some(rasters), Some(crs)) = (rasters, crs) else { return Err(mistakes) };
    let self_crossing = match arguments.self_crossing {
        Crossing::Refuse => SelfCrossing::Refuse,
        Crossing::Repair => SelfCrossing::Repair,
    };
    let zones = Zones::new(&boundaries.layer, crs, self_crossing)
        .map_err(|found| zone_mistakes(&found, arguments))?;
    let say = |text: String| {
        if !arguments.quiet {
            eprintln!("icf: {text}");
        }
    };
    if boundaries.is_assumed {
        let file = arguments.zones.display();
        say(format!("{file} has no .prj beside it: its positions are taken for longitude and latitude"));
    }
    if !zones.repaired().is_empty() {
        let ids = named(zones.repaired().iter().map(|id| id.as_str()));
        say(format!("crossed themselves and were repaired: {ids}"));
    }
    let coverage = match arguments.coverage {
        CoverageRule::Exact => Coverage::Exact,
        CoverageRule::Centre => Coverage::Centre,
    };
    let mut table = Table::new(arguments.years.is_some());
    let mut is_closed = true;
    let plans = rasters
        .iter()
        .map(|(year, of_year)| {
            let plan = Plan::new(&of_year.rasters, &zones, coverage);
            plan.map(|plan| (*year, of_year, plan)).map_err(|error| of_year.mistake(&error, arguments).into())
        })
        .collect::<Result<Vec<_>, Diagnostics>>()?;
    let progress =
        progress::Progress::new(plans.iter().map(|(.., plan)| plan.cells()).sum(), arguments.quiet);
    for (year, of_year, plan) in &plans {
        let found =
            plan.run(|cells| progress.add(cells)).map_err(|error| of_year.mistake(&error, arguments))?;
        let of = year.map_or_else(String::new, |year| format!("{year}: "));
        let outside = found.iter().filter(|zone| zone.outside.get() >= zone.polygon.get());
        let outside: Vec<&str> = outside.map(|zone| zone.zone.as_str()).collect();
        if !outside.is_empty() {
            say(format!("{of}outside of the rasters: {}", named(outside)));
        }
        let (gap, zone) = widest_gap(&found);
        match coverage {
            Coverage::Exact => say(format!(
                "{of}classes, nodata and what lies outside make up the area of each polygon to {gap:.0e} of it (zone {zone})"
            )),
            Coverage::Centre => say(format!(
                "{of}cells by their centre miss the area of a polygon by {gap:.0e} of it at most (zone {zone})"
            )),
        }
        is_closed &= coverage == Coverage::Centre || gap <= CLOSED;
        table.add(*year, &found, classes.as_ref()).map_err(|codes| {
            let place =
                Place::file(arguments.classes.as_deref().unwrap_or(Path::new("")).display().to_string());
            let codes =
                named(codes.iter().map(u16::to_string).collect::<Vec<_>>().iter().map(String::as_str));
            let message = format!("{of}the rasters hold codes that have no class: {codes}");
            Diagnostic::error("classes", message)
                .at(place)
                .hint("list them, as `nodata` where they mean that")
        })?;
    }
    if !is_closed {
        eprintln!("icf: the parts of a zone do not make up its area: nothing was written");
        return Ok(exit::FAILED);
    }
    let Some(out) = &arguments.out else { return Ok(terminal::print(&table.text)) };
    if let Err(error) = output::replace(out, table.text.as_bytes()) {
        eprintln!("icf: {}: {error}", out.display());
        return Ok(exit::FAILED);
    }
    Ok(exit::DONE)
}

/// The value, or nothing and its mistakes among the others.
fn keep<T>(result: Result<T, Diagnostics>, mistakes: &mut Diagnostics) -> Option<T> {
    result.map_err(|found| mistakes.extend(found)).ok()
}

/// Rasters that lie beside each other, with the files they come from.
struct Mosaic {
    files: Vec<PathBuf>,
    rasters: Vec<Raster<RasterFile>>,
}

impl Mosaic {
    /// A mistake that was found when the areas were planned or counted.
    fn mistake(&self, error: &ZonalError, arguments: &Zonal) -> Diagnostic {
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
fn rasters(arguments: &Zonal) -> Result<BTreeMap<Option<i32>, Mosaic>, Diagnostics> {
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

/// The zones; one in a system that is not known is told with that of the rasters.
fn zones(arguments: &Zonal, crs: Option<Crs>) -> Result<Boundaries, Diagnostics> {
    let file = &arguments.zones;
    let found = icf_boundaries::read(file, &arguments.id, arguments.layer.as_deref());
    let boundaries = found.map_err(|found| {
        let mut mistakes = Diagnostics::default();
        mistakes.extend(found.into_iter().map(|mut mistake| {
            if let (icf_boundaries::OTHER_SYSTEM, Some(crs)) = (mistake.code, crs) {
                mistake.message.push_str(&format!("; the rasters lie in {crs}"));
            }
            mistake
        }));
        mistakes
    })?;
    if boundaries.layer.is_empty() {
        let place = Place::file(file.display().to_string());
        return Err(Diagnostic::error("zones", "there is no zone").at(place).into());
    }
    Ok(boundaries)
}

fn zone_mistakes(found: &[icf_landcover::ZoneMistake], arguments: &Zonal) -> Diagnostics {
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
fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
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

    /// Adds a year; else the codes that the map of classes lacks.
    fn add(
        &mut self,
        year: Option<i32>,
        found: &[ZoneAreas],
        classes: Option<&Classes>,
    ) -> Result<(), Vec<u16>> {
        if let Some(classes) = classes {
            let codes = found.iter().flat_map(|zone| zone.classes.keys().copied());
            let unlisted = classes.unlisted(codes);
            if !unlisted.is_empty() {
                return Err(unlisted.into_iter().collect());
            }
        }
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
                let (zone, class) = (quoted(zone.zone.as_str()), quoted(&class));
                let (cells, area) = (amount.cells, amount.area.get());
                self.text.push_str(&format!("{zone},{class},{cells},{area},{nodata}\n"));
            }
        }
        Ok(())
    }
}

/// A cell of CSV.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
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
