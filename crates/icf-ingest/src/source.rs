//! Where the files of a data set lie.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use serde::Deserialize;

use crate::workbook::{self, Layout, Mapping};

/// Where a data set comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// Files that are already in memory: name and bytes, with a `datapackage.json` among them.
    Embedded {
        /// Name of the data set.
        name: String,
        /// File names and bytes.
        files: Vec<(String, Cow<'static, [u8]>)>,
    },
    /// A folder with tables, or the path of a `datapackage.json`.
    Path(PathBuf),
}

/// A file of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Data set and file, as messages and the manifest name it.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The tables of a data set by name, with the package description when there is one.
#[derive(Clone)]
pub(crate) struct Files {
    pub(crate) tables: BTreeMap<String, SourceFile>,
    /// How the tables that are in workbooks lie there.
    pub(crate) layouts: BTreeMap<String, Layout>,
    pub(crate) package: Option<SourceFile>,
}

impl Source {
    /// The name of the data set.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Embedded { name, .. } => name.clone(),
            Self::Path(path) => folder_of(path)
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
        }
    }
}

/// The tables that a data set may have; those without a package are found by these names.
pub(crate) const TABLES: &[&str] =
    &["regions", "fuels", "energy", "non_energy", "emissions", "land", "population", "grp", "boundaries"];

/// A package may have tables of its own; one with almost the name of one of ours is a slip of the pen.
const LIKE: f64 = 0.9;

const PACKAGE: &str = "datapackage.json";

#[derive(Deserialize)]
struct Package {
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    path: String,
    bytes: Option<usize>,
    /// The layout of a table that is in a workbook.
    icf: Option<Mapping>,
}

fn folder_of(path: &Path) -> &Path {
    if path.file_name().is_some_and(|name| name == PACKAGE) { path.parent().unwrap_or(path) } else { path }
}

/// Finds and reads every file; `None` when there is no data set at all.
pub(crate) fn collect(source: &Source, diagnostics: &mut Diagnostics) -> Option<Files> {
    let found = match source {
        Source::Embedded { name, files } => Found::Embedded { name, files },
        Source::Path(path) => {
            if is_workbook(&path.to_string_lossy()) && path.is_file() {
                return from_workbook(path, diagnostics);
            }
            let folder = folder_of(path);
            if !folder.is_dir() {
                diagnostics.push(
                    Diagnostic::error("no-data", format!("there is no data set at {}", path.display())).hint(
                        "`data` is the name of a built-in data set, a folder of tables or a datapackage.json",
                    ),
                );
                return None;
            }
            Found::Folder { name: source.name(), folder }
        }
    };
    match found.read(PACKAGE) {
        Some(Ok(package)) => from_package(&found, package, diagnostics),
        Some(Err(error)) => {
            diagnostics.push(unreadable(PACKAGE, &error));
            None
        }
        None => Some(Files { tables: by_name(&found, diagnostics), layouts: BTreeMap::new(), package: None }),
    }
}

fn unreadable(file: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable", format!("cannot be read: {error}")).at(Place::file(file))
}

