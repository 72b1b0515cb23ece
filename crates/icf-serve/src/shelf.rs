//! What lies in the runs folder: runs and families, as their manifests tell, and no other file.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use icf_results::Summary;
use serde::Deserialize;

use crate::ServeError;

/// The file that marks a folder as a run's or a family's.
const MANIFEST: &str = "manifest.json";
/// The headline figures of a run.
const SUMMARY: &str = "summary.json";

/// The runs folder.
pub(crate) struct Shelf {
    root: PathBuf,
}

/// What a manifest says of its folder.
#[derive(Deserialize)]
pub(crate) struct Manifest {
    #[serde(rename = "icf")]
    pub(crate) version: String,
    /// The base of a family, whose folder holds what its members say together.
    pub(crate) family: Option<String>,
    /// Every key of the scenario.
    pub(crate) resolved_scenario: Option<String>,
    pub(crate) outputs: Vec<Listed>,
}

/// A file of a run.
#[derive(Deserialize)]
pub(crate) struct Listed {
    pub(crate) path: String,
}

impl Manifest {
    pub(crate) fn has(&self, path: &str) -> bool {
        self.outputs.iter().any(|listed| listed.path == path)
    }
}

/// A folder that a run has written.
pub(crate) struct Shelved {
    pub(crate) name: String,
    pub(crate) written: Option<SystemTime>,
    pub(crate) manifest: Manifest,
    /// The names of a family's members, the base first; of a large one as many as stand in the beginning of its table.
    pub(crate) members: Vec<String>,
    /// Of a run; the reason when it cannot be read.
    pub(crate) summary: Option<Result<Summary, String>>,
}

impl Shelf {
    pub(crate) fn open(folder: &Path) -> Result<Self, ServeError> {
        let wrong = |why: &str| ServeError::Folder { folder: folder.to_owned(), why: why.to_owned() };
        let root = folder.canonicalize().map_err(|error| wrong(&error.to_string()))?;
        if !root.is_dir() {
            return Err(wrong("is no folder"));
        }
        if root.join(MANIFEST).is_file() {
            return Err(wrong("is the folder of one run; give the folder above it"));
        }
        Ok(Self { root })
    }

    /// The folder, for people.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Everything on the shelf, what was written last first.
    pub(crate) fn all(&self) -> std::io::Result<Vec<Shelved>> {
        let mut found = Vec::new();
        for entry in self.root.read_dir()? {
            let name = entry?.file_name();
            // A name that is no text was not given by a scenario.
            found.extend(name.to_str().and_then(|name| self.find(name)));
        }
        found.sort_by(|a, b| b.written.cmp(&a.written).then_with(|| a.name.cmp(&b.name)));
        Ok(found)
    }

    /// The run or family of a name.
    pub(crate) fn find(&self, name: &str) -> Option<Shelved> {
        let folder = self.folder(name)?;
        let file = inside(&folder, MANIFEST)?;
        let manifest: Manifest = serde_json::from_slice(&std::fs::read(&file).ok()?).ok()?;
        let written = file.metadata().and_then(|data| data.modified()).ok();
        let read = || {
            let file = inside(&folder, SUMMARY).ok_or_else(|| format!("there is no {SUMMARY}"))?;
            let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
            serde_json::from_slice(&bytes).map_err(|error| format!("{SUMMARY}: {error}"))
        };
        let summary = manifest.family.is_none().then(read);
        let members = if summary.is_none() { members(&folder) } else { vec![] };
        Some(Shelved { name: name.to_owned(), written, manifest, members, summary })
    }

    /// The bytes of a file that a run has written.
    pub(crate) fn file(&self, name: &str, path: &str) -> Option<std::io::Result<Vec<u8>>> {
        let shelved = self.find(name)?;
        if path != MANIFEST && !shelved.manifest.has(path) {
            return None;
        }
        Some(std::fs::read(inside(&self.folder(name)?, path)?))
    }

    /// The scenario that was saved beside a run.
    pub(crate) fn scenario(&self, name: &str) -> Option<String> {
        if name.starts_with('.') || Path::new(name).components().count() != 1 {
            return None;
        }
        std::fs::read_to_string(inside(&self.root, &format!("{name}.yaml"))?).ok()
    }

