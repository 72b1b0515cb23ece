//! Areas of land from the rasters that a scenario names, in place of the data set's table.

mod codes;
mod npp;
mod zones;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_geometry::Layer;
use icf_ingest::{Dataset, EquivalenceTable, LandArea, Observed};
use icf_landcover::{
    Classes, Coverage, Meaning, Plan, Raster, RasterFile, SelfCrossing, ZonalError, ZoneAreas, Zones,
};
use icf_results::InputFile;
use icf_scenario::{CellCoverage, LandRasters, LandSource, Loaded};
use icf_units::{Axes, Hectares, Panel, Quality, RegionId, Year, YearRange};
use sha2::{Digest, Sha256};

pub use codes::{doubtful_product, land_classes};

use crate::cache::StoppableFile;
use crate::dataset::Selection;
use crate::{Cache, Opened, cache, land};

/// The source of the areas among those of the data set.
pub(crate) const SOURCE: &str = "rasters";
/// The key of a scenario that names the rasters.
const KEY: &str = "land.rasters";
/// By what share of a polygon its parts may miss its area.
const CLOSED: f64 = 1e-6;
/// The share of a region that may be unknown before that is told.
const UNKNOWN: f64 = 1e-3;
/// Regions or codes named before the rest is counted.
const NAMED: usize = 8;

/// The rasters of a scenario, when its areas come from them.
fn named(loaded: &Loaded) -> Option<&LandRasters> {
    let land = &loaded.scenario().land;
    land.rasters.as_ref().filter(|_| land.source == LandSource::Rasters)
}

/// Where the rasters lie and how they are read, as a key of the cache; empty without rasters.
pub(crate) fn place(loaded: &Loaded) -> String {
    let Some(rasters) = named(loaded) else { return String::new() };
    let files = paths(loaded, rasters).map(|file| file.path.display().to_string());
    let others = [
        (zones_key(), rasters.zones.as_deref()),
        (codes_key(), Some(rasters.codes.as_str())),
        (npp::FILE.to_owned(), rasters.npp.as_ref().map(|npp| npp.file.as_str())),
    ];
    let others = others
        .into_iter()
        .filter_map(|(key, path)| Some(loaded.resolve_path(&key, path?).display().to_string()));
    let places: Vec<String> = files.chain(others).chain([cache::part(rasters)]).collect();
    places.join("\n")
}

fn zones_key() -> String {
    format!("{KEY}.zones")
}

fn codes_key() -> String {
    format!("{KEY}.codes")
}

/// A raster of a year.
struct OfYear {
    year: Year,
    /// The key that names it.
    key: String,
    /// As the scenario writes it.
    name: String,
    path: PathBuf,
}

fn paths<'a>(loaded: &'a Loaded, rasters: &'a LandRasters) -> impl Iterator<Item = OfYear> + 'a {
    rasters.files.iter().flat_map(move |(year, files)| {
        let key = format!("{KEY}.files.{year}");
        files.as_slice().iter().map(move |name| OfYear {
            year: *year,
            path: loaded.resolve_path(&key, name),
            key: key.clone(),
            name: name.clone(),
        })
    })
}

/// What rasters give besides areas.
#[derive(Default)]
pub(crate) struct Laid {
    /// The files that were read, with their hashes.
    pub(crate) inputs: Vec<InputFile>,
    /// Equivalence factors, where there is a raster of net primary production.
    pub(crate) factors: Option<EquivalenceTable>,
}

