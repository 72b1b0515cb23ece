//! Local Moran's I and its clusters.

use icf_random::Stream;
use icf_units::RegionId;
use rayon::prelude::*;

use crate::moments::Deviations;
use crate::pseudo_p::Tally;
use crate::{Joined, Permutations, PseudoP, SpatialError, benjamini_hochberg};

/// Place in the Moran scatter: own value, then the neighbours'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadrant {
    /// High among high.
    HighHigh,
    /// Low among high.
    LowHigh,
    /// Low among low.
    LowLow,
    /// High among low.
    HighLow,
    /// On an axis, or without a neighbour.
    Undefined,
}

impl Quadrant {
    /// `HH`, `LH`, `LL`, `HL` or `undefined`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HighHigh => "HH",
            Self::LowHigh => "LH",
            Self::LowLow => "LL",
            Self::HighLow => "HL",
            Self::Undefined => "undefined",
        }
    }

    /// PySAL's code: HH 1, LH 2, LL 3, HL 4; `None` where it has none.
    #[must_use]
    pub const fn pysal_code(self) -> Option<usize> {
        match self {
            Self::HighHigh => Some(1),
            Self::LowHigh => Some(2),
            Self::LowLow => Some(3),
            Self::HighLow => Some(4),
            Self::Undefined => None,
        }
    }

    /// Place among the four, in PySAL's order.
    pub(crate) fn place(self) -> Option<usize> {
        self.pysal_code().map(|code| code - 1)
    }

    pub(crate) const fn is_high(self) -> bool {
        matches!(self, Self::HighHigh | Self::HighLow)
    }

    pub(crate) const fn lag_is_high(self) -> bool {
        matches!(self, Self::HighHigh | Self::LowHigh)
    }
}

/// What a map shows of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cluster {
    /// Not significant.
    NotSignificant,
    /// Significant, of this quadrant.
    Of(Quadrant),
    /// Without a neighbour.
    Isolated,
}

impl Cluster {
    /// `HH`, `LH`, `LL`, `HL`, `ns`, `undefined` or `isolated`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSignificant => "ns",
            Self::Of(quadrant) => quadrant.as_str(),
            Self::Isolated => "isolated",
        }
    }

    /// GeoDa's code: 0 not significant, 1 HH, 2 LL, 3 LH, 4 HL, 5 undefined, 6 isolated.
    #[must_use]
    pub const fn geoda_code(self) -> usize {
        match self {
            Self::NotSignificant => 0,
            Self::Of(Quadrant::HighHigh) => 1,
            Self::Of(Quadrant::LowLow) => 2,
            Self::Of(Quadrant::LowHigh) => 3,
            Self::Of(Quadrant::HighLow) => 4,
            Self::Of(Quadrant::Undefined) => 5,
            Self::Isolated => 6,
        }
    }
}

/// Local Moran's I of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalMoran {
    /// The region.
    pub region: RegionId,
    /// I_i = (n − 1)·z_i·lag_i/Σz².
    pub value: f64,
    /// Standardised value (population standard deviation).
    pub z: f64,
    /// Spatial lag of the standardised values.
    pub lag: f64,
    /// Place in the Moran scatter.
    pub quadrant: Quadrant,
    /// Expectation of I_i with z_i held.
    pub expected: f64,
    /// Variance of I_i with z_i held.
    pub variance: f64,
    /// p-values; an island has none.
    pub pseudo_p: Option<PseudoP>,
}

/// Local Moran's I of every region with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Lisa {
    /// In the order of the weights.
    pub regions: Vec<LocalMoran>,
}

/// Which p-value decides, and at which level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelling {
    /// Level at or below which a region is significant.
    pub significance: f64,
    /// What is held against it.
    pub by: LabelBy,
}

/// What is held against the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelBy {
    /// The folded p.
    P,
    /// Its Benjamini–Hochberg q among the regions.
    Q,
}

/// A region's q and cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LisaRegion {
    /// Benjamini–Hochberg q of the folded p; an island is no test.
    pub q: Option<f64>,
    /// What a map shows.
    pub cluster: Cluster,
}

