//! What a scenario says, as types. They are the one definition of the language: the JSON schema is derived
//! from them, and the schema is what checks a file. The doc comments are what an editor shows at a key.

mod accounting;
mod classes;
mod gaps;
mod input_errors;
mod land;
mod land_rasters;
mod levers;
mod outputs;
mod projection;
mod projection_model;
mod quadrants;
mod regions;
mod scenario;
mod solve;
mod spatial;
mod thresholds;
mod uncertainty;
mod years;

pub use accounting::{Accounting, Formula, FuelSet, MassBasis, NonEnergy, Preset};
pub use classes::{ClassBounds, ClassMethod, Classes};
pub use gaps::{GapPolicy, Gaps, OutlierRule};
pub use input_errors::{EachClass, EachFuel, InputError, SpatialDraws};
pub use land::{Equivalence, Land, LandClass, LandHistory, LandSource};
pub use land_rasters::{CellCoverage, LandRasters, NppRaster, RasterFiles};
pub use levers::{Lever, RegionSet, TradeYears, ZoneRates};
pub use outputs::{ExchangeFormat, FigureFormat, Language, MapFormat, Outputs, TableFormat};
pub use projection::{Projection, RegionModels};
pub use projection_model::{Anchor, Between, Model};
pub use quadrants::{Quadrants, Split};
pub use regions::{RegionKey, Regions};
pub use scenario::Scenario;
pub use solve::{Question, Turned, Whom};
pub use spatial::{Adjustment, Islands, KernelShape, LabelBy, LocalStatistic, Spatial, WeightsRule};
pub use thresholds::{Scope, Threshold, ThresholdKind};
pub use uncertainty::{Correlation, Input, Sampling, Sensitivity, Uncertainty};
pub use years::Years;
