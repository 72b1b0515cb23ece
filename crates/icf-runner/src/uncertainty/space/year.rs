//! One year's figures multiplied by drawn factors, and what is found in space then.

use icf_classify::Placed;
use icf_footprint::{LandClass, carbon_sink};
use icf_scenario::{Loaded, Scenario};
use icf_spatial::{Cluster, GlobalStatistic, Rehearsal, label};
use icf_units::{Axes, Panel, TonnesCo2, Year, YearRange};

use super::errors::Figures;
use crate::Prepared;
use crate::accounts::Accounts;
use crate::classes::quadrants_of;
use crate::land::Cover;
use crate::space::{Variable, labelling, permutations};

/// A year as it is without any error.
pub(super) struct OfYear<'a> {
    pub(super) year: Year,
    pub(super) axes: Axes,
    scenario: &'a Scenario,
    prepared: &'a Prepared,
    /// Emissions of each fuel, by region; empty where the data set gives emissions alone.
    by_fuel: Vec<Vec<TonnesCo2>>,
    /// The land of each region, as far as it is known.
    land: Vec<Option<Vec<LandClass>>>,
}

/// What is drawn once for all draws of a year: the permutations of each variable.
pub(super) type Rehearsals = Vec<Rehearsed>;

/// The permutations of a variable over the regions that have a value.
pub(super) struct Rehearsed {
    pub(super) variable: Variable,
    /// Why there are none.
    pub(super) known: Result<Rehearsal, String>,
    /// The place of each of the regions in the accounts, in the order of the weights.
    pub(super) places: Vec<usize>,
}

/// What is found of a variable.
pub(super) struct Found {
    /// Moran's I; none where all regions are alike.
    pub(super) moran: Option<GlobalStatistic>,
    pub(super) is_significant: bool,
    /// The cluster of each region, in the order of the weights; none where all regions are alike.
    pub(super) clusters: Option<Vec<Cluster>>,
}

/// What is found of a year.
pub(super) struct Look {
    pub(super) variables: Vec<Found>,
    pub(super) quadrants: Vec<Option<Placed>>,
}

impl<'a> OfYear<'a> {
    pub(super) fn new(loaded: &'a Loaded, prepared: &'a Prepared, year: Year) -> Self {
        let (dataset, selection) = (&prepared.opened.dataset, &prepared.selection);
        let scenario = loaded.scenario();
        let only = YearRange::new(year, year).expect("a year follows itself");
        let regions = 0..selection.infos.len();
        let by_fuel = |region| {
            // Of a region whose emissions are not known no fuel is read.
            let fuels = prepared.history.by_fuel.iter();
            fuels.map(|fuel| fuel.get(region, year).unwrap_or(TonnesCo2::ZERO)).collect()
        };
        let cover = Cover::of(dataset, &scenario.land, &prepared.equivalence);
        Self {
            year,
            axes: selection.axes.with_years(only),
            scenario,
            prepared,
            by_fuel: regions.clone().map(by_fuel).collect(),
            land: regions
                .map(|region| cover.at(selection.rows[region], &selection.infos[region].id, year))
                .collect(),
        }
    }

    /// Draws the permutations, as the run itself does.
    pub(super) fn rehearse(&self) -> Rehearsals {
        let (history, spatial) = (&self.prepared.history.accounts, &self.scenario.spatial);
        let of = |variable: &Variable| {
            let variable = *variable;
            let joined = self.prepared.neighbours.join(variable, history, self.year);
            let purpose = |what: &str| format!("{what} {} {}", variable.name(), self.year);
            let known = joined.map(|joined| {
                let (lisa, moran) = (purpose("lisa"), purpose("moran"));
                Rehearsal::new(joined.weights, permutations(spatial, &lisa), permutations(spatial, &moran))
            });
            let ids = known.as_ref().map_or(&[][..], |known| known.weights().ids());
            let places = ids.iter().filter_map(|id| history.axes().region_index(id.as_str())).collect();
            Rehearsed { variable, known, places }
        };
        Variable::of(history).iter().map(of).collect()
    }

    /// What is found when figures are multiplied by some factors.
    pub(super) fn look(&self, figures: &Figures, times: &[f64], rehearsed: &[Rehearsed]) -> Look {
        let accounts = self.accounts(figures, times);
        let spatial = &self.scenario.spatial;
        let labelling = labelling(spatial);
        let found = |rehearsed: &Rehearsed| {
            let column = rehearsed.variable.column(&accounts, self.year);
            let values: Option<Vec<f64>> = rehearsed.places.iter().map(|place| column[*place]).collect();
            let known = values.zip(rehearsed.known.as_ref().ok());
            let moran = known.as_ref().and_then(|(values, known)| known.moran(values).ok());
            let lisa = known.as_ref().and_then(|(values, known)| known.local_moran(values).ok());
            Found {
                is_significant: moran.is_some_and(|moran| moran.pseudo_p.folded <= spatial.significance),
                moran,
                clusters: lisa
                    .map(|lisa| label(&lisa, labelling).into_iter().map(|region| region.cluster).collect()),
            }
        };
        Look {
            variables: rehearsed.iter().map(found).collect(),
            quadrants: quadrants_of(self.scenario.quadrants.split, &accounts, self.year),
        }
    }

    /// The accounts of the year with figures multiplied by some factors: to the last bit those of the run where all are 1.
    fn accounts(&self, figures: &Figures, times: &[f64]) -> Accounts {
        let history = &self.prepared.history.accounts;
        let ice = Panel::from_fn(&self.axes, |region, year| {
            let ice = history.ice.get(region, year)?;
            Some(ice * self.change(region, figures.of_fuels(times, region)))
        });
        let cs = Panel::from_fn(&self.axes, |region, _| {
            let land = self.land[region].as_ref()?;
            let classes = land.iter().zip(figures.of_classes(times, region));
            Some(carbon_sink(classes.map(|(class, times)| LandClass { area: class.area * times, ..*class })))
        });
        let population = Panel::from_fn(&self.axes, |region, year| history.population.get(region, year));
        Accounts::new(history.convention, history.eta, ice, cs, population)
    }

    /// By how much the emissions of a region change when each of its fuels does: Σ f·e/Σ e. Nothing burnt stays nothing.
    fn change(&self, region: usize, mut times: impl Iterator<Item = f64>) -> f64 {
        let fuels = &self.by_fuel[region];
        if fuels.is_empty() {
            return times.next().unwrap_or(1.0);
        }
        let (mut before, mut after) = (0.0, 0.0);
        for (fuel, times) in fuels.iter().zip(times) {
            before += fuel.get();
            after += fuel.get() * times;
        }
        if before > 0.0 { after / before } else { 1.0 }
    }
}
