//! Values with the shares of the population that have them.

use crate::InequalityError;

/// Values per head x_i, the shares p_i = w_i/Σw of the population, and the mean μ = Σ p_i·x_i.
pub(crate) struct Shares {
    pub(crate) values: Vec<f64>,
    pub(crate) shares: Vec<f64>,
    pub(crate) mean: f64,
}

impl Shares {
    /// Refuses no value at all, values and weights that make no sense, and a mean of zero.
    ///
    /// # Panics
    /// When there is another number of weights than values.
    pub(crate) fn of(values: &[f64], weights: Option<&[f64]>) -> Result<Self, InequalityError> {
        if values.is_empty() {
            return Err(InequalityError::NoValues);
        }
        for (place, value) in values.iter().enumerate() {
            if !value.is_finite() {
                return Err(InequalityError::NotFinite(place));
            }
            if *value < 0.0 {
                return Err(InequalityError::Negative(place));
            }
        }
        let weights = weights.map_or_else(|| vec![1.0; values.len()], <[f64]>::to_vec);
        assert_eq!(weights.len(), values.len(), "there is one weight a value");
        if let Some(place) = weights.iter().position(|weight| !weight.is_finite() || *weight <= 0.0) {
            return Err(InequalityError::Weight(place));
        }
        let all: f64 = weights.iter().sum();
        let shares = weights.iter().map(|weight| weight / all).collect();
        let found = Self::from_parts(values.to_vec(), shares);
        if found.mean > 0.0 { Ok(found) } else { Err(InequalityError::ZeroMean) }
    }

    fn from_parts(values: Vec<f64>, shares: Vec<f64>) -> Self {
        // Measured from one of the values, so that equal values have that mean to the last digit.
        let first = values[0];
        let mean =
            first + values.iter().zip(&shares).map(|(value, share)| share * (value - first)).sum::<f64>();
        Self { values, shares, mean }
    }

    /// The groups in ascending order, each with its share of the population and shares within it.
    ///
    /// # Panics
    /// When there is another number of groups than values.
    pub(crate) fn by_group<G: Clone + Ord>(&self, groups: &[G]) -> Vec<(G, f64, Self)> {
        assert_eq!(groups.len(), self.values.len(), "there is one group a value");
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by(|a, b| groups[*a].cmp(&groups[*b]));
        order
            .chunk_by(|a, b| groups[*a] == groups[*b])
            .map(|members| {
                let share: f64 = members.iter().map(|member| self.shares[*member]).sum();
                let values = members.iter().map(|member| self.values[*member]).collect();
                let shares = members.iter().map(|member| self.shares[*member] / share).collect();
                (groups[members[0]].clone(), share, Self::from_parts(values, shares))
            })
            .collect()
    }

    /// Values and shares, the smallest value first.
    pub(crate) fn sorted(&self) -> Vec<(f64, f64)> {
        let mut sorted: Vec<(f64, f64)> =
            self.values.iter().copied().zip(self.shares.iter().copied()).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuse(values: &[f64], weights: Option<&[f64]>, expected: InequalityError) {
        assert_eq!(Shares::of(values, weights).map(|shares| shares.mean), Err(expected));
    }

    #[test]
    fn what_cannot_be_had() {
        refuse(&[], None, InequalityError::NoValues);
        refuse(&[1.0, f64::NAN], None, InequalityError::NotFinite(1));
        refuse(&[1.0, -1.0], None, InequalityError::Negative(1));
        refuse(&[0.0, 0.0], None, InequalityError::ZeroMean);
        refuse(&[1.0, 1.0], Some(&[1.0, 0.0]), InequalityError::Weight(1));
        refuse(&[1.0, 1.0], Some(&[f64::INFINITY, 1.0]), InequalityError::Weight(0));
    }

    #[test]
    fn groups_in_order() {
        let shares = Shares::of(&[4.0, 1.0, 2.0], Some(&[1.0, 2.0, 1.0])).unwrap();
        assert_eq!(shares.mean, 2.0);
        let groups = shares.by_group(&["b", "a", "b"]);
        let found: Vec<_> = groups.iter().map(|(name, share, own)| (*name, *share, own.mean)).collect();
        assert_eq!(found, [("a", 0.5, 1.0), ("b", 0.5, 3.0)]);
    }
}