/// Puts the areas of the scenario's rasters into a data set.
pub(crate) fn lay(loaded: &Loaded, dataset: &mut Dataset, cache: &Cache) -> Result<Laid, Diagnostics> {
    let Some(rasters) = named(loaded) else { return Ok(Laid::default()) };
    tracing::info!("{}: reading rasters of land", loaded.scenario().name);
    let mut mistakes = Diagnostics::default();
    let codes = keep(codes::of(loaded, rasters), &mut mistakes);
    let polygons = keep(zones::polygons(loaded, rasters, dataset, cache), &mut mistakes);
    let opened = keep(opened(loaded, rasters, cache), &mut mistakes);
    let npp = rasters.npp.as_ref().map(|npp| npp::Opened::of(loaded, npp, cache).map_err(Diagnostics::from));
    let npp = keep(npp.transpose(), &mut mistakes);
    let (Some((classes, mut inputs)), Some(polygons), Some(opened), Some(npp)) =
        (codes, polygons, opened, npp)
    else {
        return Err(mistakes);
    };
    inputs.extend(polygons.inputs);
    dataset.warnings.extend(polygons.warning);
    let layer = polygons.layer;
    let mut areas: BTreeMap<Year, Vec<ZoneAreas>> = BTreeMap::new();
    for (year, of_year) in &opened {
        match of_year.areas(loaded, rasters, &layer, *year) {
            Ok(found) => {
                let codes = found.iter().flat_map(|zone| zone.classes.keys().copied());
                if let Some(mistake) = unlisted(loaded, &classes, codes, *year) {
                    mistakes.push(mistake);
                }
                areas.insert(*year, found);
            }
            Err(found) => mistakes.extend(found),
        }
    }
    let ((), _) = mistakes.into_result(())?;
    let factors = match npp {
        None => None,
        Some(npp) => {
            let (factors, warnings) = npp.factors(loaded, rasters, &opened, &layer, &classes)?;
            dataset.warnings.extend(warnings);
            Some(factors)
        }
    };
    let codes = areas.values().flatten().flat_map(|zone| zone.classes.keys().copied()).collect();
    if let Some(likelier) = Classes::likelier(&rasters.codes, &codes) {
        let mut warning = Diagnostic::warning("product", doubtful_product(&rasters.codes, likelier));
        warning.place = loaded.place_of(&codes_key());
        dataset.warnings.push(warning);
    }
    for (year, found) in &areas {
        dataset.warnings.extend(unknown(loaded, found, *year));
    }
    dataset.land.extend(panels(dataset, &classes, &areas));
    for file in paths(loaded, rasters) {
        inputs.push(hashed(loaded, &file.key, file.name, &file.path, cache)?);
    }
    if let Some(npp) = &rasters.npp {
        let path = loaded.resolve_path(npp::FILE, &npp.file);
        inputs.push(hashed(loaded, npp::FILE, npp.file.clone(), &path, cache)?);
    }
    Ok(Laid { inputs, factors })
}

/// A mistake when the rasters leave out regions of the run.
pub(crate) fn check(loaded: &Loaded, opened: &Opened, selection: &Selection) -> Result<(), Diagnostic> {
    let Some(rasters) = named(loaded) else { return Ok(()) };
    let dataset = &opened.dataset;
    let of_source: Vec<_> = dataset.land.iter().filter(|land| land.source == SOURCE).collect();
    let is_missing = |row: usize| of_source.iter().all(|land| land.area.row(row).iter().all(Option::is_none));
    let missing = selection.rows.iter().zip(&selection.infos).filter(|(row, _)| is_missing(**row));
    let missing: Vec<&str> = missing.map(|(_, info)| info.name.as_str()).collect();
    const HINT: &str = "leave them out by `regions.exclude`, or give polygons and rasters that hold them";
    if !missing.is_empty() {
        let what = match rasters.zones {
            Some(_) => {
                format!("no polygon whose `{}` is the id of the region, or no known cell in it", rasters.id)
            }
            None => "no boundary, or no known cell in it".to_owned(),
        };
        let message = format!("there is {what}: {}", listed(&missing));
        return Err(loaded.diagnose(KEY, "no-zone", message).hint(HINT));
    }
    let Some(factors) = &opened.derived else { return Ok(()) };
    let mut without = vec![];
    for class in loaded.scenario().land.classes.keys() {
        let Some(area) = dataset.land_area(SOURCE, class) else { continue };
        for (row, info) in selection.rows.iter().zip(&selection.infos) {
            let has_class = area.row(*row).iter().flatten().any(|cell| cell.value.get() > 0.0);
            if has_class && factors.get(&info.id, class).is_none() {
                without.push(format!("{class} of {}", info.name));
            }
        }
    }
    if without.is_empty() {
        return Ok(());
    }
    let without: Vec<&str> = without.iter().map(String::as_str).collect();
    let message = format!(
        "no cell has a known production, or their mean is not above zero, so that there is no factor: {}",
        listed(&without)
    );
    Err(loaded.diagnose(npp::KEY, "no-factor", message).hint(HINT))
}

fn keep<T>(result: Result<T, Diagnostics>, mistakes: &mut Diagnostics) -> Option<T> {
    result.map_err(|found| mistakes.extend(found)).ok()
}

/// The rasters of a year, with the key that names them and their names.
struct Mosaic<'a> {
    key: String,
    names: Vec<String>,
    rasters: Vec<Raster<StoppableFile<'a>>>,
}

fn opened<'a>(
    loaded: &Loaded,
    rasters: &LandRasters,
    cache: &'a Cache,
) -> Result<BTreeMap<Year, Mosaic<'a>>, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let mut opened: BTreeMap<Year, Mosaic<'a>> = BTreeMap::new();
    for OfYear { year, key, name, path } in paths(loaded, rasters) {
        match RasterFile::open(&path).and_then(|file| Raster::open(StoppableFile { file, cache })) {
            Ok(raster) => {
                let mosaic =
                    opened.entry(year).or_insert_with(|| Mosaic { key, names: vec![], rasters: vec![] });
                mosaic.names.push(name);
                mosaic.rasters.push(raster);
            }
            Err(error) => mistakes.push(loaded.diagnose(&key, "raster", format!("{name} {error}"))),
        }
    }
    mistakes.into_result(opened).map(|(opened, _)| opened)
}

