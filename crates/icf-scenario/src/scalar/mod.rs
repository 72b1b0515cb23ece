//! Scalars that carry their unit: they read what people write, and print it back.

mod amount;
mod area;
mod grid_factor;
mod level;
mod mass;
mod npp;
mod npp_unit;
mod number;
mod percent;
mod price;
mod rate;

pub use amount::Amount;
pub use area::Area;
pub use grid_factor::GridFactor;
pub use level::Level;
pub use mass::Mass;
pub use npp::Npp;
pub use npp_unit::NppUnit;
pub use percent::Percent;
pub use price::{Per, Price};
pub use rate::Rate;

pub(crate) use number::{is_number, print as print_number, split as split_number};

/// A text that is not the quantity it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct ScalarError {
    message: String,
    hint: String,
}

impl ScalarError {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }

    /// What would help.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.hint
    }
}

/// Gives a scalar its way through serde as text, and its schema. `FromStr` and `Display` are its grammar.
macro_rules! written_as_text {
    ($name:ident, format: $format:literal, types: $types:tt, about: $about:literal, examples: $examples:tt) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "description": $about,
                    "type": $types,
                    "format": $format,
                    "examples": $examples,
                })
            }
        }
    };
}
pub(crate) use written_as_text;
