//! Quantities: one newtype a unit, so that a conversion is always a named method.

use serde::{Deserialize, Serialize};

/// Mass of carbon in a mass of CO2: 12/44.
pub const CO2_TO_CARBON: f64 = 12.0 / 44.0;

const MILLION: f64 = 1e6;

/// A number that carries a unit in its type.
pub trait Quantity: Copy {
    /// The unit as it is printed in a table or figure, e.g. `hm2`.
    const UNIT: &'static str;
    /// Wraps a number that is already in [`Self::UNIT`].
    fn new(value: f64) -> Self;
    /// The number in [`Self::UNIT`].
    fn get(self) -> f64;
}

macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident = $unit:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $name {
            /// Zero of this quantity.
            pub const ZERO: Self = Self(0.0);
            #[doc = concat!("Wraps a number that is in ", $unit, ".")]
            #[must_use]
            pub const fn new(value: f64) -> Self {
                Self(value)
            }
            #[doc = concat!("The number in ", $unit, ".")]
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
            /// The larger of two.
            #[must_use]
            pub fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }
            /// The smaller of two.
            #[must_use]
            pub fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }
        }

        impl Quantity for $name {
            const UNIT: &'static str = $unit;
            fn new(value: f64) -> Self {
                Self(value)
            }
            fn get(self) -> f64 {
                self.0
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl std::ops::Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }

        impl std::iter::Sum for $name {
            /// Adds from left to right, so that the order of the items decides the last digit.
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, |sum, item| sum + item)
            }
        }
    )*};
}

quantities! {
    /// A mass of carbon dioxide.
    TonnesCo2 = "t CO2";
    /// A mass of carbon: the basis on which emissions meet the sink.
    TonnesCarbon = "t C";
    /// A mass of anything else, e.g. standard coal.
    Tonnes = "t";
    /// An amount of fuel in its base unit: kg for solids and liquids, m³ for gases.
    FuelQuantity = "kg or m3";
    /// CO2 set free by one base unit of a fuel: kg CO2 per kg, or per m³ of a gas.
    CarbonFactor = "kg CO2 per kg or m3";
    /// An area; hm² is the hectare.
    Hectares = "hm2";
    /// An area for each resident.
    HectaresPerPerson = "hm2/person";
    /// Carbon taken up by one hectare in a year.
    TonnesPerHectare = "t/hm2";
    /// Permanent residents.
    Persons = "persons";
    /// A value of product, in current prices unless a table says otherwise.
    MillionYuan = "1e6 yuan";
    /// A pure number, e.g. a share, an equivalence factor or a depth.
    Ratio = "1";
}

impl TonnesCo2 {
    /// The carbon in this CO2: × 12/44.
    ///
    /// ```
    /// use icf_units::TonnesCo2;
    /// assert_eq!(TonnesCo2::new(44.0).to_carbon().get(), 12.0);
    /// ```
    #[must_use]
    pub fn to_carbon(self) -> TonnesCarbon {
        TonnesCarbon(self.0 * CO2_TO_CARBON)
    }

    /// The number in Mt CO2.
    ///
    /// ```
    /// assert_eq!(icf_units::TonnesCo2::new(2.5e6).megatonnes(), 2.5);
    /// ```
    #[must_use]
    pub fn megatonnes(self) -> f64 {
        self.0 / MILLION
    }

    /// Takes a mass of CO2 for the same mass of carbon.
    ///
    /// This is wrong by 44/12 and is what the published formula does: it sets t CO2 against a sink in t C.
    /// Only the preset `as-published` and the basis `as-printed` call it.
    ///
    /// ```
    /// use icf_units::TonnesCo2;
    /// assert_eq!(TonnesCo2::new(44.0).taken_for_carbon_as_printed().get(), 44.0);
    /// ```
    #[must_use]
    pub fn taken_for_carbon_as_printed(self) -> TonnesCarbon {
        TonnesCarbon(self.0)
    }
}

impl TonnesCarbon {
    /// Takes a mass of carbon for the same mass of CO2: the inverse of
    /// [`TonnesCo2::taken_for_carbon_as_printed`], as wrong as that.
    #[must_use]
    pub fn taken_for_co2_as_printed(self) -> TonnesCo2 {
        TonnesCo2(self.0)
    }

    /// The number in Mt C.
    ///
    /// ```
    /// assert_eq!(icf_units::TonnesCarbon::new(2.5e6).megatonnes(), 2.5);
    /// ```
    #[must_use]
    pub fn megatonnes(self) -> f64 {
        self.0 / MILLION
    }

    /// The CO2 that holds this carbon: × 44/12.
    #[must_use]
    pub fn to_co2(self) -> TonnesCo2 {
        TonnesCo2(self.0 / CO2_TO_CARBON)
    }
}

impl Hectares {
    /// The number in million hectares.
    ///
    /// ```
    /// assert_eq!(icf_units::Hectares::new(2.5e6).million_hectares(), 2.5);
    /// ```
    #[must_use]
    pub fn million_hectares(self) -> f64 {
        self.0 / MILLION
    }

    /// The area for each of `persons` residents, or `None` where nobody lives.
    ///
    /// ```
    /// use icf_units::{Hectares, Persons};
    /// assert_eq!(Hectares::new(6.0).per_person(Persons::new(4.0)).unwrap().get(), 1.5);
    /// assert!(Hectares::new(6.0).per_person(Persons::ZERO).is_none());
    /// ```
    #[must_use]
    pub fn per_person(self, persons: Persons) -> Option<HectaresPerPerson> {
        (persons.0 > 0.0).then(|| HectaresPerPerson(self.0 / persons.0))
    }
}

impl Persons {
    /// The number in millions.
    ///
    /// ```
    /// assert_eq!(icf_units::Persons::new(2.5e6).millions(), 2.5);
    /// ```
    #[must_use]
    pub fn millions(self) -> f64 {
        self.0 / MILLION
    }
}