impl Mosaic<'_> {
    /// The polygons on the sheet of the rasters.
    fn zones(&self, loaded: &Loaded, layer: &Layer) -> Result<Zones, Diagnostics> {
        let crs = self.rasters.first().expect("a year has a raster").grid().crs;
        Zones::new(layer, crs, SelfCrossing::Refuse).map_err(|found| {
            let mut mistakes = Diagnostics::default();
            mistakes.extend(
                found.iter().map(|mistake| loaded.diagnose(&zones_key(), "zones", mistake.to_string())),
            );
            mistakes
        })
    }

    fn areas(
        &self,
        loaded: &Loaded,
        rasters: &LandRasters,
        layer: &Layer,
        year: Year,
    ) -> Result<Vec<ZoneAreas>, Diagnostics> {
        let (zones, coverage) = (self.zones(loaded, layer)?, coverage(rasters));
        let mistake = |error| self.mistake(loaded, &error);
        let found = Plan::new(&self.rasters, &zones, coverage)
            .map_err(mistake)?
            .run(|_| {})
            .map_err(|error| self.mistake(loaded, &error))?;
        let open = found.iter().find(|zone| coverage == Coverage::Exact && zone.gap().abs() > CLOSED);
        match open {
            None => Ok(found),
            Some(zone) => {
                let message = format!(
                    "the parts of {} do not make up its area in {year}: they miss it by {:.0e} of it",
                    zone.zone,
                    zone.gap()
                );
                Err(loaded.diagnose(&self.key, "not-closed", message).into())
            }
        }
    }

    fn mistake(&self, loaded: &Loaded, error: &ZonalError) -> Diagnostic {
        let message = match error {
            ZonalError::Raster { raster, error } => format!("{} {error}", self.names[*raster]),
            ZonalError::OtherCrs { raster } => format!("{} {error}", self.names[*raster]),
            ZonalError::Overlap { first, second } => {
                format!("{} overlaps {}", self.names[*second], self.names[*first])
            }
            other => return loaded.diagnose(&zones_key(), "zones", other.to_string()),
        };
        loaded.diagnose(&self.key, "raster", message)
    }
}

fn coverage(rasters: &LandRasters) -> Coverage {
    match rasters.coverage {
        CellCoverage::Exact => Coverage::Exact,
        CellCoverage::Centre => Coverage::Centre,
    }
}

fn unlisted(
    loaded: &Loaded,
    classes: &Classes,
    codes: impl Iterator<Item = u16>,
    year: Year,
) -> Option<Diagnostic> {
    let codes: BTreeSet<u16> = codes.collect();
    let unlisted: Vec<String> = classes.unlisted(codes.iter().copied()).iter().map(u16::to_string).collect();
    if unlisted.is_empty() {
        return None;
    }
    let fitting = Classes::fitting(&codes);
    let unlisted: Vec<&str> = unlisted.iter().map(String::as_str).collect();
    let message = format!("the rasters of {year} hold codes that have no class: {}", listed(&unlisted));
    let mistake = loaded.diagnose(&codes_key(), "unknown-code", message);
    Some(mistake.hint(match fitting[..] {
        [] => "name a map that lists them, as `nodata` where they mean that".to_owned(),
        _ => format!("all that they hold are codes of {}", fitting.join(", ")),
    }))
}

/// The share of a zone whose class is not known.
fn unknown_share(zone: &ZoneAreas, classes: f64) -> f64 {
    1.0 - classes / zone.polygon.get()
}

/// A warning when rasters leave out a part of some regions.
fn unknown(loaded: &Loaded, found: &[ZoneAreas], year: Year) -> Option<Diagnostic> {
    let share = |zone: &ZoneAreas| (zone.nodata.area.get() + zone.outside.get()) / zone.polygon.get();
    let regions: Vec<String> = found
        .iter()
        .filter(|zone| share(zone) > UNKNOWN)
        .map(|zone| format!("{} ({:.1} %)", zone.zone, share(zone) * 100.0))
        .collect();
    if regions.is_empty() {
        return None;
    }
    let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
    let message = format!("the rasters of {year} do not know a part of {}", listed(&regions));
    let mut warning = Diagnostic::warning("land-unknown", message);
    warning.place = loaded.place_of(&format!("{KEY}.files.{year}"));
    Some(warning)
}

