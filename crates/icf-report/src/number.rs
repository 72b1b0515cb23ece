//! Numbers as readers see them: fixed digits, grouped thousands, a true minus, units in steps of a thousand, or of ten
//! thousand in Chinese.

use crate::Language;

/// A number with a fixed number of decimals.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let negative = value < 0.0 && digits.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
    let mut text = String::from(if negative { "−" } else { "" });
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A number with so many significant digits, but never with less than its whole part.
pub(crate) fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = format!("{:.*e}", digits - 1, value.abs());
    let exponent: i32 = magnitude.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    let wanted = i32::try_from(digits).unwrap_or(3) - 1 - exponent;
    fixed(value, usize::try_from(wanted.clamp(0, 12)).unwrap_or(0))
}

/// A number with up to five significant digits, as a table of factors prints it.
pub(crate) fn trimmed(value: f64) -> String {
    let text = significant(value, 5);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A share as a percentage with one decimal.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", fixed(share * 100.0, 1))
}

/// A unit with a decimal prefix that suits the largest of some values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scaled {
    divisor: u32,
    prefix: &'static str,
    unit: &'static str,
}

impl Scaled {
    /// For masses: t, kt, Mt or Gt of something; t, 万 t or 亿 t in Chinese.
    pub(crate) fn tonnes(largest: f64, of: &'static str, language: Language) -> Self {
        let (divisor, prefix) = match largest.abs() {
            x if language == Language::Chinese => match myriads(x) {
                (divisor, "") => (divisor, "t"),
                (divisor, "万") => (divisor, "万 t"),
                (divisor, _) => (divisor, "亿 t"),
            },
            x if x >= 0.5e9 => (1_000_000_000, "Gt"),
            x if x >= 0.5e6 => (1_000_000, "Mt"),
            x if x >= 0.5e3 => (1_000, "kt"),
            _ => (1, "t"),
        };
        Self { divisor, prefix, unit: of }
    }

    /// For masses of carbon, or of what is taken for carbon.
    pub(crate) fn of_basis(largest: f64, is_carbon: bool, language: Language) -> Self {
        let taken = language.of("(CO₂ taken for C)", "（CO₂ 计作 C）");
        Self::tonnes(largest, if is_carbon { "C" } else { taken }, language)
    }

    /// For areas: hm², thousands or millions of them.
    pub(crate) fn hectares(largest: f64, language: Language) -> Self {
        let (divisor, prefix) = match largest.abs() {
            x if language == Language::Chinese => myriads(x),
            x if x >= 0.5e6 => (1_000_000, "million"),
            x if x >= 0.5e3 => (1_000, "thousand"),
            _ => (1, ""),
        };
        Self { divisor, prefix, unit: "hm²" }
    }

    /// A value in the scaled unit.
    pub(crate) fn of(self, value: f64) -> f64 {
        value / f64::from(self.divisor)
    }

