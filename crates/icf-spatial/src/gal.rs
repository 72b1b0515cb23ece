//! GAL files: for each region its neighbours.

use std::collections::HashMap;

use icf_units::RegionId;

use crate::weights_text::{Known, count, numbered, words, written};
use crate::{FileHeader, FileMistake, LineMistake, SpatialError, Weights, WeightsFileError};

/// Reads a GAL file: weights of one, directed as they stand there.
///
/// The first line is `n` or `0 n layer idvariable`. Then each region takes two lines, its id with the number of its
/// neighbours, and their ids; for an island the second line is empty and may be left out. Ids are text, and those
/// with spaces may stand in double quotes. Line ends of any kind, a byte order mark, empty lines between regions
/// and comments (`#`) before the header are passed over.
///
/// ```
/// use icf_spatial::read_gal;
/// let weights = read_gal("0 3 towns code\na 1\nb\nb 1\na\nc 0\n\n").unwrap();
/// assert_eq!(weights.row(0).collect::<Vec<_>>(), [(1, 1.0)]);
/// assert_eq!(weights.islands(), ["c".into()]);
/// ```
///
/// # Errors
/// With every mistake in the file and its line.
pub fn read_gal(text: &str) -> Result<Weights, WeightsFileError> {
    let mut mistakes = Vec::new();
    let mut lines = numbered(text).peekable();
    let Some((header_line, header)) = lines.next() else {
        return Err(WeightsFileError(vec![LineMistake { line: 1, mistake: FileMistake::Empty }]));
    };
    let stated =
        count(header).map_err(|mistake| mistakes.push(LineMistake { line: header_line, mistake })).ok();

    let mut regions: Vec<Listed<'_>> = Vec::new();
    while let Some((line, text)) = lines.next() {
        if text.trim().is_empty() {
            continue;
        }
        let Some((id, degree)) = id_and_degree(text) else {
            mistakes.push(LineMistake { line, mistake: FileMistake::Region(text.trim().to_owned()) });
            // Its neighbours are as lost as it is.
            lines.next();
            continue;
        };
        let next = if degree == 0 { lines.next_if(|(_, next)| next.trim().is_empty()) } else { lines.next() };
        if next.is_none() && degree > 0 {
            let mistake = FileMistake::Truncated { region: id.clone(), stated: degree };
            mistakes.push(LineMistake { line, mistake });
        }
        let neighbours = next.map(|(line, next)| Neighbours { line, degree, words: words(next) });
        regions.push(Listed { line, id, neighbours });
    }

    if let Some(stated) = stated.filter(|stated| *stated != regions.len()) {
        let mistake = FileMistake::Count { stated, found: regions.len() };
        mistakes.push(LineMistake { line: header_line, mistake });
    }
    let mut first_with_id: HashMap<&RegionId, usize> = HashMap::with_capacity(regions.len());
    for Listed { line, id, .. } in &regions {
        let first = *first_with_id.entry(id).or_insert(*line);
        if first != *line {
            let mistake = FileMistake::DuplicateRegion { region: id.clone(), first };
            mistakes.push(LineMistake { line: *line, mistake });
        }
    }
    let rows = rows(&regions, &mut mistakes);
    if !mistakes.is_empty() {
        mistakes.sort_by_key(|mistake| mistake.line);
        return Err(WeightsFileError(mistakes));
    }
    let ids = regions.into_iter().map(|region| region.id).collect();
    Ok(Weights::from_rows(ids, rows).expect("an id that stands twice is a mistake"))
}

/// A region as it stands in the file.
struct Listed<'a> {
    line: usize,
    id: RegionId,
    neighbours: Option<Neighbours<'a>>,
}

/// Its neighbours as they stand there.
struct Neighbours<'a> {
    line: usize,
    degree: usize,
    words: Vec<&'a str>,
}

/// A region's id, which may have spaces, and how many neighbours it has.
fn id_and_degree(line: &str) -> Option<(RegionId, usize)> {
    let words = words(line);
    let (degree, id) = words.split_last()?;
    let degree = degree.parse().ok()?;
    (!id.is_empty()).then(|| (RegionId::new(&id.join(" ")), degree))
}

