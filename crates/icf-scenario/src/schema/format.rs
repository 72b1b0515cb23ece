//! The texts that have a grammar of their own, by the `format` of the schema.

use crate::scalar::{Amount, Area, GridFactor, Level, Mass, Npp, NppUnit, Percent, Price, Rate, ScalarError};

type Parser = fn(&str) -> Result<(), ScalarError>;

/// One line a format.
const FORMATS: &[(&str, Parser)] = &[
    ("amount", parses::<Amount>),
    ("area", parses::<Area>),
    ("grid-factor", parses::<GridFactor>),
    ("level", parses::<Level>),
    ("mass", parses::<Mass>),
    ("name", name),
    ("npp", parses::<Npp>),
    ("npp-unit", parses::<NppUnit>),
    ("percent", parses::<Percent>),
    ("price", parses::<Price>),
    ("rate", parses::<Rate>),
    ("year", year),
];

pub(super) fn parser(format: &str) -> Option<Parser> {
    FORMATS.iter().find(|(name, _)| *name == format).map(|(_, parser)| *parser)
}

fn parses<T: std::str::FromStr<Err = ScalarError>>(text: &str) -> Result<(), ScalarError> {
    text.parse::<T>().map(drop)
}

/// A scenario's name is the name of its folder, so it can be written on every file system and leads nowhere.
fn name(text: &str) -> Result<(), ScalarError> {
    const LONGEST: usize = 100;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.starts_with(char::is_alphanumeric) && text.chars().all(plain) && text.chars().count() <= LONGEST {
        return Ok(());
    }
    Err(ScalarError::new(
        format!("{text:?} cannot be the name of a scenario"),
        format!("use letters, digits, `-`, `_` and `.`, a letter or digit first, {LONGEST} at most"),
    ))
}

fn year(text: &str) -> Result<(), ScalarError> {
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(ScalarError::new(format!("`{text}` is not a year"), "write `2025: 85 %`"))
}
