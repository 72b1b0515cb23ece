//! How regions move through the Moran scatter over the history, and how the maps of size and depth go together.

use icf_results::{CoLocationRow, DynamicsRow, LisaMarkovRow, RegionInfo, RoseRow, SpatialMarkovRow};
use icf_scenario::Spatial;
use icf_spatial::{
    ChiSquare, Cluster, CoLocation, Cutoffs, LisaMarkov, MarkovChain, Permutations, Quadrant, ReyType,
    co_location, determinant_mobility, lisa_markov, rank_cohesion, rank_correlation, rose,
    shorrocks_mobility, spatial_markov,
};
use icf_units::Year;

use super::patterns::permutations;
use super::{Neighbours, Patterns, Variable};
use crate::accounts::Accounts;

/// The quadrants in the order of every matrix.
const ORDER: [Quadrant; 4] = [Quadrant::HighHigh, Quadrant::LowHigh, Quadrant::LowLow, Quadrant::HighLow];

/// The tables of a run that look at all years together.
#[derive(Default)]
pub(crate) struct Dynamics {
    pub(crate) lisa_markov: Vec<LisaMarkovRow>,
    pub(crate) spatial_markov: Vec<SpatialMarkovRow>,
    pub(crate) rose: Vec<RoseRow>,
    pub(crate) figures: Vec<DynamicsRow>,
    pub(crate) co_location: Vec<CoLocationRow>,
}

impl Dynamics {
    /// Looks at the years from the first to the last in which every region has a value; a year between them in which
    /// one has none has no move into it or out of it.
    pub(crate) fn of(
        spatial: &Spatial,
        infos: &[RegionInfo],
        neighbours: &Neighbours,
        patterns: &Patterns,
        history: &Accounts,
    ) -> Self {
        let mut found = Self::default();
        if neighbours.weights().is_err() {
            return found;
        }
        let years: Vec<Year> = history.axes().years().iter().collect();
        for &variable in Variable::of(history) {
            let columns: Vec<(Year, Vec<Option<f64>>)> =
                years.iter().map(|year| (*year, neighbours.column(variable, history, *year))).collect();
            let is_complete = |(_, column): &(Year, Vec<Option<f64>>)| column.iter().all(Option::is_some);
            let (first, last) = (columns.iter().position(is_complete), columns.iter().rposition(is_complete));
            if let Some((first, last)) = first.zip(last).filter(|(first, last)| first < last) {
                found.variable(spatial, infos, neighbours, patterns, variable, &columns[first..=last]);
            }
        }
        for year in years {
            found.year(patterns, year);
        }
        found
    }

    fn variable(
        &mut self,
        spatial: &Spatial,
        infos: &[RegionInfo],
        neighbours: &Neighbours,
        patterns: &Patterns,
        variable: Variable,
        columns: &[(Year, Vec<Option<f64>>)],
    ) {
        let Ok(weights) = neighbours.weights() else { return };
        let regions = weights.len();
        let quadrants: Vec<Vec<Quadrant>> = columns
            .iter()
            .map(|(year, column)| match patterns.maps.get(&(variable, *year)) {
                Some(map) if column.iter().all(Option::is_some) => {
                    map.lisa.regions.iter().map(|region| region.quadrant).collect()
                }
                _ => vec![Quadrant::Undefined; regions],
            })
            .collect();
        let markov = lisa_markov(&quadrants);
        self.moves(variable, &markov);
        self.chain(variable, &markov);

        let relative: Vec<Vec<Option<f64>>> = columns.iter().map(|(_, column)| relative(column)).collect();
        self.conditional(spatial, weights, variable, &relative);
        let ends = [&relative[0], &relative[relative.len() - 1]]
            .map(|column| column.iter().copied().collect::<Option<Vec<f64>>>());
        if let [Some(first), Some(last)] = ends {
            let purpose = format!("rose {}", variable.name());
            self.directions(spatial, weights, variable, (&first, &last), permutations(spatial, &purpose));
            let tau = rank_correlation(&first, &last).tau;
            self.figure(variable, "kendall_tau", "first to last complete year", tau);
            let group =
                |id: &icf_units::RegionId| infos.iter().find(|info| info.id == *id).map(|info| &info.group);
            let groups: Vec<_> = weights.ids().iter().map(group).collect();
            let theta = rank_cohesion(&first, &last, &groups);
            self.figure(variable, "rank_cohesion_theta", "groups of regions", theta);
        }
    }

