//! What neighbours have in common in each year of the history.

use std::collections::BTreeMap;

use icf_diagnostics::Diagnostics;
use icf_results::{GlobalRow, LisaRow, LocalRow, MoranRow, TransitionRow};
use icf_scenario::{LabelBy, LocalStatistic, Spatial};
use icf_spatial::{
    Adjustment, GlobalStatistic, Joined, Labelling, Lisa, LisaRegion, Permutations, SpatialError,
    bivariate_moran, geary, general_g, label, local_bivariate, local_g, local_g_star, local_geary,
    local_moran, moran, transition,
};
use icf_units::Year;
use rayon::prelude::*;

use super::{Neighbours, Variable};
use crate::Cache;
use crate::accounts::Accounts;

/// The spatial tables of a run.
pub(crate) struct Patterns {
    pub(crate) moran: Vec<MoranRow>,
    pub(crate) lisa: Vec<LisaRow>,
    pub(crate) transitions: Vec<TransitionRow>,
    pub(crate) global: Vec<GlobalRow>,
    pub(crate) local: Vec<LocalRow>,
    /// LISA of each variable and year of the history; none where it cannot be had.
    pub(crate) maps: BTreeMap<(Variable, Year), Labelled>,
}

/// A LISA with its labels.
pub(crate) struct Labelled {
    pub(crate) lisa: Lisa,
    pub(crate) labels: Vec<LisaRegion>,
    /// Benjamini–Hochberg q, whatever the labels go by.
    q_bh: Vec<Option<f64>>,
}

impl Labelled {
    fn of(lisa: Lisa, labelling: Labelling) -> Self {
        let bh = label(&lisa, Labelling { adjustment: Adjustment::BenjaminiHochberg, ..labelling });
        Self { labels: label(&lisa, labelling), q_bh: bh.iter().map(|region| region.q).collect(), lisa }
    }
}

/// What makes a region part of a cluster.
pub(crate) const fn labelling(spatial: &Spatial) -> Labelling {
    Labelling {
        significance: spatial.significance,
        by: match spatial.label_by {
            LabelBy::P => icf_spatial::LabelBy::P,
            LabelBy::Q => icf_spatial::LabelBy::Q,
        },
        adjustment: match spatial.adjustment {
            icf_scenario::Adjustment::Bh => Adjustment::BenjaminiHochberg,
            icf_scenario::Adjustment::By => Adjustment::BenjaminiYekutieli,
            icf_scenario::Adjustment::Bonferroni => Adjustment::Bonferroni,
        },
    }
}

/// Global and local Moran's I of each variable in every year of the history, and the moves from its first to its
/// last complete year.
///
/// # Errors
/// When somebody stops it.
pub(crate) fn patterns(
    spatial: &Spatial,
    neighbours: &Neighbours,
    history: &Accounts,
    cache: &Cache,
) -> Result<Patterns, Diagnostics> {
    let labelling = labelling(spatial);
    let years: Vec<Year> = history.axes().years().iter().collect();
    let mut patterns = Patterns {
        moran: vec![],
        lisa: vec![],
        transitions: vec![],
        global: vec![],
        local: vec![],
        maps: BTreeMap::new(),
    };
    for &variable in Variable::of(history) {
        let computed: Vec<OfYear> = years
            .par_iter()
            .map(|year| {
                cache.go_on()?;
                Ok::<_, Diagnostics>(OfYear::compute(
                    spatial, labelling, neighbours, history, variable, *year,
                ))
            })
            .collect::<Result<_, _>>()?;
        for (year, of_year) in years.iter().zip(computed) {
            patterns.moran.push(of_year.moran);
            patterns.global.extend(of_year.global);
            patterns.local.extend(of_year.local);
            if let Some(labelled) = of_year.labelled {
                patterns.lisa.extend(local(variable, *year, &labelled));
                patterns.maps.insert((variable, *year), labelled);
            }
        }
        let complete: Vec<(Year, &Labelled)> = years
            .iter()
            .filter(|year| variable.column(history, **year).iter().all(Option::is_some))
            .filter_map(|year| Some((*year, patterns.maps.get(&(variable, *year))?)))
            .collect();
        if let [first, .., last] = complete.as_slice() {
            let rows = transitions(variable, *first, *last);
            patterns.transitions.extend(rows);
        }
    }
    patterns.global.sort_by_key(|row| (row.statistic, row.variable, row.year));
    patterns.local.sort_by(|a, b| {
        (a.statistic, a.variable, a.year, &a.region).cmp(&(b.statistic, b.variable, b.year, &b.region))
    });
    Ok(patterns)
}

/// What is computed of one variable in one year.
struct OfYear {
    moran: MoranRow,
    global: Vec<GlobalRow>,
    local: Vec<LocalRow>,
    labelled: Option<Labelled>,
}

