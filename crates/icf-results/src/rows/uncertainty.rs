//! The rows of the tables that hold what is not known.

use icf_units::{RegionId, Year};

use crate::record::record;

record! {
    /// One figure of the nation, a group or a region in one projected year, over the draws of the ensemble.
    EnsembleRow = "ensemble" {
        /// `nation`, `group` or `region`.
        scope: &'static str [""],
        /// Region id or group name; `nation` for the nation.
        region: String [""],
        /// Calendar year.
        year: Year [""],
        /// `emissions`, `sink`, `icf`, `cec` or `depth`.
        quantity: &'static str [""],
        /// Unit of the figures.
        unit: String [""],
        /// The figure without any draw: what the tables `nation`, `groups` and `regions` say.
        deterministic: Option<f64> [""],
        /// Mean of the draws; missing when one lies beyond every number.
        mean: Option<f64> [""],
        /// Standard error of the mean, from the spread of the replicates.
        mean_se: Option<f64> [""],
        /// Standard deviation of the draws.
        sd: Option<f64> [""],
        /// 2.5 % quantile.
        q025: Option<f64> [""],
        /// 10 % quantile.
        q10: Option<f64> [""],
        /// 25 % quantile.
        q25: Option<f64> [""],
        /// Median.
        q50: Option<f64> [""],
        /// 75 % quantile.
        q75: Option<f64> [""],
        /// 90 % quantile.
        q90: Option<f64> [""],
        /// 97.5 % quantile.
        q975: Option<f64> [""],
        /// The binning has moved no quantile by more than this.
        bin: Option<f64> [""],
        /// Draws in which it lies beyond every number: a deficit without capacity.
        beyond: usize [""],
    }
}

record! {
    /// The probability that a threshold is crossed, by one projected year.
    ThresholdProbabilityRow = "threshold_probability" {
        /// Scenario name.
        scenario: String [""],
        /// Threshold name.
        threshold: String [""],
        /// `nation`, `group` or `region`.
        scope: &'static str [""],
        /// Region id or group name; `nation` for the nation.
        region: String [""],
        /// Calendar year.
        year: Year [""],
        /// Whether it is crossed in the year without any draw.
        deterministic: Option<bool> [""],
        /// Probability that it is crossed in the year.
        p_in_year: f64 ["1"],
        /// Its standard error, from the spread of the replicates.
        p_in_year_se: f64 ["1"],
        /// Probability that it is crossed in the year or a projected one before it.
        p_by_year: f64 ["1"],
        /// Its standard error, from the spread of the replicates.
        p_by_year_se: f64 ["1"],
        /// Draws.
        draws: usize [""],
    }
}

record! {
    /// How soon one region is likely to be in deficit, the most urgent first.
    EarlyWarningRow = "early_warning" {
        /// Place in the order of urgency, from 1.
        rank: usize [""],
        /// Region id, as text.
        region: RegionId [""],
        /// Name of the region.
        name: String [""],
        /// Group of regions it belongs to.
        group: String [""],
        /// Whether it is in deficit in the last year of the history.
        in_deficit: Option<bool> [""],
        /// Probability of a deficit in the first projected year.
        p_first: f64 ["1"],
        /// Probability of a deficit at the horizon.
        p_horizon: f64 ["1"],
        /// First projected year in which a deficit is likelier than not.
        year_50: Option<Year> [""],
        /// Years from the end of the history until then.
        years_to_50: Option<usize> ["yr"],
        /// First projected year in which a deficit is as good as sure: a probability above 90 %.
        year_90: Option<Year> [""],
        /// Years from the end of the history until then.
        years_to_90: Option<usize> ["yr"],
        /// What uses up the room first by the medians: rising `emissions` or a falling `sink`; else `none`.
        moves_first: &'static str [""],
        /// Change of the median emissions from the last year of the history to the horizon.
        emissions_change: Option<f64> ["t"],
        /// Change of the median sink from the last year of the history to the horizon.
        sink_change: Option<f64> ["t"],
    }
}
