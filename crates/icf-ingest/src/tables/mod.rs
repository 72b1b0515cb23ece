//! The tables of a data set: one file each.

mod energy;
mod equivalence;
mod fuels;
mod land;
mod regions;
mod yearly;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_units::{Dimension, MillionYuan, Persons, RegionId, TonnesCo2};

pub use equivalence::{EquivalenceTable, read_equivalence};

use crate::raw::RawTable;
use crate::reader::{ColumnId, Reader};
use crate::source::Files;
use crate::{Dataset, Region, SourceFile, workbook};

/// The regions that every other table refers to, in the order of all panels.
pub(crate) struct RegionIndex {
    ids: Arc<[RegionId]>,
    places: HashMap<String, usize>,
    /// The same with English and Chinese names beside the ids, as workbooks have them.
    named: HashMap<String, usize>,
}

impl RegionIndex {
    pub(crate) fn new(regions: &[Region]) -> Self {
        let ids: Arc<[RegionId]> = regions.iter().map(|region| region.id.clone()).collect();
        let places: HashMap<String, usize> =
            ids.iter().enumerate().map(|(place, id)| (id.to_string(), place)).collect();
        let mut named = places.clone();
        for (place, region) in regions.iter().enumerate() {
            for name in [&region.name, &region.name_zh].into_iter().filter(|name| !name.is_empty()) {
                // Yearbooks set names of two characters apart; the reader of a sheet takes the spaces out.
                named.entry(name.replace(' ', "")).or_insert(place);
                named.entry(name.clone()).or_insert(place);
            }
        }
        Self { ids, places, named }
    }

    /// The place of the region that an id, or in a workbook a name, means.
    pub(crate) fn named(&self, text: &str) -> Option<usize> {
        self.named.get(text).copied()
    }

    /// The region that a row is about.
    fn find(&self, table: &mut Reader<'_>, row: usize, column: ColumnId) -> Option<usize> {
        let known = if table.is_of_sheet() { &self.named } else { &self.places };
        table.known(row, column, "region", known)
    }
}

/// Opens a table that must be there, with a row at least.
fn required<'a>(
    files: &Files,
    name: &str,
    set: &str,
    diagnostics: &'a mut Diagnostics,
) -> Option<Reader<'a>> {
    if !files.tables.contains_key(name) {
        let instead = if name == "energy" { ", or give emissions.csv instead" } else { "" };
        diagnostics.push(
            Diagnostic::error("missing-table", format!("table `{name}` is missing"))
                .at(Place::file(place_of(files, set)))
                .hint(format!(
                    "add {name}.csv or {name}.parquet{instead}; its columns are described in docs/data.md"
                )),
        );
        return None;
    }
    filled(files, name, diagnostics)
}

/// Where the mistake of a missing table stands.
fn place_of(files: &Files, set: &str) -> String {
    files.package.as_ref().map_or_else(|| set.to_owned(), |package| package.name.clone())
}

/// Opens a table without which less can be had. A folder without it may have lost it, so that is a warning; a package
/// lists what it has.
fn asked_for<'a>(
    files: &Files,
    name: &str,
    set: &str,
    without: &str,
    diagnostics: &'a mut Diagnostics,
) -> Option<Reader<'a>> {
    if !files.tables.contains_key(name) && files.package.is_none() {
        diagnostics.push(
            Diagnostic::warning("missing-table", format!("table `{name}` is missing: {without}"))
                .at(Place::file(place_of(files, set)))
                .hint("its columns are described in docs/data.md; a datapackage.json without it says that it is meant"),
        );
    }
    filled(files, name, diagnostics)
}

/// Opens a table if it is there, and refuses one without a row.
fn filled<'a>(files: &Files, name: &str, diagnostics: &'a mut Diagnostics) -> Option<Reader<'a>> {
    let table = optional(files, name, diagnostics)?;
    if table.rows().is_empty() {
        table.without_rows();
        return None;
    }
    Some(table)
}

/// The column of a table that holds its figures.
fn value_column(table: &str) -> &'static str {
    match table {
        "land" => "area",
        "population" => "population",
        "grp" => "product",
        _ => "quantity",
    }
}

