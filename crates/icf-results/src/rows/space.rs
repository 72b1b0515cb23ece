//! Rows of the spatial tables.

use icf_units::{RegionId, Year};

use super::Phase;
use crate::record::record;

record! {
    /// Global Moran's I of one variable in one year.
    MoranRow = "moran" {
        /// `size_hm2_per_capita` or `depth`.
        variable: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// Regions with a value.
        n: usize [""],
        /// Moran's I.
        statistic: Option<f64> ["1"],
        /// Expectation, −1/(n − 1).
        expected: Option<f64> ["1"],
        /// Variance under randomisation.
        variance_rand: Option<f64> ["1"],
        /// z under randomisation.
        z_rand: Option<f64> ["1"],
        /// Two-sided p of `z_rand` by the normal law.
        p_rand: Option<f64> ["1"],
        /// Variance under normality.
        variance_norm: Option<f64> ["1"],
        /// z under normality.
        z_norm: Option<f64> ["1"],
        /// Two-sided p of `z_norm` by the normal law.
        p_norm: Option<f64> ["1"],
        /// Pseudo p: share of permutations at least as far from the expectation.
        p_folded: Option<f64> ["1"],
        /// Pseudo p of a value at least as large.
        p_greater: Option<f64> ["1"],
        /// Pseudo p of a value at least as small.
        p_less: Option<f64> ["1"],
        /// Pseudo p, twice the smaller tail.
        p_two_sided: Option<f64> ["1"],
        /// Pseudo p as PySAL and GeoDa print it, for comparison only.
        p_directed: Option<f64> ["1"],
        /// Permutations.
        permutations: usize [""],
        /// Whether every arrangement was enumerated, so that the p are exact.
        exact: bool [""],
        /// Share of regions whose value another region has too.
        tie_share: Option<f64> ["1"],
        /// Why the statistic is missing.
        note: String [""],
    }
}

record! {
    /// Local Moran's I of one variable in one year and region.
    LisaRow = "lisa" {
        /// `size_hm2_per_capita` or `depth`.
        variable: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// Region id, as text.
        region: RegionId [""],
        /// Local Moran's I.
        statistic: Option<f64> ["1"],
        /// Standardised value (population standard deviation).
        z: Option<f64> ["1"],
        /// Spatial lag of the standardised value.
        lag: Option<f64> ["1"],
        /// `HH`, `LH`, `LL`, `HL` or `undefined`, significant or not.
        quadrant: &'static str [""],
        /// Pseudo p: share of conditional permutations at least as far from the expectation.
        p_folded: Option<f64> ["1"],
        /// Pseudo p of a value at least as large.
        p_greater: Option<f64> ["1"],
        /// Pseudo p of a value at least as small.
        p_less: Option<f64> ["1"],
        /// Pseudo p, twice the smaller tail.
        p_two_sided: Option<f64> ["1"],
        /// Pseudo p as PySAL and GeoDa print it, for comparison only.
        p_directed: Option<f64> ["1"],
        /// Whether every neighbour set was enumerated, so that the p are exact.
        exact: bool [""],
        /// Benjamini–Hochberg q of `p_folded` among the regions of this variable and year.
        q_bh: Option<f64> ["1"],
        /// `HH`, `LH`, `LL`, `HL`, `ns`, `undefined` or `isolated`.
        cluster: &'static str [""],
        /// Cluster code as GeoDa writes it.
        geoda_code: usize [""],
    }
}

record! {
    /// One region's LISA labels in the first and the last complete year.
    TransitionRow = "transitions" {
        /// `size_hm2_per_capita` or `depth`.
        variable: &'static str [""],
        /// Region id, as text.
        region: RegionId [""],
        /// First complete year.
        first_year: Year [""],
        /// Last complete year.
        last_year: Year [""],
        /// Quadrant in the first year.
        quadrant_first: &'static str [""],
        /// Quadrant in the last year.
        quadrant_last: &'static str [""],
        /// Cluster in the first year.
        cluster_first: &'static str [""],
        /// Cluster in the last year.
        cluster_last: &'static str [""],
        /// Rey's type: `0` none moved, `I` the region alone, `II` its neighbours alone, `IIIA` both the same way, `IIIB` both, opposite ways.
        rey_type: Option<&'static str> [""],
    }
}