/// Local Moran's I: I_i = (n − 1)·z_i·lag_i/Σz², lag_i = Σ w_ij z_j.
///
/// The p-values are conditional: z_i stays, its neighbours are drawn from the other regions without replacement.
/// Where all neighbour sets (or, with unequal weights in the row, all ordered draws) number no more than the
/// permutations, they are enumerated and the p is exact. Otherwise permutation r draws one random order of the
/// other regions, of which every region takes as many as it has neighbours. All regions share these orders, as
/// PySAL does: each region's p is that of a proper random sample; only the errors of different regions' p are
/// correlated, which no label depends on.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Quadrant, Weights, local_moran};
/// let weights = Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2), (2, 3)]).unwrap();
/// let joined = Joined { weights: weights.row_standardised(), values: vec![1.0, 2.0, 3.0, 6.0] };
/// let lisa = local_moran(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// // Deviations −2, −1, 0, 3; Σz² = 14. Region a: 3·(−2)·(−1)/14.
/// assert!((lisa.regions[0].value - 6.0 / 14.0).abs() < 1e-15);
/// assert_eq!(lisa.regions[0].quadrant, Quadrant::LowLow);
/// assert_eq!(lisa.regions[2].quadrant, Quadrant::Undefined);
/// // One neighbour among three others: three sets, one of them as large.
/// assert!(lisa.regions[0].pseudo_p.unwrap().exact);
/// ```
///
/// Source: Anselin 1995, Geogr. Anal. 27; conditional moments after Sokal, Oden & Thomson 1998, Geogr. Anal. 30.
///
/// # Errors
/// When there are fewer than three regions with a value, or all values are equal.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn local_moran(joined: &Joined, permutations: Permutations<'_>) -> Result<Lisa, SpatialError> {
    let Joined { weights, values } = joined;
    let deviations = Deviations::of(weights.ids(), values)?;
    let n = values.len();
    let deviation = (deviations.squares / n as f64).sqrt();
    let largest = deviations.largest();
    let most = (0..n).map(|region| weights.neighbours(region).len()).max().unwrap_or(0);
    let orders = Orders::draw(n - 1, most, permutations);
    let regions = (0..n)
        .into_par_iter()
        .map(|region| {
            let z = deviations.z[region];
            let lag: f64 = weights.row(region).map(|(j, weight)| weight * deviations.z[j]).sum();
            let scale = (n - 1) as f64 * z / deviations.squares;
            let draws = Draws {
                others: deviations
                    .z
                    .iter()
                    .enumerate()
                    .filter(|(j, _)| *j != region)
                    .map(|(_, z)| *z)
                    .collect(),
                weights: weights.values(region),
                scale,
            };
            let (expected, variance) = draws.moments();
            let tolerance = 64.0 * f64::EPSILON * (scale * largest).abs();
            let tally = Tally::new(scale * lag, expected, tolerance);
            let pseudo_p = (!draws.weights.is_empty()).then(|| draws.p(tally, &orders, permutations.count));
            LocalMoran {
                region: weights.ids()[region].clone(),
                value: scale * lag,
                z: z / deviation,
                lag: lag / deviation,
                quadrant: quadrant(z, lag, deviations.noise, draws.weights.is_empty()),
                expected,
                variance,
                pseudo_p,
            }
        })
        .collect();
    Ok(Lisa { regions })
}

/// A deviation of zero belongs to no quadrant.
fn quadrant(z: f64, lag: f64, noise: f64, is_island: bool) -> Quadrant {
    if is_island || z.abs() <= noise || lag.abs() <= noise {
        return Quadrant::Undefined;
    }
    match (z > 0.0, lag > 0.0) {
        (true, true) => Quadrant::HighHigh,
        (false, true) => Quadrant::LowHigh,
        (false, false) => Quadrant::LowLow,
        (true, false) => Quadrant::HighLow,
    }
}

/// q and cluster of each region, in the order of the LISA.
#[must_use]
pub fn label(lisa: &Lisa, labelling: Labelling) -> Vec<LisaRegion> {
    let tested: Vec<f64> =
        lisa.regions.iter().filter_map(|region| region.pseudo_p.map(|p| p.folded)).collect();
    let mut q_values = benjamini_hochberg(&tested).into_iter();
    lisa.regions
        .iter()
        .map(|region| {
            let Some(p) = region.pseudo_p else {
                return LisaRegion { q: None, cluster: Cluster::Isolated };
            };
            let q = q_values.next().expect("there is a q for every p");
            let held = match labelling.by {
                LabelBy::P => p.folded,
                LabelBy::Q => q,
            };
            let cluster = match region.quadrant {
                Quadrant::Undefined => Cluster::Of(Quadrant::Undefined),
                quadrant if held <= labelling.significance => Cluster::Of(quadrant),
                _ => Cluster::NotSignificant,
            };
            LisaRegion { q: Some(q), cluster }
        })
        .collect()
}

/// Random orders of the other regions, as far as the region with most neighbours needs them.
struct Orders {
    places: Vec<u32>,
    width: usize,
}

