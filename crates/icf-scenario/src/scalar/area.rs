//! An area of land.

use std::fmt;
use std::str::FromStr;

use icf_units::{Dimension, Hectares, Unit};

use super::{ScalarError, number, written_as_text};

/// An area of land, in all or in a year; zero or more.
///
/// ```
/// use icf_scenario::Area;
/// let area: Area = "2 km2/yr".parse().unwrap();
/// assert_eq!(area.get().get(), 200.0);
/// assert_eq!(area.to_string(), "200 hm2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Area(Hectares);

impl Area {
    /// The area.
    #[must_use]
    pub const fn get(self) -> Hectares {
        self.0
    }
}

impl FromStr for Area {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        const EXAMPLES: &str = "write `1e5 hm2` or `1000 km2`";
        let Some((value, unit)) = number::split(text) else {
            return Err(ScalarError::new(format!("`{text}` is not an area"), EXAMPLES));
        };
        if value < 0.0 {
            return Err(ScalarError::new(format!("the area `{text}` is below zero"), EXAMPLES));
        }
        let unit = number::per_year(unit);
        if unit.is_empty() {
            return Err(ScalarError::new(format!("the area `{text}` has no unit"), EXAMPLES));
        }
        let known = Unit::parse(&unit).ok().filter(|unit| unit.dimension() == Dimension::Area);
        let Some(known) = known else {
            return Err(ScalarError::new(format!("`{unit}` is not the unit of an area"), EXAMPLES));
        };
        let hectares = known.to_base(value);
        if hectares.is_finite() {
            Ok(Self(Hectares::new(hectares)))
        } else {
            Err(ScalarError::new(format!("the area `{text}` is too large"), EXAMPLES))
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} hm2", number::print(self.0.get()))
    }
}

written_as_text! {
    Area, format: "area", types: "string",
    about: "An area of land.",
    examples: ["1e5 hm2", "1000 km2"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Area>() {
            Ok(area) => area.to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn an_area_has_its_unit() {
        check("1e5 hm2", "100000 hm2");
        check("30 ha/yr", "30 hm2");
        check("2 km²", "200 hm2");
        check("0 hm2", "0 hm2");
        check("1e5", "the area `1e5` has no unit");
        check("-3 hm2", "the area `-3 hm2` is below zero");
        check("3 t", "`t` is not the unit of an area");
        check("1e308 km2", "the area `1e308 km2` is too large");
        check("wide", "`wide` is not an area");
    }
}
