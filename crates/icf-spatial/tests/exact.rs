//! What can be known exactly: lattices by hand, every arrangement counted, islands, wrong input.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_spatial::{
    Adjustment, Cluster, Joined, LabelBy, Labelling, Permutations, Quadrant, SpatialError, Weights, label,
    local_moran, moran, moran_value,
};
use icf_units::RegionId;
use proptest::prelude::*;

fn ids(n: usize) -> Vec<RegionId> {
    (0..n).map(|number| RegionId::new(&number.to_string())).collect()
}

/// Rook links of a lattice three wide.
fn lattice() -> Weights {
    let mut links = Vec::new();
    for cell in 0..9 {
        if cell % 3 < 2 {
            links.push((cell, cell + 1));
        }
        if cell < 6 {
            links.push((cell, cell + 3));
        }
    }
    Weights::from_links(ids(9), &links).unwrap()
}

const DRAWS: Permutations<'_> = Permutations { count: 50_000, seed: 1, purpose: "exact" };

#[test]
fn a_lattice_by_hand() {
    let joined = Joined { weights: lattice(), values: (1..=9).map(f64::from).collect() };
    let result = moran(&joined, Permutations { count: 999, ..DRAWS }).unwrap();
    assert!((result.value - 0.5).abs() < 1e-15);
    assert!((result.variance_randomisation.unwrap() - 0.059_687_5).abs() < 1e-15);
    assert!((result.variance_normality.unwrap() - 0.053_125).abs() < 1e-15);
    assert_eq!(result.tie_share, 0.0);
}

#[test]
fn where_all_are_neighbours_of_all_nothing_varies() {
    for n in 3..=12 {
        let links: Vec<_> = (0..n).flat_map(|a| (0..a).map(move |b| (b, a))).collect();
        for weights in
            [Weights::from_links(ids(n), &links).unwrap()].map(|w| [w.row_standardised(), w]).concat()
        {
            let values = (0..n).map(|place| f64::from(u8::try_from(place * place).unwrap()) / 7.0).collect();
            let found = moran(&Joined { weights, values }, Permutations { count: 99, ..DRAWS }).unwrap();
            assert!((found.value - found.expected).abs() < 1e-14, "{n}");
            let undefined = [found.z_normality(), found.z_randomisation()];
            assert_eq!(
                (undefined, found.p_normality(), found.p_randomisation()),
                ([None; 2], None, None),
                "{n}"
            );
            assert_eq!((found.pseudo_p.greater, found.pseudo_p.folded), (1.0, 1.0), "{n}");
        }
    }
}

#[test]
fn a_region_with_nearly_all_the_others_as_neighbours_is_enumerated() {
    // Each of 40 regions lacks the one opposite: C(39, 38) = 39 neighbour sets.
    let links: Vec<_> =
        (0..40).flat_map(|a| (0..a).map(move |b| (b, a))).filter(|(b, a)| a - b != 20).collect();
    let weights = Weights::from_links(ids(40), &links).unwrap().row_standardised();
    let values: Vec<f64> = (0..40_u32).map(|place| f64::from(place * place % 41)).collect();
    let lisa = local_moran(&Joined { weights, values: values.clone() }, DRAWS).unwrap();
    let mean = values.iter().sum::<f64>() / 40.0;
    for (place, region) in lisa.regions.iter().enumerate() {
        let p = region.pseudo_p.unwrap();
        assert!(p.exact);
        // A set is known by the one it lacks: of high regions the lag is as high where that one is as low.
        let lacks = values[(place + 20) % 40];
        let high = values[place] > mean;
        let others = values.iter().enumerate().filter(|(other, _)| *other != place);
        let greater =
            others.filter(|(_, value)| if high { **value <= lacks } else { **value >= lacks }).count();
        assert_eq!(p.greater, f64::from(u8::try_from(greater).unwrap()) / 39.0, "{place}");
    }
}

