//! All that a run yields.

use icf_units::{RegionId, TonnesPerHectare, Year, YearRange};
use serde::Serialize;

use crate::{
    AssumptionRow, BacktestRow, BandRow, BreakRow, ClusterProbabilityRow, CoLocationRow, DataQualityRow,
    DecompositionRow, DynamicsRow, EarlyWarningRow, EnsembleRow, FuelFactorRow, FuelOrigin, GlobalRow,
    GravityCentreRow, GroupRow, InequalityRow, InputErrorRow, LandOrigin, LeverEffectRow, LeverRow,
    LisaMarkovRow, LisaRow, LocalRow, ModelRow, MoranEnsembleRow, MoranRow, NationRow, PaperClaimRow,
    ProjectionRow, QuadrantProbabilityRow, QuadrantRow, Record, RegionRow, RoseRow, SensitivityRow,
    SolutionRow, SpatialMarkovRow, Table, ThresholdProbabilityRow, ThresholdRow, TradeBalanceRow,
    TradeFlowRow, TransitionRow,
};

/// On which basis emissions meet the sink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Emissions and sink both in t C.
    Carbon,
    /// t CO2 taken for t C, as printed in the paper.
    AsPrinted,
}

impl Basis {
    /// The unit of `ice_t` and `cs_t` on this basis.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Carbon => "t C",
            Self::AsPrinted => "t (CO2 taken for C, as printed)",
        }
    }
}

/// A region's names and groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegionInfo {
    /// Id.
    pub id: RegionId,
    /// ISO 3166-2 code, if it has one.
    pub iso: String,
    /// English name.
    pub name: String,
    /// Chinese name.
    pub name_zh: String,
    /// Group in the scenario's grouping.
    pub group: String,
}

/// A file that went into the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputFile {
    /// Its name, without the folder it lay in.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// All that a run yields. Every list is sorted by its table's key.
#[derive(Clone, Debug)]
pub struct RunResults {
    /// Scenario name.
    pub scenario: String,
    /// What the scenario says of itself.
    pub description: String,
    /// The resolved scenario as YAML.
    pub resolved_yaml: String,
    /// Every key of the resolved scenario with its value.
    pub keys: Vec<(String, String)>,
    /// On which basis emissions meet the sink.
    pub basis: Basis,
    /// Uptake of a mean hectare, by which tonnes become areas.
    pub eta: TonnesPerHectare,
    /// Years with data.
    pub history: YearRange,
    /// Last projected year.
    pub horizon: Year,
    /// Name of the data set.
    pub data: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Level at or below which a p-value counts as significant.
    pub significance: f64,
    /// Every file that went in.
    pub inputs: Vec<InputFile>,
    /// Regions of the run, by id.
    pub regions_info: Vec<RegionInfo>,
    /// Regions of the data set, in the run or not.
    pub regions_of_data: usize,
    /// The data set's boundaries as GeoJSON (property `region`), or empty; it may hold more regions than the run.
    pub boundaries: String,
    /// Links of the spatial weights, each once, smaller id first.
    pub links: Vec<(RegionId, RegionId)>,
    /// `regions`.
    pub regions: Vec<RegionRow>,
    /// `groups`.
    pub groups: Vec<GroupRow>,
    /// `nation`.
    pub nation: Vec<NationRow>,
    /// `moran`.
    pub moran: Vec<MoranRow>,
    /// `lisa`.
    pub lisa: Vec<LisaRow>,
    /// `transitions`.
    pub transitions: Vec<TransitionRow>,
    /// `global_statistics`.
    pub global_statistics: Vec<GlobalRow>,
    /// `local_statistics`; empty unless the scenario asks for them.
    pub local_statistics: Vec<LocalRow>,
    /// `lisa_markov`.
    pub lisa_markov: Vec<LisaMarkovRow>,
    /// `spatial_markov`.
    pub spatial_markov: Vec<SpatialMarkovRow>,
    /// `rose`.
    pub rose: Vec<RoseRow>,
    /// `dynamics`.
    pub dynamics: Vec<DynamicsRow>,
    /// `gravity_centres`.
    pub gravity_centres: Vec<GravityCentreRow>,
    /// `co_location`.
    pub co_location: Vec<CoLocationRow>,
    /// `inequality`.
    pub inequality: Vec<InequalityRow>,
    /// `classes`.
    pub classes: Vec<BreakRow>,
    /// `quadrants`.
    pub quadrants: Vec<QuadrantRow>,
    /// `projection`.
    pub projection: Vec<ProjectionRow>,
    /// `models`.
    pub models: Vec<ModelRow>,
    /// `backtest`.
    pub backtest: Vec<BacktestRow>,
    /// `bands`.
    pub bands: Vec<BandRow>,
    /// `decomposition`; empty where the data set has no product.
    pub decomposition: Vec<DecompositionRow>,
    /// `levers`; empty unless the scenario has some.
    pub levers: Vec<LeverRow>,
    /// `lever_effects`; empty unless the scenario has some.
    pub lever_effects: Vec<LeverEffectRow>,
    /// `trade_flows`; empty unless the scenario trades sink.
    pub trade_flows: Vec<TradeFlowRow>,
    /// `trade_balance`; empty unless the scenario trades sink.
    pub trade_balance: Vec<TradeBalanceRow>,
    /// `thresholds`.
    pub thresholds: Vec<ThresholdRow>,
    /// `solutions`; empty unless the scenario asks.
    pub solutions: Vec<SolutionRow>,
    /// `ensemble`; empty unless the scenario has `uncertainty`, as are the next two.
    pub ensemble: Vec<EnsembleRow>,
    /// `threshold_probability`.
    pub threshold_probability: Vec<ThresholdProbabilityRow>,
    /// `sensitivity`; empty unless the scenario asks for it.
    pub sensitivity: Vec<SensitivityRow>,
    /// `early_warning`.
    pub early_warning: Vec<EarlyWarningRow>,
    /// `input_errors`; empty unless the scenario draws errors of what goes in, as are the next three.
    pub input_errors: Vec<InputErrorRow>,
    /// `cluster_probability`.
    pub cluster_probability: Vec<ClusterProbabilityRow>,
    /// `quadrant_probability`.
    pub quadrant_probability: Vec<QuadrantProbabilityRow>,
    /// `moran_ensemble`.
    pub moran_ensemble: Vec<MoranEnsembleRow>,
    /// `data_quality`.
    pub data_quality: Vec<DataQualityRow>,
    /// `paper_claims`; empty for a data set the paper does not speak of.
    pub paper_claims: Vec<PaperClaimRow>,
    /// The fuels behind the emissions of the history, by region, year and fuel; for the page, no table of its own.
    pub fuel_origins: Vec<FuelOrigin>,
    /// The land behind the sink of the history, by region, year and class; for the page, no table of its own.
    pub land_origins: Vec<LandOrigin>,
    /// `fuel_factors`.
    pub fuel_factors: Vec<FuelFactorRow>,
    /// `assumptions`.
    pub assumptions: Vec<AssumptionRow>,
}

