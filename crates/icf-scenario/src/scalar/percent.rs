//! A percentage.

use std::fmt;
use std::str::FromStr;

use super::{ScalarError, number, written_as_text};

/// A percentage of a value, e.g. `85 %`; not negative.
///
/// ```
/// use icf_scenario::Percent;
/// let percent: Percent = "85 %".parse().unwrap();
/// assert_eq!(percent.fraction(), 0.85);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percent(f64);

impl Percent {
    /// Nothing.
    pub const ZERO: Self = Self(0.0);

    /// The percentage as it is written: 85 for `85 %`.
    #[must_use]
    pub const fn percent(self) -> f64 {
        self.0
    }

    /// The percentage as a fraction: 0.85 for `85 %`.
    #[must_use]
    pub fn fraction(self) -> f64 {
        self.0 / 100.0
    }
}

impl FromStr for Percent {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        match number::split(text) {
            Some((value, "%")) if value >= 0.0 => Ok(Self(value)),
            Some((_, "%")) => {
                Err(ScalarError::new(format!("the percentage `{text}` is below zero"), "write `85 %`"))
            }
            Some((value, "")) => {
                let hint = match value {
                    // Twelve digits: what a multiplication makes up behind them is nobody's.
                    share if share > 0.0 && share <= 2.0 => {
                        let hundred = (share * 1e12).round() / 1e10;
                        format!("write `{} %`, or `{} %`", number::print(hundred), number::print(share))
                    }
                    value => format!("write `{} %`", number::print(value)),
                };
                Err(ScalarError::new(format!("the percentage `{text}` has no unit"), hint))
            }
            _ => Err(ScalarError::new(format!("`{text}` is not a percentage"), "write `85 %`")),
        }
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", number::print(self.0))
    }
}

written_as_text! {
    Percent, format: "percent", types: "string",
    about: "A percentage.",
    examples: ["85 %"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Percent>() {
            Ok(percent) => percent.to_string(),
            Err(error) => format!("{error}; {}", error.hint()),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_percentage_has_its_sign() {
        check("85 %", "85 %");
        check("102.5%", "102.5 %");
        check("0.85", "the percentage `0.85` has no unit; write `85 %`, or `0.85 %`");
        check("1.1", "the percentage `1.1` has no unit; write `110 %`, or `1.1 %`");
        check("90", "the percentage `90` has no unit; write `90 %`");
        check("-1 %", "the percentage `-1 %` is below zero; write `85 %`");
        check("most", "`most` is not a percentage; write `85 %`");
    }
}
