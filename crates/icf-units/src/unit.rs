//! Units by the names people write in tables.

use std::fmt;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dimension {
    /// Mass; base unit kg.
    Mass,
    /// Volume of gas; base unit m³.
    Volume,
    /// Energy as mass of standard coal; base unit kgce.
    StandardCoal,
    /// Area; base unit hm².
    Area,
    /// People; base unit one person.
    People,
    /// Money; base unit 10⁶ yuan.
    Money,
    /// Carbon dioxide by mass; base unit t CO2. A mass of carbon is none.
    Co2,
}

/// A unit known by name: what it measures and how many base units it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    name: &'static str,
    dimension: Dimension,
    base_units: f64,
}

/// A name that is no unit's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown unit {name:?}")]
pub struct UnitError {
    name: String,
}

/// Canonical name, other spellings, dimension, base units in one.
type Row = (&'static str, &'static [&'static str], Dimension, f64);

const UNITS: &[Row] = &[
    ("kg", &["公斤", "千克"], Dimension::Mass, 1.0),
    ("t", &["tonne", "tonnes", "吨"], Dimension::Mass, 1e3),
    ("1e4 t", &["10^4 t", "10⁴ t", "10000 t", "万吨"], Dimension::Mass, 1e7),
    ("kt", &["1e3 t", "10^3 t", "千吨"], Dimension::Mass, 1e6),
    ("Mt", &["1e6 t", "10^6 t", "百万吨"], Dimension::Mass, 1e9),
    ("m3", &["m³", "m^3", "立方米"], Dimension::Volume, 1.0),
    ("1e4 m3", &["1e4 m³", "10⁴ m³", "10^4 m3", "万立方米"], Dimension::Volume, 1e4),
    ("1e8 m3", &["1e8 m³", "10⁸ m³", "10^8 m3", "亿立方米"], Dimension::Volume, 1e8),
    ("kgce", &["千克标准煤"], Dimension::StandardCoal, 1.0),
    ("tce", &["吨标准煤"], Dimension::StandardCoal, 1e3),
    ("1e4 tce", &["10⁴ tce", "10^4 tce", "万吨标准煤"], Dimension::StandardCoal, 1e7),
    ("hm2", &["hm²", "hm^2", "ha", "公顷"], Dimension::Area, 1.0),
    ("1e4 hm2", &["1e4 hm²", "10⁴ hm²", "10^4 hm2", "万公顷"], Dimension::Area, 1e4),
    ("km2", &["km²", "km^2", "平方公里", "平方千米"], Dimension::Area, 1e2),
    ("m2", &["m²", "m^2", "平方米"], Dimension::Area, 1e-4),
    ("persons", &["person", "人"], Dimension::People, 1.0),
    ("1e4 persons", &["10⁴ persons", "10^4 persons", "万人"], Dimension::People, 1e4),
    ("1e6 yuan", &["10⁶ yuan", "10^6 yuan", "百万元"], Dimension::Money, 1.0),
    ("1e4 yuan", &["10⁴ yuan", "10^4 yuan", "万元"], Dimension::Money, 1e-2),
    ("1e8 yuan", &["10⁸ yuan", "10^8 yuan", "亿元"], Dimension::Money, 1e2),
    ("kg CO2", &["kg CO₂", "kgCO2", "千克二氧化碳"], Dimension::Co2, 1e-3),
    ("t CO2", &["t CO₂", "tCO2", "tonnes CO2", "吨二氧化碳"], Dimension::Co2, 1.0),
    ("1e4 t CO2", &["10⁴ t CO2", "10⁴ t CO₂", "10^4 t CO2", "万吨二氧化碳"], Dimension::Co2, 1e4),
    ("kt CO2", &["kt CO₂", "ktCO2", "千吨二氧化碳"], Dimension::Co2, 1e3),
    ("Mt CO2", &["Mt CO₂", "MtCO2", "百万吨二氧化碳"], Dimension::Co2, 1e6),
];

impl Unit {
    /// Finds a unit by its name or another spelling of it, e.g. `1e4 t`, `10⁴ t` or `万吨`.
    ///
    /// ```
    /// use icf_units::Unit;
    /// assert_eq!(Unit::parse("万吨").unwrap(), Unit::parse("1e4 t").unwrap());
    /// assert_eq!(Unit::parse("km2").unwrap().to_base(2.0), 200.0);
    /// ```
    ///
    /// # Errors
    /// When no unit has that name.
    pub fn parse(name: &str) -> Result<Self, UnitError> {
        UNITS
            .iter()
            .find(|(canonical, others, ..)| *canonical == name || others.contains(&name))
            .map(|&(name, _, dimension, base_units)| Self { name, dimension, base_units })
            .ok_or_else(|| UnitError { name: name.to_owned() })
    }

    /// The canonical names of all units of a dimension.
    pub fn names(dimension: Dimension) -> impl Iterator<Item = &'static str> {
        UNITS.iter().filter(move |row| row.2 == dimension).map(|row| row.0)
    }

    /// The canonical name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What the unit measures.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        self.dimension
    }

    /// A number in this unit, as a number of the dimension's base units.
    #[must_use]
    pub fn to_base(self, value: f64) -> f64 {
        value * self.base_units
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, dimension: Dimension, base: f64) {
        let unit = Unit::parse(name).expect(name);
        assert_eq!((unit.dimension(), unit.to_base(1.0)), (dimension, base));
    }

    #[test]
    fn units_of_the_yearbook() {
        check("10⁴ t", Dimension::Mass, 1e7);
        check("10⁸ m³", Dimension::Volume, 1e8);
        check("tce", Dimension::StandardCoal, 1e3);
        check("km²", Dimension::Area, 100.0);
        check("hm²", Dimension::Area, 1.0);
        check("10⁴ persons", Dimension::People, 1e4);
        check("亿元", Dimension::Money, 100.0);
        check("万元", Dimension::Money, 0.01);
        check("万吨二氧化碳", Dimension::Co2, 1e4);
        check("MtCO2", Dimension::Co2, 1e6);
    }

    #[test]
    fn a_name_belongs_to_one_unit() {
        let mut seen = std::collections::BTreeSet::new();
        for (name, others, ..) in UNITS {
            for spelling in std::iter::once(name).chain(*others) {
                assert!(seen.insert(*spelling), "{spelling} stands twice");
            }
        }
    }

    #[test]
    fn an_unknown_name_is_quoted() {
        assert_eq!(Unit::parse("bushel").unwrap_err().to_string(), "unknown unit \"bushel\"");
    }
}
