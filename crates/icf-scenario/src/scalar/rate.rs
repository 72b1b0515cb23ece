//! A compound rate of change.

use std::fmt;
use std::str::FromStr;

use super::{ScalarError, number, written_as_text};

/// A compound rate of change: per cent a year, e.g. `-0.43 %/yr`.
///
/// ```
/// use icf_scenario::Rate;
/// let rate: Rate = "-0.43 %/yr".parse().unwrap();
/// assert_eq!(rate.to_string(), "-0.43 %/yr");
/// assert!((rate.fraction() + 0.0043).abs() < 1e-15);
/// assert!("-0.43".parse::<Rate>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Rate {
    percent: f64,
}

/// More than this a year is a slip of the pen.
const HIGHEST: f64 = 1000.0;

impl Rate {
    /// Per cent a year, as it is written.
    #[must_use]
    pub const fn percent(self) -> f64 {
        self.percent
    }

    /// The rate of the other sign.
    pub(crate) fn negated(self) -> Self {
        Self { percent: -self.percent }
    }

    /// The change a year as a fraction: −0.0043 for `-0.43 %/yr`.
    #[must_use]
    pub fn fraction(self) -> f64 {
        self.percent / 100.0
    }
}

impl FromStr for Rate {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let Some((percent, unit)) = number::split(text) else {
            return Err(ScalarError::new(format!("`{text}` is not a rate"), "write `-0.43 %/yr`"));
        };
        let unit: String = unit.split_whitespace().collect();
        match unit.as_str() {
            "%/yr" | "%/year" | "%/a" | "%peryear" => {}
            "" => {
                let hint = format!("write `{} %/yr`", number::print(percent));
                return Err(ScalarError::new(format!("the rate `{text}` has no unit"), hint));
            }
            _ => {
                let hint = format!("write `{} %/yr`", number::print(percent));
                return Err(ScalarError::new(format!("`{unit}` is not the unit of a rate"), hint));
            }
        }
        if percent < -100.0 {
            return Err(ScalarError::new(
                format!("a rate of {} %/yr takes away more than there is", number::print(percent)),
                "the lowest is `-100 %/yr`",
            ));
        }
        if percent > HIGHEST {
            return Err(ScalarError::new(
                format!("a rate of {} %/yr is too high to be meant", number::print(percent)),
                format!("the highest is `{HIGHEST} %/yr`"),
            ));
        }
        Ok(Self { percent })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %/yr", number::print(self.percent))
    }
}

written_as_text! {
    Rate, format: "rate", types: "string",
    about: "A compound rate of change: per cent a year.",
    examples: ["-0.43 %/yr", "2 %/yr"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Rate>() {
            Ok(rate) => rate.to_string(),
            Err(error) => format!("{error}; {}", error.hint()),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_rate_has_its_unit() {
        check("-0.43 %/yr", "-0.43 %/yr");
        check("−0.43%/year", "-0.43 %/yr");
        check("+2 %/a", "2 %/yr");
        check("-0.43", "the rate `-0.43` has no unit; write `-0.43 %/yr`");
        check("-0.43 %", "`%` is not the unit of a rate; write `-0.43 %/yr`");
        check("falling", "`falling` is not a rate; write `-0.43 %/yr`");
        check("-120 %/yr", "a rate of -120 %/yr takes away more than there is; the lowest is `-100 %/yr`");
        check("1e6 %/yr", "a rate of 1000000 %/yr is too high to be meant; the highest is `1000 %/yr`");
    }
}