    /// The matrices of moves: pooled, and first to last.
    fn moves(&mut self, variable: Variable, markov: &LisaMarkov) {
        let passages = markov.chain.mean_first_passage();
        for (i, from) in ORDER.into_iter().enumerate() {
            for (j, to) in ORDER.into_iter().enumerate() {
                self.lisa_markov.push(LisaMarkovRow {
                    variable: variable.name(),
                    span: "pooled",
                    from: from.as_str(),
                    to: to.as_str(),
                    count: markov.pooled.count(from, to),
                    probability: markov.chain.probabilities[i].as_ref().map(|row| row[j]),
                    expected: markov.independence.as_ref().map(|test| test.expected[i][j]),
                    first_passage: passages[i][j],
                });
            }
        }
        for from in ORDER {
            let leaving: usize = ORDER.into_iter().map(|to| markov.first_to_last.count(from, to)).sum();
            for to in ORDER {
                let count = markov.first_to_last.count(from, to);
                self.lisa_markov.push(LisaMarkovRow {
                    variable: variable.name(),
                    span: "first-to-last",
                    from: from.as_str(),
                    to: to.as_str(),
                    count,
                    probability: share(count, leaving),
                    expected: None,
                    first_passage: None,
                });
            }
        }
    }

    /// What the pooled moves say as a Markov chain.
    fn chain(&mut self, variable: Variable, markov: &LisaMarkov) {
        let steady = markov.chain.steady_state();
        for (place, quadrant) in ORDER.into_iter().enumerate() {
            let value = steady.as_ref().ok().map(|steady| steady[place]);
            self.figure(variable, "steady_state", quadrant.as_str(), value);
        }
        if let Err(why) = steady {
            let last = self.figures.iter_mut().rev().take(ORDER.len());
            last.for_each(|row| row.note = why.to_string());
        }
        for (quadrant, value) in ORDER.into_iter().zip(markov.chain.sojourn()) {
            self.figure(variable, "sojourn_years", quadrant.as_str(), value);
        }
        for kind in ReyType::ALL {
            #[expect(clippy::cast_precision_loss, reason = "counts of moves are far below 2^53")]
            let count = markov.count(kind) as f64;
            self.figure(variable, "moves_of_rey_type", kind.as_str(), Some(count));
        }
        let test = markov.independence.as_ref();
        self.test(variable, "chi2_own_against_neighbours", test.map(|test| test.test));
        let note = "degrees of freedom less the probabilities that were estimated";
        self.test(
            variable,
            "chi2_own_against_neighbours_estimated",
            test.map(|test| test.test_with_estimates),
        );
        if let Some(row) = self.figures.last_mut() {
            row.note = note.to_owned();
        }
        self.figure(variable, "shorrocks_mobility", "", shorrocks_mobility(&markov.chain));
        self.figure(variable, "determinant_mobility", "", determinant_mobility(&markov.chain));
    }

    /// Moves between classes of values, by the class of the lag.
    fn conditional(
        &mut self,
        spatial: &Spatial,
        weights: &icf_spatial::Weights,
        variable: Variable,
        years: &[Vec<Option<f64>>],
    ) {
        let cutoffs = Cutoffs::Quantiles(spatial.markov_classes);
        let Ok(found) = spatial_markov(weights, years, cutoffs, cutoffs) else { return };
        self.classes(variable, None, &found.overall);
        for (lag, chain) in found.conditional.iter().enumerate() {
            self.classes(variable, Some(lag + 1), chain);
        }
        let tests = found.homogeneity.as_ref();
        self.test(variable, "spatial_markov_likelihood_ratio", tests.map(|tests| tests.likelihood_ratio));
        self.test(variable, "spatial_markov_chi2", tests.map(|tests| tests.chi_square));
    }