impl RunResults {
    /// How probable it is that a threshold is crossed by the horizon; `None` where nothing is drawn.
    #[must_use]
    pub fn chance(&self, of: &ThresholdRow) -> Option<&ThresholdProbabilityRow> {
        self.threshold_probability.iter().find(|chance| {
            chance.threshold == of.threshold
                && chance.scope == of.scope
                && chance.region == of.region
                && chance.year == self.horizon
        })
    }

    /// Every table of the run, in the order in which a reader wants them.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = vec![
            Table::of(&self.regions),
            Table::of(&self.groups),
            Table::of(&self.nation),
            Table::of(&self.thresholds),
            Table::of(&self.projection),
            Table::of(&self.models),
            Table::of(&self.backtest),
            Table::of(&self.bands),
            Table::of(&self.decomposition),
            Table::of(&self.levers),
            Table::of(&self.lever_effects),
            Table::of(&self.trade_flows),
            Table::of(&self.trade_balance),
            Table::of(&self.moran),
            Table::of(&self.lisa),
            Table::of(&self.transitions),
            Table::of(&self.global_statistics),
            Table::of(&self.local_statistics),
            Table::of(&self.lisa_markov),
            Table::of(&self.spatial_markov),
            Table::of(&self.rose),
            Table::of(&self.dynamics),
            Table::of(&self.gravity_centres),
            Table::of(&self.co_location),
            Table::of(&self.inequality),
            Table::of(&self.classes),
            Table::of(&self.quadrants),
            Table::of(&self.fuel_factors),
            Table::of(&self.assumptions),
            Table::of(&self.data_quality),
            Table::of(&self.paper_claims),
        ];
        let after = |tables: &[Table], name: &str| {
            tables.iter().position(|table| table.name == name).map_or(0, |place| place + 1)
        };
        if !self.input_errors.is_empty() {
            let of_space = [
                Table::of(&self.moran_ensemble),
                Table::of(&self.cluster_probability),
                Table::of(&self.quadrant_probability),
                Table::of(&self.input_errors),
            ];
            let place = after(&tables, LisaRow::TABLE);
            tables.splice(place..place, of_space);
        }
        let after = after(&tables, ThresholdRow::TABLE);
        // A run without questions has no table of answers, and one without draws none of them.
        if !self.solutions.is_empty() {
            tables.insert(after, Table::of(&self.solutions));
        }
        if !self.ensemble.is_empty() {
            let drawn = [
                Table::of(&self.threshold_probability),
                Table::of(&self.ensemble),
                Table::of(&self.early_warning),
            ];
            let sensitivity = (!self.sensitivity.is_empty()).then(|| Table::of(&self.sensitivity));
            tables.splice(after..after, drawn.into_iter().chain(sensitivity));
        }
        tables
    }
}