impl OfYear {
    fn compute(
        spatial: &Spatial,
        labelling: Labelling,
        neighbours: &Neighbours,
        history: &Accounts,
        variable: Variable,
        year: Year,
    ) -> Self {
        let joined = neighbours.join(variable, history, year);
        let both = (variable == Variable::Size).then(|| neighbours.join_both(history, year));
        let purpose = |what: &str| format!("{what} {} {year}", variable.name());
        let global = |what: &'static str, found: Result<GlobalStatistic, String>, n: usize| {
            global_row(spatial, what, variable, year, n, found)
        };
        let n = joined.as_ref().map_or(0, |joined| joined.values.len());
        let of_one =
            |what: &str, compute: fn(&Joined, Permutations<'_>) -> Result<GlobalStatistic, SpatialError>| {
                let joined = joined.as_ref().map_err(Clone::clone)?;
                compute(joined, permutations(spatial, &purpose(what))).map_err(|error| error.to_string())
            };
        let mut rows = vec![
            global("geary", of_one("geary", geary), n),
            global("getis-ord", of_one("getis-ord", general_g), n),
        ];
        if let Some(both) = &both {
            let found = both.as_ref().map_err(Clone::clone).and_then(|both| {
                let purpose = purpose("moran bivariate");
                bivariate_moran(both, permutations(spatial, &purpose)).map_err(|error| error.to_string())
            });
            rows.push(global("bivariate-moran", found, both.as_ref().map_or(0, |both| both.first.len())));
        }
        let labelled = joined.as_ref().ok().and_then(|joined| {
            let lisa = local_moran(joined, permutations(spatial, &purpose("lisa"))).ok()?;
            Some(Labelled::of(lisa, labelling))
        });
        let mut more = Vec::new();
        for statistic in &spatial.local {
            let (name, what) = match statistic {
                LocalStatistic::Geary => ("geary", "lisa geary"),
                LocalStatistic::G => ("g", "lisa g"),
                LocalStatistic::Gstar => ("gstar", "lisa g"),
                LocalStatistic::Bivariate => ("bivariate", "lisa bivariate"),
            };
            let purpose = purpose(what);
            let draws = permutations(spatial, &purpose);
            let found = match (statistic, &joined, &both) {
                (LocalStatistic::Geary, Ok(joined), _) => local_geary(joined, draws),
                (LocalStatistic::G, Ok(joined), _) => local_g(joined, draws),
                (LocalStatistic::Gstar, Ok(joined), _) => local_g_star(joined, draws),
                (LocalStatistic::Bivariate, _, Some(Ok(both))) => local_bivariate(both, draws),
                _ => continue,
            };
            if let Ok(lisa) = found {
                more.extend(local_rows(name, variable, year, &Labelled::of(lisa, labelling)));
            }
        }
        Self {
            moran: moran_row(spatial, variable, year, joined.as_ref()),
            global: rows,
            local: more,
            labelled,
        }
    }
}

pub(crate) fn permutations<'a>(spatial: &Spatial, purpose: &'a str) -> Permutations<'a> {
    Permutations { count: spatial.permutations, seed: spatial.seed, purpose }
}

/// One row of `moran`; without the statistic it says why.
fn moran_row(
    spatial: &Spatial,
    variable: Variable,
    year: Year,
    joined: Result<&Joined, &String>,
) -> MoranRow {
    let purpose = format!("moran {} {year}", variable.name());
    let computed = joined
        .map_err(Clone::clone)
        .and_then(|joined| moran(joined, permutations(spatial, &purpose)).map_err(|error| error.to_string()));
    let found = computed.as_ref().ok();
    let p = found.map(|found| found.pseudo_p);
    MoranRow {
        variable: variable.name(),
        year,
        n: joined.map_or(0, |joined| joined.values.len()),
        statistic: found.map(|found| found.value),
        expected: found.map(|found| found.expected),
        variance_norm: found.and_then(|found| found.variance_normality),
        variance_rand: found.and_then(|found| found.variance_randomisation),
        z_rand: found.and_then(|found| found.z_randomisation()),
        p_rand: found.and_then(|found| found.p_randomisation()),
        z_norm: found.and_then(|found| found.z_normality()),
        p_norm: found.and_then(|found| found.p_normality()),
        p_folded: p.map(|p| p.folded),
        p_greater: p.map(|p| p.greater),
        p_less: p.map(|p| p.less),
        p_two_sided: p.map(|p| p.two_sided),
        p_directed: p.map(|p| p.directed),
        permutations: spatial.permutations as usize,
        exact: p.is_some_and(|p| p.exact),
        tie_share: found.map(|found| found.tie_share),
        note: computed.err().unwrap_or_default(),
    }
}

