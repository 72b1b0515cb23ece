//! The columns of every table of a data set: what `icf data init` writes and `docs/data.md` describes.

use icf_units::{Dimension, Quality, Unit};

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A calendar year.
    Year,
    /// A number that is finite and not below zero.
    Number,
    /// A unit of one of these dimensions, by its name.
    Unit(&'static [Dimension]),
    /// A quality flag.
    Quality,
}

impl Kind {
    /// The words that a cell may hold; none where any will do.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::Text | Self::Year | Self::Number => vec![],
            Self::Unit(dimensions) => {
                dimensions.iter().flat_map(|dimension| Unit::names(*dimension)).collect()
            }
            Self::Quality => Quality::ALL.iter().map(|flag| flag.as_str()).collect(),
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSchema {
    /// Its name in the header.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether the table must have it.
    pub required: bool,
    /// What it means.
    pub description: &'static str,
    /// A cell as it might be.
    pub example: &'static str,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct TableSchema {
    /// Its name; the file is the name with the ending `.csv` or `.parquet`.
    pub name: &'static str,
    /// What it is, and when it is needed.
    pub description: &'static str,
    /// The columns that no two rows have in common.
    pub key: &'static [&'static str],
    /// The columns.
    pub columns: &'static [ColumnSchema],
}

const fn must(
    name: &'static str,
    kind: Kind,
    description: &'static str,
    example: &'static str,
) -> ColumnSchema {
    ColumnSchema { name, kind, required: true, description, example }
}

const fn may(
    name: &'static str,
    kind: Kind,
    description: &'static str,
    example: &'static str,
) -> ColumnSchema {
    ColumnSchema { name, kind, required: false, description, example }
}

const REGION: ColumnSchema = must("region", Kind::Text, "a region of `regions`", "110000");
const YEAR: ColumnSchema = must("year", Kind::Year, "calendar year", "2020");
const FUEL: ColumnSchema = must("fuel", Kind::Text, "a fuel of `fuels`", "raw-coal");
const QUALITY: ColumnSchema = may("quality", Kind::Quality, "how the figure came about", "direct");
const SOURCE: ColumnSchema = may("source", Kind::Text, "where the figure comes from", "yearbook-2021");
const FUEL_UNITS: Kind = Kind::Unit(&[Dimension::Mass, Dimension::Volume, Dimension::StandardCoal]);

const TABLES: &[TableSchema] = &[
    TableSchema {
        name: "regions",
        description: "Always needed. Every further column is a grouping that a scenario can name.",
        key: &["region"],
        columns: &[
            must("region", Kind::Text, "id, which every other table uses", "110000"),
            must("name_en", Kind::Text, "English name", "Beijing"),
            may("name_zh", Kind::Text, "Chinese name", "北京"),
            may("group", Kind::Text, "a grouping; rename it, or add others", "east"),
        ],
    },
    TableSchema {
        name: "fuels",
        description: "Needed with `energy`.",
        key: &["fuel"],
        columns: &[
            must("fuel", Kind::Text, "id", "raw-coal"),
            must("name_en", Kind::Text, "English name", "Raw coal"),
            must("unit", Kind::Unit(&[Dimension::Mass, Dimension::Volume]), "usual unit", "1e4 t"),
            may("standard_coal", Kind::Number, "kgce per kg or m3", "0.7143"),
            may("paper_s", Kind::Number, "standard coal of the set `paper-8`", "0.7143"),
            may("paper_d", Kind::Number, "kg CO2 per kg or m3, of the set `paper-8`", "1.9003"),
            may("gbt_factor", Kind::Number, "kg CO2 per kg or m3 after GB/T 32151.22", "1.9003"),
            may("ceads_factor", Kind::Number, "kg CO2 per kg or m3 that CEADs implies", "1.83"),
        ],
    },
    TableSchema {
        name: "energy",
        description: "Final consumption of industry. Needed, unless `emissions` is given.",
        key: &["region", "year", "fuel"],
        columns: &[
            REGION,
            YEAR,
            FUEL,
            must("quantity", Kind::Number, "consumption", "120.5"),
            must("unit", FUEL_UNITS, "unit of the quantity", "1e4 t"),
            QUALITY,
        ],
    },
    TableSchema {
        name: "non_energy",
        description: "The part of `energy` used as feedstock, if it is known.",
        key: &["region", "year", "fuel"],
        columns: &[
            REGION,
            YEAR,
            FUEL,
            must("quantity", Kind::Number, "feedstock", "3.2"),
            must("unit", FUEL_UNITS, "unit of the quantity", "1e4 t"),
            QUALITY,
        ],
    },
    TableSchema {
        name: "emissions",
        description: "Industrial emissions instead of `fuels` and `energy`; not used where there is energy.",
        key: &["region", "year"],
        columns: &[
            REGION,
            YEAR,
            must("quantity", Kind::Number, "CO2, not carbon", "61.9"),
            must("unit", Kind::Unit(&[Dimension::Co2]), "unit of the quantity", "Mt CO2"),
            QUALITY,
            SOURCE,
        ],
    },
    TableSchema {
        name: "land",
        description: "Areas of land classes. Without it there is no sink, footprint and depth.",
        key: &["region", "year", "source", "class"],
        columns: &[
            REGION,
            YEAR,
            must("source", Kind::Text, "`inventory` or `modis-2019`", "inventory"),
            must("class", Kind::Text, "land class of the scenario", "forest"),
            must("area", Kind::Number, "area", "718200"),
            must("unit", Kind::Unit(&[Dimension::Area]), "unit of the area", "hm2"),
            QUALITY,
        ],
    },
    TableSchema {
        name: "population",
        description: "Permanent residents, of every region and year. Without it there is nothing per resident.",
        key: &["region", "year"],
        columns: &[
            REGION,
            YEAR,
            must("population", Kind::Number, "residents", "2189"),
            must("unit", Kind::Unit(&[Dimension::People]), "unit of the residents", "1e4 persons"),
            QUALITY,
        ],
    },
    TableSchema {
        name: "grp",
        description: "Gross regional product in current prices, if it is known.",
        key: &["region", "year"],
        columns: &[
            REGION,
            YEAR,
            must("product", Kind::Number, "product", "36102.6"),
            must("unit", Kind::Unit(&[Dimension::Money]), "unit of the product", "1e8 yuan"),
            QUALITY,
        ],
    },
];

/// Every table that a data set may have, in the order in which one fills them in.
#[must_use]
pub fn schema() -> &'static [TableSchema] {
    TABLES
}
