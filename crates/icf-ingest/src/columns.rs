//! Single columns of a CSV file of any layout, for commands that compute one statistic.
//!
//! Such a file may have a million rows and the columns are plain numbers, so it is read record by record and not
//! through a data frame.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_units::{RegionId, Year};

/// More mistakes than this in one file are counted, not listed.
const LISTED: usize = 20;
/// So many different texts of a column are shown.
const SHOWN: usize = 8;

/// The columns that are wanted, by name.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// The column of ids.
    pub id: Option<&'a str>,
    /// The column of years.
    pub year: Option<&'a str>,
    /// Columns of numbers.
    pub numbers: Vec<&'a str>,
    /// Columns of text, such as the group of a region.
    pub texts: Vec<&'a str>,
    /// Columns with the text that a row must have in each; other rows are passed over.
    pub only: Vec<(&'a str, &'a str)>,
    /// Whether a year may stand in one row only where no ids are wanted, as in a single series.
    pub one_row_a_year: bool,
}

/// The columns of a file, a cell a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Ids; empty when none were wanted.
    pub ids: Vec<RegionId>,
    /// Years; empty when none were wanted.
    pub years: Vec<Year>,
    /// Numbers by column, then row; an empty cell is a missing value.
    pub numbers: Vec<Vec<Option<f64>>>,
    /// Texts by column, then row.
    pub texts: Vec<Vec<String>>,
    /// Line of each row in the file.
    pub lines: Vec<usize>,
}

impl Columns {
    /// The rows of each year, in order of the years; one part without a year when the file has none.
    #[must_use]
    pub fn by_year(&self) -> Vec<(Option<Year>, Vec<usize>)> {
        if self.years.is_empty() {
            let rows = self.numbers.first().map_or(self.ids.len(), Vec::len);
            return vec![(None, (0..rows).collect())];
        }
        let mut parts: std::collections::BTreeMap<Year, Vec<usize>> = std::collections::BTreeMap::new();
        for (row, year) in self.years.iter().enumerate() {
            parts.entry(*year).or_default().push(row);
        }
        parts.into_iter().map(|(year, rows)| (Some(year), rows)).collect()
    }
}

/// Reads columns of a CSV file.
///
/// # Errors
/// All mistakes of the file, each with line and column: no such file, not UTF-8, columns that are missing, cells that
/// are neither empty nor a finite number, rows without an id or a year, two rows for one id and year, no row at all, or
/// none with the texts that rows must have. Of a row that is passed over only the number of its cells is looked at.
pub fn read_columns(path: &Path, wanted: &Wanted<'_>) -> Result<Columns, Diagnostics> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        Diagnostic::error("unreadable", format!("cannot be read: {error}")).at(Place::file(name.as_str()))
    })?;
    parse_columns(&name, &bytes, wanted)
}

/// Takes the bytes of a CSV file for columns; `name` stands for the file in messages.
///
/// ```
/// use icf_ingest::{Wanted, parse_columns};
/// let wanted = Wanted { id: Some("id"), numbers: vec!["x"], ..Wanted::default() };
/// let columns = parse_columns("f.csv", b"id,x\na,1\nb,\n", &wanted).unwrap();
/// assert_eq!(columns.numbers[0], [Some(1.0), None]);
/// let mistakes = parse_columns("f.csv", b"id,x\na,one\n", &wanted).unwrap_err();
/// assert_eq!(
///     mistakes.as_slice()[0].to_string(),
///     "f.csv:2:3: column `x` holds \"one\", not a finite number (hint: a value that is not known is an empty cell)"
/// );
/// ```
///
/// # Errors
/// As [`read_columns`].
pub fn parse_columns(name: &str, bytes: &[u8], wanted: &Wanted<'_>) -> Result<Columns, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut parsing = Parsing { name, bytes, mistakes: Diagnostics::default(), count: 0 };
    let columns = parsing.read(wanted);
    if parsing.count > LISTED {
        let message = format!("{} more mistakes in this file", parsing.count - LISTED);
        parsing.mistakes.push(Diagnostic::error("more", message).at(Place::file(name)));
    }
    match columns {
        Some(columns) if !parsing.mistakes.has_errors() => Ok(columns),
        _ => Err(parsing.mistakes),
    }
}

struct Parsing<'a> {
    name: &'a str,
    bytes: &'a [u8],
    mistakes: Diagnostics,
    count: usize,
}

/// Where a wanted column stands in a record.
struct Places {
    id: Option<usize>,
    year: Option<usize>,
    numbers: Vec<usize>,
    texts: Vec<usize>,
    only: Vec<usize>,
}

