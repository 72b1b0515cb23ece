//! GWT files: links with their weights, a line each.

use std::collections::{HashMap, HashSet};

use icf_units::RegionId;

use crate::weights_text::{Known, count, numbered, words, written};
use crate::{FileHeader, FileMistake, LineMistake, SpatialError, Weights, WeightsFileError};

/// Reads a GWT file: directed links with weights.
///
/// The first line is `0 n layer idvariable` or `n`; each line after that is `from to weight`. A weight of zero is
/// no link. Regions without a link have no line: with `ids` given, the weights are of these regions in this order;
/// without, they are of the regions that are named, those with neighbours of their own first, and the header must
/// not say more. Ids with spaces may stand in double quotes.
///
/// GeoDa writes the *distances* of nearest neighbours and bands as the third column: a large figure there is a
/// small weight, and [`Weights::union`] of such weights with themselves makes each of them one.
///
/// ```
/// use icf_spatial::read_gwt;
/// let ids = ["a", "b", "c"].map(Into::into);
/// let weights = read_gwt("0 3 towns code\na b 0.5\nb a 2\n", Some(&ids)).unwrap();
/// assert_eq!((weights.weight(0, 1), weights.weight(1, 0)), (0.5, 2.0));
/// assert_eq!(weights.islands(), ["c".into()]);
/// ```
///
/// # Errors
/// With every mistake in the file and its line.
pub fn read_gwt(text: &str, ids: Option<&[RegionId]>) -> Result<Weights, WeightsFileError> {
    let mut mistakes = Vec::new();
    let mut lines = numbered(text);
    let Some((header_line, header)) = lines.next() else {
        return Err(WeightsFileError(vec![LineMistake { line: 1, mistake: FileMistake::Empty }]));
    };
    let stated =
        count(header).map_err(|mistake| mistakes.push(LineMistake { line: header_line, mistake })).ok();
    let mut links = Vec::new();
    for (line, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
        match link(line, text, ids.is_some()) {
            Ok(link) => links.push(link),
            Err(mistake) => mistakes.push(LineMistake { line, mistake }),
        }
    }

    let of: Vec<RegionId> = ids.map_or_else(|| named(&links), <[RegionId]>::to_vec);
    let mut seen = HashSet::new();
    for id in of.iter().filter(|id| !seen.insert(*id)) {
        mistakes.push(LineMistake { line: header_line, mistake: FileMistake::KnownTwice(id.clone()) });
    }
    let rows = rows(&of, &links, &mut mistakes);
    // A line that cannot be read may name the regions that are missing.
    let (found, readable) = (of.len(), mistakes.is_empty());
    if let Some(stated) = stated.filter(|stated| *stated != found && readable) {
        let mistake = if ids.is_none() && found < stated {
            FileMistake::Unnamed { stated, found }
        } else {
            FileMistake::Count { stated, found }
        };
        mistakes.push(LineMistake { line: header_line, mistake });
    }
    if !mistakes.is_empty() {
        mistakes.sort_by_key(|mistake| mistake.line);
        return Err(WeightsFileError(mistakes));
    }
    Ok(Weights::from_rows(of, rows).expect("an id that stands twice is a mistake"))
}

/// A link as it stands in the file: the words of two ids, and a weight.
struct Link<'a> {
    line: usize,
    ends: Vec<&'a str>,
    weight: f64,
}

/// A line with two ids, which may have spaces where they are known, and a weight.
fn link(line: usize, text: &str, known: bool) -> Result<Link<'_>, FileMistake> {
    let mut ends = words(text);
    let weight = ends.pop().filter(|_| ends.len() == 2 || known && ends.len() > 2);
    let weight = weight.ok_or_else(|| FileMistake::Link(text.trim().to_owned()))?;
    match weight.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(Link { line, ends, weight: number }),
        _ => Err(FileMistake::Weight(weight.to_owned())),
    }
}