enum Found<'a> {
    Embedded { name: &'a str, files: &'a [(String, Cow<'static, [u8]>)] },
    Folder { name: String, folder: &'a Path },
}

impl Found<'_> {
    fn display(&self, file: &str) -> String {
        match self {
            Self::Embedded { name, .. } => format!("{name}/{file}"),
            Self::Folder { name, .. } => format!("{name}/{file}"),
        }
    }

    /// The file's bytes; `None` when there is no such file.
    fn read(&self, file: &str) -> Option<std::io::Result<SourceFile>> {
        let bytes: std::io::Result<Arc<[u8]>> = match self {
            Self::Embedded { files, .. } => {
                files.iter().find(|(name, _)| name == file).map(|(_, bytes)| Ok(Arc::from(&**bytes)))?
            }
            Self::Folder { folder, .. } => {
                let path = folder.join(file);
                path.exists().then(|| std::fs::read(path).map(Arc::from))?
            }
        };
        Some(bytes.map(|bytes| SourceFile { name: self.display(file), bytes }))
    }
}

fn from_package(found: &Found<'_>, file: SourceFile, diagnostics: &mut Diagnostics) -> Option<Files> {
    let package: Package = match serde_json::from_slice(&file.bytes) {
        Ok(package) => package,
        Err(error) => {
            diagnostics.push(
                Diagnostic::error("package", format!("is no data package: {error}"))
                    .at(Place::at(&file.name, error.line().max(1), error.column().max(1), 1))
                    .hint("a data package lists its tables under `resources`, each with `name` and `path`"),
            );
            return None;
        }
    };
    let (mut tables, mut layouts) = (BTreeMap::new(), BTreeMap::new());
    for resource in package.resources {
        if !is_inside(&resource.path) {
            diagnostics.push(
                Diagnostic::error("package", format!("resource path {:?} leaves the package", resource.path))
                    .at(Place::file(&file.name)),
            );
            continue;
        }
        // Names of resources have no underscore, names of tables no hyphen.
        let name = resource.name.replace('-', "_");
        let meant = TABLES.iter().find(|table| **table != name && strsim::jaro_winkler(table, &name) > LIKE);
        if let Some(meant) = meant.filter(|_| !TABLES.contains(&name.as_str())) {
            diagnostics.push(
                Diagnostic::warning("unused-table", format!("table `{}` is not used", resource.name))
                    .at(Place::file(&file.name))
                    .hint(format!("did you mean `{}`?", meant.replace('_', "-"))),
            );
        }
        match found.read(&resource.path) {
            Some(Ok(table)) => {
                if let Some(bytes) = resource.bytes.filter(|bytes| *bytes != table.bytes.len()) {
                    diagnostics.push(
                        Diagnostic::error(
                            "truncated",
                            format!("has {} bytes where the package says {bytes}", table.bytes.len()),
                        )
                        .at(Place::file(&table.name))
                        .hint("the file is truncated, or was changed after the package was made"),
                    );
                }
                match (resource.icf, is_workbook(&resource.path)) {
                    (Some(mapping), true) => {
                        layouts.insert(name.clone(), Layout::Yearbook(Box::new(mapping)));
                    }
                    (None, true) => {
                        layouts.insert(name.clone(), Layout::Tidy(name.clone()));
                    }
                    (Some(_), false) => diagnostics.push(
                        Diagnostic::error("package", format!("`icf` of `{}` maps a workbook", resource.name))
                            .at(Place::file(&file.name))
                            .hint("leave it out, or name an .xlsx file as `path`"),
                    ),
                    (None, false) => {}
                }
                tables.insert(name, table);
            }
            Some(Err(error)) => diagnostics.push(unreadable(&found.display(&resource.path), &error)),
            None => diagnostics.push(
                Diagnostic::error(
                    "missing-file",
                    format!("the package names {:?}, which is not there", resource.path),
                )
                .at(Place::file(&file.name)),
            ),
        }
    }
    Some(Files { tables, layouts, package: Some(file) })
}

fn is_workbook(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// A workbook that is a data set: each sheet with the name of a table is that table.
fn from_workbook(path: &Path, diagnostics: &mut Diagnostics) -> Option<Files> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(unreadable(&name, &error));
            return None;
        }
    };
    let file = SourceFile { name, bytes: bytes.into() };
    let sheets = match workbook::sheets(&file) {
        Ok(sheets) => sheets,
        Err(mistake) => {
            diagnostics.push(mistake);
            return None;
        }
    };
    let (mut tables, mut layouts) = (BTreeMap::new(), BTreeMap::new());
    for sheet in sheets.into_iter().filter(|sheet| TABLES.contains(&sheet.as_str())) {
        tables.insert(sheet.clone(), file.clone());
        layouts.insert(sheet.clone(), Layout::Tidy(sheet));
    }
    Some(Files { tables, layouts, package: None })
}

/// A resource path must not lead out of the package's folder.
fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn by_name(found: &Found<'_>, diagnostics: &mut Diagnostics) -> BTreeMap<String, SourceFile> {
    let mut tables = BTreeMap::new();
    for name in TABLES {
        for ending in ["csv", "parquet", "geojson"] {
            match found.read(&format!("{name}.{ending}")) {
                Some(Ok(file)) => {
                    if tables.contains_key(*name) {
                        diagnostics.push(
                            Diagnostic::error("two-files", format!("table `{name}` is there twice"))
                                .at(Place::file(file.name.clone()))
                                .hint("keep one of the CSV and the Parquet file"),
                        );
                    }
                    tables.insert((*name).to_owned(), file);
                }
                Some(Err(error)) => diagnostics.push(unreadable(&found.display(name), &error)),
                None => {}
            }
        }
    }
    tables
}