/// Opens a table if it is there.
fn optional<'a>(files: &Files, name: &str, diagnostics: &'a mut Diagnostics) -> Option<Reader<'a>> {
    let table = raw(files, name, diagnostics)?;
    Some(Reader::new(table, diagnostics))
}

/// The cells of a table as text, out of its own file or a workbook.
pub(crate) fn raw(files: &Files, name: &str, diagnostics: &mut Diagnostics) -> Option<RawTable> {
    let file = files.tables.get(name)?;
    if let Some(layout) = files.layouts.get(name) {
        return workbook::read(file, layout, value_column(name), diagnostics);
    }
    match RawTable::read(file) {
        Ok(table) => Some(table),
        Err(mistake) => {
            diagnostics.push(mistake);
            None
        }
    }
}

/// Reads every table; `None` when one that must be there cannot be used. Mistakes of all of them are collected.
pub(crate) fn read_all(name: String, files: Files, diagnostics: &mut Diagnostics) -> Option<Dataset> {
    let has = |table: &str| files.tables.contains_key(table);
    // Emissions that are given need no fuels; then only tables that rest on fuels ask for them.
    let needs_fuels = !has("emissions") || has("energy") || has("non_energy") || has("fuels");
    let regions = required(&files, "regions", &name, diagnostics).and_then(regions::read);
    let fuels = match needs_fuels {
        true => required(&files, "fuels", &name, diagnostics).and_then(fuels::read),
        false => Some(vec![]),
    };
    let index = regions.as_ref().map(|regions| RegionIndex::new(regions));
    let (mut energy, mut non_energy, mut emissions) = (None, None, None);
    let (mut land, mut population, mut product) = (None, None, None);
    // Without regions and fuels every row would be a mistake of its own: the real one has been noted.
    if let (Some(index), Some(fuels)) = (&index, &fuels) {
        if has("energy") || !has("emissions") {
            energy = required(&files, "energy", &name, diagnostics)
                .and_then(|table| energy::read(table, index, fuels));
        }
        non_energy =
            optional(&files, "non_energy", diagnostics).and_then(|table| energy::read(table, index, fuels));
        emissions = filled(&files, "emissions", diagnostics)
            .and_then(|table| yearly::read::<TonnesCo2>(table, index, "quantity", Dimension::Co2));
        land = asked_for(&files, "land", &name, "no sink, footprint and depth", diagnostics)
            .and_then(|table| land::read(table, index));
        population = asked_for(&files, "population", &name, "nothing per resident", diagnostics)
            .and_then(|table| yearly::read::<Persons>(table, index, "population", Dimension::People));
        product = optional(&files, "grp", diagnostics)
            .and_then(|table| yearly::read::<MillionYuan>(table, index, "product", Dimension::Money));
    } else {
        for name in ["energy", "emissions", "land", "population"] {
            filled(&files, name, diagnostics);
        }
    }
    let boundaries = match files.tables.get("boundaries").map(|file| (file, std::str::from_utf8(&file.bytes)))
    {
        Some((file, Err(_))) => {
            diagnostics.push(Diagnostic::error("not-utf8", "is not UTF-8").at(Place::file(&file.name)));
            None
        }
        Some((_, Ok(text))) => Some(text.to_owned()),
        None => None,
    };
    let (emission_years, energy) = match (energy, &emissions) {
        (Some((years, energy)), _) => (years, energy),
        (None, Some(emissions)) => (emissions.axes().years(), BTreeMap::new()),
        (None, None) => return None,
    };
    Some(Dataset {
        name,
        files: in_order(files),
        regions: regions?,
        fuels: fuels?,
        emission_years,
        energy,
        non_energy: non_energy.map(|(_, panels)| panels).unwrap_or_default(),
        emissions,
        land: land.unwrap_or_default(),
        population,
        product,
        boundaries,
        warnings: Diagnostics::default(),
    })
}

fn in_order(files: Files) -> Vec<SourceFile> {
    let mut all: Vec<SourceFile> = files.package.into_iter().collect();
    for file in files.tables.into_values() {
        // A workbook may hold several tables.
        if all.iter().all(|known| known.name != file.name) {
            all.push(file);
        }
    }
    all
}