/// The regions that links name: those that links lead from, then the others, each kind as they appear.
fn named(links: &[Link<'_>]) -> Vec<RegionId> {
    let mut seen = HashSet::new();
    let ends = links.iter().map(|link| link.ends[0]).chain(links.iter().map(|link| link.ends[1]));
    ends.filter(|id| seen.insert(*id)).map(RegionId::new).collect()
}

/// The links of each region by place.
fn rows(ids: &[RegionId], links: &[Link<'_>], mistakes: &mut Vec<LineMistake>) -> Vec<Vec<(usize, f64)>> {
    let known = Known::new(ids);
    let mut rows = vec![Vec::new(); ids.len()];
    let mut first_with_ends: HashMap<(usize, usize), usize> = HashMap::with_capacity(links.len());
    for Link { line, ends, weight } in links {
        let mut report = |mistake| mistakes.push(LineMistake { line: *line, mistake });
        let (from, to) = match known.places(ends, 2) {
            Ok(places) => (places[0], places[1]),
            Err(unusable) => {
                if ends.len() != 2 && !matches!(unusable.as_slice(), [FileMistake::Spaces(_)]) {
                    report(FileMistake::Link(format!("{} {weight}", ends.join(" "))));
                }
                unusable.into_iter().for_each(&mut report);
                continue;
            }
        };
        let first = *first_with_ends.entry((from, to)).or_insert(*line);
        if from == to {
            report(FileMistake::SelfLink(ids[from].clone()));
        } else if first != *line {
            let (from, to) = (ids[from].clone(), ids[to].clone());
            report(FileMistake::DuplicateLink { from, to, first });
        } else if *weight > 0.0 {
            rows[from].push((to, *weight));
        }
    }
    for row in &mut rows {
        row.sort_unstable_by_key(|(to, _)| *to);
    }
    rows
}

/// Writes a GWT file; the weights are read back to the last digit. Regions without a link have no line, so that
/// only who knows them can read them back.
///
/// ```
/// use icf_spatial::{FileHeader, Weights, write_gwt};
/// let weights = Weights::from_weighted_links(["a", "b"].map(Into::into), &[(0, 1, 0.1)]).unwrap();
/// let header = FileHeader { layer: "towns", id_variable: "code" };
/// assert_eq!(write_gwt(&weights, header).unwrap(), "0 2 towns code\na b 0.1\n");
/// ```
///
/// # Errors
/// When an id is empty, or has a double quote or a line end.
pub fn write_gwt(weights: &Weights, header: FileHeader<'_>) -> Result<String, SpatialError> {
    let ids = written(weights.ids())?;
    let mut text = header.line(weights.len());
    for (region, id) in ids.iter().enumerate() {
        for (neighbour, weight) in weights.row(region) {
            text.push_str(&format!("{id} {} {weight:?}\n", ids[neighbour]));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<RegionId> {
        ids.iter().map(|id| RegionId::new(id)).collect()
    }

    #[test]
    fn regions_come_from_a_list_or_from_the_links() {
        let text = "0 3 towns code\r\nb c 1e-3\r\na b 2\r\n";
        let named = read_gwt(text, None).unwrap();
        assert_eq!(named.ids(), ids(&["b", "a", "c"]));
        let listed = read_gwt(text, Some(&ids(&["a", "b", "c"]))).unwrap();
        assert_eq!((listed.weight(0, 1), listed.weight(1, 2), listed.links()), (2.0, 0.001, 2));
    }

    #[test]
    fn a_weight_of_zero_is_no_link() {
        let weights = read_gwt("2\na b 0\nb a 0.5\n", None).unwrap();
        assert_eq!((weights.links(), weights.islands()), (1, vec!["a".into()]));
    }

    #[test]
    fn ids_with_spaces() {
        let known = ids(&["New York", "Rome"]);
        let weights = read_gwt("2\nNew York Rome 0.5\n\"Rome\" \"New York\" 1\n", Some(&known)).unwrap();
        assert_eq!((weights.weight(0, 1), weights.weight(1, 0)), (0.5, 1.0));
    }

    #[track_caller]
    fn check(text: &str, known: Option<&[&str]>, expected: &[(usize, &str)]) {
        let known = known.map(ids);
        let WeightsFileError(mistakes) = read_gwt(text, known.as_deref()).unwrap_err();
        let found: Vec<_> = mistakes.iter().map(|found| (found.line, found.mistake.to_string())).collect();
        let expected: Vec<_> = expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn mistakes_have_their_lines() {
        check("", None, &[(1, "the file is empty")]);
        check("a b 1\n", None, &[(1, "`a b 1` is no header")]);
        check(
            "2\na b\nb a x\na c 1,5\n",
            None,
            &[(2, "`a b` is no link"), (3, "`x` is no weight"), (4, "`1,5` is no weight")],
        );
        check(
            "2\na b -1\nb a NaN\na b inf\n",
            None,
            &[(2, "`-1` is no weight"), (3, "`NaN` is no weight"), (4, "`inf` is no weight")],
        );
        check(
            "2\na b 1\nb b 1\na b 2\n",
            None,
            &[
                (3, "region b is linked to itself"),
                (4, "the link from region a to region b stands already in line 2"),
            ],
        );
        check("3\na b 1\n", None, &[(1, "the header says 3 regions, and only 2 are named")]);
        check("1\na b 1\n", None, &[(1, "the header says 1 regions, and there are 2")]);
        check("2\na b 1\n", Some(&["a", "b", "c"]), &[(1, "the header says 2 regions, and there are 3")]);
        check(
            "2\na x 1\na b c 1\n",
            Some(&["a", "b"]),
            &[
                (2, "region x is not among the regions"),
                (3, "`a b c 1` is no link"),
                (3, "region c is not among the regions"),
            ],
        );
        check("2\na b c 1\n", None, &[(2, "`a b c 1` is no link")]);
        check("2\na b 1\n", Some(&["a", "b", "a"]), &[(1, "the list of known regions holds a twice")]);
    }
}
