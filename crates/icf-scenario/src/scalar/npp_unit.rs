//! The unit of a raster of net primary production.

use std::fmt;
use std::str::FromStr;

use icf_units::TonnesPerHectare;

use super::{ScalarError, number, written_as_text};

/// What the values of a raster of net primary production count: a mass of carbon by area, in a year.
///
/// ```
/// use icf_scenario::NppUnit;
/// let unit: NppUnit = "kgC/m2".parse().unwrap();
/// assert_eq!(unit.of(0.38).get(), 3.8);
/// assert_eq!("g C/m²/yr".parse::<NppUnit>().unwrap().of(380.0).get(), 3.8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NppUnit {
    /// Kilograms a square metre, as MOD17A3HGF counts.
    KilogramsPerSquareMetre,
    /// Grams a square metre.
    GramsPerSquareMetre,
    /// Tonnes a hectare.
    TonnesPerHectare,
}

/// Means of a class, in t/hm2, beyond which a unit or scale is likely to be another. Rain forest takes up some 10 to 15, desert
/// hardly 0.1.
const LIKELY: std::ops::RangeInclusive<f64> = 0.05..=40.0;

impl NppUnit {
    /// What a number of it is.
    #[must_use]
    pub fn of(self, number: f64) -> TonnesPerHectare {
        TonnesPerHectare::new(match self {
            Self::KilogramsPerSquareMetre => number * 10.0,
            Self::GramsPerSquareMetre => number / 100.0,
            Self::TonnesPerHectare => number,
        })
    }

    /// What is odd about the greatest mean of a class, if anything is.
    #[must_use]
    pub fn doubt(self, greatest: TonnesPerHectare) -> Option<String> {
        (!LIKELY.contains(&greatest.get())).then(|| {
            format!(
                "the class that takes up most has a mean of {} t/hm2 in {self}, which no vegetation has: is the unit or the scale another?",
                three_digits(greatest.get())
            )
        })
    }
}

/// A number with three digits that count, as people write it.
fn three_digits(number: f64) -> String {
    match number.abs() {
        size if !(1e-4..1e7).contains(&size) && size > 0.0 => format!("{number:.2e}"),
        size if size >= 100.0 => format!("{number:.0}"),
        size if size >= 10.0 => format!("{number:.1}"),
        size if size >= 1.0 => format!("{number:.2}"),
        size if size >= 0.01 => format!("{number:.4}"),
        _ => format!("{number:.6}"),
    }
}

impl FromStr for NppUnit {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        const UNITS: &str = "write `kgC/m2`, `gC/m2` or `tC/hm2`: mass of carbon by area, in a year";
        let unit = number::per_year(text).replace('²', "2");
        match unit.as_str() {
            "kgC/m2" => Ok(Self::KilogramsPerSquareMetre),
            "gC/m2" => Ok(Self::GramsPerSquareMetre),
            "tC/hm2" | "tC/ha" => Ok(Self::TonnesPerHectare),
            _ => Err(ScalarError::new(format!("`{text}` is not the unit of net primary production"), UNITS)),
        }
    }
}

impl fmt::Display for NppUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KilogramsPerSquareMetre => "kgC/m2",
            Self::GramsPerSquareMetre => "gC/m2",
            Self::TonnesPerHectare => "tC/hm2",
        })
    }
}

written_as_text! {
    NppUnit, format: "npp-unit", types: "string",
    about: "What the values of a raster of net primary production count, in a year.",
    examples: ["kgC/m2", "gC/m2", "tC/hm2"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<NppUnit>() {
            Ok(unit) => unit.to_string(),
            Err(error) => format!("{error}; {}", error.hint()),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_unit_says_that_it_counts_carbon() {
        check("kg C/m²/yr", "kgC/m2");
        check("gC/m2/year", "gC/m2");
        check("t C/ha", "tC/hm2");
        let refused = |text: &str| {
            let hint = "write `kgC/m2`, `gC/m2` or `tC/hm2`: mass of carbon by area, in a year";
            check(text, &format!("`{text}` is not the unit of net primary production; {hint}"));
        };
        refused("kg/m2");
        refused("gC/m3");
        refused("");
    }

    #[test]
    fn a_mean_that_no_vegetation_has_is_doubted() {
        let doubt = |mean| NppUnit::GramsPerSquareMetre.doubt(TonnesPerHectare::new(mean));
        assert_eq!(doubt(8.0), None);
        let said = |mean, figure: &str| {
            let doubt = doubt(mean).unwrap();
            assert!(doubt.contains(&format!("a mean of {figure} t/hm2 in gC/m2")), "{doubt}");
        };
        said(50.0, "50.0");
        said(5000.0, "5000");
        said(5.2e9, "5.20e9");
        said(-3.25, "-3.25");
        said(0.015, "0.0150");
        said(0.005, "0.005000");
        said(0.0, "0.000000");
    }
}