impl Parsing<'_> {
    fn mistake(&mut self, diagnostic: Diagnostic) {
        self.count += 1;
        if self.count <= LISTED {
            self.mistakes.push(diagnostic);
        }
    }

    fn read(&mut self, wanted: &Wanted<'_>) -> Option<Columns> {
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(self.bytes);
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => {
                self.broken(&error);
                return None;
            }
        };
        if header.is_empty() {
            self.mistake(Diagnostic::error("empty", "is empty").at(Place::file(self.name)));
            return None;
        }
        let places = self.places(&header, wanted)?;
        let mut columns = Columns {
            numbers: vec![vec![]; wanted.numbers.len()],
            texts: vec![vec![]; wanted.texts.len()],
            ..Columns::default()
        };
        let mut seen: HashMap<(RegionId, Option<Year>), usize> = HashMap::new();
        let mut record = csv::StringRecord::new();
        let (mut rows, mut taken) = (0, 0);
        // What the columns hold whose text the first such row did not have, to say what can be asked for.
        let mut held: Vec<BTreeSet<String>> = vec![BTreeSet::new(); wanted.only.len()];
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    self.broken(&error);
                    return None;
                }
            }
            rows += 1;
            if record.len() != header.len() {
                let message = format!("has {} cells where the header has {}", record.len(), header.len());
                let place = self.place(&record, 0);
                self.mistake(
                    Diagnostic::error("cells", message)
                        .at(place)
                        .hint("the file is truncated, or text with a comma lacks its quotes"),
                );
                continue;
            }
            for (texts, &place) in held.iter_mut().zip(&places.only) {
                if texts.len() <= SHOWN {
                    texts.insert(record[place].to_owned());
                }
            }
            if wanted.only.iter().zip(&places.only).any(|((_, text), &place)| &record[place] != *text) {
                continue;
            }
            taken += 1;
            self.row(&record, wanted, &places, &mut columns, &mut seen);
        }
        if rows == 0 {
            self.mistake(Diagnostic::error("empty", "has no row").at(Place::file(self.name)));
        } else if taken == 0 && self.count == 0 {
            self.none_taken(wanted, &held);
        }
        Some(columns)
    }

    /// No row has the texts that rows must have: says what the columns do hold.
    fn none_taken(&mut self, wanted: &Wanted<'_>, held: &[BTreeSet<String>]) {
        let asked: Vec<String> =
            wanted.only.iter().map(|(column, text)| format!("`{column}` is `{text}`")).collect();
        let holds: Vec<String> = wanted
            .only
            .iter()
            .zip(held)
            .map(|((column, _), texts)| {
                let more = if texts.len() > SHOWN { ", …" } else { "" };
                let texts: Vec<&str> = texts.iter().take(SHOWN).map(String::as_str).collect();
                format!("`{column}` holds {}{more}", texts.join(", "))
            })
            .collect();
        let message = format!("there is no row in which {}", asked.join(" and "));
        self.mistake(
            Diagnostic::error("no-such-row", message).at(Place::file(self.name)).hint(holds.join("; ")),
        );
    }

    fn places(&mut self, header: &csv::StringRecord, wanted: &Wanted<'_>) -> Option<Places> {
        let mut find = |column: &str| {
            let found = header.iter().position(|name| name == column);
            if found.is_none() {
                let near = header
                    .iter()
                    .map(|name| (strsim::jaro_winkler(name, column), name))
                    .max_by(|a, b| a.0.total_cmp(&b.0))
                    .filter(|(likeness, _)| *likeness > 0.8);
                let hint = match near {
                    Some((_, near)) => format!("did you mean `{near}`?"),
                    None => format!("the columns are {}", header.iter().collect::<Vec<_>>().join(", ")),
                };
                let message = format!("there is no column `{column}`");
                self.mistake(
                    Diagnostic::error("missing-column", message).at(Place::at(self.name, 1, 1, 0)).hint(hint),
                );
            }
            found
        };
        let (id, year) = (wanted.id.map(&mut find), wanted.year.map(&mut find));
        let numbers: Vec<_> = wanted.numbers.iter().map(|column| find(column)).collect();
        let texts: Vec<_> = wanted.texts.iter().map(|column| find(column)).collect();
        let only: Vec<_> = wanted.only.iter().map(|(column, _)| find(column)).collect();
        if id == Some(None) || year == Some(None) {
            return None;
        }
        Some(Places {
            id: id.flatten(),
            year: year.flatten(),
            numbers: numbers.into_iter().collect::<Option<_>>()?,
            texts: texts.into_iter().collect::<Option<_>>()?,
            only: only.into_iter().collect::<Option<_>>()?,
        })
    }

    fn row(
        &mut self,
        record: &csv::StringRecord,
        wanted: &Wanted<'_>,
        places: &Places,
        columns: &mut Columns,
        seen: &mut HashMap<(RegionId, Option<Year>), usize>,
    ) {
        let year = places.year.and_then(|place| self.year(record, place));
        let id = places.id.and_then(|place| self.id(record, place));
        let numbers: Vec<Option<Option<f64>>> = places
            .numbers
            .iter()
            .zip(&wanted.numbers)
            .map(|(&place, column)| self.number(record, place, column))
            .collect();
        let is_complete = (places.year.is_none() || year.is_some())
            && (places.id.is_none() || id.is_some())
            && numbers.iter().all(Option::is_some);
        let line = self.line(record.position());
        if let (Some(year), None, true) = (year, wanted.id, wanted.one_row_a_year)
            && let Some(first) = seen.insert((RegionId::new(""), Some(year)), line)
        {
            let hint = format!("the first stands in line {first}; several series need the column of ids");
            let place = self.place(record, places.year.unwrap_or(0));
            let mistake = Diagnostic::error("two-rows", format!("two rows for {year}"));
            self.mistake(mistake.at(place).hint(hint));
        }
        if let (Some(id), true) = (&id, places.year.is_none() || year.is_some())
            && let Some(first) = seen.insert((id.clone(), year), line)
        {
            let of = year.map_or_else(String::new, |year| format!(" in {year}"));
            let mistake = Diagnostic::error("two-rows", format!("two rows for {id}{of}"))
                .at(self.place(record, places.id.unwrap_or(0)))
                .hint(match places.year {
                    Some(_) => format!("the first stands in line {first}"),
                    None => {
                        format!(
                            "the first stands in line {first}; a panel of years needs the column of years"
                        )
                    }
                });
            self.mistake(mistake);
        }
        if !is_complete {
            return;
        }
        columns.lines.push(line);
        columns.ids.extend(id);
        columns.years.extend(year);
        for (column, number) in columns.numbers.iter_mut().zip(numbers) {
            column.push(number.flatten());
        }
        for (column, &place) in columns.texts.iter_mut().zip(&places.texts) {
            column.push(record[place].to_owned());
        }
    }

    fn id(&mut self, record: &csv::StringRecord, place: usize) -> Option<RegionId> {
        let text = &record[place];
        if text.is_empty() {
            let mistake = Diagnostic::error("missing-id", "this row has no id").at(self.place(record, place));
            self.mistake(mistake);
            return None;
        }
        Some(RegionId::new(text))
    }

    fn year(&mut self, record: &csv::StringRecord, place: usize) -> Option<Year> {
        let text = &record[place];
        let year = text.parse::<i32>().ok().filter(|year| (1..=9999).contains(year)).map(Year::new);
        if year.is_none() {
            let message = format!("{text:?} is not a year");
            let mistake = Diagnostic::error("not-a-year", message).at(self.place(record, place));
            self.mistake(mistake);
        }
        year
    }

    /// The number of a cell, inside `None` when the cell is empty; `None` after noting a mistake.
    fn number(&mut self, record: &csv::StringRecord, place: usize, column: &str) -> Option<Option<f64>> {
        let text = &record[place];
        if text.is_empty() {
            return Some(None);
        }
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            let message = format!("column `{column}` holds {text:?}, not a finite number");
            let mistake = Diagnostic::error("not-a-number", message)
                .at(self.place(record, place))
                .hint("a value that is not known is an empty cell");
            self.mistake(mistake);
        }
        number.map(Some)
    }

    /// The line in which a record stands. The reader gives the end of the record before it, with the second half of a
    /// Windows line end and any empty lines in between.
    fn line(&self, position: Option<&csv::Position>) -> usize {
        let Some(position) = position else { return 1 };
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = self.bytes.get(start..).unwrap_or_default();
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        usize::try_from(position.line()).unwrap_or(usize::MAX) + ends.filter(|byte| **byte == b'\n').count()
    }

    /// The line of a record, and the column in which a cell starts when no cell before it is quoted.
    fn place(&self, record: &csv::StringRecord, cell: usize) -> Place {
        let line = self.line(record.position());
        let before: usize = record.iter().take(cell).map(|text| text.chars().count() + 1).sum();
        let length = record.get(cell).map_or(0, |text| text.chars().count());
        Place::at(self.name, line, before + 1, length)
    }

    fn broken(&mut self, error: &csv::Error) {
        let place = Place::at(self.name, self.line(error.position()), 1, 0);
        let diagnostic = match error.kind() {
            csv::ErrorKind::Utf8 { .. } => Diagnostic::error("not-utf8", "is not UTF-8")
                .hint("save the table as UTF-8; older spreadsheets write GBK"),
            _ => Diagnostic::error("broken-table", format!("cannot be read as a table: {error}")),
        };
        self.mistake(diagnostic.at(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Wanted<'static> {
        Wanted {
            id: Some("id"),
            year: Some("year"),
            numbers: vec!["x"],
            texts: vec!["group"],
            ..Wanted::default()
        }
    }

    #[track_caller]
    fn check(text: &[u8], expected: &[&str]) {
        let mistakes = parse_columns("f.csv", text, &wanted()).unwrap_err();
        let mistakes: Vec<String> = mistakes.as_slice().iter().map(ToString::to_string).collect();
        assert_eq!(mistakes, expected);
    }

    #[test]
    fn columns_in_any_order_with_a_byte_order_mark() {
        let text = "\u{feff}x, group,year,other,id\r\n1.5,a,2001,-,01\r\n,b,2000,-,\"02\"\r\n";
        let columns = parse_columns("f.csv", text.as_bytes(), &wanted()).unwrap();
        assert_eq!(columns.ids, ["01", "02"].map(RegionId::new));
        assert_eq!(columns.numbers, [[Some(1.5), None]]);
        assert_eq!(columns.texts, [["a", "b"]]);
        assert_eq!(columns.by_year(), [(Some(Year::new(2000)), vec![1]), (Some(Year::new(2001)), vec![0])]);
    }

    #[track_caller]
    fn check_only(only: &[(&str, &str)], expected: Result<&[&str], &str>) {
        let text = b"id,x,phase,kind\na,1,history,p\nb,2,history,q\na,?,projected,p\n";
        let wanted = Wanted { id: Some("id"), numbers: vec!["x"], only: only.to_vec(), ..Wanted::default() };
        match (parse_columns("f.csv", text, &wanted), expected) {
            (Ok(columns), Ok(ids)) => {
                assert_eq!(columns.ids.iter().map(RegionId::as_str).collect::<Vec<_>>(), ids);
            }
            (Err(mistakes), Err(expected)) => assert_eq!(mistakes.as_slice()[0].to_string(), expected),
            (found, expected) => panic!("{found:?}, not {expected:?}"),
        }
    }

    #[test]
    fn only_some_rows() {
        check_only(&[("phase", "history")], Ok(&["a", "b"]));
        check_only(&[("phase", "history"), ("kind", "q")], Ok(&["b"]));
        check_only(
            &[("phase", "History")],
            Err(
                "f.csv: there is no row in which `phase` is `History` (hint: `phase` holds history, projected)",
            ),
        );
        check_only(
            &[("kind", "q"), ("phase", "projected")],
            Err(
                "f.csv: there is no row in which `kind` is `q` and `phase` is `projected` (hint: `kind` holds p, q; \
                 `phase` holds history, projected)",
            ),
        );
        check_only(
            &[("phases", "history")],
            Err("f.csv:1:1: there is no column `phases` (hint: did you mean `phase`?)"),
        );
        check_only(
            &[],
            Err(
                "f.csv:4:3: column `x` holds \"?\", not a finite number (hint: a value that is not known is an empty cell)",
            ),
        );
    }

    #[test]
    fn mistakes_are_all_told() {
        check(
            b"id,year,x,group\na,2000,NaN,g\n,2000,1,g\nb,MM,1,g\nc,2000,1\nd,2000,1,g\nd,2000,2,g\n",
            &[
                "f.csv:2:8: column `x` holds \"NaN\", not a finite number (hint: a value that is not known is an empty cell)",
                "f.csv:3:1: this row has no id",
                "f.csv:4:3: \"MM\" is not a year",
                "f.csv:5:1: has 3 cells where the header has 4 (hint: the file is truncated, or text with a comma lacks its \
                 quotes)",
                "f.csv:7:1: two rows for d in 2000 (hint: the first stands in line 6)",
            ],
        );
        check(
            b"idd,year,y,group\n",
            &[
                "f.csv:1:1: there is no column `id` (hint: did you mean `idd`?)",
                "f.csv:1:1: there is no column `x` (hint: the columns are idd, year, y, group)",
            ],
        );
        check(b"id,year,x,group\n", &["f.csv: has no row"]);
        check(b"", &["f.csv: is empty"]);
        let not_a_year = ["f.csv:3:3: \"MM\" is not a year"];
        check(b"id,year,x,group\r\na,2000,1,g\r\nb,MM,1,g\r\n", &not_a_year);
        check(b"id,year,x,group\n\nb,MM,1,g\n", &not_a_year);
        check(b"id,year,x,group\r\n\r\nb,MM,1,g\r\n", &not_a_year);
        check(
            b"id,year,x,group\n\xb1,2000,1,g\n",
            &["f.csv:2:1: is not UTF-8 (hint: save the table as UTF-8; older spreadsheets write GBK)"],
        );
        let many: String = (0..30).map(|row| format!("{row},2000,x,g\n")).collect();
        let mistakes =
            parse_columns("f.csv", format!("id,year,x,group\n{many}").as_bytes(), &wanted()).unwrap_err();
        assert_eq!(mistakes.as_slice().len(), LISTED + 1);
        assert_eq!(mistakes.as_slice()[LISTED].to_string(), "f.csv: 10 more mistakes in this file");
    }
}
