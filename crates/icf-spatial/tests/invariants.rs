//! What must hold of every statistic, whatever the values.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_spatial::{
    Cluster, GlobalStatistic, Joined, JoinedPair, Lisa, LocalStatistic, Permutations, PseudoP, Quadrant,
    SpatialError, Weights, bivariate_moran, geary, general_g, local_bivariate, local_g, local_g_star,
    local_geary, local_moran, moran, rate_moran,
};
use icf_units::RegionId;
use proptest::prelude::*;

type Global = fn(&JoinedPair, Permutations<'_>) -> Result<GlobalStatistic, SpatialError>;
type Local = fn(&JoinedPair, Permutations<'_>) -> Result<Lisa, SpatialError>;

fn one(pair: &JoinedPair) -> Joined {
    Joined { weights: pair.weights.clone(), values: pair.first.clone() }
}

const GLOBALS: [(&str, Global); 5] = [
    ("moran", |pair, permutations| moran(&one(pair), permutations)),
    ("geary", |pair, permutations| geary(&one(pair), permutations)),
    ("general g", |pair, permutations| general_g(&one(pair), permutations)),
    ("bivariate", bivariate_moran),
    ("rate", |pair, permutations| rate_moran(pair, permutations).map(|found| found.moran)),
];

const LOCALS: [(&str, Local); 5] = [
    ("moran", |pair, permutations| local_moran(&one(pair), permutations)),
    ("geary", |pair, permutations| local_geary(&one(pair), permutations)),
    ("g", |pair, permutations| local_g(&one(pair), permutations)),
    ("g star", |pair, permutations| local_g_star(&one(pair), permutations)),
    ("bivariate", local_bivariate),
];

fn draws(count: u32) -> Permutations<'static> {
    Permutations { count, seed: 7, purpose: "invariants" }
}

/// Regions `order` of a tree with an island at its end, linked both ways, whatever their order.
fn weights(order: &[usize], parents: &[usize]) -> Weights {
    let at = |region: usize| order.iter().position(|other| *other == region).unwrap();
    let links: Vec<_> =
        parents.iter().enumerate().map(|(child, parent)| (at(child + 1), at(parent % (child + 1)))).collect();
    let ids = order.iter().map(|region| RegionId::new(&region.to_string()));
    Weights::from_links(ids, &links).unwrap().row_standardised()
}

/// A tree of regions and an island, two values each, some of them tied; the same in another order of regions.
fn pairs(sizes: std::ops::Range<usize>) -> impl Strategy<Value = (JoinedPair, Vec<usize>, JoinedPair)> {
    let differ = |values: &[f64]| values.iter().any(|value| (value - values[0]).abs() > 1e-3);
    let some = sizes.prop_flat_map(|n| {
        let value = || prop_oneof![Just(1.0), Just(2.5), 0.5..9.0_f64];
        let values = || prop::collection::vec(value(), n);
        let order = Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        (values(), values(), prop::collection::vec(0..n, n - 2), order)
    });
    some.prop_filter("neither values nor rates are constant", move |(first, second, ..)| {
        let rates: Vec<f64> = first.iter().zip(second).map(|(events, people)| events / people).collect();
        differ(first) && differ(second) && differ(&rates)
    })
    .prop_map(|(first, second, parents, order)| {
        let straight: Vec<usize> = (0..first.len()).collect();
        let moved = JoinedPair {
            weights: weights(&order, &parents),
            first: order.iter().map(|region| first[*region]).collect(),
            second: order.iter().map(|region| second[*region]).collect(),
        };
        (JoinedPair { weights: weights(&straight, &parents), first, second }, order, moved)
    })
}

#[track_caller]
fn same(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{what}: {a} is not {b}");
}

#[track_caller]
fn same_option(a: Option<f64>, b: Option<f64>, what: &str) {
    assert_eq!(a.is_some(), b.is_some(), "{what}: {a:?} is not {b:?}");
    if let (Some(a), Some(b)) = (a, b) {
        same(a, b, what);
    }
}

#[track_caller]
fn same_p(a: PseudoP, b: PseudoP, what: &str) {
    for (a, b) in five(a).into_iter().zip(five(b)) {
        same(a, b, what);
    }
}

fn five(p: PseudoP) -> [f64; 5] {
    [p.greater, p.less, p.two_sided, p.folded, p.directed]
}

#[track_caller]
fn same_local(a: &LocalStatistic, b: &LocalStatistic, what: &str) {
    same(a.value, b.value, what);
    same(a.expected, b.expected, what);
    same(a.variance, b.variance, what);
    assert_eq!(a.pseudo_p.is_some(), b.pseudo_p.is_some(), "{what}");
}

/// A linear change of the first variable.
fn changed(pair: &JoinedPair, add: f64, times: f64) -> JoinedPair {
    JoinedPair { first: pair.first.iter().map(|x| add + times * x).collect(), ..pair.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn relabelling_changes_no_statistic_no_moment_and_no_exact_p((pair, order, moved) in pairs(4..7)) {
        for (name, statistic) in GLOBALS {
            let (a, b) = (statistic(&pair, draws(720)).unwrap(), statistic(&moved, draws(720)).unwrap());
            same(a.value, b.value, name);
            same_option(a.variance_normality, b.variance_normality, name);
            same_option(a.variance_randomisation, b.variance_randomisation, name);
            prop_assert!(a.pseudo_p.exact && b.pseudo_p.exact);
            same_p(a.pseudo_p, b.pseudo_p, name);
        }
        for (name, statistic) in LOCALS {
            let (a, b) = (statistic(&pair, draws(720)).unwrap(), statistic(&moved, draws(720)).unwrap());
            for (region, b) in order.iter().zip(&b.regions) {
                let a = &a.regions[*region];
                prop_assert_eq!(&a.region, &b.region);
                same_local(a, b, name);
                prop_assert_eq!(a.quadrant, b.quadrant, "{}", name);
                if let (Some(a), Some(b)) = (a.pseudo_p, b.pseudo_p) {
                    prop_assert!(a.exact && b.exact);
                    same_p(a, b, name);
                }
            }
        }
    }

    #[test]
    fn a_change_of_unit_changes_nothing((pair, _, _) in pairs(6..20), add in -20.0..20.0_f64, times in 0.1..10.0_f64) {
        for (name, statistic) in GLOBALS {
            // General G and rates have a natural zero.
            let unit = match name {
                "general g" => changed(&pair, 0.0, times),
                "rate" => continue,
                _ => changed(&pair, add, times),
            };
            let (a, b) = (statistic(&pair, draws(99)).unwrap(), statistic(&unit, draws(99)).unwrap());
            same(a.value, b.value, name);
            same_option(a.z_randomisation(), b.z_randomisation(), name);
            same_p(a.pseudo_p, b.pseudo_p, name);
        }
        for (name, statistic) in LOCALS {
            let unit = if name.starts_with('g') && name != "geary" { changed(&pair, 0.0, times) } else { changed(&pair, add, times) };
            let (a, b) = (statistic(&pair, draws(99)).unwrap(), statistic(&unit, draws(99)).unwrap());
            for (a, b) in a.regions.iter().zip(&b.regions) {
                same_local(a, b, name);
                prop_assert_eq!(a.candidate, b.candidate, "{}", name);
            }
        }
    }

    #[test]
    fn every_p_is_above_zero_and_at_most_one((pair, _, _) in pairs(4..25), count in 1..200_u32) {
        let check = |p: PseudoP| assert!(five(p).into_iter().all(|p| p > 0.0 && p <= 1.0), "{p:?}");
        for (_, statistic) in GLOBALS {
            let found = statistic(&pair, draws(count)).unwrap();
            check(found.pseudo_p);
            for p in [found.p_normality(), found.p_randomisation()].into_iter().flatten() {
                prop_assert!(p > 0.0 && p <= 1.0);
            }
        }
        for (_, statistic) in LOCALS {
            for region in statistic(&pair, draws(count)).unwrap().regions {
                region.pseudo_p.into_iter().for_each(check);
                prop_assert!(region.deviate.is_none_or(f64::is_finite));
            }
        }
    }

    #[test]
    fn moments_are_those_of_all_arrangements((pair, _, _) in pairs(4..7)) {
        // The statistic alone, of every arrangement of the variable that moves.
        for (name, statistic) in GLOBALS {
            let found = statistic(&pair, draws(0)).unwrap();
            let moves_second = name == "bivariate";
            if name == "rate" {
                continue;
            }
            let values: Vec<f64> = arrangements(pair.first.len())
                .iter()
                .map(|order| {
                    let mut moved = pair.clone();
                    let (to, from) =
                        if moves_second { (&mut moved.second, &pair.second) } else { (&mut moved.first, &pair.first) };
                    *to = order.iter().map(|place| from[*place]).collect();
                    statistic(&moved, draws(0)).unwrap().value
                })
                .collect();
            #[expect(clippy::cast_precision_loss, reason = "there are at most 720 arrangements")]
            let count = values.len() as f64;
            let mean = values.iter().sum::<f64>() / count;
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
            same(found.expected, mean, name);
            same(found.variance_randomisation.unwrap_or(0.0), variance, name);
        }
    }

    #[test]
    fn conditional_figures_are_those_of_all_arrangements_of_the_others((pair, _, _) in pairs(4..7)) {
        for (name, statistic) in LOCALS {
            let found = statistic(&pair, draws(720)).unwrap();
            for (at, region) in found.regions.iter().enumerate() {
                let Some(p) = region.pseudo_p else { continue };
                let values: Vec<f64> = arrangements(pair.first.len() - 1)
                    .into_iter()
                    .map(|order| {
                        let other = |place: usize| place + usize::from(place >= at);
                        let mut moved = pair.clone();
                        let (to, from) = if name == "bivariate" {
                            (&mut moved.second, &pair.second)
                        } else {
                            (&mut moved.first, &pair.first)
                        };
                        for (place, drawn) in order.iter().enumerate() {
                            to[other(place)] = from[other(*drawn)];
                        }
                        statistic(&moved, draws(0)).unwrap().regions[at].value
                    })
                    .collect();
                #[expect(clippy::cast_precision_loss, reason = "there are at most 120 arrangements")]
                let share = |counts: &dyn Fn(f64) -> bool| {
                    values.iter().filter(|value| counts(**value)).count() as f64 / values.len() as f64
                };
                #[expect(clippy::cast_precision_loss, reason = "there are at most 120 arrangements")]
                let mean = |of: &dyn Fn(f64) -> f64| values.iter().map(|value| of(*value)).sum::<f64>() / values.len() as f64;
                let expected = mean(&|value| value);
                same(region.expected, expected, name);
                same(region.variance, mean(&|value| (value - expected).powi(2)), name);
                same(p.greater, share(&|value| value >= region.value - 1e-9), name);
                same(p.less, share(&|value| value <= region.value + 1e-9), name);
                let distance = (region.value - expected).abs() - 1e-9;
                same(p.folded, share(&|value| (value - expected).abs() >= distance), name);
            }
        }
    }

    #[test]
    fn one_variable_twice_is_that_variable((pair, _, _) in pairs(4..20)) {
        let twice = JoinedPair { second: pair.first.clone(), ..pair.clone() };
        let (a, b) = (moran(&one(&pair), draws(99)).unwrap(), bivariate_moran(&twice, draws(99)).unwrap());
        same(a.value, b.value, "global");
        let (a, b) = (local_moran(&one(&pair), draws(99)).unwrap(), local_bivariate(&twice, draws(99)).unwrap());
        for (a, b) in a.regions.iter().zip(&b.regions) {
            same_local(a, b, "local");
        }
    }
}

/// All orders of the places 0..n.
fn arrangements(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![vec![]];
    }
    let shorter = arrangements(n - 1);
    let longer = shorter
        .iter()
        .flat_map(|order| (0..n).map(move |place| [&order[..place], &[n - 1], &order[place..]].concat()));
    longer.collect()
}

#[test]
fn threads_change_nothing() {
    let n = 200;
    let parents: Vec<usize> = (0..n - 2).map(|child| child * 7 / 11).collect();
    let order: Vec<usize> = (0..n).collect();
    let values = |step: u32| (0..200_u32).map(|place| 1.0 + f64::from(place * step % 83)).collect();
    let pair = JoinedPair { weights: weights(&order, &parents), first: values(37), second: values(29) };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let globals = GLOBALS.map(|(_, statistic)| statistic(&pair, draws(499)).unwrap());
            let locals = LOCALS.map(|(_, statistic)| statistic(&pair, draws(499)).unwrap());
            (globals, locals)
        })
    };
    let alone = on(1);
    assert!(alone.1[0].regions.iter().any(|region| region.pseudo_p.is_some_and(|p| !p.exact)));
    assert_eq!(alone, on(2));
    assert_eq!(alone, on(8));
}