record! {
    /// Geary's C, Getis and Ord's General G, or Moran's I of size beside depth, in one year.
    GlobalRow = "global_statistics" {
        /// `geary`, `getis-ord` or `bivariate-moran`.
        statistic: &'static str [""],
        /// `size_hm2_per_capita` or `depth`; of two, the one whose own value counts.
        variable: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// Regions with a value.
        n: usize [""],
        /// The statistic.
        value: Option<f64> ["1"],
        /// Its expectation where values fall on regions at random.
        expected: Option<f64> ["1"],
        /// Variance under normality, where it is defined.
        variance_norm: Option<f64> ["1"],
        /// Variance under randomisation, where it is defined.
        variance_rand: Option<f64> ["1"],
        /// z under normality.
        z_norm: Option<f64> ["1"],
        /// z under randomisation.
        z_rand: Option<f64> ["1"],
        /// Two-sided p of `z_norm` by the normal law.
        p_norm: Option<f64> ["1"],
        /// Two-sided p of `z_rand` by the normal law.
        p_rand: Option<f64> ["1"],
        /// Pseudo p: share of permutations at least as far from the expectation.
        p_folded: Option<f64> ["1"],
        /// Pseudo p of a value at least as large.
        p_greater: Option<f64> ["1"],
        /// Pseudo p of a value at least as small.
        p_less: Option<f64> ["1"],
        /// Pseudo p, twice the smaller tail.
        p_two_sided: Option<f64> ["1"],
        /// Pseudo p as PySAL and GeoDa print it, for comparison only.
        p_directed: Option<f64> ["1"],
        /// Permutations.
        permutations: usize [""],
        /// Whether every arrangement was enumerated, so that the p are exact.
        exact: bool [""],
        /// Why the statistic is missing.
        note: String [""],
    }
}

record! {
    /// A local statistic beside local Moran's I of one variable in one year and region; the scenario says which.
    LocalRow = "local_statistics" {
        /// `geary`, `g`, `gstar` or `bivariate`.
        statistic: &'static str [""],
        /// `size_hm2_per_capita` or `depth`.
        variable: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// Region id, as text.
        region: RegionId [""],
        /// The statistic.
        value: Option<f64> ["1"],
        /// Its expectation over draws of the region's neighbours.
        expected: Option<f64> ["1"],
        /// Its variance over these draws.
        variance: Option<f64> ["1"],
        /// Standard deviate; of `gstar` as Ord and Getis define it.
        deviate: Option<f64> ["1"],
        /// Pseudo p: share of permutations at least as far from the expectation.
        p_folded: Option<f64> ["1"],
        /// Pseudo p of a value at least as large.
        p_greater: Option<f64> ["1"],
        /// Pseudo p of a value at least as small.
        p_less: Option<f64> ["1"],
        /// Pseudo p, twice the smaller tail.
        p_two_sided: Option<f64> ["1"],
        /// Pseudo p as PySAL and GeoDa print it, for comparison only.
        p_directed: Option<f64> ["1"],
        /// Whether every neighbour set was enumerated, so that the p are exact.
        exact: bool [""],
        /// q of `p_folded` among the regions, by the scenario's adjustment.
        q: Option<f64> ["1"],
        /// What a map shows.
        cluster: &'static str [""],
        /// Cluster code as GeoDa writes it.
        geoda_code: usize [""],
    }
}

record! {
    /// Moves from one quadrant of the Moran scatter to another; all regions with a quadrant count, significant or not.
    LisaMarkovRow = "lisa_markov" {
        /// `size_hm2_per_capita` or `depth`.
        variable: &'static str [""],
        /// `pooled` over all pairs of consecutive years, or `first-to-last` complete year.
        span: &'static str [""],
        /// Quadrant before: `HH`, `LH`, `LL` or `HL`.
        from: &'static str [""],
        /// Quadrant after.
        to: &'static str [""],
        /// Moves.
        count: usize [""],
        /// Share of the moves from this quadrant; missing where nothing leaves it.
        probability: Option<f64> ["1"],
        /// Moves expected if regions moved apart from their neighbours (`pooled`).
        expected: Option<f64> [""],
        /// Mean first passage time (`pooled`).
        first_passage: Option<f64> ["yr"],
    }
}

