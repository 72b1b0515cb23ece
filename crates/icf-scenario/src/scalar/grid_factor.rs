//! CO2 of electricity.

use std::fmt;
use std::str::FromStr;

use super::{ScalarError, number, written_as_text};

/// CO2 set free for a unit of electricity, e.g. `0.5366 t CO2/MWh`.
///
/// ```
/// use icf_scenario::GridFactor;
/// let factor: GridFactor = "536.6 g CO2/kWh".parse().unwrap();
/// assert!((factor.tonnes_per_mwh() - 0.5366).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct GridFactor(f64);

/// Electricity of lignite comes to little more than one.
const MOST: f64 = 3.0;

impl GridFactor {
    /// t CO2 a MWh, which is kg CO2 a kWh.
    #[must_use]
    pub const fn tonnes_per_mwh(self) -> f64 {
        self.0
    }
}

impl FromStr for GridFactor {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let Some((value, unit)) = number::split(text) else {
            return Err(ScalarError::new(
                format!("`{text}` is not an emission factor"),
                "write `0.5366 t CO2/MWh`",
            ));
        };
        let hint = format!("write `{} t CO2/MWh`", number::print(value));
        let unit: String = unit.split_whitespace().collect::<String>().replace('₂', "2");
        let factor = match unit.as_str() {
            "tCO2/MWh" | "kgCO2/kWh" => value,
            "gCO2/kWh" | "kgCO2/MWh" => value / 1e3,
            "" => {
                return Err(ScalarError::new(format!("the emission factor `{text}` has no unit"), hint));
            }
            _ => {
                return Err(ScalarError::new(
                    format!("`{unit}` is not the unit of an emission factor"),
                    hint,
                ));
            }
        };
        if !(0.0..=MOST).contains(&factor) {
            return Err(ScalarError::new(
                format!("an emission factor of {} t CO2/MWh is no power plant's", number::print(factor)),
                format!("it lies between 0 and {MOST} t CO2/MWh"),
            ));
        }
        Ok(Self(factor))
    }
}

impl fmt::Display for GridFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} t CO2/MWh", number::print(self.0))
    }
}

written_as_text! {
    GridFactor, format: "grid-factor", types: "string",
    about: "CO2 set free for a unit of electricity.",
    examples: ["0.5366 t CO2/MWh", "0 t CO2/MWh"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<GridFactor>() {
            Ok(factor) => factor.to_string(),
            Err(error) => format!("{error}; {}", error.hint()),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_factor_has_its_unit() {
        check("0.5366 t CO2/MWh", "0.5366 t CO2/MWh");
        check("0.5366 kg CO₂/kWh", "0.5366 t CO2/MWh");
        check("0 tCO2/MWh", "0 t CO2/MWh");
        check("0.5", "the emission factor `0.5` has no unit; write `0.5 t CO2/MWh`");
        check("0.5 t/MWh", "`t/MWh` is not the unit of an emission factor; write `0.5 t CO2/MWh`");
        check(
            "-1 t CO2/MWh",
            "an emission factor of -1 t CO2/MWh is no power plant's; it lies between 0 and 3 t CO2/MWh",
        );
        check("clean", "`clean` is not an emission factor; write `0.5366 t CO2/MWh`");
    }
}