#[test]
fn a_value_at_its_expectation_is_no_cluster() {
    // The neighbour of region 0 has 2, which is the mean of the others; it must not look higher in another unit.
    let weights = weights(&[0, 1, 2, 3, 4], &[0, 1, 2]);
    for unit in [0.1, 0.3, 1.0, 1.0 / 3.0, 0.7] {
        let values = [9.0, 2.0, 1.0, 3.0, 2.0].map(|value: f64| value * unit).to_vec();
        let joined = Joined { weights: weights.clone(), values };
        let (g, star) = (local_g(&joined, draws(99)).unwrap(), local_g_star(&joined, draws(99)).unwrap());
        assert_eq!(
            (g.regions[0].candidate, g.regions[0].quadrant),
            (Cluster::NotSignificant, Quadrant::HighLow)
        );
        assert_eq!(star.regions[0].candidate, Cluster::NotSignificant);
        assert_eq!(g.regions[0].pseudo_p.unwrap().folded, 1.0);
    }
}

#[test]
fn what_cannot_be_had() {
    let weights = weights(&[0, 1, 2, 3], &[0, 1]);
    let with = |first: [f64; 4], second: [f64; 4]| JoinedPair {
        weights: weights.clone(),
        first: first.to_vec(),
        second: second.to_vec(),
    };
    let (good, bad) = ([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, f64::NAN, 4.0]);
    for (name, statistic) in LOCALS {
        let of = |pair: &JoinedPair| statistic(pair, draws(9)).unwrap_err();
        assert_eq!(of(&with([2.0; 4], good)), SpatialError::Constant, "{name}");
        assert_eq!(of(&with(bad, good)), SpatialError::NotFinite("2".into()), "{name}");
        let two = weights.among(&[true, true, false, false]);
        let few = JoinedPair { weights: two, first: vec![1.0, 2.0], second: vec![1.0, 2.0] };
        assert_eq!(of(&few), SpatialError::TooFewRegions { found: 2, needed: 3 }, "{name}");
    }
    for (name, statistic) in GLOBALS {
        let of = |pair: &JoinedPair| statistic(pair, draws(9)).unwrap_err();
        assert_eq!(of(&with([2.0; 4], [2.0; 4])), SpatialError::Constant, "{name}");
        assert_eq!(of(&with(bad, good)), SpatialError::NotFinite("2".into()), "{name}");
        let alone = JoinedPair { weights: weights.among(&[true, false, true, true]), ..with(good, [1.0; 4]) };
        let alone = JoinedPair { first: vec![1.0, 2.0, 4.0], second: vec![1.0, 2.0, 1.0], ..alone };
        assert_eq!(of(&alone), SpatialError::NoLinks, "{name}");
    }
    let negative = Joined { weights: weights.clone(), values: vec![1.0, -2.0, 3.0, 4.0] };
    let single = Joined { weights, values: vec![0.0, 0.0, 3.0, 0.0] };
    for statistic in [local_g, local_g_star] {
        assert_eq!(statistic(&negative, draws(9)), Err(SpatialError::Negative("1".into())));
        assert_eq!(statistic(&single, draws(9)), Err(SpatialError::OnlyOneAboveZero("2".into())));
    }
    assert_eq!(general_g(&negative, draws(9)), Err(SpatialError::Negative("1".into())));
    assert_eq!(general_g(&single, draws(9)), Err(SpatialError::OnlyOneAboveZero("2".into())));
}
