//! What a run yields, as plain types: the one vocabulary of runner, tables and report.
//!
//! Each table is a row type in `rows`; its columns, units and descriptions stand with the fields, and every
//! writer (CSV, Parquet, page, map) goes through [`Record`] and [`Table`], so that a new column is one line.
//!
//! What this crate does not do: it writes nothing, and computes nothing but the [`Summary`] of what is there.

mod cell;
mod comparison;
mod garden;
mod map_layer;
mod origin;
mod record;
mod rows;
mod run;
mod solution;
mod summary;

pub use cell::{Cell, CellValue, ColumnType};
pub use comparison::{Comparison, Difference, RankComparison, RegionComparison, ThresholdComparison};
pub use garden::{
    Choice, Flips, Garden, GardenPath, GardenVerdict, PathFigures, PathOutcome, PathQuadrant, PathYear,
    VerdictKind,
};
pub use map_layer::{MapColumn, MapFeature, MapLayer};
pub use origin::{FuelOrigin, LandOrigin};
pub use record::{Column, Record, Table};
pub use rows::*;
pub use run::{Basis, InputFile, RegionInfo, RunResults};
pub use solution::Solution;
pub use summary::{
    Chance, DeficitRegion, DeficitStart, LeverStanding, NationThreshold, PartThreshold, RegionStanding,
    Standing, Summary, ThresholdStanding, TradeStanding,
};
