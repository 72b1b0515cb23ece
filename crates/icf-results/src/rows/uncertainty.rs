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
    /// How much one uncertain input decides one answer of the nation.
    SensitivityRow = "sensitivity" {
        /// Threshold name.
        threshold: String [""],
        /// The answer: the `margin` at the horizon, or the year of `crossing`, the one after the horizon for never.
        output: &'static str [""],
        /// `tornado`, `morris`, `sobol` or `rank`.
        method: &'static str [""],
        /// Key of the scenario that is drawn.
        input: String [""],
        /// `swing`; `mu_star`, `mu`, `sigma`; `first`, `total` shares of the variance; `spearman`, `partial`.
        measure: &'static str [""],
        /// The figure.
        value: f64 [""],
        /// Answer at the 5 % quantile of the input; lower end of the 95 % interval of a share.
        low: Option<f64> [""],
        /// Answer at the 95 % quantile of the input; upper end of the interval.
        high: Option<f64> [""],
        /// Unit of the figure.
        unit: String [""],
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

record! {
    /// What some figures that go in were assumed to be off by.
    InputErrorRow = "input_errors" {
        /// Number of the error in the scenario, from 1.
        error: usize [""],
        /// `activity`, `factors` or `areas`.
        of: &'static str [""],
        /// The fuels or land classes.
        items: String [""],
        /// The regions; `all` for each of the run.
        regions: String [""],
        /// For what an error is drawn by itself: `region`, `fuel`, `class`; `common` for one error of them all.
        each: String [""],
        /// How the factor is distributed that the figures are multiplied by.
        distribution: String [""],
        /// 2.5 % quantile of that factor.
        q025: f64 ["1"],
        /// Its median.
        q50: f64 ["1"],
        /// Its 97.5 % quantile.
        q975: f64 ["1"],
        /// Factors that are drawn of it in each draw.
        factors: usize [""],
        /// Where it comes from.
        source: String [""],
    }
}

record! {
    /// How likely each cluster label of a region is, should the figures that go in be off as `input_errors` says.
    ClusterProbabilityRow = "cluster_probability" {
        /// `size_hm2_per_capita`, `depth` or `ice_tco2`.
        variable: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// Region id, as text.
        region: RegionId [""],
        /// The label without any draw, as the table `lisa` has it; missing where that has none.
        cluster: Option<&'static str> [""],
        /// Share of the draws in which the label is that one.
        p_cluster: Option<f64> ["1"],
        /// The label of most draws.
        modal: &'static str [""],
        /// Share of the draws that have it.
        p_modal: f64 ["1"],
        /// Its standard error, √(p(1 − p)/draws).
        p_modal_se: f64 ["1"],
        /// Share of the draws in which the region is significantly high among high.
        p_hh: f64 ["1"],
        /// Significantly low among low.
        p_ll: f64 ["1"],
        /// Significantly low among high.
        p_lh: f64 ["1"],
        /// Significantly high among low.
        p_hl: f64 ["1"],
        /// Not significant.
        p_ns: f64 ["1"],
        /// On an axis of the scatter, or all regions alike.
        p_undefined: f64 ["1"],
        /// Without a neighbour.
        p_isolated: f64 ["1"],
        /// Draws; the shares above are counts of them.
        draws: usize [""],
    }
}

record! {
    /// How likely each mitigation quadrant of a region is, should the figures that go in be off as `input_errors` says.
    QuadrantProbabilityRow = "quadrant_probability" {
        /// Calendar year.
        year: Year [""],
        /// Region id, as text.
        region: RegionId [""],
        /// The quadrant without any draw, as the table `regions` has it.
        quadrant: Option<&'static str> [""],
        /// Share of the draws in which the quadrant is that one.
        p_quadrant: Option<f64> ["1"],
        /// The quadrant of most draws.
        modal: &'static str [""],
        /// Share of the draws that have it.
        p_modal: f64 ["1"],
        /// Its standard error, √(p(1 − p)/draws).
        p_modal_se: f64 ["1"],
        /// Share of the draws in quadrant I: high size, high depth.
        p_i: f64 ["1"],
        /// Quadrant II: low size, high depth.
        p_ii: f64 ["1"],
        /// Quadrant III: low size, low depth.
        p_iii: f64 ["1"],
        /// Quadrant IV: high size, low depth.
        p_iv: f64 ["1"],
        /// Draws; the shares above are counts of them.
        draws: usize [""],
    }
}

record! {
    /// Global Moran's I of one variable in one year, should the figures that go in be off as `input_errors` says.
    MoranEnsembleRow = "moran_ensemble" {
        /// `size_hm2_per_capita`, `depth` or `ice_tco2`.
        variable: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// Regions with a value.
        n: usize [""],
        /// Moran's I without any draw, as the table `moran` has it.
        deterministic: Option<f64> ["1"],
        /// Its pseudo p, `p_folded` there.
        p_folded: Option<f64> ["1"],
        /// Mean of the draws.
        mean: Option<f64> ["1"],
        /// Standard deviation of the draws.
        sd: Option<f64> ["1"],
        /// 2.5 % quantile: the lower end of the interval of 95 %.
        q025: Option<f64> ["1"],
        /// 10 % quantile: the lower end of the interval of 80 %.
        q10: Option<f64> ["1"],
        /// Median.
        q50: Option<f64> ["1"],
        /// 90 % quantile.
        q90: Option<f64> ["1"],
        /// 97.5 % quantile.
        q975: Option<f64> ["1"],
        /// The binning has moved no quantile by more than this.
        bin: Option<f64> ["1"],
        /// Share of the draws in which it is significant at the scenario's level.
        p_significant: f64 ["1"],
        /// Its standard error, √(p(1 − p)/draws).
        p_significant_se: f64 ["1"],
        /// Draws without a Moran's I: all regions alike.
        undefined: usize [""],
        /// Draws.
        draws: usize [""],
        /// Why the statistic is missing.
        note: String [""],
    }
}
