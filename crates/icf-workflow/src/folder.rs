//! The folder of a run: written beside the target and renamed when complete.

use std::path::{Path, PathBuf};

use icf_results::{RunResults, Summary};
use icf_runner::Cache;
use icf_scenario::{ExchangeFormat, FigureFormat, Language, MapFormat, Outputs, TableFormat};
use icf_tables::{
    Exchange, Format, TableError, datapackage, encode, geoparquet, guarded, variables_yaml, workbook,
};
use rayon::prelude::*;

/// Why a folder could not be written.
#[derive(Debug)]
pub struct FolderError(String);

impl FolderError {
    pub(crate) const fn new(message: String) -> Self {
        Self(message)
    }
}

impl std::fmt::Display for FolderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FolderError {}

impl From<TableError> for FolderError {
    fn from(error: TableError) -> Self {
        Self(error.to_string())
    }
}

impl From<icf_report::ReportError> for FolderError {
    fn from(error: icf_report::ReportError) -> Self {
        Self(error.to_string())
    }
}

/// The file that marks a folder as a run's.
pub const MANIFEST: &str = "manifest.json";
/// The file that `compare` reads.
pub const SUMMARY: &str = "summary.json";

/// A file of the run: path inside its folder, and bytes.
pub(crate) type File = (String, Vec<u8>);

/// Writes the results of a run to `target`; gives the number of files.
///
/// The files are made first, then written to a folder beside the target. Only when that is complete is the former run
/// moved aside and the new one moved in; if that fails the former one is moved back, or left whole beside the target.
///
/// Nothing is written when somebody stopped the run before that is complete.
pub(crate) fn write(
    target: &Path,
    results: &RunResults,
    outputs: &Outputs,
    cache: &Cache,
) -> Result<usize, FolderError> {
    let files = files(results, outputs, cache)?;
    let about = serde_json::json!({
        "scenario": results.scenario,
        "data": results.data,
        "seed": results.seed,
        "inputs": results.inputs,
        "resolved_scenario": results.resolved_yaml,
    });
    write_files(target, files, about)
}

/// Writes files with a manifest to a folder that takes the target's place; gives their number.
pub(crate) fn write_files(
    target: &Path,
    mut files: Vec<File>,
    about: serde_json::Value,
) -> Result<usize, FolderError> {
    let manifest = manifest(about, &files)?;
    files.push((MANIFEST.to_owned(), manifest));
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    refuse_foreign(target)?;
    std::fs::create_dir_all(&parent).map_err(|error| failed(&parent, &error))?;
    let beside = tempfile::Builder::new()
        .prefix(".icf-")
        .tempdir_in(&parent)
        .map_err(|error| failed(&parent, &error))?;
    let fresh = beside.path().join("new");
    for (path, bytes) in &files {
        let path = fresh.join(path);
        let folder = path.parent().expect("every file lies in the run's folder");
        std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        std::fs::write(&path, bytes).map_err(|error| failed(&path, &error))?;
    }
    let former = beside.path().join("former");
    let had_former = target.exists();
    if had_former {
        std::fs::rename(target, &former).map_err(|error| failed(target, &error))?;
    }
    if let Err(error) = std::fs::rename(&fresh, target) {
        if had_former && std::fs::rename(&former, target).is_err() {
            let kept = beside.keep().join("former");
            return Err(FolderError(format!("{error}; the former run is kept in {}", kept.display())));
        }
        return Err(failed(target, &error));
    }
    Ok(files.len())
}

/// What a manifest says of its folder.
#[derive(serde::Deserialize)]
struct Manifest {
    #[expect(dead_code, reason = "the version marks the manifest as one of this program")]
    icf: String,
    outputs: Vec<Listed>,
}

#[derive(serde::Deserialize)]
struct Listed {
    path: String,
}

/// Only a run of this program is replaced, and only when nothing has been added to it.
fn refuse_foreign(target: &Path) -> Result<(), FolderError> {
    let is_empty = || std::fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    if !target.exists() || (target.is_dir() && is_empty()) {
        return Ok(());
    }
    let manifest = std::fs::read(target.join(MANIFEST)).ok();
    let Some(manifest) = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok()) else {
        return Err(FolderError(format!(
            "{} is there and is no run of icf: it is not replaced",
            target.display()
        )));
    };
    let mut added = Vec::new();
    list(target, target, &mut added).map_err(|error| failed(target, &error))?;
    added.retain(|path| path != MANIFEST && manifest.outputs.iter().all(|listed| listed.path != *path));
    if added.is_empty() {
        return Ok(());
    }
    added.sort();
    Err(FolderError(format!(
        "{} holds what the run did not write, so it is not replaced: {}; move that away, or choose another --out",
        target.display(),
        added.join(", ")
    )))
}

