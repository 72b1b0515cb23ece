//! Finished runs, read back from their folders to be put side by side.

use std::path::{Path, PathBuf};

use icf_report::{Compared, ComparedRun, Language, RegionYear, RegionYears};
use icf_results::{GroupRow, NationRow, Phase, RegionInfo, Summary};
use icf_units::{RegionId, Year};

use crate::folder::{FolderError, SUMMARY};

/// A run as far as its folder tells it.
#[derive(Clone, Debug)]
pub struct Finished {
    summary: Summary,
    /// The nation in every year; none when the run left no table of it as CSV.
    nation: Vec<NationRow>,
    /// The regions' boundaries as GeoJSON; empty when the run left none.
    boundaries: String,
    folder: PathBuf,
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
        let text = |file: &str| text(folder, file);
        let table = text("tables/nation.csv")?;
        let nation = rows(&table).map_err(|why| {
            FolderError::new(format!("{}: {why}", folder.join("tables/nation.csv").display()))
        })?;
        Ok(Self { summary, nation, boundaries: text("maps/regions.geojson")?, folder: folder.to_owned() })
    }

    /// The regions in every year; none when the run left no table of them as CSV.
    fn regional(&self) -> Result<Vec<RegionYears>, FolderError> {
        const TABLE: &str = "tables/regions.csv";
        regional(&text(&self.folder, TABLE)?)
            .map_err(|why| FolderError::new(format!("{}: {why}", self.folder.join(TABLE).display())))
    }

    /// The regions with their names, as the map has them.
    fn regions(&self) -> Vec<RegionInfo> {
        let map: serde_json::Value = serde_json::from_str(&self.boundaries).unwrap_or_default();
        let features = map["features"].as_array().cloned().unwrap_or_default();
        let info = |feature: &serde_json::Value| {
            let said = |key: &str| feature["properties"][key].as_str().map(str::to_owned);
            Some(RegionInfo {
                id: RegionId::new(&said("region")?),
                iso: said("iso").unwrap_or_default(),
                name: said("name")?,
                name_zh: said("name_zh").unwrap_or_default(),
                group: said("group").unwrap_or_default(),
            })
        };
        features.iter().filter_map(info).collect()
    }
}

/// A text that a run has left; empty when there is none.
fn text(folder: &Path, file: &str) -> Result<String, FolderError> {
    match std::fs::read_to_string(folder.join(file)) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(FolderError::new(format!("{}: {error}", folder.join(file).display()))),
    }
}

/// Runs side by side as one page in a language; the others are held against the first.
///
/// # Errors
/// When the boundaries of the first run, or a table of regions that is needed, cannot be read.
pub fn side_by_side(runs: &[Finished], language: Language) -> Result<String, FolderError> {
    // Runs that end in one year need not tell the others.
    let mut horizons: Vec<Year> = runs.iter().map(|run| run.summary.horizon.year).collect();
    horizons.dedup();
    let regional: Vec<Vec<RegionYears>> = match horizons.len() {
        0 | 1 => runs.iter().map(|_| vec![]).collect(),
        _ => runs.iter().map(Finished::regional).collect::<Result<Vec<_>, _>>()?,
    };
    let each = runs.iter().zip(&regional);
    let compared = each.map(|(run, regional)| ComparedRun {
        summary: &run.summary,
        nation: &run.nation,
        settings: &[],
        regional,
    });
    let compared: Vec<ComparedRun> = compared.collect();
    let regions = runs.first().map(Finished::regions).unwrap_or_default();
    let boundaries = runs.iter().map(|run| run.boundaries.as_str()).find(|text| !text.is_empty());
    let page = Compared {
        runs: &compared,
        points: &[],
        regions: &regions,
        boundaries: boundaries.unwrap_or_default(),
        has_tables: false,
    };
    Ok(icf_report::compare_page(page, language)?)
}

/// The regions of a table that is sorted by them; none of an empty text.
fn regional(table: &str) -> Result<Vec<RegionYears>, String> {
    let mut lines = csv::Reader::from_reader(table.as_bytes());
    let names = lines.headers().map_err(|error| error.to_string())?.clone();
    let mut regions: Vec<RegionYears> = Vec::new();
    if names.is_empty() {
        return Ok(regions);
    }
    let place = |name: &str| {
        let place = names.iter().position(|of| of == name);
        place.ok_or_else(|| format!("there is no column {name}"))
    };
    let (region, year) = (place("region")?, place("year")?);
    let (ice, cec, icf) = (place("ice_t")?, place("cec_hm2")?, place("icf_hm2")?);
    for record in lines.records() {
        let record = record.map_err(|error| error.to_string())?;
        let number = |place: usize| match &record[place] {
            "" => Ok(None),
            value => value
                .parse::<f64>()
                .map(Some)
                .map_err(|_| format!("{}: `{value}` is no number", &names[place])),
        };
        let balance = number(cec)?.zip(number(icf)?).map(|(cec, icf)| cec - icf);
        let of_year = RegionYear {
            year: Year::new(record[year].parse().map_err(|_| "year: no year".to_owned())?),
            emissions: number(ice)?,
            balance,
        };
        match regions.last_mut().filter(|last| last.region == record[region]) {
            Some(last) => last.years.push(of_year),
            None => regions.push(RegionYears { region: record[region].to_owned(), years: vec![of_year] }),
        }
    }
    Ok(regions)
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
    fn regions_are_read_as_they_were_written() {
        let table =
            "region,name,year,ice_t,icf_hm2,cec_hm2\n1,a,2022,5,1.5,4\n1,a,2023,,2,\n2,b,2022,7,1,0.5\n";
        let year = |year, emissions, balance| RegionYear { year: Year::new(year), emissions, balance };
        let first = vec![year(2022, Some(5.0), Some(2.5)), year(2023, None, None)];
        let second = vec![year(2022, Some(7.0), Some(-0.5))];
        let expected = [("1", first), ("2", second)]
            .map(|(region, years)| RegionYears { region: region.to_owned(), years });
        assert_eq!(regional(table).unwrap(), expected);
        assert!(regional("").unwrap().is_empty());
        assert_eq!(regional("region,year\n").unwrap_err(), "there is no column ice_t");
        assert_eq!(regional(&table.replace("1.5", "x")).unwrap_err(), "icf_hm2: `x` is no number");
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
