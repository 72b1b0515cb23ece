//! The scenario language: YAML to a checked, resolved [`Scenario`], with its JSON schema.
//!
//! ```
//! let text = "
//!     name: as-today
//!     data: china-provinces
//!     years: { first: 2000, last: 2022 }
//!     accounting: { preset: coherent }
//!     land:
//!       source: inventory
//!       classes:
//!         forest: { npp: 3.8096 t/hm2, share: 0.8272 }
//!         grassland: { npp: 0.9482 t/hm2, share: 0.1728 }
//!     projection:
//!       horizon: 2030
//!       emissions: { model: constant }
//!       sink: { model: rate, rate: -0.43 %/yr }
//! ";
//! let loaded = icf_scenario::load_str("as-today.yaml", text, None)?;
//! assert_eq!(loaded.scenario().projection.horizon.get(), 2030);
//!
//! let mistakes = icf_scenario::load_str("as-today.yaml", &text.replace("horizon", "horzion"), None).unwrap_err();
//! assert_eq!(
//!     mistakes.as_slice()[0].to_string(),
//!     "as-today.yaml:12:7: unknown key `horzion` in `projection` (hint: did you mean `horizon`?)"
//! );
//! # Ok::<(), icf_diagnostics::Diagnostics>(())
//! ```
//!
//! On its way a file passes these stations, and each collects all mistakes it finds:
//!
//! 1. `syntax`: YAML to a tree in which every value knows its file, line and column.
//! 2. `layers`: `extends` is followed and the trees are merged; a value keeps its place.
//! 3. `schema`: the tree is held against the JSON schema that is derived from the types in `model`.
//! 4. `checks`: what a schema cannot say, such as that shares sum to one. They judge what is left when each part that the
//!    schema refuses, a lever or an input, is taken out.
//! 5. [`Loaded::check_against`]: what only the data know, such as the names of regions.
//!
//! **What this crate does not do**: it reads no data, it runs nothing, and it names no file but the YAML ones.
//!
//! **The types are the one definition of the language.** The schema is derived from them, the schema is the
//! checker, and serde sees only what has passed it, so a new key is one new field with its doc comment.

#![expect(
    clippy::disallowed_methods,
    reason = "a scenario is read from its file, and `extends` leads to others"
)]

mod catalogue;
mod checks;
mod class_map;
mod commented;
mod edit;
mod explain;
mod family;
mod known;
mod layers;
mod loaded;
mod model;
mod printed;
mod scalar;
mod schema;
mod slip;
mod syntax;

pub use catalogue::{keys, levers, models};
pub use class_map::class_map;
pub use commented::{Example, to_commented_yaml};
pub use edit::{Change, EditError, edit, written};
pub use explain::{Explained, explain};
pub use family::{
    Compare, Declared, Family, Member, MemberKind, Settings, SweepOutputs, family_from_str, load_family,
};
pub use known::Known;
pub use loaded::{Loaded, load, load_str};
pub use model::{
    Accounting, Adjustment, Anchor, Between, CellCoverage, ClassBounds, ClassMethod, Classes, Correlation,
    EachClass, EachFuel, Equivalence, ExchangeFormat, FigureFormat, Formula, FuelSet, GapPolicy, Gaps, Input,
    InputError, Islands, KernelShape, LabelBy, Land, LandClass, LandHistory, LandRasters, LandSource,
    Language, Lever, LocalStatistic, MapFormat, MassBasis, Model, NonEnergy, NppRaster, OutlierRule, Outputs,
    Preset, Projection, Quadrants, Question, RasterFiles, RegionKey, RegionModels, RegionSet, Regions,
    Sampling, Scenario, Scope, Sensitivity, Spatial, SpatialDraws, Split, TableFormat, Threshold,
    ThresholdKind, TradeYears, Turned, Uncertainty, WeightsRule, Whom, Years, ZoneRates,
};
pub use printed::{to_keys, to_yaml};
pub use scalar::{
    Amount, Area, GridFactor, Level, Mass, Npp, NppUnit, Per, Percent, Price, Rate, ScalarError,
};
pub use schema::{json_schema, suggest};
pub use syntax::SourceFile;
