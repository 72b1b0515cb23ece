//! What a change of a product is made of.

/// Takes the change of a product of factors apart, an effect a factor, by the additive logarithmic mean Divisia
/// index (LMDI-I).
///
/// With E = Π x and the logarithmic mean L(a, b) = (a − b)/ln(a/b) the effect of x is L(E₁, E₀)·ln(x₁/x₀). The effects
/// sum to E₁ − E₀: nothing is left over, whatever the order of the factors. Effects are in the unit of the
/// product; `None` when a factor is not above zero and finite. Source: Ang 2015, Energy Policy 86, eq. 4.
///
/// ```
/// use icf_projection::lmdi;
/// // 2·3 grows to 4·3: all of it is the first factor's.
/// assert_eq!(lmdi([2.0, 3.0], [4.0, 3.0]), Some([6.0, 0.0]));
/// // 1·1 to 2·2: half each.
/// assert_eq!(lmdi([1.0, 1.0], [2.0, 2.0]), Some([1.5, 1.5]));
/// ```
#[must_use]
pub fn lmdi<const N: usize>(before: [f64; N], after: [f64; N]) -> Option<[f64; N]> {
    let is_sound = |x: &f64| *x > 0.0 && x.is_finite();
    if !before.iter().chain(&after).all(is_sound) {
        return None;
    }
    let product = |factors: &[f64; N]| factors.iter().product::<f64>();
    let (start, end) = (product(&before), product(&after));
    let logs: [f64; N] = std::array::from_fn(|place| (after[place] / before[place]).ln());
    let total: f64 = logs.iter().sum();
    // Where the product hardly moves both differences lose their digits, and L is its limit, √(E₀E₁).
    let mean = if total.abs() < 1e-7 { (start * end).sqrt() } else { (end - start) / total };
    Some(logs.map(|log| mean * log))
}
