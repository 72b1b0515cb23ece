//! Every kind of weights, held against those that libpysal and spdep make.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use std::collections::BTreeMap;

use icf_spatial::{
    Bandwidth, Decay, Distance, Kernel, Orders, Points, Weights, block_weights, distance_band, higher_order,
    kernel_weights, nearest_neighbours,
};
use icf_units::RegionId;
use proptest::prelude::*;

/// Rows of a file, without comments and header.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn columbus() -> Points {
    let places = rows(include_str!("data/columbus_points.csv"))
        .map(|row| (RegionId::new(row[0]), [row[1].parse().unwrap(), row[2].parse().unwrap()]));
    Points::new(places.collect::<Vec<_>>(), Distance::Planar).unwrap()
}

fn contiguous(links: &'static str) -> Weights {
    let ids: Vec<RegionId> = (1..=49).map(|id| RegionId::new(&id.to_string())).collect();
    let links: Vec<(usize, usize)> = rows(links)
        .map(|row| (row[0].parse::<usize>().unwrap() - 1, row[1].parse::<usize>().unwrap() - 1))
        .collect();
    Weights::from_links(ids, &links).unwrap()
}

fn queen() -> Weights {
    contiguous(include_str!("data/columbus_queen.csv"))
}

fn rook() -> Weights {
    contiguous(include_str!("data/columbus_rook.csv"))
}

/// Neighbours by id, ascending as numbers.
fn neighbours(weights: &Weights, region: usize) -> Vec<usize> {
    let mut ids: Vec<usize> =
        weights.row(region).map(|(place, _)| weights.ids()[place].as_str().parse().unwrap()).collect();
    ids.sort_unstable();
    ids
}

#[track_caller]
fn same_links(kind: &str, weights: &Weights) {
    let expected: BTreeMap<&str, Vec<usize>> = rows(include_str!("data/libpysal_links.csv"))
        .filter(|row| row[0] == kind)
        .map(|row| (row[1], row[2].split(' ').map(|id| id.parse().unwrap()).collect()))
        .collect();
    assert!(!expected.is_empty(), "{kind}");
    for (region, id) in weights.ids().iter().enumerate() {
        let expected = expected.get(id.as_str()).cloned().unwrap_or_default();
        assert_eq!(neighbours(weights, region), expected, "{kind} {id}");
    }
    assert!((0..weights.len()).all(|region| weights.row(region).all(|(_, weight)| weight == 1.0)));
}

#[track_caller]
fn same_weights(kind: &str, weights: &Weights) {
    let place = |id: &str| weights.ids().iter().position(|known| known.as_str() == id).unwrap();
    let mut found = 0;
    for row in rows(include_str!("data/libpysal_weights.csv")).filter(|row| row[0] == kind) {
        let weight = weights.weight(place(row[1]), place(row[2]));
        let expected: f64 = row[3].parse().unwrap();
        // Both take a difference from one: what is left of a weight near zero has fewer digits.
        assert!((weight - expected).abs() <= 1e-12 * expected.max(1e-3), "{kind} {row:?}: {weight}");
        found += 1;
    }
    let of_the_first_eight: usize = (0..8).map(|region| weights.row(region).count()).sum();
    assert_eq!(found, of_the_first_eight, "{kind}");
}

#[test]
fn nearest() {
    same_links("knn4", &nearest_neighbours(&columbus(), 4).unwrap());
    same_links("knn1", &nearest_neighbours(&columbus(), 1).unwrap());
}

#[test]
fn bands() {
    let band = |decay| distance_band(&columbus(), 4.0, decay).unwrap();
    same_links("band", &band(Decay::Binary));
    same_weights("inverse1", &band(Decay::InversePower(1.0)));
    same_weights("inverse2", &band(Decay::InversePower(2.0)));
}

#[test]
fn the_smallest_threshold() {
    // libpysal 4.14.1: min_threshold_distance.
    let threshold = columbus().smallest_threshold().unwrap();
    assert!((threshold - 3.374_271_379_127_941_3).abs() < 1e-14, "{threshold}");
}

#[test]
fn kernels() {
    for (name, kernel) in [
        ("triangular", Kernel::Triangular),
        ("uniform", Kernel::Uniform),
        ("quadratic", Kernel::Quadratic),
        ("quartic", Kernel::Quartic),
        ("gaussian", Kernel::Gaussian),
    ] {
        let weights = |bandwidth| kernel_weights(&columbus(), kernel, bandwidth).unwrap();
        same_weights(&format!("widest2_{name}"), &weights(Bandwidth::Widest { k: 2 }));
        same_weights(&format!("adaptive5_{name}"), &weights(Bandwidth::Adaptive { k: 5 }));
    }
    let fixed = kernel_weights(&columbus(), Kernel::Quadratic, Bandwidth::Fixed(3.5)).unwrap();
    same_weights("fixed_quadratic", &fixed);
}

