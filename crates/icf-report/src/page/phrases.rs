//! What the program itself says in the cells of tables, in the reader's language.
//!
//! A run and its tables on disk speak English; a page in Chinese shows the sentences of the program in these words. What a
//! data set or a scenario says fits none of them and stays as it was said, unless it is a text of the built-in ones.
//!
//! In a pattern `{}` stands for any text and `{#}` for figures; in the Chinese beside it `{0}`, `{1}` … are what stood there,
//! themselves in Chinese as far as they are known.

use std::collections::BTreeMap;

use super::glossary::known_word;
use crate::number::unit_in;
use crate::{Language, page::sentences::SENTENCES};

/// A text in the reader's language, or as it is where nobody knows it. Regions have the names that are given by their English
/// ones.
pub(crate) fn said(text: &str, language: Language, names: &BTreeMap<&str, &str>) -> String {
    match language {
        Language::English => text.to_owned(),
        Language::Chinese => whole(text, names).unwrap_or_else(|| text.to_owned()),
    }
}

/// Statements set apart by semicolons of which each is known, a sentence, or a list of words.
fn whole(text: &str, names: &BTreeMap<&str, &str>) -> Option<String> {
    statements(text, names).or_else(|| sentence(text, names)).or_else(|| listed(text, names))
}

fn statements(text: &str, names: &BTreeMap<&str, &str>) -> Option<String> {
    let parts: Vec<&str> = text.split("; ").collect();
    // What follows may say whom it concerns.
    let of = |part: &&str| {
        sentence(part, names)
            .or_else(|| Some(format!("限于{}", filling(part.strip_prefix("in ")?, names))))
            .or_else(|| has_no_words(part).then(|| (*part).to_owned()))
    };
    let known: Option<Vec<String>> = (parts.len() > 1).then(|| parts.iter().map(of).collect()).flatten();
    known.map(|known| known.join("；"))
}

fn sentence(text: &str, names: &BTreeMap<&str, &str>) -> Option<String> {
    if let Some(name) = names.get(text) {
        return Some((*name).to_owned());
    }
    if let Some(word) = known_word(text) {
        return Some(word.to_owned());
    }
    let with_years = || {
        let (rest, years) = years(text)?;
        Some(patterned(rest, names)? + &years)
    };
    with_years().or_else(|| patterned(text, names))
}

/// The rest of a text that ends with its years, and these in Chinese.
fn years(text: &str) -> Option<(&str, String)> {
    let (rest, years) = text.rsplit_once(", ")?;
    let says = match years.split(' ').collect::<Vec<_>>()[..] {
        ["from", from] => format!("，自 {from} 年起"),
        ["by", to] => format!("，至 {to} 年"),
        [from, "to", to] => format!("，{from} 至 {to} 年"),
        _ => return None,
    };
    years.ends_with(|last: char| last.is_ascii_digit()).then_some((rest, says))
}

fn patterned(text: &str, names: &BTreeMap<&str, &str>) -> Option<String> {
    SENTENCES.iter().find_map(|(english, chinese)| {
        let mut out = (*chinese).to_owned();
        for (place, hole) in holes(english, text)?.into_iter().enumerate() {
            out = out.replace(&format!("{{{place}}}"), &filling(hole, names));
        }
        Some(out)
    })
}

/// What stands in a hole: known words, lists of them, or figures with their unit.
fn filling(text: &str, names: &BTreeMap<&str, &str>) -> String {
    whole(text, names).unwrap_or_else(|| {
        let text = unit_in(text, Language::Chinese);
        text.strip_prefix('-').map_or_else(|| text.clone(), |figure| format!("−{figure}"))
    })
}

/// Words set apart by commas of which each is known.
fn listed(text: &str, names: &BTreeMap<&str, &str>) -> Option<String> {
    let words: Option<Vec<&str>> =
        text.split(", ").map(|word| known_word(word).or_else(|| names.get(word).copied())).collect();
    words.map(|words| words.join("、"))
}

/// What stands in the holes of a pattern that the text fits.
fn holes<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let Some(open) = pattern.find('{') else {
        return (pattern == text).then(Vec::new);
    };
    let rest = text.strip_prefix(&pattern[..open])?;
    let close = open + pattern[open..].find('}').expect("each hole of the list is closed") + 1;
    let is_figure = &pattern[open..close] == "{#}";
    let after = &pattern[close..];
    // The shortest filling with which the rest fits as well.
    rest.char_indices().map(|(at, letter)| at + letter.len_utf8()).find_map(|end| {
        let hole = &rest[..end];
        let fits =
            !is_figure || hole.chars().all(|letter| letter.is_ascii_digit() || "+-−–.%^".contains(letter));
        let mut found = vec![hole];
        found.extend(fits.then(|| holes(after, &rest[end..])).flatten()?);
        Some(found)
    })
}

/// Whether a text is figures and signs alone.
fn has_no_words(text: &str) -> bool {
    !text.as_bytes().windows(3).any(|letters| letters.iter().all(u8::is_ascii_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(english: &str, chinese: &str) {
        let names = BTreeMap::from([("Inner Mongolia", "内蒙古")]);
        assert_eq!(said(english, Language::Chinese, &names), chinese);
        assert_eq!(said(english, Language::English, &names), english);
    }

    #[test]
    fn sentences_take_what_stands_in_their_holes() {
        check("filled with the figure of 2003", "以 2003 年数值填补");
        check("quadrant of Inner Mongolia (taken as 2021)", "内蒙古的象限（按 2021 年）");
        check("changes by -0.43 %/yr from the last observation", "自最后观测值起变化 −0.43 %/年");
        check(
            "left out, since some year has no figure: natural-gas, coke",
            "因某些年份无数据而剔除：天然气、焦炭",
        );
    }

    #[test]
    fn statements_are_known_all_together_or_not_at_all() {
        check(
            "off by 1.76 at best, tolerance 0.1; 8.60/0.9957^9; implied, not printed",
            "最接近时仍相差 1.76，容差 0.1；8.60/0.9957^9；由推算得出，原文未载",
        );
        check(
            "off by 1.76 at best, tolerance 0.1; whatever you like",
            "off by 1.76 at best, tolerance 0.1; whatever you like",
        );
    }

    #[test]
    fn what_a_user_says_stays() {
        check("a report of ours, in 2021", "a report of ours, in 2021");
        check("", "");
    }

    #[test]
    fn every_hole_is_used_and_there() {
        for (english, chinese) in SENTENCES {
            let count = english.matches('{').count();
            for place in 0..count {
                assert!(chinese.contains(&format!("{{{place}}}")), "{english}: {chinese} lacks {place}");
            }
            assert_eq!(chinese.matches('{').count(), count, "{english}: {chinese}");
        }
    }
}
