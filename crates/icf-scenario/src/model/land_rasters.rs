//! Land areas from rasters of land classes.

use std::collections::BTreeMap;
use std::fmt;

use icf_units::Year;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::years::CalendarYear;
use crate::scalar::NppUnit;

/// Rasters whose classes give the areas, in place of the data set's table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LandRasters {
    /// Year: the path of its GeoTIFF, or a list of those that lie beside each other, e.g. `2000: clcd_2000.tif`.
    #[serde(deserialize_with = "files_by_year")]
    #[schemars(schema_with = "files_schema")]
    pub files: BTreeMap<Year, RasterFiles>,
    /// What the codes mean: `clcd`, `modis-igbp`, `esa-cci`, `globeland30`, or the path of a YAML or CSV map.
    #[schemars(length(min = 1))]
    pub codes: String,
    /// The path of a GeoJSON file, shapefile (.shp) or GeoPackage with the regions' polygons; without it the boundaries of the
    /// data set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub zones: Option<String>,
    /// The layer of a GeoPackage of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub layer: Option<String>,
    /// The property or column of `zones` that holds the region's id.
    #[serde(default = "region")]
    #[schemars(length(min = 1))]
    pub id: String,
    /// When a cell belongs to a region.
    #[serde(default)]
    pub coverage: CellCoverage,
    /// A raster of net primary production, from which the equivalence factors are derived in place of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub npp: Option<NppRaster>,
}

/// A raster of net primary production: E of a class in a region is its mean there over that in all regions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NppRaster {
    /// The path of its GeoTIFF, in the system of coordinates of the rasters of classes, its cells as large as theirs or larger.
    #[schemars(length(min = 1))]
    pub file: String,
    /// The year of `files` whose classes it is laid on.
    #[schemars(with = "CalendarYear")]
    pub year: Year,
    /// What its values count, in a year.
    pub unit: NppUnit,
    /// By what its numbers are multiplied to be values; without it what the file says, else 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub scale: Option<f64>,
    /// What is added to them then; without it what the file says, else 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<f64>,
    /// The least number, before the scale, that is a value; what lies below means that nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
    /// The greatest one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
}

fn region() -> String {
    "region".to_owned()
}

/// The rasters of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RasterFiles {
    /// One file.
    One(#[schemars(length(min = 1))] String),
    /// Files that lie beside each other.
    Many(#[schemars(length(min = 1))] Vec<String>),
}

impl RasterFiles {
    /// The paths as they are written.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(file) => std::slice::from_ref(file),
            Self::Many(files) => files,
        }
    }
}

/// When a cell belongs to a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CellCoverage {
    /// By the share of it that the region covers.
    #[default]
    Exact,
    /// Wholly when its centre lies in the region.
    Centre,
}

fn files_schema(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": { "format": "year" },
        "additionalProperties": generator.subschema_for::<RasterFiles>(),
        "minProperties": 1,
    })
}

/// Reads a map whose keys are years, which reach serde as text.
fn files_by_year<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<Year, RasterFiles>, D::Error> {
    struct Files;

    impl<'de> Visitor<'de> for Files {
        type Value = BTreeMap<Year, RasterFiles>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("years with files")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut files = BTreeMap::new();
            while let Some((year, of_year)) = map.next_entry::<String, RasterFiles>()? {
                let year: i32 = year.parse().map_err(de::Error::custom)?;
                files.insert(Year::new(year), of_year);
            }
            Ok(files)
        }
    }

    deserializer.deserialize_map(Files)
}