    /// Whether neither a run nor a scenario has a name.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        let is_there = |path: PathBuf| path.symlink_metadata().is_ok();
        !is_there(self.root.join(name)) && !is_there(self.root.join(format!("{name}.yaml")))
    }

    /// A name like another that is free: `baseline-2`.
    pub(crate) fn free_name(&self, name: &str) -> String {
        let stem = match name.rsplit_once('-') {
            Some((stem, number)) if number.parse::<u32>().is_ok() => stem,
            _ => name,
        };
        let mut numbers = 2..;
        numbers
            .find_map(|number| Some(format!("{stem}-{number}")).filter(|name| self.is_free(name)))
            .unwrap_or_else(|| stem.to_owned())
    }

    /// The folder of a run.
    pub(crate) fn run_folder(&self, name: &str) -> Option<PathBuf> {
        let is_run = self.find(name)?.summary.is_some();
        self.folder(name).filter(|_| is_run)
    }

    /// The folder of a name, unless it leads elsewhere.
    fn folder(&self, name: &str) -> Option<PathBuf> {
        if name.starts_with('.') || Path::new(name).components().count() != 1 {
            return None;
        }
        let folder = below(&self.root, name)?;
        folder.is_dir().then_some(folder)
    }
}

/// The first column of a family's table of members, as far as its first part goes.
fn members(folder: &Path) -> Vec<String> {
    const PART: u64 = 1 << 16;
    let file = inside(folder, "members.csv").and_then(|file| File::open(file).ok());
    let mut bytes = Vec::new();
    if file.is_none_or(|file| file.take(PART).read_to_end(&mut bytes).is_err()) {
        return vec![];
    }
    let text = String::from_utf8_lossy(&bytes);
    let names = text.lines().skip(1).filter_map(|line| line.split_once(',')).map(|(name, _)| name.to_owned());
    names.collect()
}

/// A regular file in a folder, links followed, unless it leads elsewhere.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    below(folder, path).filter(|file| file.is_file())
}

/// What a path leads to, when that lies below the folder.
fn below(folder: &Path, path: &str) -> Option<PathBuf> {
    let is_plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let found = folder.join(path).canonicalize().ok().filter(|_| is_plain)?;
    (found.starts_with(folder) && found != folder).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> (tempfile::TempDir, Shelf) {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("runs/a");
        std::fs::create_dir_all(run.join("tables")).unwrap();
        let manifest = r#"{ "icf": "0", "scenario": "a", "outputs": [
            { "path": "tables/nation.csv" }, { "path": "out" }, { "path": "../../secret" }, { "path": "tables" } ] }"#;
        std::fs::write(run.join(MANIFEST), manifest).unwrap();
        std::fs::write(run.join("tables/nation.csv"), "year").unwrap();
        std::fs::write(run.join("notes.txt"), "mine").unwrap();
        std::fs::write(folder.path().join("secret"), "secret").unwrap();
        let shelf = Shelf::open(&folder.path().join("runs")).unwrap();
        (folder, shelf)
    }

    #[test]
    fn only_what_a_run_wrote_is_shown() {
        let (_folder, shelf) = shelf();
        let bytes = |path: &str| shelf.file("a", path).map(Result::unwrap);
        assert_eq!(bytes("tables/nation.csv").unwrap(), b"year");
        assert!(bytes("manifest.json").is_some());
        for path in
            ["notes.txt", "../../secret", "tables", "", ".", "/etc/passwd", "tables/../tables/nation.csv"]
        {
            assert!(bytes(path).is_none(), "{path}");
        }
        for name in ["..", ".", "", "a/..", "../runs/a", "b", "/"] {
            assert!(shelf.find(name).is_none(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_else() {
        use std::os::unix::fs::symlink;
        let (folder, shelf) = shelf();
        symlink(folder.path().join("secret"), folder.path().join("runs/a/out")).unwrap();
        assert!(shelf.file("a", "out").is_none());
        symlink(folder.path().join("runs/a"), folder.path().join("runs/b")).unwrap();
        assert!(shelf.find("b").is_some(), "a link within the folder is as good as a folder");
        std::fs::create_dir(folder.path().join("elsewhere")).unwrap();
        std::fs::copy(
            folder.path().join("runs/a/manifest.json"),
            folder.path().join("elsewhere/manifest.json"),
        )
        .unwrap();
        symlink(folder.path().join("elsewhere"), folder.path().join("runs/c")).unwrap();
        assert!(shelf.find("c").is_none());
    }

    #[test]
    fn the_folder_of_one_run_is_not_the_runs_folder() {
        let (folder, _shelf) = shelf();
        let error = Shelf::open(&folder.path().join("runs/a")).err().unwrap();
        assert!(error.to_string().ends_with("is the folder of one run; give the folder above it"), "{error}");
        assert!(Shelf::open(&folder.path().join("none")).is_err());
        assert!(Shelf::open(&folder.path().join("secret")).is_err());
    }

    #[test]
    fn a_run_whose_summary_is_broken_is_still_there() {
        let (_folder, shelf) = shelf();
        let found = shelf.all().unwrap();
        assert_eq!(found.len(), 1);
        assert!(matches!(&found[0].summary, Some(Err(why)) if why.contains("summary.json")));
    }
}