    fn classes(&mut self, variable: Variable, lag_class: Option<usize>, chain: &MarkovChain) {
        for (from, counts) in chain.counts.iter().enumerate() {
            for (to, count) in counts.iter().enumerate() {
                self.spatial_markov.push(SpatialMarkovRow {
                    variable: variable.name(),
                    lag_class,
                    from: from + 1,
                    to: to + 1,
                    count: usize::try_from(*count).expect("counts of moves fit"),
                    probability: chain.probabilities[from].as_ref().map(|row| row[to]),
                });
            }
        }
    }

    /// The rose of directions from the first to the last complete year.
    fn directions(
        &mut self,
        spatial: &Spatial,
        weights: &icf_spatial::Weights,
        variable: Variable,
        (first, last): (&[f64], &[f64]),
        permutations: Permutations<'_>,
    ) {
        let Ok(found) = rose(weights, first, last, spatial.sectors, permutations) else { return };
        self.rose.extend(found.sectors.iter().map(|sector| RoseRow {
            variable: variable.name(),
            from_degrees: sector.from.to_degrees(),
            count: sector.count,
            expected: sector.expected,
            p_folded: Some(sector.pseudo_p.folded),
            p_greater: Some(sector.pseudo_p.greater),
            p_less: Some(sector.pseudo_p.less),
            p_two_sided: Some(sector.pseudo_p.two_sided),
            p_directed: Some(sector.pseudo_p.directed),
        }));
    }

    /// The maps of size and of depth in a year, held against each other.
    fn year(&mut self, patterns: &Patterns, year: Year) {
        let maps = Variable::FOOTPRINT.map(|variable| patterns.maps.get(&(variable, year)));
        let [Some(size), Some(depth)] = maps else { return };
        let of_depth = |id: &icf_units::RegionId| {
            depth
                .lisa
                .regions
                .iter()
                .position(|region| region.region == *id)
                .map(|place| depth.labels[place].cluster)
        };
        // A region may have a size and no depth.
        let both: Vec<(&icf_units::RegionId, Cluster, Cluster)> = size
            .lisa
            .regions
            .iter()
            .zip(&size.labels)
            .filter_map(|(region, label)| Some((&region.region, label.cluster, of_depth(&region.region)?)))
            .collect();
        let [first, second] = [0, 1].map(|which| {
            both.iter().map(|(_, size, depth)| if which == 0 { *size } else { *depth }).collect::<Vec<_>>()
        });
        let found = co_location(&first, &second);
        self.co_location.extend(both.iter().zip(&found.regions).map(|((id, size, depth), together)| {
            CoLocationRow {
                year,
                region: (*id).clone(),
                size_cluster: size.as_str(),
                depth_cluster: depth.as_str(),
                co_location: together.map(Cluster::as_str),
            }
        }));
        self.agreement(year, &found);
    }

    fn agreement(&mut self, year: Year, found: &CoLocation) {
        for (measure, value) in [
            ("agreement_of_clusters", found.clusters_agreement),
            ("agreement_of_maps", found.agreement),
            ("cohens_kappa", found.kappa),
            ("cramers_v", found.cramers_v),
        ] {
            self.figures.push(DynamicsRow {
                variable: "both",
                measure,
                of: year.to_string(),
                value,
                dof: None,
                p_value: None,
                note: String::new(),
            });
        }
    }

    fn figure(&mut self, variable: Variable, measure: &'static str, of: &str, value: Option<f64>) {
        self.figures.push(DynamicsRow {
            variable: variable.name(),
            measure,
            of: of.to_owned(),
            value,
            dof: None,
            p_value: None,
            note: String::new(),
        });
    }

    fn test(&mut self, variable: Variable, measure: &'static str, test: Option<ChiSquare>) {
        self.figures.push(DynamicsRow {
            variable: variable.name(),
            measure,
            of: String::new(),
            value: test.map(|test| test.statistic),
            dof: test.map(|test| test.degrees),
            p_value: test.and_then(|test| test.p),
            note: String::new(),
        });
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn share(count: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// Values over the mean of their year, so that years can be compared; all missing where the mean is zero.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn relative(column: &[Option<f64>]) -> Vec<Option<f64>> {
    let known: Vec<f64> = column.iter().copied().flatten().collect();
    let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
    column.iter().map(|value| value.filter(|_| mean != 0.0).map(|value| value / mean)).collect()
}