/// One row of `global_statistics`; without the statistic it says why.
fn global_row(
    spatial: &Spatial,
    statistic: &'static str,
    variable: Variable,
    year: Year,
    n: usize,
    computed: Result<GlobalStatistic, String>,
) -> GlobalRow {
    let found = computed.as_ref().ok();
    let p = found.map(|found| found.pseudo_p);
    GlobalRow {
        statistic,
        variable: variable.name(),
        year,
        n,
        value: found.map(|found| found.value),
        expected: found.map(|found| found.expected),
        variance_norm: found.and_then(|found| found.variance_normality),
        variance_rand: found.and_then(|found| found.variance_randomisation),
        z_norm: found.and_then(|found| found.z_normality()),
        z_rand: found.and_then(|found| found.z_randomisation()),
        p_norm: found.and_then(|found| found.p_normality()),
        p_rand: found.and_then(|found| found.p_randomisation()),
        p_folded: p.map(|p| p.folded),
        p_greater: p.map(|p| p.greater),
        p_less: p.map(|p| p.less),
        p_two_sided: p.map(|p| p.two_sided),
        p_directed: p.map(|p| p.directed),
        permutations: spatial.permutations as usize,
        exact: p.is_some_and(|p| p.exact),
        note: computed.err().unwrap_or_default(),
    }
}

/// The rows of `local_statistics` of one statistic, variable and year.
fn local_rows(statistic: &'static str, variable: Variable, year: Year, labelled: &Labelled) -> Vec<LocalRow> {
    let regions = labelled.lisa.regions.iter().zip(&labelled.labels);
    regions
        .map(|(region, label)| {
            let p = region.pseudo_p;
            LocalRow {
                statistic,
                variable: variable.name(),
                year,
                region: region.region.clone(),
                value: Some(region.value),
                expected: Some(region.expected),
                variance: Some(region.variance),
                deviate: region.deviate,
                p_folded: p.map(|p| p.folded),
                p_greater: p.map(|p| p.greater),
                p_less: p.map(|p| p.less),
                p_two_sided: p.map(|p| p.two_sided),
                p_directed: p.map(|p| p.directed),
                exact: p.is_some_and(|p| p.exact),
                q: label.q,
                cluster: label.cluster.as_str(),
                geoda_code: label.cluster.geoda_code(),
            }
        })
        .collect()
}

/// The rows of `lisa` of one variable and year, by region.
fn local(variable: Variable, year: Year, labelled: &Labelled) -> Vec<LisaRow> {
    let mut rows: Vec<LisaRow> = labelled
        .lisa
        .regions
        .iter()
        .zip(&labelled.labels)
        .zip(&labelled.q_bh)
        .map(|((region, label), q_bh)| {
            let p = region.pseudo_p;
            LisaRow {
                variable: variable.name(),
                year,
                region: region.region.clone(),
                statistic: Some(region.value),
                z: Some(region.z),
                lag: Some(region.lag),
                quadrant: region.quadrant.as_str(),
                p_folded: p.map(|p| p.folded),
                p_greater: p.map(|p| p.greater),
                p_less: p.map(|p| p.less),
                p_two_sided: p.map(|p| p.two_sided),
                p_directed: p.map(|p| p.directed),
                exact: p.is_some_and(|p| p.exact),
                q_bh: *q_bh,
                cluster: label.cluster.as_str(),
                geoda_code: label.cluster.geoda_code(),
            }
        })
        .collect();
    rows.sort_by(|a, b| a.region.cmp(&b.region));
    rows
}

/// The rows of `transitions` of one variable, by region.
fn transitions(variable: Variable, first: (Year, &Labelled), last: (Year, &Labelled)) -> Vec<TransitionRow> {
    let mut rows: Vec<TransitionRow> = first
        .1
        .lisa
        .regions
        .iter()
        .zip(&first.1.labels)
        .filter_map(|(before, label_before)| {
            let place = last.1.lisa.regions.iter().position(|after| after.region == before.region)?;
            let after = &last.1.lisa.regions[place];
            Some(TransitionRow {
                variable: variable.name(),
                region: before.region.clone(),
                first_year: first.0,
                last_year: last.0,
                quadrant_first: before.quadrant.as_str(),
                quadrant_last: after.quadrant.as_str(),
                cluster_first: label_before.cluster.as_str(),
                cluster_last: last.1.labels[place].cluster.as_str(),
                rey_type: transition(before.quadrant, after.quadrant).map(|moved| moved.rey_type().as_str()),
            })
        })
        .collect();
    rows.sort_by(|a, b| a.region.cmp(&b.region));
    rows
}