/// All orders of the places 0..n.
fn arrangements(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for shorter in arrangements(n - 1) {
        for place in 0..n {
            let mut longer = shorter.clone();
            longer.insert(place, n - 1);
            all.push(longer);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_enumerated_p_is_a_count_over_all_arrangements(
        values in prop::collection::vec(prop::sample::select(vec![0.0, 1.0, 2.0, 5.5]), 4..8)
            .prop_filter("not constant", |values| values.iter().any(|value| *value != values[0])),
    ) {
        let n = values.len();
        let chain: Vec<(usize, usize)> = (1..n).map(|place| (place - 1, place)).collect();
        let weights = Weights::from_links(ids(n), &chain).unwrap().row_standardised();
        let joined = Joined { weights: weights.clone(), values: values.clone() };
        let result = moran(&joined, DRAWS).unwrap();
        prop_assert!(result.pseudo_p.exact);
        let (mut greater, mut sum, mut total) = (0.0, 0.0, 0.0);
        for order in arrangements(n) {
            let shuffled = order.iter().map(|place| values[*place]).collect();
            let value = moran_value(&Joined { weights: weights.clone(), values: shuffled }).unwrap();
            total += 1.0;
            sum += value;
            greater += f64::from(u8::from(value >= result.value - 1e-9));
        }
        prop_assert!((result.pseudo_p.greater - greater / total).abs() < 1e-12);
        // The mean over all arrangements is the expectation.
        prop_assert!((sum / total - result.expected).abs() < 1e-9);
    }

    #[test]
    fn relabelling_leaves_statistics_and_moments_alone(
        values in prop::collection::vec(-1e3..1e3_f64, 9),
        turn in 1_usize..9,
    ) {
        let joined = Joined { weights: lattice(), values: values.clone() };
        let a = moran(&joined, Permutations { count: 99, ..DRAWS }).unwrap();
        // Region i becomes region (i + turn) mod 9, links and all.
        let moved = |place: usize| (place + turn) % 9;
        let mut links = Vec::new();
        for i in 0..9 {
            links.extend(lattice().row(i).map(|(j, _)| (moved(i), moved(j))));
        }
        let mut turned = vec![0.0; 9];
        for (place, value) in values.iter().enumerate() {
            turned[moved(place)] = *value;
        }
        let joined = Joined { weights: Weights::from_links(ids(9), &links).unwrap(), values: turned };
        let b = moran(&joined, Permutations { count: 99, ..DRAWS }).unwrap();
        prop_assert!((a.value - b.value).abs() < 1e-12);
        prop_assert!((a.variance_randomisation.unwrap() - b.variance_randomisation.unwrap()).abs() < 1e-12);
    }
}

#[test]
fn local_draws_of_unequal_weights_are_enumerated_in_order() {
    // Region 0 has two neighbours; doubling one link makes its weights unequal.
    let weights = Weights::from_links(ids(5), &[(0, 1), (0, 2), (3, 4)]).unwrap().row_standardised();
    let joined = Joined { weights, values: vec![1.0, 4.0, 2.0, 9.0, 3.0] };
    let lisa = local_moran(&joined, DRAWS).unwrap();
    let p = lisa.regions[0].pseudo_p.unwrap();
    assert!(p.exact);
    // Region 0 is low (1 against a mean of 3.8); sets of two of {4, 2, 9, 3} with a sum of at most 6 as the
    // observed one has: {4, 2}, {2, 3}. I_0 is large when the lag is low: 2 of 6.
    assert!((p.greater - 2.0 / 6.0).abs() < 1e-15, "{p:?}");
}

#[test]
fn an_island_is_no_test() {
    let weights = Weights::from_links(ids(5), &[(0, 1), (1, 2), (2, 3)]).unwrap().row_standardised();
    let lisa = local_moran(&Joined { weights, values: vec![1.0, 2.0, 3.0, 5.0, 9.0] }, DRAWS).unwrap();
    let labels = label(
        &lisa,
        Labelling { significance: 0.05, by: LabelBy::P, adjustment: Adjustment::BenjaminiHochberg },
    );
    assert_eq!(lisa.regions[4].pseudo_p, None);
    assert_eq!((labels[4].q, labels[4].cluster), (None, Cluster::Isolated));
    assert_eq!((labels[4].cluster.geoda_code(), labels[4].cluster.as_str()), (6, "isolated"));
    assert!(labels[..4].iter().all(|label| label.q.is_some()));
}

#[test]
fn a_value_at_the_mean_belongs_to_no_quadrant() {
    let weights = Weights::from_links(ids(3), &[(0, 1), (1, 2)]).unwrap().row_standardised();
    let lisa = local_moran(&Joined { weights, values: vec![0.1, 0.2, 0.3] }, DRAWS).unwrap();
    assert_eq!(lisa.regions[1].quadrant, Quadrant::Undefined);
}

#[test]
fn what_cannot_be_had() {
    let with = |values: Vec<f64>| {
        moran_value(&Joined { weights: Weights::from_links(ids(values.len()), &[(0, 1)]).unwrap(), values })
    };
    assert_eq!(with(vec![2.0; 5]), Err(SpatialError::Constant));
    assert_eq!(with(vec![1.0, 2.0]), Err(SpatialError::TooFewRegions { found: 2, needed: 3 }));
    assert_eq!(with(vec![1.0, f64::NAN, 2.0]), Err(SpatialError::NotFinite("1".into())));
    let alone = Joined { weights: Weights::from_links(ids(3), &[]).unwrap(), values: vec![1.0, 2.0, 3.0] };
    assert_eq!(moran_value(&alone), Err(SpatialError::NoLinks));
}
