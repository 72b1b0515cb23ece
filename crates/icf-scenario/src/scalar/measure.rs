//! A number with any unit.

use std::fmt;
use std::str::FromStr;

use super::{ScalarError, number, written_as_text};

/// A finite number with whatever unit stands behind it: `-0.43 %/yr`, `8.6e8 tC`, `1.5`.
///
/// ```
/// use icf_scenario::Measure;
/// let measure: Measure = "-0.43 %/yr".parse().unwrap();
/// assert_eq!((measure.value, measure.unit.as_str()), (-0.43, "%/yr"));
/// assert_eq!(measure.to_string(), "-0.43 %/yr");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The number.
    pub value: f64,
    /// What is written behind it; empty for a pure number.
    pub unit: String,
}

impl FromStr for Measure {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let Some((value, unit)) = number::split(text) else {
            return Err(ScalarError::new(
                format!("`{text}` does not begin with a number"),
                "write `-0.43 %/yr`, or a number alone where the key has no unit",
            ));
        };
        Ok(Self { value, unit: unit.to_owned() })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::print(self.value))?;
        if self.unit.is_empty() { Ok(()) } else { write!(f, " {}", self.unit) }
    }
}

written_as_text! {
    Measure, format: "measure", types: ["string", "number"],
    about: "A number with the unit of its key.",
    examples: ["-0.43 %/yr", "1.5"]
}
