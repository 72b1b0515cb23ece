//! A number with the unit of the key that it stands for.

use std::fmt;
use std::str::FromStr;

use super::{ScalarError, number, written_as_text};

/// A number in the unit of the key that it is drawn for, e.g. `-0.43 %/yr`, `8.60e8 tC` or `1.5`.
///
/// ```
/// use icf_scenario::Amount;
/// let amount: Amount = "-0.43 %/yr".parse().unwrap();
/// assert_eq!((amount.number(), amount.unit()), (-0.43, "%/yr"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    number: f64,
    unit: String,
}

impl Amount {
    /// The number as it is written.
    #[must_use]
    pub const fn number(&self) -> f64 {
        self.number
    }

    /// The unit as it is written; empty for a pure number.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Another number in the same unit, as text in which no digit is lost.
    #[must_use]
    pub fn with(&self, number: f64) -> String {
        if self.unit.is_empty() { format!("{number}") } else { format!("{number} {}", self.unit) }
    }

    /// About that number in the same unit, as text for a person.
    #[must_use]
    pub fn about(&self, number: f64) -> String {
        const DIGITS: usize = 4;
        let rounded: f64 = format!("{number:.*e}", DIGITS - 1).parse().expect("a printed number is a number");
        Self { number: rounded, unit: self.unit.clone() }.to_string()
    }
}

impl FromStr for Amount {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let Some((number, unit)) = number::split(text) else {
            let hint = "write it as the key itself is written: `-0.43 %/yr`, `8.60e8 tC`, `1.5`";
            return Err(ScalarError::new(format!("`{text}` is not a number with its unit"), hint));
        };
        Ok(Self { number, unit: unit.to_owned() })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::print(self.number))?;
        if self.unit.is_empty() { Ok(()) } else { write!(f, " {}", self.unit) }
    }
}

// A pure number may be written without quotes, so an editor must accept a number.
written_as_text! {
    Amount, format: "amount", types: ["string", "number"],
    about: "A number in the unit of the key that it is drawn for.",
    examples: ["-0.43 %/yr", "8.60e8 tC", "1.5"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Amount>() {
            Ok(amount) => {
                assert_eq!(amount.with(amount.number()).parse(), Ok(amount.clone()));
                amount.to_string()
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_number_keeps_its_unit() {
        check("-0.43 %/yr", "-0.43 %/yr");
        check("8.60e8 tC", "8.6e8 tC");
        check("1.5", "1.5");
        check("−2%", "-2 %");
        check("many", "`many` is not a number with its unit");
        check("nan", "`nan` is not a number with its unit");
    }
}
