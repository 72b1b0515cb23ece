//! The data package of 290 Chinese cities and prefectures.

use crate::DataSet;
use crate::data_set::embed;

pub(crate) const DATA_SET: DataSet = DataSet::new(
    "china-cities",
    embed![
        "china-cities";
        "datapackage.json",
        "regions.csv",
        "emissions.csv",
        "boundaries.geojson",
        "boundaries.license.txt",
    ],
);