/// The files below a folder, as the manifest names them.
fn list(root: &Path, folder: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            list(root, &path, found)?;
        } else {
            let inside = path.strip_prefix(root).expect("the file lies below the root");
            let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            found.push(parts.join("/"));
        }
    }
    Ok(())
}

fn failed(path: &Path, error: &std::io::Error) -> FolderError {
    FolderError(format!("{}: {error}", path.display()))
}

/// Makes every file of a run; the kinds are made side by side, and come in one order.
fn files(results: &RunResults, outputs: &Outputs, cache: &Cache) -> Result<Vec<File>, FolderError> {
    type Make = fn(&RunResults, &Outputs, &Cache) -> Result<Vec<File>, FolderError>;
    const KINDS: [Make; 7] = [tables, book, maps, figures, exchange, page, summary];
    let made: Vec<Result<Vec<File>, FolderError>> = KINDS
        .par_iter()
        .map(|make| {
            go_on(cache)?;
            make(results, outputs, cache)
        })
        .collect();
    go_on(cache)?;
    made.into_iter().try_fold(Vec::new(), |mut files, more| {
        files.extend(more?);
        Ok(files)
    })
}

/// Between two files of a run.
fn go_on(cache: &Cache) -> Result<(), FolderError> {
    if cache.is_stopped() { Err(FolderError("the run was stopped".to_owned())) } else { Ok(()) }
}

fn tables(results: &RunResults, outputs: &Outputs, cache: &Cache) -> Result<Vec<File>, FolderError> {
    let formats = once(&outputs.tables).filter_map(|format| match format {
        TableFormat::Csv => Some(Format::Csv),
        TableFormat::Parquet => Some(Format::Parquet),
        TableFormat::Xlsx => None,
    });
    let formats: Vec<Format> = formats.collect();
    let mut files = Vec::new();
    for table in results.tables() {
        go_on(cache)?;
        for &format in &formats {
            let is_guarded = format == Format::Csv && outputs.guard_formulas;
            let bytes = if is_guarded { encode(&guarded(&table), format)? } else { encode(&table, format)? };
            files.push((format!("tables/{}.{}", table.name, format.extension()), bytes));
        }
    }
    if formats.contains(&Format::Csv) {
        files.push(("tables/datapackage.json".to_owned(), datapackage(results).into_bytes()));
    }
    Ok(files)
}

/// All tables as one workbook.
fn book(results: &RunResults, outputs: &Outputs, _: &Cache) -> Result<Vec<File>, FolderError> {
    if !outputs.tables.contains(&TableFormat::Xlsx) {
        return Ok(vec![]);
    }
    Ok(vec![("tables/icf.xlsx".to_owned(), workbook(results)?)])
}

fn maps(results: &RunResults, outputs: &Outputs, _: &Cache) -> Result<Vec<File>, FolderError> {
    let file = |format: &MapFormat| {
        let (name, bytes) = match format {
            MapFormat::Geojson => ("regions.geojson", icf_report::geojson(results)?.into_bytes()),
            MapFormat::Geopackage => ("icf.gpkg", icf_report::geopackage(results)?),
            MapFormat::Geoparquet => ("regions.parquet", geoparquet(&icf_report::map_layer(results)?)?),
        };
        Ok((format!("maps/{name}"), bytes))
    };
    once(&outputs.maps).map(file).collect()
}

