//! Data sets that are shipped inside the program.
//!
//! Each is a Frictionless data package in a folder of its name; `docs/data.md` says where every table comes from
//! and what is missing. The files are embedded as they are, so what runs is what was reviewed.
//!
//! ```
//! let set = icf_data::find("china-provinces").unwrap();
//! assert!(set.file("regions.csv").unwrap().starts_with(b"region,"));
//! assert!(icf_data::find("atlantis").is_none());
//! ```
//!
//! What this crate does not do: it reads no table and checks no figure when it runs; its tests do.

/// A data set shipped inside the program.
#[derive(Debug)]
pub struct DataSet {
    name: &'static str,
    files: &'static [(&'static str, &'static [u8])],
}

/// Embeds files of a folder beside `src`.
macro_rules! embedded {
    ($folder:literal: $($file:literal),* $(,)?) => {
        DataSet { name: $folder, files: &[$(($file, include_bytes!(concat!("../", $folder, "/", $file)))),*] }
    };
}

static DATA_SETS: [DataSet; 1] = [embedded!(
    "china-provinces": "datapackage.json", "boundaries.geojson", "boundaries.license.txt", "energy.csv",
    "forest_change.csv", "fuels.csv", "grp.csv", "land.csv", "land_igbp.csv", "non_energy.csv", "population.csv",
    "regions.csv",
)];

impl DataSet {
    /// The name by which scenarios call it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Every file: path inside the package, and bytes.
    #[must_use]
    pub fn files(&self) -> &'static [(&'static str, &'static [u8])] {
        self.files
    }

    /// The bytes of a file, by its path inside the package.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&'static [u8]> {
        self.files.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
    }
}

/// The data set of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static DataSet> {
    DATA_SETS.iter().find(|set| set.name == name)
}

/// The names of all data sets.
pub fn names() -> impl Iterator<Item = &'static str> {
    DATA_SETS.iter().map(|set| set.name)
}
