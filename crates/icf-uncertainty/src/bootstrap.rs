//! Past years drawn in blocks.

/// Which of `observed` past years stand for `length` future ones: blocks of neighbours, each beginning at a year that a uniform
/// number picks, the last year followed by the first (circular block bootstrap, Politis & Romano 1992). One number a block;
/// when they run out, the last block goes on.
///
/// ```
/// let mut years = vec![];
/// icf_uncertainty::bootstrap::blocks(&[0.7, 0.05], 10, 5, 3, &mut years);
/// assert_eq!(years, [7, 8, 9, 0, 1]);
/// ```
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "years are few"
)]
pub fn blocks(uniforms: &[f64], observed: usize, length: usize, block: usize, years: &mut Vec<usize>) {
    years.clear();
    let mut start = 0;
    for place in 0..length {
        let within = place % block;
        if within == 0
            && let Some(uniform) = uniforms.get(place / block)
        {
            start = ((uniform * observed as f64) as usize).min(observed - 1);
        }
        years.push((start + within) % observed);
    }
}