#[test]
fn orders() {
    same_links("order2", &higher_order(&queen(), 2, Orders::Only).unwrap());
    same_links("order3", &higher_order(&queen(), 3, Orders::Only).unwrap());
    same_links("order3_upto", &higher_order(&queen(), 3, Orders::UpTo).unwrap());
    // spdep 1.2.7: the links of nblag(queen, 3), and of nblag_cumul of it.
    let links = |order, orders| higher_order(&queen(), order, orders).unwrap().links();
    assert_eq!([1, 2, 3].map(|order| links(order, Orders::Only)), [236, 416, 486]);
    assert_eq!(links(3, Orders::UpTo), 1138);
}

#[test]
fn blocks_and_sets() {
    let groups = (0..49).map(|place| (RegionId::new(&(place + 1).to_string()), Some(place % 3)));
    same_links("block", &block_weights(groups).unwrap());
    let nearest = nearest_neighbours(&columbus(), 4).unwrap();
    same_links("union", &rook().union(&nearest).unwrap());
    same_links("intersection", &rook().intersection(&nearest).unwrap());
    same_links("difference", &queen().difference(&rook()).unwrap());
}

#[test]
fn on_the_globe() {
    let file: Vec<_> = rows(include_str!("data/spdep_globe.csv")).collect();
    let number = |text: &str| text.parse::<f64>().unwrap();
    let places = file.iter().map(|row| (RegionId::new(row[0]), [number(row[1]), number(row[2])]));
    let points = Points::new(places.collect::<Vec<_>>(), Distance::GreatCircle).unwrap();
    let nearest = nearest_neighbours(&points, 3).unwrap();
    let band = distance_band(&points, 600.0, Decay::Binary).unwrap();
    let ids = |text: &str| -> Vec<usize> { text.split_whitespace().map(|id| id.parse().unwrap()).collect() };
    for (region, row) in file.iter().enumerate() {
        assert_eq!(neighbours(&nearest, region), ids(row[3]), "{}", row[0]);
        assert_eq!(neighbours(&band, region), ids(row[4]), "{}", row[0]);
        for (other, km) in ids(row[4]).into_iter().zip(row[5].split_whitespace()) {
            // A sphere is within 0.56 % of the ellipsoid.
            let ratio = points.between(region, other - 1) / number(km);
            assert!((ratio - 1.0).abs() < 0.0056, "{} {other} {ratio}", row[0]);
        }
    }
}

/// The weights by id, so that their order plays no part.
fn by_id(weights: &Weights) -> BTreeMap<(String, String), f64> {
    let id = |place: usize| weights.ids()[place].to_string();
    (0..weights.len())
        .flat_map(|i| weights.row(i).map(move |(j, weight)| (i, j, weight)))
        .map(|(i, j, weight)| ((id(i), id(j)), weight))
        .collect()
}

fn made(places: &[(RegionId, [f64; 2])], distance: Distance) -> [Weights; 4] {
    let points = Points::new(places.to_vec(), distance).unwrap();
    let threshold = points.smallest_threshold().unwrap();
    [
        nearest_neighbours(&points, 2).unwrap(),
        distance_band(&points, threshold, Decay::InversePower(2.0)).unwrap(),
        kernel_weights(&points, Kernel::Gaussian, Bandwidth::Adaptive { k: 2 }).unwrap(),
        kernel_weights(&points, Kernel::Triangular, Bandwidth::Widest { k: 2 }).unwrap(),
    ]
}

proptest! {
    /// Points far from all lattices, so that no two distances are equal.
    #[test]
    fn order_of_regions_and_number_of_threads_change_nothing(
        at in proptest::collection::vec((-179.0..179.0f64, -80.0..80.0f64), 4..60),
        globe in any::<bool>(),
    ) {
        let distance = if globe { Distance::GreatCircle } else { Distance::Planar };
        let places: Vec<(RegionId, [f64; 2])> = at
            .iter()
            .enumerate()
            .map(|(place, &(x, y))| (RegionId::new(&place.to_string()), [x, y]))
            .collect();
        let mut other_way: Vec<_> = places.clone();
        other_way.reverse();
        let threads = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let here = one.install(|| made(&places, distance));
        prop_assert_eq!(&here, &threads.install(|| made(&places, distance)));
        for (here, there) in here.iter().zip(&made(&other_way, distance)) {
            prop_assert_eq!(by_id(here), by_id(there));
        }
    }

    #[test]
    fn turning_the_globe_changes_no_neighbour(
        at in proptest::collection::vec((-179.0..179.0f64, -80.0..80.0f64), 4..40),
        turn in -180.0..180.0f64,
    ) {
        let places = |turn: f64| -> Vec<(RegionId, [f64; 2])> {
            let turned = |(place, &(x, y)): (usize, &(f64, f64))| {
                (RegionId::new(&place.to_string()), [(x + turn + 540.0) % 360.0 - 180.0, y])
            };
            at.iter().enumerate().map(turned).collect()
        };
        let nearest = |turn| made(&places(turn), Distance::GreatCircle)[0].clone();
        prop_assert_eq!(nearest(0.0), nearest(turn));
    }
}
