//! A line by ordinary least squares, and what it does not know.

/// y = a + b·x by ordinary least squares: b = Σ(x − x̄)(y − ȳ) / Σ(x − x̄)², a = ȳ − b·x̄.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    /// Value at x = 0.
    pub(crate) intercept: f64,
    /// Change a unit of x.
    pub(crate) slope: f64,
    /// `None` when all y are equal.
    pub(crate) r_squared: Option<f64>,
    n: f64,
    x_mean: f64,
    xx: f64,
    /// Sum of squared residuals.
    rss: f64,
}

impl Line {
    /// The line through at least two points with different x.
    pub(crate) fn through(points: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let (mut n, mut x_sum, mut y_sum) = (0.0, 0.0, 0.0);
        for (x, y) in points.clone() {
            n += 1.0;
            x_sum += x;
            y_sum += y;
        }
        let (x_mean, y_mean) = (x_sum / n, y_sum / n);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for (x, y) in points.clone() {
            xx += (x - x_mean) * (x - x_mean);
            xy += (x - x_mean) * (y - y_mean);
            yy += (y - y_mean) * (y - y_mean);
        }
        let slope = xy / xx;
        let intercept = y_mean - slope * x_mean;
        let rss = points.map(|(x, y)| (y - intercept - slope * x).powi(2)).sum();
        let r_squared = (yy > 0.0).then(|| xy * xy / (xx * yy));
        Self { intercept, slope, r_squared, n, x_mean, xx, rss }
    }

    /// The value at x.
    pub(crate) fn at(&self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }

    /// Degrees of freedom of the residuals, n − 2.
    pub(crate) fn degrees(&self) -> f64 {
        self.n - 2.0
    }

    /// Standard error of a new y at x: s²·(1 + 1/n + (x − x̄)²/Sxx) with s² = RSS/(n − 2).
    pub(crate) fn error_at(&self, x: f64) -> f64 {
        let variance = 1.0 + 1.0 / self.n + (x - self.x_mean).powi(2) / self.xx;
        (self.rss / self.degrees() * variance).sqrt()
    }

    /// Standard error of a new y at `from` + `ahead` foretold as y(from) + b·ahead. Its error is
    /// e(from + ahead) − e(from) − ahead·(b̂ − b), so s²·(2 + ahead²/Sxx), and 2·ahead·(from − x̄)/Sxx more where
    /// y(from) is one of the points that made the line, since it drew b̂ its way.
    pub(crate) fn error_from(&self, from: f64, ahead: f64, is_inside: bool) -> f64 {
        let shared = if is_inside { 2.0 * ahead * (from - self.x_mean) / self.xx } else { 0.0 };
        (self.rss / self.degrees() * (2.0 + ahead * ahead / self.xx + shared)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_points_by_hand() {
        // x̄ = 1.5, ȳ = 2.5, Sxx = 5, Sxy = 4: b = 0.8, a = 1.3; residuals −0.3, 0.9, −0.9, 0.3.
        let line = Line::through([1.0, 3.0, 2.0, 4.0].into_iter().enumerate().map(|(x, y)| (x as f64, y)));
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
        close(line.slope, 0.8);
        close(line.intercept, 1.3);
        close(line.r_squared.unwrap(), 0.64);
        // s² = 1.8/2; at x = 4: 1 + 1/4 + 2.5²/5 = 2.5.
        close(line.error_at(4.0), (0.9_f64 * 2.5).sqrt());
        // One step from x = 3, which is inside: 2 + 1/5 + 2·1.5/5 = 2.8.
        close(line.error_from(3.0, 1.0, true), (0.9_f64 * 2.8).sqrt());
        close(line.error_from(5.0, 1.0, false), (0.9_f64 * 2.2).sqrt());
    }
}
