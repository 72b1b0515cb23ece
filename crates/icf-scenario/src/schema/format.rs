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
    // File systems count bytes, and the names of a family's folder and of its scenario are longer than this one.
    const MOST_BYTES: usize = 200;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let hint = if !text.starts_with(char::is_alphanumeric)
        || !text.chars().all(plain)
        || text.chars().count() > LONGEST
    {
        format!("use letters, digits, `-`, `_` and `.`, a letter or digit first, {LONGEST} at most")
    } else if text.len() > MOST_BYTES {
        format!(
            "it has {} bytes in UTF-8; file systems hold {MOST_BYTES} and what is put behind them",
            text.len()
        )
    } else if text.ends_with('.') {
        "a name that ends with a dot is another one on Windows".to_owned()
    } else if is_device(text) {
        "Windows takes it for a device, whatever follows its first dot".to_owned()
    } else {
        return Ok(());
    };
    Err(ScalarError::new(format!("{text:?} cannot be the name of a scenario"), hint))
}

/// Whether Windows takes a file of that name for a device.
fn is_device(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered = |kind: &str| {
        let number = stem.strip_prefix(kind).map(|rest| rest.chars().collect::<Vec<_>>());
        matches!(number.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

fn year(text: &str) -> Result<(), ScalarError> {
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(ScalarError::new(format!("`{text}` is not a year"), "write `2025: 85 %`"))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[track_caller]
    fn check(text: &str, refused: Option<&str>) {
        let hint = name(text).err().map(|error| error.hint().to_owned());
        assert_eq!(hint.is_some(), refused.is_some(), "{text}: {hint:?}");
        assert!(hint.unwrap_or_default().contains(refused.unwrap_or_default()), "{text}");
    }

    #[test]
    fn names_are_those_that_every_file_system_holds() {
        for good in [
            "baseline",
            "base.con",
            "早峰",
            "console",
            "com",
            "com10",
            "nul-2",
            "a.b",
            "2030",
            &"峰".repeat(66),
        ] {
            check(good, None);
        }
        for device in
            ["con", "CON", "nul", "Aux", "prn", "com1", "LPT9", "com0", "lpt²", "nul.2", "con.early.peak"]
        {
            check(device, Some("a device"));
        }
        check("early.", Some("ends with a dot"));
        check(&"峰".repeat(67), Some("has 201 bytes"));
        check(&"a".repeat(101), Some("100 at most"));
        for other in ["", ".a", "-a", "a b", "a/b", "a:b", "../a"] {
            check(other, Some("use letters"));
        }
    }
}
