//! Rows of tables that look back: how models did, and what drove the emissions.

use icf_units::Year;

use crate::record::record;

record! {
    /// How one model would have done in the past on one quantity of one region (rolling origin, one to three years ahead).
    BacktestRow = "backtest" {
        /// `emissions`, `sink` or `population`.
        quantity: &'static str [""],
        /// `region`; `all`: the forecasts of all regions taken together; `nation`: their sum, held against the sum of what came.
        scope: &'static str [""],
        /// Region id, as text; `all` or `nation` for these.
        region: String [""],
        /// Model by its name in the scenario; `several` where regions have models of their own.
        model: String [""],
        /// Whether it is the scenario's own. The others are those that need no parameters, fitted on the whole history.
        chosen: bool [""],
        /// Years from which forecasts were made.
        origins: usize [""],
        /// Forecasts held against what came: those that all models of the region that can be tested could make.
        forecasts: usize [""],
        /// Mean absolute error of the forecasts.
        mae: Option<f64> [""],
        /// Unit of it.
        unit: String [""],
        /// Mean absolute scaled error: each error over the mean size of a year's change in what was then known.
        mase: Option<f64> ["1"],
        /// The same of the naive forecast (no change), on the same forecasts. Below it, the model is the better one.
        naive_mase: Option<f64> ["1"],
        /// Mean absolute percentage error.
        mape: Option<f64> ["1"],
        /// Intervals of 80 % held against what came; a model has them for forecasts of its own, also where others have none.
        intervals80: usize [""],
        /// Share of them that held what came.
        coverage80: Option<f64> ["1"],
        /// Lower end of the interval that holds that share with 95 %: whole years are drawn again in blocks of three, with all their regions; blank with fewer than six years, and where all held or none.
        coverage80_low: Option<f64> ["1"],
        /// Upper end of it.
        coverage80_high: Option<f64> ["1"],
        /// Intervals of 95 % held against what came.
        intervals95: usize [""],
        /// Share of them that held what came.
        coverage95: Option<f64> ["1"],
        /// Lower end of the interval that holds that share with 95 %.
        coverage95_low: Option<f64> ["1"],
        /// Upper end of it.
        coverage95_high: Option<f64> ["1"],
        /// Why there are no figures.
        note: &'static str [""],
    }
}

record! {
    /// The sum of all regions in one projected year, with the interval of the errors that such sums made in the past.
    BandRow = "bands" {
        /// `emissions`, `sink` or `population`.
        quantity: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// Sum of the models' values over all regions, before any lever.
        value: f64 [""],
        /// Lower end of the interval that holds the truth with 80 %, if the sum errs as it would have erred in the past at the same distance; blank where there are too few such errors.
        lower80: Option<f64> [""],
        /// Upper end of it.
        upper80: Option<f64> [""],
        /// Lower end of the interval of 95 %.
        lower95: Option<f64> [""],
        /// Upper end of it.
        upper95: Option<f64> [""],
        /// Unit of the figures.
        unit: String [""],
        /// Errors of the past at the distance of the year.
        errors: usize [""],
    }
}

record! {
    /// What the change of emissions between two years was made of (LMDI).
    DecompositionRow = "decomposition" {
        /// `region`, `group` or `nation`; the figures of a group and the nation are sums over their regions.
        scope: &'static str [""],
        /// Region id or group name; `nation` for the nation.
        region: String [""],
        /// `whole`: the years in which all is known; `phase`: one of the phases that `segmented` finds in the emissions of all regions.
        span: &'static str [""],
        /// First year.
        from: Year [""],
        /// Last year.
        to: Year [""],
        /// Emissions of the last year less those of the first, to 1/1024 t, as the effects.
        change: Option<f64> ["t"],
        /// Effect of the number of residents.
        population: Option<f64> ["t"],
        /// Effect of product per resident at current prices: inflation is in it.
        nominal_product_per_head: Option<f64> ["t"],
        /// Effect of energy (in standard coal) per product at current prices; of emissions per product where the fuels have no standard-coal coefficients.
        nominal_intensity: Option<f64> ["t"],
        /// Effect of emissions per energy. Factors do not change over the years, so it is that of the mix of fuels; blank where the fuels do not say.
        fuel_mix: Option<f64> ["t"],
        /// What is left of the change: nothing.
        residual: Option<f64> ["t"],
        /// Why figures are missing.
        note: String [""],
    }
}
