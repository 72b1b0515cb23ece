//! A scalar as it is written, and what the core schema of YAML 1.2 takes it for.

use crate::scalar::is_number;

/// A scalar as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    /// Without quotes, so that it may be a number, a truth value or nothing.
    pub(crate) plain: bool,
}

/// What the core schema of YAML 1.2 takes a scalar for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Core {
    Null,
    Bool(bool),
    Integer(i128),
    /// May be infinite or NaN.
    Float(f64),
    Text,
}

impl Scalar {
    pub(crate) fn core(&self) -> Core {
        if !self.plain {
            return Core::Text;
        }
        let text = self.text.as_str();
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Core::Null,
            "true" | "True" | "TRUE" => return Core::Bool(true),
            "false" | "False" | "FALSE" => return Core::Bool(false),
            ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Core::Float(f64::INFINITY),
            "-.inf" | "-.Inf" | "-.INF" => return Core::Float(f64::NEG_INFINITY),
            ".nan" | ".NaN" | ".NAN" => return Core::Float(f64::NAN),
            _ => {}
        }
        let based = text
            .strip_prefix("0x")
            .and_then(|digits| unsigned(digits, 16))
            .or_else(|| text.strip_prefix("0o").and_then(|digits| unsigned(digits, 8)));
        if let Some(value) = based {
            return Core::Integer(value);
        }
        if !is_number(text) {
            return Core::Text;
        }
        match text.parse() {
            Ok(value) => Core::Integer(value),
            Err(_) => Core::Float(text.parse().expect("the grammar of YAML is a part of Rust's")),
        }
    }

    pub(super) fn describe(&self) -> String {
        match self.core() {
            Core::Null => "nothing".to_owned(),
            Core::Text if !self.plain => format!("the text {:?}", shortened(&self.text)),
            _ => format!("`{}`", shortened(&self.text)),
        }
    }
}

/// `from_str_radix` alone would take a sign after the prefix.
fn unsigned(digits: &str, radix: u32) -> Option<i128> {
    digits
        .starts_with(|first: char| first.is_digit(radix))
        .then(|| i128::from_str_radix(digits, radix).ok())?
}

/// A message quotes one line at most.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.len() < text.trim_end().len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Core) {
        assert_eq!(Scalar { text: text.to_owned(), plain: true }.core(), expect);
    }

    #[test]
    fn the_core_schema_and_no_more() {
        check("", Core::Null);
        check("~", Core::Null);
        check("true", Core::Bool(true));
        check("yes", Core::Text);
        check("2000", Core::Integer(2000));
        check("+7", Core::Integer(7));
        check("0x1f", Core::Integer(31));
        check("0x-1", Core::Text);
        check("0o17", Core::Integer(15));
        check("1_000", Core::Text);
        check("1.5", Core::Float(1.5));
        check("1e3", Core::Float(1000.0));
        check(".5", Core::Float(0.5));
        check("-.inf", Core::Float(f64::NEG_INFINITY));
        check("inf", Core::Text);
        check("12:30", Core::Text);
    }

    #[test]
    fn quotes_make_text() {
        assert_eq!(Scalar { text: "2000".to_owned(), plain: false }.core(), Core::Text);
    }
}
