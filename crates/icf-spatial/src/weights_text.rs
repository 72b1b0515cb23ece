//! What GAL and GWT files have in common: lines, words, headers, ids.

use std::collections::HashMap;

use icf_units::RegionId;

use crate::{FileMistake, SpatialError};

/// The names in the header of a file of weights. Spaces in them are written as `_`, and nothing as `unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileHeader<'a> {
    /// The layer or file of the regions.
    pub layer: &'a str,
    /// The column with their ids.
    pub id_variable: &'a str,
}

impl FileHeader<'_> {
    pub(crate) fn line(self, regions: usize) -> String {
        let name = |name: &str| {
            let joined = name.split_whitespace().collect::<Vec<_>>().join("_");
            if joined.is_empty() { "unknown".to_owned() } else { joined }
        };
        format!("0 {regions} {} {}\n", name(self.layer), name(self.id_variable))
    }
}

/// The lines with their numbers, without a byte order mark, and without comments (`#`) and empty lines at the head.
pub(crate) fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
    let before = |line: &str| line.trim().is_empty() || line.starts_with('#');
    lines.map(|(index, line)| (index + 1, line)).skip_while(move |(_, line)| before(line))
}

/// The words of a line; what stands in double quotes is one word.
pub(crate) fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// The number of regions that a header gives: `n`, or `0 n layer idvariable`.
pub(crate) fn count(header: &str) -> Result<usize, FileMistake> {
    let words = words(header);
    let count = match words.as_slice() {
        [count] | ["0", count, _, ..] => count.parse().ok(),
        _ => None,
    };
    count.ok_or_else(|| FileMistake::Header(header.trim().to_owned()))
}

/// Places of regions by id.
pub(crate) struct Known<'a> {
    places: HashMap<&'a str, usize>,
    /// Words of the longest id.
    longest: usize,
}

impl<'a> Known<'a> {
    pub(crate) fn new(ids: impl IntoIterator<Item = &'a RegionId>) -> Self {
        let places: HashMap<&str, usize> =
            ids.into_iter().enumerate().map(|(place, id)| (id.as_str(), place)).collect();
        let longest = places.keys().map(|id| id.split_whitespace().count()).max().unwrap_or(1);
        Self { places, longest }
    }

    /// The places of the `wanted` ids that words name. Files in which ids with spaces stand without quotes, as
    /// GeoDa writes them, are read where the words can be split into ids in just one way. Of words that are more or
    /// fewer than wanted only unknown ones are told.
    pub(crate) fn places(&self, words: &[&str], wanted: usize) -> Result<Vec<usize>, Vec<FileMistake>> {
        let found: Vec<Option<usize>> = words.iter().map(|word| self.places.get(word).copied()).collect();
        if words.len() == wanted
            && let Some(places) = found.iter().copied().collect()
        {
            return Ok(places);
        }
        if self.longest > 1
            && let Some(places) = self.only_split(words, wanted)
        {
            return Ok(places);
        }
        if self.longest > 1 && words.len() != wanted && found.contains(&None) {
            return Err(vec![FileMistake::Spaces(words.join(" "))]);
        }
        let unknown = words.iter().zip(found).filter(|(_, found)| found.is_none());
        Err(unknown.map(|(id, _)| FileMistake::UnknownRegion { id: (*id).to_owned() }).collect())
    }

    /// The places of the ids, if there is just one way to split the words into so many.
    fn only_split(&self, words: &[&str], wanted: usize) -> Option<Vec<usize>> {
        if wanted > words.len() {
            return None;
        }
        let id = |from: usize, to: usize| self.places.get(words[from..to].join(" ").as_str()).copied();
        // ways[from][left]: ways to split what begins at a word into so many ids; two stands for more.
        let mut ways = vec![vec![0_u8; wanted + 1]; words.len() + 1];
        ways[words.len()][0] = 1;
        for from in (0..words.len()).rev() {
            for to in from + 1..=words.len().min(from + self.longest) {
                if id(from, to).is_some() {
                    for left in 1..=wanted {
                        ways[from][left] = (ways[from][left] + ways[to][left - 1]).min(2);
                    }
                }
            }
        }
        if ways[0][wanted] != 1 {
            return None;
        }
        let (mut from, mut places) = (0, Vec::with_capacity(wanted));
        while from < words.len() {
            let left = wanted - places.len();
            let mut ends = from + 1..=words.len().min(from + self.longest);
            let end = ends.find(|to| id(from, *to).is_some() && ways[*to][left - 1] == 1)?;
            places.push(id(from, end)?);
            from = end;
        }
        Some(places)
    }
}

/// The ids as they stand in a file: those with spaces in double quotes.
pub(crate) fn written(ids: &[RegionId]) -> Result<Vec<String>, SpatialError> {
    let cannot =
        |id: &&RegionId| id.as_str().is_empty() || id.as_str().contains(['"', '\n', '\r', '\u{feff}']);
    let unwritable: Vec<RegionId> = ids.iter().filter(cannot).cloned().collect();
    if !unwritable.is_empty() {
        return Err(SpatialError::UnwritableIds(unwritable));
    }
    let quoted = |id: &str| {
        if id.contains(char::is_whitespace) { format!("\"{id}\"") } else { id.to_owned() }
    };
    Ok(ids.iter().map(|id| quoted(id.as_str())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_words(line: &str, expected: &[&str]) {
        assert_eq!(words(line), expected);
    }

    #[test]
    fn lines_are_words() {
        check_words("  a \t b ", &["a", "b"]);
        check_words(r#""New York" 2"#, &["New York", "2"]);
        check_words(r#"a "b"#, &["a", "b"]);
        check_words("", &[]);
    }

    #[track_caller]
    fn check_count(header: &str, expected: Option<usize>) {
        assert_eq!(count(header).ok(), expected);
    }

    #[test]
    fn headers() {
        check_count("49", Some(49));
        check_count(" 0 49 columbus POLYID ", Some(49));
        check_count("0 49 my layer NAME", Some(49));
        check_count(r#"0 49 "my layer" NAME"#, Some(49));
        check_count("0 49", None);
        check_count("1 49 columbus POLYID", None);
        check_count("-1", None);
        check_count("region", None);
    }

    #[track_caller]
    fn check_split(ids: &[&str], line: &str, wanted: usize, expected: Option<&[usize]>) {
        let ids: Vec<RegionId> = ids.iter().map(|id| RegionId::new(id)).collect();
        assert_eq!(Known::new(&ids).places(&words(line), wanted).ok().as_deref(), expected);
    }

    #[test]
    fn ids_with_spaces() {
        let ids = ["New York", "York", "New", "Maine"];
        check_split(&ids, "Maine New York", 2, Some(&[3, 0]));
        check_split(&ids, "Maine New York", 3, Some(&[3, 2, 1]));
        check_split(&ids, "New York New York", 3, None);
        check_split(&ids, "New York New York", 2, Some(&[0, 0]));
        check_split(&ids, "Maine Utah", 2, None);
        check_split(&ids, "Maine", usize::MAX, None);
        check_split(&["a b", "b c", "a", "c"], "a b c", 2, None);
    }
}