/// The area of each class by region and year; a region without any known cell in a year has none.
fn panels(dataset: &Dataset, classes: &Classes, areas: &BTreeMap<Year, Vec<ZoneAreas>>) -> Vec<LandArea> {
    let (Some(first), Some(last)) = (areas.keys().next(), areas.keys().next_back()) else { return vec![] };
    let years = YearRange::new(*first, *last).expect("the keys of a map are in order");
    let ids: Vec<RegionId> = dataset.regions.iter().map(|region| region.id.clone()).collect();
    let axes = Axes::new(ids.clone(), years);
    let by_class = |class: &str| {
        Panel::from_fn(&axes, |region, year| {
            let zone = areas.get(&year)?.iter().find(|zone| zone.zone == ids[region])?;
            let (mut own, mut known) = (0.0, 0.0);
            for (code, area) in &zone.classes {
                if let Meaning::Class(word) = classes.meaning(*code) {
                    known += area.area.get();
                    own += if word == class { area.area.get() } else { 0.0 };
                }
            }
            let is_partly_known = unknown_share(zone, known) > UNKNOWN;
            let quality = if is_partly_known { Quality::LowerBound } else { Quality::Derived };
            (known > 0.0).then(|| Observed { value: Hectares::new(own), quality })
        })
    };
    let area =
        |class: &str| LandArea { source: SOURCE.to_owned(), class: class.to_owned(), area: by_class(class) };
    classes.words().into_iter().map(area).collect()
}

/// The areas between the rasters of two years on a straight line, else constant: so that the classes of a region sum to as
/// much in every year as they do in those of the rasters.
pub(crate) fn between(areas: &Panel<Observed<Hectares>>, row: usize, year: Year) -> Option<Hectares> {
    let known = land::known(areas, row);
    let (first, last) = (known.first()?, known.last()?);
    if year <= first.0 || year >= last.0 {
        return Some(Hectares::new(if year <= first.0 { first.1 } else { last.1 }));
    }
    Some(Hectares::new(land::on_the_line(&known, year)))
}

/// A file with its hash.
fn hashed(
    loaded: &Loaded,
    key: &str,
    name: String,
    path: &Path,
    cache: &Cache,
) -> Result<InputFile, Diagnostic> {
    let sha256 = hash(path, cache)
        .map_err(|error| loaded.diagnose(key, "unreadable", format!("{name} cannot be read: {error}")))?;
    Ok(InputFile { name, sha256 })
}

/// SHA-256 of a file, which may be larger than the memory.
fn hash(path: &Path, cache: &Cache) -> std::io::Result<String> {
    let (mut file, mut hasher, mut part) = (File::open(path)?, Sha256::new(), vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut part)?;
        if read == 0 {
            break;
        }
        if cache.is_stopped() {
            return Err(std::io::Error::other("the run was stopped"));
        }
        hasher.update(&part[..read]);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Some names, and how many more there are.
fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Areas of a region in the years of its rasters.
    fn panel(figures: &[(i32, f64)]) -> Panel<Observed<Hectares>> {
        let (first, last) = (figures[0].0, figures[figures.len() - 1].0);
        let years = YearRange::new(Year::new(first), Year::new(last)).unwrap();
        Panel::from_fn(&Axes::new(vec![RegionId::new("a")], years), |_, year| {
            let area = figures.iter().find(|(at, _)| *at == year.get())?.1;
            Some(Observed { value: Hectares::new(area), quality: Quality::Derived })
        })
    }

    #[test]
    fn classes_sum_to_the_same_area_in_every_year() {
        let classes = [
            panel(&[(2000, 60.0), (2010, 20.0), (2015, 45.0)]),
            panel(&[(2000, 0.0), (2010, 70.0), (2015, 5.0)]),
            panel(&[(2000, 40.0), (2010, 10.0), (2015, 50.0)]),
        ];
        for year in 1995..2025 {
            let of_year = classes.iter().map(|areas| between(areas, 0, Year::new(year)).unwrap().get());
            let areas: Vec<f64> = of_year.collect();
            assert!(areas.iter().all(|area| *area >= 0.0));
            assert!((areas.iter().sum::<f64>() - 100.0).abs() < 1e-12, "{year}: {areas:?}");
        }
    }

    #[test]
    fn areas_are_on_the_line_between_rasters_and_constant_outside() {
        let areas = panel(&[(2000, 60.0), (2010, 20.0)]);
        let at = |year| between(&areas, 0, Year::new(year)).unwrap().get();
        assert_eq!([1990, 2000, 2003, 2010, 2022].map(at), [60.0, 60.0, 48.0, 20.0, 20.0]);
        assert_eq!(between(&panel(&[(2000, 7.0)]), 0, Year::new(2022)).unwrap().get(), 7.0);
    }
}