/// The neighbours of each region by place.
fn rows(regions: &[Listed<'_>], mistakes: &mut Vec<LineMistake>) -> Vec<Vec<(usize, f64)>> {
    let known = Known::new(regions.iter().map(|region| &region.id));
    let mut rows = Vec::with_capacity(regions.len());
    for (place, Listed { id, neighbours, .. }) in regions.iter().enumerate() {
        let Some(Neighbours { line, degree, words }) = neighbours else {
            rows.push(Vec::new());
            continue;
        };
        let mut report = |mistake| mistakes.push(LineMistake { line: *line, mistake });
        let mut row = known.places(words, *degree).unwrap_or_else(|unusable| {
            if words.len() != *degree && !matches!(unusable.as_slice(), [FileMistake::Spaces(_)]) {
                report(FileMistake::Degree { region: id.clone(), stated: *degree, found: words.len() });
            }
            unusable.into_iter().for_each(&mut report);
            Vec::new()
        });
        row.sort_unstable();
        for twice in row.windows(2).filter(|pair| pair[0] == pair[1]) {
            let to = regions[twice[0]].id.clone();
            report(FileMistake::DuplicateLink { from: id.clone(), to, first: *line });
        }
        if row.contains(&place) {
            report(FileMistake::SelfLink(id.clone()));
        }
        rows.push(row.into_iter().map(|neighbour| (neighbour, 1.0)).collect());
    }
    rows
}

/// Writes a GAL file. What the links weigh is left behind.
///
/// Without a header's names the first line is `n`, as libpysal and spdep write it; GeoDa wants the names. Ids with
/// spaces stand in double quotes, which [`read_gal`] understands and other programs may not.
///
/// ```
/// use icf_spatial::{Weights, write_gal};
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1)]).unwrap();
/// assert_eq!(write_gal(&weights, None).unwrap(), "3\na 1\nb\nb 1\na\nc 0\n\n");
/// ```
///
/// # Errors
/// When an id is empty, or has a double quote or a line end.
pub fn write_gal(weights: &Weights, header: Option<FileHeader<'_>>) -> Result<String, SpatialError> {
    let ids = written(weights.ids())?;
    let mut text = header.map_or_else(|| format!("{}\n", weights.len()), |header| header.line(weights.len()));
    for (region, id) in ids.iter().enumerate() {
        let neighbours: Vec<&str> =
            weights.neighbours(region).iter().map(|place| ids[*place].as_str()).collect();
        text.push_str(&format!("{id} {}\n{}\n", neighbours.len(), neighbours.join(" ")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWNS: &str = "3\na 2\nb c\nb 1\na\nc 0\n\n";

    #[track_caller]
    fn same(text: &str) {
        assert_eq!(read_gal(text), read_gal(TOWNS));
        assert_eq!(read_gal(text).unwrap().links(), 3);
    }

    #[test]
    fn ways_to_write_one_file() {
        same("0 3 towns code\na 2\nb c\nb 1\na\nc 0\n\n");
        same("3\r\na 2\r\nb c\r\nb 1\r\na\r\nc 0\r\n\r\n");
        same("\u{feff}3\na 2\nc b\nb 1\na\nc 0");
        same("# towns\n\n3\n\na   2\n b\tc \n\nb 1\na\nc 0\n");
        same("3\n\"a\" 2\nb \"c\"\nb 1\na\nc 0\n");
    }

    #[test]
    fn an_island_may_lack_its_line() {
        let weights = read_gal("3\nc 0\na 1\nb\nb 1\na").unwrap();
        assert_eq!((weights.islands(), weights.links()), (vec!["c".into()], 2));
    }

    #[test]
    fn ids_with_spaces_without_quotes() {
        let weights =
            read_gal("0 3 my layer NAME\nNew York 2\nOld York Rome\nOld York 1\nNew York\nRome 0\n\n")
                .unwrap();
        assert_eq!(weights.ids()[1].as_str(), "Old York");
        assert_eq!((weights.neighbours(0), weights.neighbours(1)), (&[1, 2][..], &[0][..]));
    }

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let WeightsFileError(mistakes) = read_gal(text).unwrap_err();
        let found: Vec<_> = mistakes.iter().map(|found| (found.line, found.mistake.to_string())).collect();
        let expected: Vec<_> = expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn mistakes_have_their_lines() {
        check("", &[(1, "the file is empty")]);
        check("\n \n# no more\n", &[(1, "the file is empty")]);
        check("a 1\nb 0\n", &[(1, "`a 1` is no header")]);
        check(
            "2\na 1\nb\n",
            &[(1, "the header says 2 regions, and there are 1"), (3, "region b is not among the regions")],
        );
        check("2\na 1\nb\nb 1\n", &[(4, "the file ends before the 1 neighbours of region b")]);
        check("2\na 2\nb\nb 0\n\n", &[(3, "region a should have 2 neighbours, and 1 are named")]);
        check("2\na 1\n\nb 0\n\n", &[(3, "region a should have 1 neighbours, and 0 are named")]);
        check(
            "2\na 1\na\nb x\na\n",
            &[
                (1, "the header says 2 regions, and there are 1"),
                (3, "region a is linked to itself"),
                (4, "`b x` is no id with a number of neighbours"),
            ],
        );
        check("2\na 2\nb b\nb 0\n\n", &[(3, "the link from region a to region b stands already in line 3")]);
        check("2\nNew York 1\nYork\nb 0\n", &[(3, "region York is not among the regions")]);
        check(
            "2\n\"New York\" 2\nb\nb 0\n",
            &[(3, "region New York should have 2 neighbours, and 1 are named")],
        );
        check("2\n\"New York\" 1\n\"Old York\"\nb 0\n", &[(3, "region Old York is not among the regions")]);
        check("3\na 0\n\nb 0\n\na 0\n\n", &[(6, "region a stands already in line 2")]);
        check(
            "2\nNew York 1\nOld York\nb 0\n",
            &[(3, "the ids have spaces, and `Old York` cannot be split into them in just one way")],
        );
    }

    #[test]
    fn what_cannot_be_written() {
        let weights = |id: &str| Weights::from_links([id.into()], &[]).unwrap();
        for id in ["", "a\"b", "a\nb"] {
            assert_eq!(write_gal(&weights(id), None), Err(SpatialError::UnwritableIds(vec![id.into()])));
        }
        let header = FileHeader { layer: "my layer", id_variable: "" };
        assert_eq!(
            write_gal(&weights("New York"), Some(header)).unwrap(),
            "0 1 my_layer unknown\n\"New York\" 0\n\n"
        );
    }
}
