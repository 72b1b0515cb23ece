//! Carbon taken up by land.

use std::fmt;
use std::str::FromStr;

use icf_units::TonnesPerHectare;

use super::{NppUnit, ScalarError, number, written_as_text};

/// Carbon taken up by a hectare in a year, e.g. `3.8096 t/hm2`.
///
/// ```
/// use icf_scenario::Npp;
/// let npp: Npp = "3.8096 t/hm2".parse().unwrap();
/// assert_eq!(npp.get().get(), 3.8096);
/// assert_eq!(npp.to_string(), "3.8096 t/hm2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Npp(TonnesPerHectare);

/// No hectare takes up more, and less is a slip of the pen.
const LEAST: f64 = 1e-6;
const MOST: f64 = 1e3;

impl Npp {
    /// The uptake.
    #[must_use]
    pub const fn get(self) -> TonnesPerHectare {
        self.0
    }
}

impl FromStr for Npp {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let Some((value, unit)) = number::split(text) else {
            return Err(ScalarError::new(format!("`{text}` is not an uptake"), "write `3.8096 t/hm2`"));
        };
        let unit: String = unit.split_whitespace().collect::<String>().replace('²', "2").replace("ha", "hm2");
        let hint = || format!("write `{} t/hm2`, in tonnes of carbon", number::print(value));
        match unit.strip_suffix("/yr").unwrap_or(&unit) {
            "t/hm2" | "tC/hm2" => {}
            "" => return Err(ScalarError::new(format!("the uptake `{text}` has no unit"), hint())),
            other => {
                // The same number in another unit is another uptake, so only what is understood is written out.
                let same = match (other, other.parse::<NppUnit>()) {
                    ("Mg/hm2" | "MgC/hm2", _) => Some(value),
                    (_, Ok(unit)) => Some(unit.of(value).get()),
                    _ => None,
                };
                let hint = match same {
                    Some(same) => format!("write `{} t/hm2`", number::print((same * 1e10).round() / 1e10)),
                    None => "that is `t/hm2`, tonnes of carbon by hectare in a year".to_owned(),
                };
                return Err(ScalarError::new(format!("`{unit}` is not the unit of an uptake"), hint));
            }
        }
        if value <= 0.0 {
            return Err(ScalarError::new(
                "an uptake is above zero",
                "leave out a class that takes up nothing",
            ));
        }
        if !(LEAST..=MOST).contains(&value) {
            return Err(ScalarError::new(
                format!("an uptake of {} t/hm2 is beyond every ecosystem", number::print(value)),
                format!("it lies between {LEAST} and {MOST} t/hm2"),
            ));
        }
        Ok(Self(TonnesPerHectare::new(value)))
    }
}

impl fmt::Display for Npp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} t/hm2", number::print(self.0.get()))
    }
}

written_as_text! {
    Npp, format: "npp", types: "string",
    about: "Carbon taken up by a hectare in a year.",
    examples: ["3.8096 t/hm2"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Npp>() {
            Ok(npp) => npp.to_string(),
            Err(error) => format!("{error}; {}", error.hint()),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn an_uptake_has_its_unit() {
        check("3.8096 t/hm2", "3.8096 t/hm2");
        check("3.8096 t C/ha/yr", "3.8096 t/hm2");
        check("3.8096", "the uptake `3.8096` has no unit; write `3.8096 t/hm2`, in tonnes of carbon");
        check(
            "3.8 tCO2/hm2",
            "`tCO2/hm2` is not the unit of an uptake; that is `t/hm2`, tonnes of carbon by hectare in a year",
        );
        check("0 t/hm2", "an uptake is above zero; leave out a class that takes up nothing");
        check(
            "1e300 t/hm2",
            "an uptake of 1e300 t/hm2 is beyond every ecosystem; it lies between 0.000001 and 1000 t/hm2",
        );
        check("much", "`much` is not an uptake; write `3.8096 t/hm2`");
    }
}
