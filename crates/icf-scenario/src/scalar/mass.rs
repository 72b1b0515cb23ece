//! A mass of carbon or CO2.

use std::fmt;
use std::str::FromStr;

use icf_units::{Tonnes, TonnesCarbon, TonnesCo2};

use super::{ScalarError, number, written_as_text};

/// A mass of carbon or CO2, in all or in a year; zero or more.
///
/// ```
/// use icf_scenario::Mass;
/// use icf_units::TonnesCo2;
/// assert_eq!("5 Mt CO2/yr".parse(), Ok(Mass::Co2(TonnesCo2::new(5e6))));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mass {
    /// A mass of carbon: `1.4 MtC`.
    Carbon(TonnesCarbon),
    /// A mass of CO2: `5 Mt CO2`.
    Co2(TonnesCo2),
    /// A mass on the scenario's own basis: `5e6 t`.
    Basis(Tonnes),
}

impl Mass {
    /// The mass of a number of some unit without blanks: `tC`, `MtCO2`; `None` when it is none of a mass.
    pub(super) fn of(value: f64, unit: &str) -> Option<Self> {
        let (tonnes, rest) = match unit.split_at_checked(1) {
            Some(("k", rest)) => (value * 1e3, rest),
            Some(("M", rest)) => (value * 1e6, rest),
            Some(("G", rest)) => (value * 1e9, rest),
            _ => (value, unit),
        };
        match rest {
            "tC" => Some(Self::Carbon(TonnesCarbon::new(tonnes))),
            "tCO2" => Some(Self::Co2(TonnesCo2::new(tonnes))),
            "t" => Some(Self::Basis(Tonnes::new(tonnes))),
            _ => None,
        }
    }

    const fn number(self) -> f64 {
        match self {
            Self::Carbon(mass) => mass.get(),
            Self::Co2(mass) => mass.get(),
            Self::Basis(mass) => mass.get(),
        }
    }
}

impl FromStr for Mass {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        const EXAMPLES: &str = "write `5 Mt CO2`, `1.4 MtC` or `5e6 t`";
        let Some((value, unit)) = number::split(text) else {
            return Err(ScalarError::new(format!("`{text}` is not a mass"), EXAMPLES));
        };
        if value < 0.0 {
            return Err(ScalarError::new(format!("the mass `{text}` is below zero"), EXAMPLES));
        }
        let unit = number::per_year(unit).replace(['²', '₂'], "2");
        match Self::of(value, &unit) {
            Some(mass) if mass.number().is_finite() => Ok(mass),
            Some(_) => Err(ScalarError::new(format!("the mass `{text}` is too large"), EXAMPLES)),
            None if unit.is_empty() => {
                Err(ScalarError::new(format!("the mass `{text}` has no unit"), EXAMPLES))
            }
            None => Err(ScalarError::new(format!("`{unit}` is not the unit of a mass"), EXAMPLES)),
        }
    }
}

impl fmt::Display for Mass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::print(self.number()))?;
        f.write_str(match self {
            Self::Carbon(_) => " tC",
            Self::Co2(_) => " tCO2",
            Self::Basis(_) => " t",
        })
    }
}

written_as_text! {
    Mass, format: "mass", types: "string",
    about: "A mass of CO2 or carbon; `t` is on the scenario's own basis.",
    examples: ["5 Mt CO2", "1.4 MtC", "5e6 t"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Mass>() {
            Ok(mass) => {
                assert_eq!(mass.to_string().parse(), Ok(mass));
                mass.to_string()
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_mass_says_of_what() {
        check("5 Mt CO2", "5000000 tCO2");
        check("5 Mt CO₂/yr", "5000000 tCO2");
        check("1.4 MtC/year", "1400000 tC");
        check("0 t", "0 t");
        check("5", "the mass `5` has no unit");
        check("-1 tC", "the mass `-1 tC` is below zero");
        check("5 hm2", "`hm2` is not the unit of a mass");
        check("1e308 GtC", "the mass `1e308 GtC` is too large");
        check("much", "`much` is not a mass");
    }
}
