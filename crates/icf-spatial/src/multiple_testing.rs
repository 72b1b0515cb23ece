//! Many tests at once.

/// How q-values come from p-values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjustment {
    /// [`benjamini_hochberg`].
    #[default]
    BenjaminiHochberg,
    /// [`benjamini_yekutieli`].
    BenjaminiYekutieli,
    /// [`bonferroni`].
    Bonferroni,
}

impl Adjustment {
    /// The q-values, in the order of the p-values.
    #[must_use]
    pub fn q_values(self, p: &[f64]) -> Vec<f64> {
        match self {
            Self::BenjaminiHochberg => benjamini_hochberg(p),
            Self::BenjaminiYekutieli => benjamini_yekutieli(p),
            Self::Bonferroni => bonferroni(p),
        }
    }
}

/// q-values of the Benjamini–Hochberg step-up procedure: q_(i) = min over j ≥ i of m·p_(j)/j, at most 1.
///
/// ```
/// use icf_spatial::benjamini_hochberg;
/// let q = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.20]);
/// assert_eq!(q[0], 0.04);
/// // 4·0.03/2 = 0.06 and 4·0.04/3 = 0.0533…: the step-up takes the smaller for both.
/// assert!((q[1] - 0.16 / 3.0).abs() < 1e-15 && q[1] == q[2]);
/// assert_eq!(q[3], 0.20);
/// ```
///
/// Source: Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57.
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    step_up(p, 1.0)
}

/// q-values of Benjamini–Yekutieli, which hold under any dependence: those of Benjamini–Hochberg times Σ 1/i.
///
/// Source: Benjamini & Yekutieli 2001, Ann. Stat. 29.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of tests are far below 2^53")]
pub fn benjamini_yekutieli(p: &[f64]) -> Vec<f64> {
    step_up(p, (1..=p.len()).map(|rank| 1.0 / rank as f64).sum())
}

/// Bonferroni: m·p, at most 1.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of tests are far below 2^53")]
pub fn bonferroni(p: &[f64]) -> Vec<f64> {
    p.iter().map(|one| (one * p.len() as f64).min(1.0)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of tests are far below 2^53")]
fn step_up(p: &[f64], factor: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut q = vec![0.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, place) in order.into_iter().enumerate().rev() {
        // The factor first, so that the last of m p-values, m/m, stays as it is.
        least = least.min(p[place] * (factor * p.len() as f64 / (rank + 1) as f64));
        q[place] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others() {
        assert_eq!(bonferroni(&[0.01, 0.5]), [0.02, 1.0]);
        assert_eq!(benjamini_yekutieli(&[0.01, 0.5]), [0.03, 0.75]);
        assert!(benjamini_hochberg(&[]).is_empty());
        assert_eq!(Adjustment::default().q_values(&[0.01, 0.5]), [0.02, 0.5]);
        assert_eq!(Adjustment::BenjaminiYekutieli.q_values(&[0.01, 0.5]), [0.03, 0.75]);
        assert_eq!(Adjustment::Bonferroni.q_values(&[0.01, 0.5]), [0.02, 1.0]);
    }

    #[test]
    fn equal_p_have_equal_q() {
        assert_eq!(benjamini_hochberg(&[0.02, 0.02, 0.02]), [0.02; 3]);
    }
}
