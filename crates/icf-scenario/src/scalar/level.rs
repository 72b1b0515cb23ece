//! The level of a threshold.

use std::fmt;
use std::str::FromStr;

use icf_units::{HectaresPerPerson, Ratio, Tonnes, TonnesCarbon, TonnesCo2};

use super::{Mass, ScalarError, number, written_as_text};

/// The level of a threshold, with its unit; finite and above zero.
///
/// Carbon and CO2 are never mistaken for each other: they are different variants, and a bare `t` says that
/// the level stands on the basis on which the scenario compares emissions with the sink.
///
/// ```
/// use icf_scenario::Level;
/// use icf_units::TonnesCarbon;
/// assert_eq!("8.60e8 tC".parse(), Ok(Level::Carbon(TonnesCarbon::new(8.6e8))));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    /// A mass of carbon: `8.60e8 tC`.
    Carbon(TonnesCarbon),
    /// A mass of CO2: `3e9 tCO2`.
    Co2(TonnesCo2),
    /// A mass on the scenario's own basis: `8.60e8 t`.
    Basis(Tonnes),
    /// A pure number: `1.5`.
    Ratio(Ratio),
    /// An area a person: `2 hm2/person`.
    PerPerson(HectaresPerPerson),
}

impl FromStr for Level {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        const EXAMPLES: &str = "write `8.60e8 tC`, `3e9 tCO2`, `8.60e8 t`, `1.5` or `2 hm2/person`";
        let Some((value, unit)) = number::split(text) else {
            return Err(ScalarError::new(format!("`{text}` is not a level"), EXAMPLES));
        };
        if value <= 0.0 {
            return Err(ScalarError::new(format!("the level `{text}` is not above zero"), EXAMPLES));
        }
        let unit: String = unit.split_whitespace().collect::<String>().replace(['²', '₂'], "2");
        let level = match unit.as_str() {
            "" => Self::Ratio(Ratio::new(value)),
            "hm2/person" | "ha/person" | "hm2/capita" | "ha/capita" => {
                Self::PerPerson(HectaresPerPerson::new(value))
            }
            mass => match Mass::of(value, mass) {
                Some(Mass::Carbon(mass)) => Self::Carbon(mass),
                Some(Mass::Co2(mass)) => Self::Co2(mass),
                Some(Mass::Basis(mass)) => Self::Basis(mass),
                None => {
                    let hint = match mass {
                        "%" => format!(
                            "a level of depth is a pure number: write `{}`",
                            number::print(value / 100.0)
                        ),
                        "ha/cap" | "hm2/cap" | "gha/person" | "gha/cap" | "gha/capita" => {
                            format!("write `{} hm2/person`", number::print(value))
                        }
                        _ => EXAMPLES.to_owned(),
                    };
                    return Err(ScalarError::new(format!("`{unit}` is not the unit of a level"), hint));
                }
            },
        };
        if level.number().is_finite() {
            Ok(level)
        } else {
            Err(ScalarError::new(format!("the level `{text}` is too large"), EXAMPLES))
        }
    }
}

impl Level {
    const fn number(self) -> f64 {
        match self {
            Self::Carbon(mass) => mass.get(),
            Self::Co2(mass) => mass.get(),
            Self::Basis(mass) => mass.get(),
            Self::Ratio(ratio) => ratio.get(),
            Self::PerPerson(area) => area.get(),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::print(self.number()))?;
        f.write_str(match self {
            Self::Carbon(_) => " tC",
            Self::Co2(_) => " tCO2",
            Self::Basis(_) => " t",
            Self::Ratio(_) => "",
            Self::PerPerson(_) => " hm2/person",
        })
    }
}

// A pure number may be written without quotes, so an editor must accept a number.
written_as_text! {
    Level, format: "level", types: ["string", "number"],
    about: "The level of a threshold with its unit; `t` is on the scenario's own basis.",
    examples: ["8.60e8 tC", "3e9 tCO2", "8.60e8 t", "1.5", "2 hm2/person"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Level>() {
            Ok(level) => {
                assert_eq!(level.to_string().parse(), Ok(level));
                level.to_string()
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_level_has_the_unit_of_what_it_bounds() {
        check("8.60e8 tC", "8.6e8 tC");
        check("0.86 GtC", "8.6e8 tC");
        check("3e9 t CO₂", "3e9 tCO2");
        check("1200 Mt", "1.2e9 t");
        check("1.5", "1.5");
        check("2 hm²/person", "2 hm2/person");
        check("0", "the level `0` is not above zero");
        check("-1 tC", "the level `-1 tC` is not above zero");
        check("2 hm2", "`hm2` is not the unit of a level");
        check("1e308 GtC", "the level `1e308 GtC` is too large");
        check("high", "`high` is not a level");
    }
}