fn figures(results: &RunResults, outputs: &Outputs, cache: &Cache) -> Result<Vec<File>, FolderError> {
    if !outputs.figures {
        return Ok(vec![]);
    }
    let language = language(outputs);
    let figures = icf_report::figures(results, language)?;
    let captions: String = figures
        .iter()
        .map(|figure| format!("## {}\n\n`{}`: {}\n\n", figure.title, figure.name, figure.caption))
        .collect();
    let note = icf_report::map_note(results, language).map_or_else(String::new, |note| format!("{note}\n\n"));
    let captions = (
        "figures/captions.md".to_owned(),
        format!("# {}\n\n{note}{captions}", icf_report::captions_title(language)).into_bytes(),
    );
    let mut files = vec![captions];
    for format in once(&outputs.figure_formats) {
        let drawn: Result<Vec<File>, FolderError> = figures
            .par_iter()
            .map(|figure| {
                go_on(cache)?;
                let (ending, bytes) = match format {
                    FigureFormat::Svg => ("svg", figure.svg.clone().into_bytes()),
                    FigureFormat::Png => ("png", icf_report::png(&figure.svg)?),
                };
                Ok((format!("figures/{}.{ending}", figure.name), bytes))
            })
            .collect();
        files.extend(drawn?);
    }
    Ok(files)
}

/// The language of figures and page.
pub(crate) fn language(outputs: &Outputs) -> icf_report::Language {
    match outputs.language {
        Language::En => icf_report::Language::English,
        Language::Zh => icf_report::Language::Chinese,
    }
}

fn page(results: &RunResults, outputs: &Outputs, _: &Cache) -> Result<Vec<File>, FolderError> {
    if !outputs.page {
        return Ok(vec![]);
    }
    let language = language(outputs);
    Ok(vec![
        ("report.html".to_owned(), icf_report::page(results, language)?.into_bytes()),
        ("methods.md".to_owned(), icf_report::methods(results, language).into_bytes()),
    ])
}

fn summary(results: &RunResults, _: &Outputs, _: &Cache) -> Result<Vec<File>, FolderError> {
    let summary = serde_json::to_vec_pretty(&Summary::of(results));
    Ok(vec![(SUMMARY.to_owned(), summary.map_err(|error| FolderError(error.to_string()))?)])
}

/// Each format once, however often the scenario names it.
fn once<T: PartialEq>(formats: &[T]) -> impl Iterator<Item = &T> {
    formats
        .iter()
        .enumerate()
        .filter(|(place, format)| !formats[..*place].contains(format))
        .map(|pair| pair.1)
}

/// The files for exchange, and what their variables and regions mean.
fn exchange(results: &RunResults, outputs: &Outputs, _: &Cache) -> Result<Vec<File>, FolderError> {
    let formats = &outputs.exchange;
    if formats.is_empty() {
        return Ok(vec![]);
    }
    let exchange = Exchange::of(results);
    let mut files = vec![
        ("exchange/definitions/variable/variables.yaml".to_owned(), variables_yaml().into_bytes()),
        ("exchange/definitions/region/regions.yaml".to_owned(), exchange.regions_yaml().into_bytes()),
    ];
    for format in once(formats) {
        let (name, bytes) = match format {
            ExchangeFormat::Iamc => ("iamc.csv", exchange.long_csv()?),
            ExchangeFormat::IamcWide => ("iamc_wide.csv", exchange.wide_csv()?),
            ExchangeFormat::IamcXlsx => ("iamc.xlsx", exchange.xlsx()?),
        };
        files.push((format!("exchange/{name}"), bytes));
    }
    Ok(files)
}

/// What went in and what came out, without a clock, a path or a thread count: the same run gives the same bytes.
fn manifest(about: serde_json::Value, files: &[File]) -> Result<Vec<u8>, FolderError> {
    let outputs: Vec<_> = files
        .iter()
        .map(|(path, bytes)| serde_json::json!({ "path": path, "sha256": icf_runner::sha256(bytes) }))
        .collect();
    let mut manifest = serde_json::json!({ "icf": env!("CARGO_PKG_VERSION") });
    let entries = manifest.as_object_mut().expect("the manifest is an object");
    entries.extend(about.as_object().cloned().unwrap_or_default());
    entries.insert("outputs".to_owned(), outputs.into());
    serde_json::to_vec_pretty(&manifest).map_err(|error| FolderError(error.to_string()))
}

/// Writes a file in one step, so that a reader never meets half of it.
///
/// # Errors
/// When its folder cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The plain error would name the file that stands in for it meanwhile.
    let refused = |error: std::io::Error| {
        let folder = parent.display();
        std::io::Error::new(error.kind(), format!("the folder {folder} cannot be written: {}", error.kind()))
    };
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(refused)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
