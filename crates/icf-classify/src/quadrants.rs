//! Mitigation quadrants: size per resident against depth, within one year.

/// Where high begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Split {
    /// At the mean of the year's regions, which is zero on the standardised axes.
    Mean,
    /// At the median of the year's regions.
    Median,
    /// At given values.
    Given {
        /// Size per resident, in the unit of the values.
        size: f64,
        /// Depth.
        depth: f64,
    },
}

/// A quadrant of size per resident and depth, as the paper numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadrant {
    /// High size, high depth.
    Core,
    /// Low size, high depth.
    Critical,
    /// Low size, low depth.
    Observation,
    /// High size, low depth.
    Buffer,
}

impl Quadrant {
    /// All four, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Core, Self::Critical, Self::Observation, Self::Buffer];

    /// The quadrant's number, `I` to `IV`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Core => "I",
            Self::Critical => "II",
            Self::Observation => "III",
            Self::Buffer => "IV",
        }
    }

    /// The name of the mitigation zone.
    #[must_use]
    pub const fn zone(self) -> &'static str {
        match self {
            Self::Core => "Core Mitigation Zone",
            Self::Critical => "Critical Mitigation Zone",
            Self::Observation => "Observation Zone",
            Self::Buffer => "Buffer Zone",
        }
    }

    /// What the paper advises for the zone (section 2.2), in one line.
    #[must_use]
    pub const fn strategy(self) -> &'static str {
        match self {
            Self::Core => {
                "Cut first: carbon capture, zero-carbon processes, strict limits on new carbon-heavy plant."
            }
            Self::Critical => {
                "Cut with focus: renewable energy, circular use of waste and heat, ecological compensation."
            }
            Self::Observation => {
                "Watch and prevent: monitoring, low-carbon guidance, restoration of ecosystems."
            }
            Self::Buffer => "Keep the sink: protect it, earn from it, and let no emissions rebound.",
        }
    }
}

/// A region's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The quadrant.
    pub quadrant: Quadrant,
    /// Whether a value lies on the split, and was taken for low.
    pub on_split: bool,
}

/// Places each region of a year; a region with a missing value has no place.
///
/// Standardising moves no region to another quadrant, so values are compared with the split as they are.
///
/// ```
/// use icf_classify::{Quadrant, Split, quadrants};
/// let placed = quadrants(&[Some(1.0), Some(3.0), None], &[Some(5.0), Some(1.0), Some(9.0)], Split::Mean);
/// assert_eq!(placed[0].unwrap().quadrant, Quadrant::Critical);
/// assert_eq!(placed[1].unwrap().quadrant, Quadrant::Buffer);
/// assert!(placed[2].is_none());
/// ```
///
/// Source: quadrant clustering after Chen et al. 2009, as the paper uses it.
#[must_use]
pub fn quadrants(size: &[Option<f64>], depth: &[Option<f64>], split: Split) -> Vec<Option<Placed>> {
    let Some((at_size, at_depth)) = split_levels(size, depth, split) else { return vec![None; size.len()] };
    size.iter()
        .zip(depth)
        .map(|(size, depth)| {
            let (size, depth) = size.zip(*depth)?;
            let (size_on_split, depth_on_split) = (is_on(size, at_size), is_on(depth, at_depth));
            let quadrant = match (size > at_size && !size_on_split, depth > at_depth && !depth_on_split) {
                (true, true) => Quadrant::Core,
                (false, true) => Quadrant::Critical,
                (false, false) => Quadrant::Observation,
                (true, false) => Quadrant::Buffer,
            };
            Some(Placed { quadrant, on_split: size_on_split || depth_on_split })
        })
        .collect()
}

/// Size and depth above which a region is high; `None` when no region has both.
#[must_use]
pub fn split_levels(size: &[Option<f64>], depth: &[Option<f64>], split: Split) -> Option<(f64, f64)> {
    let (sizes, depths): (Vec<f64>, Vec<f64>) =
        size.iter().zip(depth).filter_map(|(size, depth)| size.zip(*depth)).unzip();
    if sizes.is_empty() {
        return None;
    }
    Some(match split {
        Split::Mean => (mean(&sizes), mean(&depths)),
        Split::Median => (median(sizes), median(depths)),
        Split::Given { size, depth } => (size, depth),
    })
}

/// Whether a value is the split, up to the rounding of a mean.
fn is_on(value: f64, split: f64) -> bool {
    (value - split).abs() <= 8.0 * f64::EPSILON * split.abs()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(size: f64, depth: f64, expected: Quadrant, on_split: bool) {
        let placed =
            quadrants(&[Some(size)], &[Some(depth)], Split::Given { size: 1.0, depth: 1.5 })[0].unwrap();
        assert_eq!((placed.quadrant, placed.on_split), (expected, on_split));
    }

    #[test]
    fn four_corners_and_the_split() {
        check(2.0, 2.0, Quadrant::Core, false);
        check(0.5, 2.0, Quadrant::Critical, false);
        check(0.5, 1.0, Quadrant::Observation, false);
        check(2.0, 1.0, Quadrant::Buffer, false);
        check(1.0, 2.0, Quadrant::Critical, true);
        check(1.0, 1.5, Quadrant::Observation, true);
    }

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        let size = [1.0, 2.0, 3.0, 100.0].map(Some);
        let placed = quadrants(&size, &size, Split::Median);
        let high: Vec<bool> =
            placed.iter().map(|placed| placed.unwrap().quadrant == Quadrant::Core).collect();
        assert_eq!(high, [false, false, true, true]);
    }

    #[test]
    fn equal_values_lie_on_their_mean_whatever_its_rounding() {
        let depth = [Some(1.1); 30];
        let placed = quadrants(&depth, &depth, Split::Mean);
        assert!(
            placed
                .iter()
                .all(|placed| placed.unwrap().quadrant == Quadrant::Observation && placed.unwrap().on_split)
        );
    }

    #[test]
    fn nothing_known() {
        assert_eq!(quadrants(&[None], &[Some(1.0)], Split::Mean), [None]);
    }
}
