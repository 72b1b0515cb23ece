//! What no order of rows and no choice of unit may change, through time.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_spatial::{
    CoLocation, Cutoffs, Permutations, Quadrant, Rose, Weights, co_location, gravity_centre, gravity_track,
    lisa_markov, rose, spatial_markov, transition,
};
use icf_units::RegionId;
use proptest::prelude::*;

const N: usize = 6;

/// A ring of regions with one chord, region i standing at place (i + turn) mod N.
fn ring(turn: usize) -> Weights {
    let moved = |place: usize| (place + turn) % N;
    let mut links: Vec<_> = (0..N).map(|place| (moved(place), moved((place + 1) % N))).collect();
    links.push((moved(0), moved(3)));
    let ids = (0..N).map(|place| RegionId::new(&((place + N - turn) % N).to_string()));
    Weights::from_links(ids, &links).unwrap()
}

fn turned<T: Copy>(values: &[T], turn: usize) -> Vec<T> {
    (0..N).map(|place| values[(place + N - turn) % N]).collect()
}

fn quadrants() -> impl Strategy<Value = Quadrant> {
    use Quadrant::{HighHigh, HighLow, LowHigh, LowLow, Undefined};
    prop::sample::select(vec![HighHigh, LowHigh, LowLow, HighLow, Undefined])
}

