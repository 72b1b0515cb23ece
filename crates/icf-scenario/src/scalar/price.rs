//! What a unit of traded sink costs.

use std::fmt;
use std::str::FromStr;

use super::{ScalarError, number, written_as_text};

/// What a unit of traded sink costs, in any currency: `60 yuan/tCO2`, `220 yuan/tC`, `30 EUR/hm2`.
///
/// ```
/// use icf_scenario::{Per, Price};
/// let price: Price = "60 yuan/t CO2".parse().unwrap();
/// assert_eq!((price.amount(), price.currency(), price.per()), (60.0, "yuan", Per::TonneCo2));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    amount: f64,
    currency: String,
    per: Per,
}

/// For what a price is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// A tonne of CO2.
    TonneCo2,
    /// A tonne of carbon.
    TonneCarbon,
    /// A hectare.
    Hectare,
}

impl Per {
    const ALL: [(Self, &'static str); 3] =
        [(Self::TonneCo2, "tCO2"), (Self::TonneCarbon, "tC"), (Self::Hectare, "hm2")];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(per, _)| *per == self).map_or("", |(_, name)| *name)
    }
}

impl Price {
    /// How much money.
    #[must_use]
    pub const fn amount(&self) -> f64 {
        self.amount
    }

    /// Of which currency, as it is written.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// For what.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }
}

impl FromStr for Price {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        const EXAMPLES: &str = "write `60 yuan/tCO2`, `220 yuan/tC` or `700 yuan/hm2`";
        let Some((amount, unit)) = number::split(text) else {
            return Err(ScalarError::new(format!("`{text}` is not a price"), EXAMPLES));
        };
        if amount < 0.0 {
            return Err(ScalarError::new(format!("the price `{text}` is below zero"), EXAMPLES));
        }
        let unit: String = unit.split_whitespace().collect::<String>().replace(['²', '₂'], "2");
        let parts = unit.split_once('/').filter(|(currency, _)| {
            !currency.is_empty() && currency.chars().all(|letter| letter.is_alphabetic() || letter == '$')
        });
        let per = |of: &str| Per::ALL.iter().find(|(_, name)| *name == of.replace("ha", "hm2"));
        match parts.and_then(|(currency, of)| Some((currency, per(of)?.0))) {
            Some((currency, per)) => Ok(Self { amount, currency: currency.to_owned(), per }),
            None if unit.is_empty() => {
                Err(ScalarError::new(format!("the price `{text}` has no unit"), EXAMPLES))
            }
            None => Err(ScalarError::new(format!("`{unit}` is not the unit of a price"), EXAMPLES)),
        }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", number::print(self.amount), self.currency, self.per.name())
    }
}

written_as_text! {
    Price, format: "price", types: "string",
    about: "What a unit of traded sink costs, in any currency.",
    examples: ["60 yuan/tCO2", "220 yuan/tC", "700 yuan/hm2"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match text.parse::<Price>() {
            Ok(price) => {
                assert_eq!(price.to_string().parse(), Ok(price.clone()));
                price.to_string()
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn a_price_says_in_what_and_for_what() {
        check("60 yuan/tCO2", "60 yuan/tCO2");
        check("60 元/t CO₂", "60 元/tCO2");
        check("30 EUR/ha", "30 EUR/hm2");
        check("60", "the price `60` has no unit");
        check("60 yuan", "`yuan` is not the unit of a price");
        check("60 yuan/t", "`yuan/t` is not the unit of a price");
        check("-1 yuan/tC", "the price `-1 yuan/tC` is below zero");
        check("cheap", "`cheap` is not a price");
    }
}
