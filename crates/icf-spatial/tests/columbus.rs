//! Columbus, Ohio: 49 neighbourhoods, held against the figures that others print.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_spatial::{
    Adjustment, Joined, LabelBy, Labelling, Permutations, Quadrant, Weights, join, label, local_moran, moran,
    moran_value,
};
use icf_units::RegionId;

/// Rows of a file, without comments and header.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn regions() -> Vec<Vec<&'static str>> {
    rows(include_str!("data/columbus.csv")).collect()
}

fn weights(links: &'static str) -> Weights {
    let ids: Vec<RegionId> = regions().iter().map(|row| RegionId::new(row[0])).collect();
    let place = |id: &str| ids.iter().position(|known| known.as_str() == id).unwrap();
    let links: Vec<_> = rows(links).map(|row| (place(row[0]), place(row[1]))).collect();
    Weights::from_links(ids.clone(), &links).unwrap()
}

fn queen() -> Weights {
    weights(include_str!("data/columbus_queen.csv"))
}

fn joined(column: usize) -> Joined {
    let values: Vec<_> =
        regions().iter().map(|row| (RegionId::new(row[0]), Some(row[column].parse().unwrap()))).collect();
    join(&queen(), &values).unwrap()
}

const DRAWS: Permutations<'_> = Permutations { count: 999, seed: 42, purpose: "columbus" };

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1e-3), "{found} is not {expected}");
}

#[test]
fn links() {
    assert_eq!((queen().links(), queen().components()), (236, 1));
    assert_eq!(weights(include_str!("data/columbus_rook.csv")).links(), 200);
}

#[test]
fn global_values_and_moments() {
    let crime = moran(&joined(1), DRAWS).unwrap();
    close(crime.value, 0.500_188_557_182_861_1, 1e-13);
    close(crime.expected, -1.0 / 48.0, 1e-15);
    close(crime.variance_randomisation.unwrap(), 0.008_689_289_201_332, 1e-12);
    close(crime.variance_normality.unwrap(), 0.008_563_413_119_405, 1e-12);
    assert_eq!(crime.pseudo_p.greater, 0.001);
    close(moran_value(&joined(2)).unwrap(), 0.415_628_778_278_423_7, 1e-13);
    close(moran_value(&joined(3)).unwrap(), 0.180_093_114_317_273, 1e-12);
}

#[test]
fn local_values_quadrants_and_moments() {
    let lisa = local_moran(&joined(1), DRAWS).unwrap();
    let mut counts = [0; 4];
    for (region, row) in lisa.regions.iter().zip(regions()) {
        close(region.value, row[4].parse().unwrap(), 1e-11);
        let code = region.quadrant.pysal_code().unwrap();
        assert_eq!(code, row[5].parse::<usize>().unwrap(), "{}", region.region);
        counts[code - 1] += 1;
        // esda divides by n where I_i divides by n − 1.
        let n = 49.0;
        close(region.expected * n / (n - 1.0), row[6].parse().unwrap(), 1e-10);
    }
    assert_eq!(counts, [21, 5, 20, 3]);
}

#[test]
fn conditional_moments_are_those_of_all_draws() {
    // The mean and variance over every set of neighbours, for a region with two of them.
    let lisa = local_moran(&joined(1), DRAWS).unwrap();
    let data = joined(1);
    let region = (0..49).find(|region| data.weights.row(*region).count() == 2).unwrap();
    let mean = data.values.iter().sum::<f64>() / 49.0;
    let z: Vec<f64> = data.values.iter().map(|value| value - mean).collect();
    let squares: f64 = z.iter().map(|z| z * z).sum();
    let others: Vec<f64> = (0..49).filter(|other| *other != region).map(|other| z[other]).collect();
    let mut simulated = Vec::new();
    for a in 0..48 {
        for b in a + 1..48 {
            simulated.push(48.0 * z[region] * 0.5 * (others[a] + others[b]) / squares);
        }
    }
    let count = 48.0 * 47.0 / 2.0;
    let mean = simulated.iter().sum::<f64>() / count;
    let variance = simulated.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    close(lisa.regions[region].expected, mean, 1e-10);
    close(lisa.regions[region].variance, variance, 1e-10);

    // C(48, 2) = 1128 sets: enumerated for 9,999 permutations, sampled for 999, and the two agree.
    let many = Permutations { count: 9_999, ..DRAWS };
    let exact = local_moran(&joined(1), many).unwrap().regions[region].pseudo_p.unwrap();
    let sampled = lisa.regions[region].pseudo_p.unwrap();
    assert!(exact.exact && !sampled.exact);
    let greater = simulated.iter().filter(|value| **value >= lisa.regions[region].value - 1e-12).count();
    #[expect(clippy::cast_precision_loss, reason = "there are 1128 sets")]
    let share = greater as f64 / count;
    close(exact.greater, share, 1e-12);
    // Five standard errors of a share over 999 draws.
    assert!((exact.folded - sampled.folded).abs() < 5.0 * (0.25_f64 / 999.0).sqrt());
}

#[test]
fn labels() {
    let lisa = local_moran(&joined(1), DRAWS).unwrap();
    let by_p = label(
        &lisa,
        Labelling { significance: 0.05, by: LabelBy::P, adjustment: Adjustment::BenjaminiHochberg },
    );
    let by_q = label(
        &lisa,
        Labelling { significance: 0.05, by: LabelBy::Q, adjustment: Adjustment::BenjaminiHochberg },
    );
    let significant = |labels: &[icf_spatial::LisaRegion]| {
        labels.iter().filter(|region| region.cluster.geoda_code() > 0).count()
    };
    assert!(significant(&by_q) < significant(&by_p));
    for ((region, label), p) in lisa.regions.iter().zip(&by_p).zip(&lisa.regions) {
        let p = p.pseudo_p.unwrap().folded;
        assert!(label.q.unwrap() >= p);
        assert_eq!(label.cluster.geoda_code() > 0, p <= 0.05 && region.quadrant != Quadrant::Undefined);
    }
}

#[test]
fn the_order_of_rows_and_a_change_of_unit_change_nothing() {
    let values: Vec<(RegionId, Option<f64>)> =
        regions().iter().map(|row| (RegionId::new(row[0]), Some(row[1].parse().unwrap()))).collect();
    let mut reversed = values.clone();
    reversed.reverse();
    assert_eq!(join(&queen(), &values), join(&queen(), &reversed));
    let scaled: Vec<_> =
        values.iter().map(|(id, value)| (id.clone(), value.map(|value| 7.0 - 3.0 * value))).collect();
    let (a, b) = (join(&queen(), &values).unwrap(), join(&queen(), &scaled).unwrap());
    close(moran_value(&b).unwrap(), moran_value(&a).unwrap(), 1e-12);
}

#[test]
fn threads_change_nothing() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (moran(&joined(1), DRAWS).unwrap(), local_moran(&joined(1), DRAWS).unwrap()))
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(8));
}