fn years() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    let value = prop::option::weighted(0.9, prop::sample::select(vec![1.0, 2.0, 3.5, 5.0, 8.0]));
    prop::collection::vec(prop::collection::vec(value, N), 2..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spatial_chains_do_not_depend_on_the_order(years in years(), turn in 1..N) {
        let cutoffs = Cutoffs::Given(&[2.25, 4.25]);
        let a = spatial_markov(&ring(0), &years, cutoffs, cutoffs).unwrap();
        let moved: Vec<_> = years.iter().map(|year| turned(year, turn)).collect();
        let b = spatial_markov(&ring(turn), &moved, cutoffs, cutoffs).unwrap();
        prop_assert_eq!(&a.conditional, &b.conditional);
        // Every move of a region with a value in both years and a lag is in one chain.
        let mut moves = 0;
        for (year, pair) in years.windows(2).enumerate() {
            moves += (0..N)
                .filter(|i| pair[0][*i].is_some() && pair[1][*i].is_some() && a.lag_classes[year][*i].is_some())
                .count() as u64;
        }
        prop_assert_eq!(a.overall.moves(), moves);
        for test in a.homogeneity.iter().flat_map(|test| [test.chi_square, test.likelihood_ratio]) {
            prop_assert!(test.statistic >= 0.0 && test.statistic.is_finite());
            prop_assert!(test.p.is_none_or(|p| p > 0.0 && p <= 1.0));
        }
    }

    #[test]
    fn quadrant_moves_add_up(years in prop::collection::vec(prop::collection::vec(quadrants(), N), 2..6)) {
        let markov = lisa_markov(&years);
        let moves = years.windows(2).flat_map(|pair| pair[0].iter().zip(&pair[1]));
        let expected = moves.filter(|(from, to)| transition(**from, **to).is_some()).count() as u64;
        prop_assert_eq!(markov.chain.moves(), expected);
        prop_assert_eq!(markov.types.iter().sum::<u64>(), expected);
        if let Some(test) = markov.independence {
            for (row, counts) in test.expected.iter().zip(&markov.chain.counts) {
                #[expect(clippy::cast_precision_loss, reason = "there are a few moves")]
                let all = counts.iter().sum::<u64>() as f64;
                prop_assert!((row.iter().sum::<f64>() - all).abs() < 1e-12);
            }
            prop_assert!(test.test.statistic.is_finite());
            prop_assert!(test.test.p.is_none_or(|p| p > 0.0 && p <= 1.0));
        }
    }

    #[test]
    fn directions_do_not_depend_on_the_order(
        first in prop::collection::vec(-1e3..1e3_f64, N),
        last in prop::collection::vec(-1e3..1e3_f64, N),
        turn in 1..N,
    ) {
        // All 720 arrangements are counted.
        let draws = Permutations { count: 720, seed: 1, purpose: "order" };
        let a = rose(&ring(0), &first, &last, 8, draws).unwrap();
        let b = rose(&ring(turn), &turned(&first, turn), &turned(&last, turn), 8, draws).unwrap();
        prop_assert_eq!(&a.sectors, &b.sectors);
        // Twice the change points the same way.
        let further: Vec<f64> = first.iter().zip(&last).map(|(first, last)| 2.0 * (last - first)).collect();
        let c = rose(&ring(0), &[0.0; N], &further, 8, draws).unwrap();
        let counts =
            |rose: &Rose| rose.sectors.iter().map(|sector| sector.count).collect::<Vec<_>>();
        prop_assert_eq!(counts(&a), counts(&c));
        for p in a.sectors.iter().map(|sector| sector.pseudo_p) {
            let all = [p.greater, p.less, p.two_sided, p.folded, p.directed];
            prop_assert!(p.exact && all.iter().all(|p| *p > 0.0 && *p <= 1.0));
        }
    }

    #[test]
    fn centres_move_with_the_map(
        points in prop::collection::vec(prop::array::uniform2(-1e6..1e6_f64), N),
        weights in prop::collection::vec(0.1..9.0_f64, N),
        shift in prop::array::uniform2(-1e6..1e6_f64),
        degrees in 1.0..89.0_f64,
    ) {
        let some: Vec<_> = weights.iter().copied().map(Some).collect();
        let found = gravity_centre(&points, &some).unwrap().unwrap();
        // Weights in another unit, points moved and turned clockwise.
        let tenfold: Vec<_> = weights.iter().map(|weight| Some(10.0 * weight)).collect();
        let (sin, cos) = degrees.to_radians().sin_cos();
        let turn = |[x, y]: [f64; 2]| [x * cos + y * sin + shift[0], y * cos - x * sin + shift[1]];
        let moved: Vec<_> = points.iter().map(|point| turn(*point)).collect();
        let other = gravity_centre(&moved, &tenfold).unwrap().unwrap();
        let expected = turn(found.centre);
        prop_assert!((other.centre[0] - expected[0]).hypot(other.centre[1] - expected[1]) < 1e-6);
        prop_assert!((other.major - found.major).abs() < 1e-9 * found.major);
        prop_assert!((other.minor - found.minor).abs() < 1e-6 * found.major);
        prop_assert!(found.minor <= found.major);
        if found.minor < 0.9 * found.major {
            let turned = (other.angle.unwrap() - found.angle.unwrap() - degrees).rem_euclid(180.0);
            prop_assert!(turned.min(180.0 - turned) < 1e-6, "{turned}");
        }
        // There and back is no move, and twice the way.
        let back = vec![Some(1.0); N];
        let track = gravity_track(&points, &[some.clone(), back, some]).unwrap();
        prop_assert_eq!(track.overall.unwrap().kilometres, 0.0);
        prop_assert!((track.path_kilometres - 2.0 * track.moves[0].unwrap().kilometres).abs() < 1e-9);
    }

    #[test]
    fn maps_agree_either_way_round(
        first in prop::collection::vec(prop::sample::select(CoLocation::ORDER.to_vec()), N),
        second in prop::collection::vec(prop::sample::select(CoLocation::ORDER.to_vec()), N),
    ) {
        let (a, b) = (co_location(&first, &second), co_location(&second, &first));
        prop_assert_eq!((a.agreement, a.clusters_agreement), (b.agreement, b.clusters_agreement));
        prop_assert_eq!(a.kappa, b.kappa);
        let same = |a: f64, b: f64| (a - b).abs() < 1e-12 && (0.0..=1.0).contains(&a);
        prop_assert!(a.cramers_v.zip(b.cramers_v).is_none_or(|(a, b)| same(a, b)));
        prop_assert_eq!(a.cramers_v.is_some(), b.cramers_v.is_some());
        let agreeing = first.iter().zip(&second).filter(|(a, b)| a == b).count();
        prop_assert_eq!(a.regions.iter().flatten().count(), agreeing);
        prop_assert!(a.kappa.is_none_or(|kappa| (-1.0..=1.0).contains(&kappa)));
        prop_assert!(a.count(first[0], second[0]) > 0);
        prop_assert!(a.regions.iter().zip(&first).all(|(found, first)| found.is_none_or(|found| found == *first)));
    }
}
