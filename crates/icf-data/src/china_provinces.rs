//! The data package of the 30 Chinese provinces.

use crate::DataSet;

/// The embedded files with their paths within the package.
macro_rules! embed {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_bytes!(concat!("../china-provinces/", $path)))),+]
    };
}

pub(crate) const DATA_SET: DataSet = DataSet::new(
    "china-provinces",
    embed![
        "datapackage.json",
        "regions.csv",
        "fuels.csv",
        "energy.csv",
        "non_energy.csv",
        "land.csv",
        "land_igbp.csv",
        "forest_change.csv",
        "population.csv",
        "grp.csv",
        "boundaries.geojson",
        "boundaries.license.txt",
    ],
);
