//! The texts that have a grammar of their own, by the `format` of the schema.

use crate::scalar::{Amount, Area, GridFactor, Level, Mass, Npp, Percent, Price, Rate, ScalarError};

type Parser = fn(&str) -> Result<(), ScalarError>;

/// One line a format: its name, what reads it, and for the published schema a regular expression that fits every text
/// which is read, and some more: units and spaces may be written in many ways.
const FORMATS: &[(&str, Parser, &str)] = &[
    ("amount", parses::<Amount>, r"^\s*[-+−]?[0-9.]"),
    ("area", parses::<Area>, r"^\s*[-+−]?[0-9.].*[^\s0-9.eE+-]"),
    ("grid-factor", parses::<GridFactor>, r"^\s*[-+−]?[0-9.].*/.*h\s*$"),
    ("level", parses::<Level>, r"^\s*[-+−]?[0-9.]"),
    ("mass", parses::<Mass>, r"^\s*[-+−]?[0-9.].*[^\s0-9.eE+-]"),
    ("name", name, r#"^[^-\s._/\\:*?"<>|][^\s/\\:*?"<>|]{0,99}$"#),
    ("npp", parses::<Npp>, r"^\s*\+?[0-9.].*t.*/.*h"),
    ("percent", parses::<Percent>, r"^\s*[-+−]?[0-9.].*%\s*$"),
    ("price", parses::<Price>, r"^\s*[-+−]?[0-9.].*/"),
    ("rate", parses::<Rate>, r"^\s*[-+−]?[0-9.].*%.*[ra]\s*$"),
    ("year", year, "^[0-9]{4}$"),
];

pub(super) fn parser(format: &str) -> Option<Parser> {
    FORMATS.iter().find(|(name, ..)| *name == format).map(|(_, parser, _)| *parser)
}

pub(super) fn pattern(format: &str) -> Option<&'static str> {
    FORMATS.iter().find(|(name, ..)| *name == format).map(|(.., pattern)| *pattern)
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
