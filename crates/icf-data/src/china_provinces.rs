//! The data package of the 30 Chinese provinces.

use crate::DataSet;
use crate::data_set::embed;

pub(crate) const DATA_SET: DataSet = DataSet::new(
    "china-provinces",
    embed![
        "china-provinces";
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
