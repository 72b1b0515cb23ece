//! The built-in data sets as embedded files.
//!
//! The program carries two data packages, `china-provinces` and `china-cities`, so that it runs on a machine
//! without the network and without a folder of data beside it. The bytes are those of the folders of the same
//! names in this crate: a [Frictionless data package](https://specs.frictionlessdata.io/data-package/) of CSV tables
//! and one GeoJSON file each, described for people in `docs/data.md`.
//!
//! ```
//! let provinces = icf_data::find("china-provinces").expect("it ships with the program");
//! let regions = provinces.file("regions.csv").expect("every package has regions");
//! assert!(regions.starts_with(b"region,iso_3166_2,"));
//! ```
//!
//! What this crate does not do: it parses nothing and checks nothing at run time. Reading tables is the work
//! of `icf-ingest`, for these packages as for a user's own; that the files agree with their description is
//! proved by the tests.

mod china_cities;
mod china_provinces;
mod data_set;

pub use data_set::DataSet;

/// Every built-in data set, in the order of [`names`].
const DATA_SETS: &[DataSet] = &[china_provinces::DATA_SET, china_cities::DATA_SET];

/// The built-in data set of that name.
///
/// ```
/// assert_eq!(icf_data::find("china-provinces").map(|set| set.name()), Some("china-provinces"));
/// assert!(icf_data::find("atlantis").is_none());
/// ```
#[must_use]
pub fn find(name: &str) -> Option<&'static DataSet> {
    DATA_SETS.iter().find(|set| set.name() == name)
}

/// The names of the built-in data sets.
///
/// ```
/// assert_eq!(icf_data::names().collect::<Vec<_>>(), ["china-provinces", "china-cities"]);
/// ```
pub fn names() -> impl Iterator<Item = &'static str> {
    DATA_SETS.iter().map(DataSet::name)
}