    /// The scaled unit.
    pub(crate) fn name(self) -> String {
        [self.prefix, self.unit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// A value with its unit.
    pub(crate) fn text(self, value: f64) -> String {
        format!("{} {}", significant(self.of(value), 3), self.name())
    }
}

/// The step of ten thousand that suits a value, with its name.
fn myriads(value: f64) -> (u32, &'static str) {
    match value {
        x if x >= 0.5e8 => (100_000_000, "亿"),
        x if x >= 0.5e4 => (10_000, "万"),
        _ => (1, ""),
    }
}

/// A value with a unit as the tables write it, for readers: `860000000` of `t C` becomes `0.86 Gt C`.
pub(crate) fn with_unit(value: f64, unit: &str, language: Language) -> String {
    let unit = unit.trim();
    match unit {
        "" | "1" => significant(value, 3),
        "hm2" => Scaled::hectares(value, language).text(value),
        _ if unit == "t" || unit.starts_with("t ") => {
            let scaled = Scaled::tonnes(value, "", language);
            [scaled.text(value), unit_in(unit[1..].trim(), language)].join(" ").trim_end().to_owned()
        }
        _ => format!("{} {}", significant(value, 3), unit_in(unit, language)),
    }
}

/// A unit with its powers raised, and its words in the reader's language.
pub(crate) fn unit_in(unit: &str, language: Language) -> String {
    let unit = readable_unit(unit);
    match language {
        Language::English => unit.replace("1e8 ", "10⁸ "),
        Language::Chinese => unit
            .replace("1e8 ", "亿 ")
            .replace(" per ", "/")
            .replace(" or ", " 或 ")
            .replace("person", "人")
            .replace("yr", "年")
            .replace("taken for C, as printed", "照原文计作 C"),
    }
}

/// A unit with its powers raised.
pub(crate) fn readable_unit(unit: &str) -> String {
    unit.replace("hm2", "hm²").replace("m3", "m³").replace("CO2", "CO₂")
}

/// What follows a figure on the same line.
const UNITS: [&str; 20] = [
    "%",
    "t",
    "kt",
    "Mt",
    "Gt",
    "C",
    "CO₂",
    "(CO₂",
    "hm²",
    "hm²/person",
    "hm²/人",
    "km",
    "million",
    "thousand",
    "亿",
    "万",
    "persons",
    "yuan",
    "万人",
    "元",
];

/// The text with no break between a figure and its unit.
pub(crate) fn unbroken(text: &str) -> String {
    let is_unit = |word: &str| {
        let word = word.split(['，', '；', '。', '（', '）', '、']).next().unwrap_or(word);
        UNITS.contains(&word.trim_end_matches([',', '.', ';', ':', ')', '（']))
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = "";
    for word in text.split(' ') {
        if !out.is_empty() {
            let is_figure = before.ends_with(|last: char| last.is_ascii_digit());
            let joins = is_unit(word) && (is_figure || is_unit(before));
            out.push(if joins { '\u{a0}' } else { ' ' });
        }
        out.push_str(word);
        before = word;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64, unit: &str, expected: &str) {
        assert_eq!(with_unit(value, unit, Language::English), expected);
    }

    #[test]
    fn values_carry_a_fitting_unit() {
        check(8.6e8, "t C", "0.860 Gt C");
        check(-3.24e7, "t C", "−32.4 Mt C");
        check(2.7e9, "t (CO2 taken for C, as printed)", "2.70 Gt (CO₂ taken for C, as printed)");
        check(254_321_987.0, "hm2", "254 million hm²");
        check(1.5, "1", "1.50");
        check(0.0, "t C", "0 t C");
        check(0.7312, "hm2/person", "0.731 hm²/person");
    }

    #[test]
    fn no_line_breaks_between_a_figure_and_its_unit() {
        let check = |text: &str, expected: &str| assert_eq!(unbroken(text), expected.replace('~', "\u{a0}"));
        check("emitted 0.802 Gt C: 25.1 % less than", "emitted 0.802~Gt~C: 25.1~% less than");
        check(
            "65.1 million hm² of room left in 2030, 20.9 % of",
            "65.1~million~hm² of room left in 2030, 20.9~% of",
        );
        check("吸收的 10.7 亿 t C 少 25.1 %。其中 12 个区域", "吸收的 10.7~亿~t~C 少 25.1~%。其中 12 个区域");
        check("a surplus of C in 2022 and million others", "a surplus of C in 2022 and million others");
    }

    #[test]
    fn chinese_counts_by_ten_thousands() {
        let said = |value, unit| with_unit(value, unit, Language::Chinese);
        assert_eq!(said(8.6e8, "t C"), "8.60 亿 t C");
        assert_eq!(said(-3.24e7, "t C"), "−3,240 万 t C");
        assert_eq!(said(8.6e8, "t (CO2 taken for C, as printed)"), "8.60 亿 t (CO₂ 照原文计作 C)");
        assert_eq!(said(254_321_987.0, "hm2"), "2.54 亿 hm²");
        assert_eq!(said(0.7312, "hm2/person"), "0.731 hm²/人");
    }

    #[test]
    fn digits_are_grouped_and_signed() {
        assert_eq!(fixed(-1_234_567.891, 1), "−1,234,567.9");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(999.0, 0), "999");
        assert_eq!(significant(9.996, 3), "10.0");
        assert_eq!(trimmed(1.9003), "1.9003");
        assert_eq!(trimmed(0.080), "0.08");
        assert_eq!(trimmed(100.0), "100");
        assert_eq!(significant(123_456.0, 3), "123,456");
        assert_eq!(percent(-0.0043), "−0.4 %");
    }
}