impl Orders {
    fn draw(others: usize, width: usize, permutations: Permutations<'_>) -> Self {
        let width = width.min(others);
        let all: Vec<u32> = (0..u32::try_from(others).expect("there are fewer than 2^32 regions")).collect();
        let rows: Vec<Vec<u32>> = (0..permutations.count)
            .into_par_iter()
            .with_min_len(64)
            .map_init(
                || (all.clone(), Vec::with_capacity(width)),
                |(order, swapped), number| {
                    // Only the front is shuffled, and put back after: the order costs its width, not its length.
                    let mut stream = Stream::new(permutations.seed, permutations.purpose, number);
                    swapped.clear();
                    for place in 0..width {
                        let rest = u32::try_from(others - place).expect("there are fewer than 2^32 regions");
                        let other = place + stream.below(rest) as usize;
                        order.swap(place, other);
                        swapped.push(other);
                    }
                    let front = order[..width].to_vec();
                    for (place, other) in swapped.iter().enumerate().rev() {
                        order.swap(place, *other);
                    }
                    front
                },
            )
            .collect();
        Self { places: rows.concat(), width }
    }
}

/// The neighbours that a region might have had.
struct Draws<'a> {
    /// Deviations of the other regions.
    others: Vec<f64>,
    /// Weights of the region's row.
    weights: &'a [f64],
    /// What turns a lag into I_i.
    scale: f64,
}

impl Draws<'_> {
    /// Expectation and variance of I_i over draws without replacement.
    #[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
    fn moments(&self) -> (f64, f64) {
        let n = self.others.len() as f64;
        let mean = self.others.iter().sum::<f64>() / n;
        let spread = self.others.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>() / (n - 1.0);
        let sum: f64 = self.weights.iter().sum();
        let squares: f64 = self.weights.iter().map(|weight| weight * weight).sum();
        (self.scale * sum * mean, self.scale * self.scale * spread * (squares - sum * sum / n))
    }

    fn p(&self, mut tally: Tally, orders: &Orders, permutations: u32) -> PseudoP {
        let equal = self.weights.iter().all(|weight| *weight == self.weights[0]);
        let arrangements = if equal { self.sets() } else { self.ordered_draws() };
        if arrangements.is_some_and(|arrangements| arrangements <= u64::from(permutations)) {
            let mut taken = Vec::with_capacity(self.weights.len());
            self.enumerate(&mut tally, &mut taken, 0, equal);
            return tally.enumerated();
        }
        let count = self.weights.len();
        if equal {
            let scale = self.scale * self.weights[0];
            for order in orders.places.chunks_exact(orders.width) {
                let sum: f64 = order[..count].iter().map(|place| self.others[*place as usize]).sum();
                tally.add(scale * sum);
            }
        } else {
            for order in orders.places.chunks_exact(orders.width) {
                let drawn = order[..count].iter().zip(self.weights);
                let lag: f64 = drawn.map(|(place, weight)| weight * self.others[*place as usize]).sum();
                tally.add(self.scale * lag);
            }
        }
        tally.sampled()
    }

    /// C(n − 1, k), unless it is beyond counting.
    fn sets(&self) -> Option<u64> {
        let (n, k) = (self.others.len() as u64, self.weights.len() as u64);
        (0..k.min(n - k)).try_fold(1_u64, |sets, step| Some(sets.checked_mul(n - step)? / (step + 1)))
    }

    /// (n − 1)!/(n − 1 − k)!, unless it is beyond counting.
    fn ordered_draws(&self) -> Option<u64> {
        let (n, k) = (self.others.len() as u64, self.weights.len() as u64);
        (0..k).try_fold(1_u64, |draws, step| draws.checked_mul(n - step))
    }

    /// Counts every set of others, or every ordered draw of them.
    fn enumerate(&self, tally: &mut Tally, taken: &mut Vec<usize>, from: usize, as_sets: bool) {
        if taken.len() == self.weights.len() {
            let drawn = taken.iter().zip(self.weights);
            tally.add(self.scale * drawn.map(|(place, weight)| weight * self.others[*place]).sum::<f64>());
            return;
        }
        // A set that begins too late cannot be filled.
        let left = self.weights.len() - taken.len();
        let end = if as_sets { self.others.len() + 1 - left } else { self.others.len() };
        for place in from..end {
            if as_sets || !taken.contains(&place) {
                taken.push(place);
                self.enumerate(tally, taken, if as_sets { place + 1 } else { 0 }, as_sets);
                taken.pop();
            }
        }
    }
}
