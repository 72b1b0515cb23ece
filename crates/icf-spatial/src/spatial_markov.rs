//! Spatial Markov: moves between classes of values, by the class of the neighbours' values.

use crate::homogeneity::{Homogeneity, chi_square_against, homogeneity};
use crate::{ChiSquare, MarkovChain, SpatialError, Weights};

/// Where classes of values end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cutoffs<'a> {
    /// At these values, ascending; a value on a cut-off lies below it.
    Given(&'a [f64]),
    /// At the quantiles of all years together that make this many classes (R's type 7); equal ones are one.
    Quantiles(usize),
}

/// Chains of moves between classes of values, one for each class of the spatial lag in the year of departure.
#[derive(Clone, Debug, PartialEq)]
pub struct SpatialMarkov {
    /// Upper bounds of the classes of values but the last.
    pub cutoffs: Vec<f64>,
    /// Upper bounds of the classes of spatial lags but the last.
    pub lag_cutoffs: Vec<f64>,
    /// The class of each region's value, year by year, 0 the lowest; `None` without a value.
    pub classes: Vec<Vec<Option<usize>>>,
    /// The class of each region's lag; `None` without a neighbour that has a value.
    pub lag_classes: Vec<Vec<Option<usize>>>,
    /// All moves of regions with a lag, whatever its class.
    pub overall: MarkovChain,
    /// The moves by the class of the lag, the lowest first.
    pub conditional: Vec<MarkovChain>,
    /// Whether the conditional chains are one; `None` without a move.
    pub homogeneity: Option<Homogeneity>,
    /// Each conditional chain against the overall one.
    pub against_overall: Vec<Option<ChiSquare>>,
}

/// Moves between classes of values, conditioned on the class of the spatial lag Σ w_ij·x_j/Σ w_ij before the
/// move.
///
/// Values stand year by year in the order of the weights. The lag is the mean of the neighbours that have a
/// value in that year; a region without one (an island) has no lag, and its moves are in no chain.
///
/// ```
/// use icf_spatial::{Cutoffs, Weights, spatial_markov};
/// let weights = Weights::from_links(["a", "b"].map(Into::into), &[(0, 1)]).unwrap();
/// let years = [vec![Some(1.0), Some(3.0)], vec![Some(3.0), Some(3.0)]];
/// let given = Cutoffs::Given(&[2.0]);
/// let markov = spatial_markov(&weights, &years, given, given).unwrap();
/// // Region a rises beside a high neighbour, b stays high beside a low one.
/// assert_eq!(markov.conditional[1].counts, [[0, 1], [0, 0]]);
/// assert_eq!(markov.conditional[0].counts, [[0, 0], [0, 1]]);
/// ```
///
/// Source: Rey 2001, Geogr. Anal. 33, 195–214; tests after Bickenbach & Bode 2003.
///
/// # Errors
/// When a value is not finite, cut-offs do not ascend, or quantiles of no class are asked for.
///
/// # Panics
/// When a year has another number of values than the weights have regions.
pub fn spatial_markov(
    weights: &Weights,
    years: &[Vec<Option<f64>>],
    cutoffs: Cutoffs<'_>,
    lag_cutoffs: Cutoffs<'_>,
) -> Result<SpatialMarkov, SpatialError> {
    for year in years {
        assert_eq!(year.len(), weights.len(), "there is one value a region");
        if let Some(place) = year.iter().position(|value| value.is_some_and(|value| !value.is_finite())) {
            return Err(SpatialError::NotFinite(weights.ids()[place].clone()));
        }
    }
    let lags: Vec<Vec<Option<f64>>> = years
        .iter()
        .map(|year| (0..weights.len()).map(|region| lag(weights, year, region)).collect())
        .collect();
    let (cutoffs, lag_cutoffs) = (cutoffs.of(years)?, lag_cutoffs.of(&lags)?);
    let (classes, lag_classes) = (classed(years, &cutoffs), classed(&lags, &lag_cutoffs));
    let k = cutoffs.len() + 1;
    let mut counts = vec![vec![vec![0; k]; k]; lag_cutoffs.len() + 1];
    for (year, pair) in classes.windows(2).enumerate() {
        for ((from, to), lag) in pair[0].iter().zip(&pair[1]).zip(&lag_classes[year]) {
            if let (Some(from), Some(to), Some(lag)) = (from, to, lag) {
                counts[*lag][*from][*to] += 1;
            }
        }
    }
    let conditional: Vec<MarkovChain> = counts.into_iter().map(MarkovChain::from_counts).collect();
    let overall = MarkovChain::from_counts(
        (0..k)
            .map(|i| (0..k).map(|j| conditional.iter().map(|chain| chain.counts[i][j]).sum()).collect())
            .collect(),
    );
    Ok(SpatialMarkov {
        cutoffs,
        lag_cutoffs,
        classes,
        lag_classes,
        homogeneity: homogeneity(&conditional),
        against_overall: conditional.iter().map(|chain| chi_square_against(chain, &overall)).collect(),
        overall,
        conditional,
    })
}