record! {
    /// Moves between classes of a variable, by the class of the spatial lag before the move.
    SpatialMarkovRow = "spatial_markov" {
        /// `size_hm2_per_capita` or `depth`.
        variable: &'static str [""],
        /// Class of the lag, 1 = lowest; missing for all moves whatever the lag.
        lag_class: Option<usize> [""],
        /// Class before, 1 = lowest; of values relative to the mean of their year.
        from: usize [""],
        /// Class after.
        to: usize [""],
        /// Moves.
        count: usize [""],
        /// Share of the moves from this class; missing where nothing leaves it.
        probability: Option<f64> ["1"],
    }
}

record! {
    /// One sector of the directions in which regions move through the Moran scatter, first to last complete year.
    RoseRow = "rose" {
        /// `size_hm2_per_capita` or `depth`.
        variable: &'static str [""],
        /// Angle at which the sector begins, counter-clockwise from a rising own value.
        from_degrees: f64 ["degrees"],
        /// Regions that move in this direction.
        count: usize [""],
        /// Mean count over the permutations.
        expected: f64 [""],
        /// Pseudo p: share of permutations at least as far from the expectation.
        p_folded: Option<f64> ["1"],
        /// Pseudo p of a value at least as large.
        p_greater: Option<f64> ["1"],
        /// Pseudo p of a value at least as small.
        p_less: Option<f64> ["1"],
        /// Pseudo p, twice the smaller tail.
        p_two_sided: Option<f64> ["1"],
        /// Pseudo p as PySAL and GeoDa print it, for comparison only.
        p_directed: Option<f64> ["1"],
    }
}

record! {
    /// One figure about a variable through time.
    DynamicsRow = "dynamics" {
        /// `size_hm2_per_capita` or `depth`; `both` where the two maps are held against each other.
        variable: &'static str [""],
        /// What was measured.
        measure: &'static str [""],
        /// Of what: a quadrant, a group, or a year.
        of: String [""],
        /// The figure.
        value: Option<f64> [""],
        /// Degrees of freedom of a test.
        dof: Option<usize> [""],
        /// p-value of a test.
        p_value: Option<f64> ["1"],
        /// Why the figure is missing, or how to read it.
        note: String [""],
    }
}

record! {
    /// The weighted mean centre and standard deviational ellipse of a quantity in one year, on an equal-area sheet.
    GravityCentreRow = "gravity_centres" {
        /// What weighs: `icf_hm2`, `cec_hm2` or `deficit_hm2`.
        quantity: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// `history` or `projection`.
        phase: Phase [""],
        /// Longitude of the centre.
        longitude: Option<f64> ["degrees"],
        /// Latitude of the centre.
        latitude: Option<f64> ["degrees"],
        /// Standard deviation along the long axis.
        major_km: Option<f64> ["km"],
        /// Standard deviation along the short axis.
        minor_km: Option<f64> ["km"],
        /// Direction of the long axis, clockwise from north.
        angle: Option<f64> ["degrees"],
        /// How far the centre has moved since the year before.
        moved_km: Option<f64> ["km"],
        /// In which direction, clockwise from north.
        bearing: Option<f64> ["degrees"],
    }
}

record! {
    /// The clusters of one region on the maps of size and of depth in one year.
    CoLocationRow = "co_location" {
        /// Calendar year.
        year: Year [""],
        /// Region id, as text.
        region: RegionId [""],
        /// Cluster of size per resident.
        size_cluster: &'static str [""],
        /// Cluster of depth.
        depth_cluster: &'static str [""],
        /// The cluster that both maps show; missing where they differ.
        co_location: Option<&'static str> [""],
    }
}

record! {
    /// Inequality of a variable among residents in one year, and its parts within and between groups.
    InequalityRow = "inequality" {
        /// `icf_hm2_per_capita` or `size_hm2_per_capita`, weighed by residents.
        variable: &'static str [""],
        /// Calendar year.
        year: Year [""],
        /// `theil_t`, `theil_l` or `gini`.
        measure: &'static str [""],
        /// Group of regions; empty for all.
        group: String [""],
        /// Regions.
        n: usize [""],
        /// The measure.
        value: Option<f64> ["1"],
        /// The part within groups; of a group, what it adds to that.
        within: Option<f64> ["1"],
        /// The part between groups.
        between: Option<f64> ["1"],
        /// The part that is due to groups that overlap (Gini, after Dagum).
        overlap: Option<f64> ["1"],
        /// Why the measure is missing.
        note: String [""],
    }
}
