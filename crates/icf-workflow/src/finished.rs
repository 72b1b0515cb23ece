//! Finished runs, read back from their folders to be put side by side.

use std::path::Path;

use icf_report::{Compared, ComparedRun, Language};
use icf_results::{GroupRow, NationRow, Phase, Summary};
use icf_units::Year;

use crate::folder::{FolderError, SUMMARY};

/// A run as far as its folder tells it.
#[derive(Clone, Debug)]
pub struct Finished {
    summary: Summary,
    /// The nation in every year; none when the run left no table of it as CSV.
    nation: Vec<NationRow>,
    /// The regions' boundaries as GeoJSON; empty when the run left none.
    boundaries: String,
}

/// The headline figures that a run has left in its folder.
///
/// # Errors
/// When there are none, or of a form that is not known.
pub fn read_summary(folder: &Path) -> Result<Summary, FolderError> {
    let file = folder.join(SUMMARY);
    let wrong = |why: String| {
        FolderError::new(format!("{}: {why}; is {} the folder of a run?", file.display(), folder.display()))
    };
    let bytes = std::fs::read(&file).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))
}

impl Finished {
    /// Reads the folder of a run.
    ///
    /// # Errors
    /// When it has no headline figures, or its table of the nation is not one.
    pub fn read(folder: &Path) -> Result<Self, FolderError> {
        let summary = read_summary(folder)?;
        let text = |file: &str| match std::fs::read_to_string(folder.join(file)) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(FolderError::new(format!("{}: {error}", folder.join(file).display()))),
        };
        let table = text("tables/nation.csv")?;
        let nation = rows(&table).map_err(|why| {
            FolderError::new(format!("{}: {why}", folder.join("tables/nation.csv").display()))
        })?;
        Ok(Self { summary, nation, boundaries: text("maps/regions.geojson")? })
    }
}

/// Runs side by side as one page in a language; the others are held against the first.
///
/// # Errors
/// When the boundaries of the first run cannot be read.
pub fn side_by_side(runs: &[Finished], language: Language) -> Result<String, FolderError> {
    let compared: Vec<ComparedRun> = runs
        .iter()
        .map(|run| ComparedRun { summary: &run.summary, nation: &run.nation, settings: &[] })
        .collect();
    let boundaries = runs.iter().map(|run| run.boundaries.as_str()).find(|text| !text.is_empty());
    let page = Compared {
        runs: &compared,
        points: &[],
        regions: &[],
        boundaries: boundaries.unwrap_or_default(),
        has_tables: false,
    };
    Ok(icf_report::compare_page(page, language)?)
}

/// The rows of a table of the nation; none of an empty text.
fn rows(table: &str) -> Result<Vec<NationRow>, String> {
    let mut lines = csv::Reader::from_reader(table.as_bytes());
    let names = lines.headers().map_err(|error| error.to_string())?.clone();
    let mut rows = Vec::new();
    for record in lines.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |name: &str| {
            let place = names.iter().position(|of| of == name);
            let value = place.and_then(|place| record.get(place));
            value.ok_or_else(|| format!("there is no column {name}"))
        };
        let number = |name: &str| match cell(name)? {
            "" => Ok(None),
            value => value.parse().map(Some).map_err(|_| format!("{name}: `{value}` is no number")),
        };
        let whole = |name: &str| {
            let value = cell(name)?;
            value.parse().map_err(|_| format!("{name}: `{value}` is no whole number"))
        };
        let year = cell("year")?.parse().map_err(|_| "year: no year".to_owned())?;
        rows.push(NationRow(GroupRow {
            grouping: String::new(),
            group: String::new(),
            year: Year::new(year),
            phase: match cell("phase")? {
                "history" => Phase::History,
                _ => Phase::Projection,
            },
            regions: whole("regions")?,
            regions_in_deficit: whole("regions_in_deficit")?,
            population: number("population")?.map(icf_units::Persons::new),
            ice_tco2: number("ice_tco2")?.map(icf_units::TonnesCo2::new),
            ice_t: number("ice_t")?.map(icf_units::TonnesCarbon::new),
            cs_t: number("cs_t")?.map(icf_units::TonnesCarbon::new),
            icf_hm2: number("icf_hm2")?.map(icf_units::Hectares::new),
            cec_hm2: number("cec_hm2")?.map(icf_units::Hectares::new),
            deficit_hm2: number("deficit_hm2")?.map(icf_units::Hectares::new),
            surplus_hm2: number("surplus_hm2")?.map(icf_units::Hectares::new),
            size_hm2: number("size_hm2")?.map(icf_units::Hectares::new),
            depth: number("depth")?.map(icf_units::Ratio::new),
            depth_netted: number("depth_netted")?.map(icf_units::Ratio::new),
            size_hm2_per_capita: number("size_hm2_per_capita")?.map(icf_units::HectaresPerPerson::new),
            icf_hm2_per_capita: number("icf_hm2_per_capita")?.map(icf_units::HectaresPerPerson::new),
            note: cell("note")?.to_owned(),
        }));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use icf_results::{Cell, Table};
    use icf_tables::csv_text as written;

    use super::*;
    use crate::text;

    const TABLE: &str = "year,phase,regions,regions_in_deficit,population,ice_tco2,ice_t,cs_t,icf_hm2,cec_hm2,deficit_hm2,\
                         surplus_hm2,size_hm2,depth,depth_netted,size_hm2_per_capita,icf_hm2_per_capita,note\n\
                         2000,history,30,13,1257370000,1361320563.2239003,371269244.5156091,8.5,1,2,3,4,5,1.1394557443969238,1,0.06,0.08,\n\
                         2030,projection,30,11,,,,,,,,,,,,,,\"left out, with a reason\"\n";

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let rows = rows(TABLE).unwrap();
        let table = Table::of(&rows);
        let header: Vec<String> = table.columns.iter().map(|column| column.name.to_owned()).collect();
        let cells = table.rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>());
        assert_eq!(written(std::iter::once(header).chain(cells)), TABLE);
        assert!(matches!(table.rows[1][4], Cell::Missing));
    }

    #[test]
    fn what_is_no_table_is_told() {
        assert!(rows("").unwrap().is_empty());
        let why = |table: &str| rows(table).unwrap_err();
        assert_eq!(why("year\n2000\n"), "there is no column phase");
        assert_eq!(why(&TABLE.replace("8.5", "x")), "cs_t: `x` is no number");
        assert_eq!(why(&TABLE.replace("history,30", "history,3.5")), "regions: `3.5` is no whole number");
    }
}