/// The weighted mean of the neighbours that have a value.
fn lag(weights: &Weights, values: &[Option<f64>], region: usize) -> Option<f64> {
    let (sum, total) = weights.row(region).fold((0.0, 0.0), |(sum, total), (neighbour, weight)| {
        values[neighbour].map_or((sum, total), |value| (sum + weight * value, total + weight))
    });
    (total > 0.0).then(|| sum / total)
}

/// Right-closed classes.
fn classed(years: &[Vec<Option<f64>>], cutoffs: &[f64]) -> Vec<Vec<Option<usize>>> {
    let class = |value: f64| cutoffs.partition_point(|bound| *bound < value);
    years.iter().map(|year| year.iter().map(|value| value.map(class)).collect()).collect()
}

impl Cutoffs<'_> {
    /// The cut-offs of these values.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    fn of(self, years: &[Vec<Option<f64>>]) -> Result<Vec<f64>, SpatialError> {
        let classes = match self {
            Self::Given(cutoffs) => {
                let is_ascending = cutoffs.windows(2).all(|pair| pair[0] < pair[1]);
                return if is_ascending && cutoffs.iter().all(|bound| bound.is_finite()) {
                    Ok(cutoffs.to_vec())
                } else {
                    Err(SpatialError::Cutoffs)
                };
            }
            Self::Quantiles(0) => return Err(SpatialError::Cutoffs),
            Self::Quantiles(classes) => classes,
        };
        let mut values: Vec<f64> = years.iter().flatten().flatten().copied().collect();
        values.sort_by(f64::total_cmp);
        let Some((&largest, last)) = values.last().zip(values.len().checked_sub(1)) else {
            return Ok(vec![]);
        };
        let mut bounds: Vec<f64> = (1..classes)
            .map(|class| {
                let (whole, part) =
                    (last * class / classes, (last * class % classes) as f64 / classes as f64);
                let step = values.get(whole + 1).map_or(0.0, |next| next - values[whole]);
                values[whole] + part * step
            })
            .filter(|bound| *bound < largest)
            .collect();
        bounds.dedup();
        Ok(bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Weights {
        Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2)]).unwrap()
    }

    #[test]
    fn islands_and_missing_values_are_in_no_chain() {
        let years =
            [vec![Some(1.0), Some(5.0), None, Some(9.0)], vec![Some(5.0), Some(1.0), Some(5.0), Some(1.0)]];
        let given = Cutoffs::Given(&[3.0]);
        let markov = spatial_markov(&chain(), &years, given, given).unwrap();
        assert_eq!(markov.lag_classes[0], [Some(1), Some(0), Some(1), None]);
        assert_eq!(markov.overall.counts, [[0, 1], [1, 0]]);
        assert_eq!(markov.conditional[0].counts, [[0, 0], [1, 0]]);
    }

    #[track_caller]
    fn check_cutoffs(values: &[f64], classes: usize, expected: &[f64]) {
        let years = [values.iter().copied().map(Some).collect()];
        assert_eq!(Cutoffs::Quantiles(classes).of(&years).unwrap(), expected);
    }

    #[test]
    fn quantiles() {
        check_cutoffs(&[5.0, 1.0, 2.0, 4.0], 2, &[3.0]);
        check_cutoffs(&[1.0, 1.0, 1.0, 9.0], 4, &[1.0, 3.0]);
        check_cutoffs(&[7.0; 3], 3, &[]);
        check_cutoffs(&[], 3, &[]);
    }

    #[test]
    fn what_cannot_be_had() {
        let years = [vec![Some(1.0); 4]];
        let with = |cutoffs| spatial_markov(&chain(), &years, cutoffs, Cutoffs::Quantiles(2)).unwrap_err();
        assert_eq!(with(Cutoffs::Given(&[2.0, 1.0])), SpatialError::Cutoffs);
        assert_eq!(with(Cutoffs::Quantiles(0)), SpatialError::Cutoffs);
        let years = [vec![Some(1.0), Some(f64::NAN), None, None]];
        let quantiles = Cutoffs::Quantiles(2);
        assert_eq!(
            spatial_markov(&chain(), &years, quantiles, quantiles).unwrap_err(),
            SpatialError::NotFinite("b".into())
        );
    }
}
