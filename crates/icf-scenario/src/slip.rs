//! What people write by habit, and YAML or the language take for something else: full-width signs, commas in numbers, per mille,
//! Chinese multiples and units. A mistake that stands on such a text is told with what to write in its place.

use crate::scalar::{print_number, split_number};

/// Signs that a Chinese keyboard, a word processor or a web page gives, what they are called, and what is written instead.
const SIGNS: &[(char, &str, &str)] = &[
    ('：', "a full-width colon", "`: `, a colon and a blank"),
    ('，', "a full-width comma", "`, `, a comma and a blank"),
    ('、', "a Chinese comma", "`, `, a comma and a blank"),
    ('；', "a full-width semicolon", "`, `, a comma and a blank"),
    ('％', "a full-width per cent sign", "`%`"),
    ('＜', "a full-width sign", "`<`"),
    ('＞', "a full-width sign", "`>`"),
    ('＝', "a full-width sign", "`=`"),
    ('－', "a full-width minus", "`-`"),
    ('“', "a curly quote", "`\"`"),
    ('”', "a curly quote", "`\"`"),
    ('‘', "a curly quote", "`'`"),
    ('’', "a curly quote", "`'`"),
    ('（', "a full-width bracket", "`(`"),
    ('［', "a full-width bracket", "`[`"),
    ('【', "a full-width bracket", "`[`"),
    ('｛', "a full-width brace", "`{`"),
    ('\u{3000}', "a full-width blank", "plain blanks"),
    ('\u{a0}', "a no-break space", "a plain blank"),
    ('\u{200b}', "a blank without width", "nothing there"),
];

/// Multiples that stand before a unit.
const MULTIPLES: &[(&str, f64)] = &[("亿", 1e8), ("百万", 1e6), ("万", 1e4), ("千", 1e3)];

/// Units in Chinese, longer ones first.
const UNITS: &[(&str, &str)] = &[
    ("吨二氧化碳", "tCO2"),
    ("吨CO2", "tCO2"),
    ("吨碳", "tC"),
    ("吨C", "tC"),
    ("吨", "t"),
    ("平方公里", "km2"),
    ("公顷", "hm2"),
    ("亩", "mu"),
    ("元", "yuan"),
    ("人", "person"),
    ("年", "yr"),
];

/// What to write in place of a text; `None` where no habit shows.
pub(crate) fn slip(text: &str) -> Option<String> {
    sign(text).or_else(|| figure(text.trim_matches(['"', '\''])))
}

/// As [`slip`], of signs alone.
pub(crate) fn sign(text: &str) -> Option<String> {
    let (found, called, instead) = text.chars().find_map(|c| SIGNS.iter().find(|(sign, ..)| *sign == c))?;
    let shown = if found.is_whitespace() || *found == '\u{200b}' {
        format!("U+{:04X}", u32::from(*found))
    } else {
        found.to_string()
    };
    Some(format!("`{shown}` is {called}: write {instead}"))
}

fn figure(text: &str) -> Option<String> {
    let (number, unit) = split_number(text)?;
    if unit.starts_with(',') {
        return commas(text);
    }
    if unit == "年" {
        return Some(format!("a year is a number alone: write `{number}`"));
    }
    if let Some(rest) = unit.strip_prefix('‰') {
        let per_cent = print_number(rounded(number / 10.0));
        return Some(format!("`‰` is a tenth of a per cent: write `{per_cent} %{rest}`"));
    }
    let (multiple, rest) = MULTIPLES
        .iter()
        .find_map(|(word, times)| Some((*times, unit.strip_prefix(word)?)))
        .unwrap_or((1.0, unit));
    let mut rest = rest.trim().to_owned();
    let mut is_chinese = multiple > 1.0;
    for (word, plain) in UNITS {
        is_chinese |= rest.contains(word);
        rest = rest.replace(word, plain);
    }
    // What is left in Chinese is not understood.
    (is_chinese && rest.is_ascii()).then(|| {
        let figure = print_number(rounded(number * multiple));
        format!("units are written in Latin letters: `{}`", format!("{figure} {rest}").trim_end())
    })
}

/// Commas between the digits of a number.
fn commas(text: &str) -> Option<String> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '-' | '+' | '−'))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let mut groups = number.split(',');
    let first = groups.next()?;
    let others: Vec<&str> = groups.collect();
    let is_digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let plain = format!("{}{rest}", number.replace(',', ""));
    let pointed = format!("{first}.{}{rest}", others.concat());
    let are_thousands = others
        .iter()
        .all(|group| group.split('.').next().is_some_and(|digits| digits.len() == 3 && is_digits(&digits)));
    match (others.len(), are_thousands) {
        (1, true) if !number.contains('.') => {
            Some(format!("a number has no comma: write `{plain}`, or `{pointed}` if it parts the decimals"))
        }
        (_, true) => Some(format!("a number has no commas: write `{plain}`")),
        (1, false) if others.iter().all(is_digits) => {
            Some(format!("decimals follow a point: write `{pointed}`"))
        }
        _ => None,
    }
}

/// Without the last digits, which a multiplication makes up.
fn rounded(value: f64) -> f64 {
    format!("{value:.11e}").parse().expect("a printed number is a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(slip(text).as_deref(), expect);
    }

    #[test]
    fn habits_are_told() {
        check("horizon：2035", Some("`：` is a full-width colon: write `: `, a colon and a blank"));
        check("Hainan，Guangdong", Some("`，` is a full-width comma: write `, `, a comma and a blank"));
        check("horizon:\u{a0}2035", Some("`U+00A0` is a no-break space: write a plain blank"));
        check("10％", Some("`％` is a full-width per cent sign: write `%`"));
        check("-4.3 ‰/yr", Some("`‰` is a tenth of a per cent: write `-0.43 %/yr`"));
        check("8.6 亿吨", Some("units are written in Latin letters: `8.6e8 t`"));
        check("86000万吨碳", Some("units are written in Latin letters: `8.6e8 tC`"));
        check("50 万公顷", Some("units are written in Latin letters: `500000 hm2`"));
        check("100 元/吨CO2", Some("units are written in Latin letters: `100 yuan/tCO2`"));
        check("2030年", Some("a year is a number alone: write `2030`"));
        check("\"860,000,000 tC\"", Some("a number has no commas: write `860000000 tC`"));
        check(
            "1,234 tC",
            Some("a number has no comma: write `1234 tC`, or `1.234 tC` if it parts the decimals"),
        );
        check("1,234.5 tC", Some("a number has no commas: write `1234.5 tC`"));
        check("-0,43 %/yr", Some("decimals follow a point: write `-0.43 %/yr`"));
    }

    #[test]
    fn what_is_no_habit_is_left() {
        for text in ["", "-0.43 %/yr", "Guangdong", "2022", "8.6e8 tC", "3 里", "海南", "1,,2"] {
            check(text, None);
        }
    }
}
