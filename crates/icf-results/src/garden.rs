//! The garden of methods: every path of choices side by side, and what flips between them.

use icf_units::Year;
use serde::Serialize;

use crate::ThresholdStanding;

/// Every path of methods through the same data and projection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Garden {
    /// Scenario name.
    pub scenario: String,
    /// Name of the data set.
    pub data: String,
    /// Regions of the run.
    pub regions: usize,
    /// First year of the history.
    pub first: Year,
    /// Last year of the history.
    pub last: Year,
    /// Last projected year.
    pub horizon: Year,
    /// The choices.
    pub choices: Vec<Choice>,
    /// The paths, the last choice changing fastest.
    pub paths: Vec<GardenPath>,
    /// The paper's figures and the scenario's thresholds over all paths.
    pub verdicts: Vec<GardenVerdict>,
}

/// A choice of method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its name in tables.
    pub name: &'static str,
    /// Its key in a scenario.
    pub key: &'static str,
    /// What can be chosen, as a scenario says it.
    pub levels: &'static [&'static str],
}

/// One path: a level of each choice, and what comes of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GardenPath {
    /// Its number, from 1.
    pub path: usize,
    /// The level of each choice, as a place in the choice's levels.
    #[serde(skip)]
    pub places: Vec<usize>,
    /// The level of each choice.
    pub levels: Vec<&'static str>,
    /// Whether it is the scenario as it stands.
    pub own: bool,
    /// What comes of it; missing where the data do not allow the path.
    pub figures: Option<PathFigures>,
    /// Why there are no figures.
    pub reason: String,
}

/// What comes of a path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathFigures {
    /// Unit of emissions and sink.
    pub unit: &'static str,
    /// The nation in the first year of the history.
    pub first: PathYear,
    /// The nation in the last year of the history.
    pub last: PathYear,
    /// The nation at the horizon.
    pub horizon: PathYear,
    /// Moran's I of size per resident in the first and the last year of the history.
    pub moran_size: [Option<f64>; 2],
    /// Moran's I of depth in the first and the last year of the history.
    pub moran_depth: [Option<f64>; 2],
    /// The thresholds held against the nation.
    pub thresholds: Vec<ThresholdStanding>,
    /// Each region's quadrant in the last year of the history.
    pub quadrants: Vec<PathQuadrant>,
    /// Regions whose quadrant is another than on the scenario's own path; missing where no region has one.
    pub quadrants_changed: Option<usize>,
}

impl PathFigures {
    /// Whether nothing that the garden compares is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let years = [&self.first, &self.last, &self.horizon];
        years.iter().all(|year| year.emissions.is_none() && year.sink.is_none() && year.in_deficit.is_none())
            && self.quadrants.iter().all(|region| region.quadrant.is_none())
    }
}

/// The nation in a year of a path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathYear {
    /// Emissions on the path's basis.
    pub emissions: Option<f64>,
    /// Sink.
    pub sink: Option<f64>,
    /// Depth with the regional correction.
    pub depth: Option<f64>,
    /// Depth of the netted totals.
    pub depth_netted: Option<f64>,
    /// Names of the regions in deficit; missing where no region has a footprint.
    pub in_deficit: Option<Vec<String>>,
}

/// The quadrant of a region on a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathQuadrant {
    /// Region id.
    pub region: String,
    /// Name.
    pub name: String,
    /// `I`, `II`, `III` or `IV`; missing where it cannot be placed.
    pub quadrant: Option<&'static str>,
}

/// What a verdict is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// A figure of the paper; it holds where it is reproduced.
    Claim,
    /// A threshold of the scenario; it holds where the nation crosses it by the horizon.
    Threshold,
}

impl VerdictKind {
    /// As tables write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Threshold => "threshold",
        }
    }

    /// The outcome with which a verdict holds.
    #[must_use]
    pub const fn holding(self) -> &'static str {
        match self {
            Self::Claim => "reproduced",
            Self::Threshold => "crossed",
        }
    }
}

/// One verdict over all paths.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GardenVerdict {
    /// What it is about.
    pub kind: VerdictKind,
    /// The claim, or the threshold.
    pub of: String,
    /// The figure as printed in the paper, or the level.
    pub printed: String,
    /// Unit of the figures.
    pub unit: String,
    /// The computed figures, from the least to the greatest.
    pub computed: String,
    /// The outcome on each path; missing where it has no figures.
    pub outcomes: Vec<Option<PathOutcome>>,
    /// For each choice, how often it alone turns the outcome.
    pub flips: Vec<Flips>,
    /// The levels on which it hangs: `with …` where it holds on exactly the paths with them, `unless …` where it fails on
    /// exactly those, `only with …` where it takes more than these; empty where it holds on all paths or on none, or nothing
    /// so short can be said.
    pub holds_with: String,
}

/// The outcome of a verdict on one path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathOutcome {
    /// `reproduced`, `direction only`, `not reproduced` or `not computable from the data`; `crossed`, `not crossed` or
    /// `unknown`.
    pub outcome: String,
    /// The computed figure.
    pub computed: String,
}

/// How often a choice alone turns an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Flips {
    /// Name of the choice.
    pub choice: &'static str,
    /// Pairs of paths that differ in this choice alone and in the outcome.
    pub flipped: usize,
    /// Pairs of paths that differ in this choice alone.
    pub pairs: usize,
}

impl GardenVerdict {
    /// Paths with an outcome of that name.
    #[must_use]
    pub fn count(&self, outcome: &str) -> usize {
        self.outcomes.iter().flatten().filter(|found| found.outcome == outcome).count()
    }

    /// Paths on which it holds.
    #[must_use]
    pub fn holds(&self) -> usize {
        self.count(self.kind.holding())
    }

    /// Paths with figures.
    #[must_use]
    pub fn paths(&self) -> usize {
        self.outcomes.iter().flatten().count()
    }

    /// The choices that ever turn the outcome, the one that does so most often first.
    #[must_use]
    pub fn deciders(&self) -> Vec<Flips> {
        let mut deciders: Vec<Flips> = self.flips.iter().copied().filter(|flips| flips.flipped > 0).collect();
        // Shares are compared as cross products; the sort is stable, so that equals keep the order of the choices.
        deciders.sort_by(|a, b| (b.flipped * a.pairs).cmp(&(a.flipped * b.pairs)));
        deciders
    }
}
