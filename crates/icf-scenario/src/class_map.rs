//! Maps from the codes of a raster to classes of land, written in YAML.

use std::collections::BTreeMap;

use icf_diagnostics::{Diagnostic, Diagnostics};

use crate::loaded::refuse;
use crate::syntax::{Core, Entry, Kind, MAX_BYTES, Node, SourceFile, Sources, parse};

const CODE: &str = "wrong-code";

/// Reads a map of classes, each with its code or a list of codes. `name` stands for the text in messages.
///
/// ```
/// let classes = icf_scenario::class_map("map.yaml", "forest: [2, 3]\ngrassland: 4\nnodata: 0\n")?;
/// assert_eq!(classes[&3], "forest");
///
/// let mistakes = icf_scenario::class_map("map.yaml", "forest: [2, 3]\ngrassland: 3\n").unwrap_err();
/// assert_eq!(
///     mistakes.as_slice()[0].to_string(),
///     "map.yaml:2:12: the code 3 is of `forest` already (hint: it stands on line 1 as well; keep one)"
/// );
/// # Ok::<(), icf_diagnostics::Diagnostics>(())
/// ```
///
/// # Errors
/// With every mistake, in the order of the lines.
pub fn class_map(name: &str, text: &str) -> Result<BTreeMap<u16, String>, Diagnostics> {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(name.to_owned(), None, None, text.to_owned()));
    if text.len() as u64 > MAX_BYTES {
        let message = format!("the file has more than {MAX_BYTES} bytes, which no map of classes has");
        return Err(sources.file_error(file, "too-large", message).into());
    }
    let (root, mistakes) = parse(&sources, file);
    let mut map = Map { sources: &sources, classes: BTreeMap::new(), mistakes };
    match &root {
        Some(root) if !root.entries().is_empty() => root.entries().iter().for_each(|entry| map.add(entry)),
        Some(root) => map.refuse(root, "no-class", &format!("{} is no map of classes", root.describe())),
        // A text that is no YAML has its mistake already.
        None if map.mistakes.is_empty() => {
            let mistake = sources.file_error(file, "no-class", "there is no class");
            map.mistakes.push(mistake.hint(SHAPE));
        }
        None => {}
    }
    let Map { classes, mistakes, .. } = map;
    if mistakes.is_empty() {
        return Ok(classes.into_iter().map(|(code, (class, _))| (code, class)).collect());
    }
    Err(refuse(mistakes, &sources))
}

const SHAPE: &str = "write a class and its codes on each line: `forest: [1, 2]`";

struct Map<'a> {
    sources: &'a Sources,
    /// The class of each code, and the line on which it stands.
    classes: BTreeMap<u16, (String, usize)>,
    mistakes: Vec<Diagnostic>,
}

impl Map<'_> {
    fn add(&mut self, entry: &Entry) {
        let class = entry.key.trim();
        if class.is_empty() {
            let mistake = self.sources.error(entry.key_span, "no-class", "the class has no name");
            self.mistakes.push(mistake.hint(SHAPE));
            return;
        }
        match &entry.value.kind {
            Kind::Scalar(_) => self.add_code(class, &entry.value),
            Kind::Sequence(codes) if !codes.is_empty() => {
                codes.iter().for_each(|code| self.add_code(class, code));
            }
            _ => {
                let message = format!("{} is no code of `{class}`", entry.value.describe());
                self.refuse(&entry.value, CODE, &message);
            }
        }
    }

    fn add_code(&mut self, class: &str, node: &Node) {
        let code = match &node.kind {
            Kind::Scalar(scalar) => match scalar.core() {
                Core::Integer(number) => u16::try_from(number).ok(),
                _ => None,
            },
            _ => None,
        };
        let Some(code) = code else {
            let message = format!("{} is no whole number of 0 to 65535", node.describe());
            self.refuse(node, CODE, &message);
            return;
        };
        if let Some((other, line)) = self.classes.get(&code) {
            let message = format!("the code {code} is of `{other}` already");
            let mistake = self.sources.error(node.span, "duplicate-code", message);
            self.mistakes.push(mistake.hint(format!("it stands on line {line} as well; keep one")));
            return;
        }
        self.classes.insert(code, (class.to_owned(), node.span.line));
    }

    fn refuse(&mut self, node: &Node, code: &'static str, message: &str) {
        self.mistakes.push(self.sources.error(node.span, code, message).hint(SHAPE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line and column of each mistake, and a part of its message.
    #[track_caller]
    fn check(text: &str, expected: &[(usize, usize, &str)]) {
        let found = class_map("map.yaml", text).unwrap_err();
        let places: Vec<_> = found
            .as_slice()
            .iter()
            .map(|mistake| {
                let place = mistake.place.as_ref().unwrap();
                assert!(mistake.hint.is_some(), "{mistake}");
                (place.line.unwrap_or(0), place.column.unwrap_or(0))
            })
            .collect();
        assert_eq!(places, expected.iter().map(|(line, column, _)| (*line, *column)).collect::<Vec<_>>());
        for (mistake, (.., part)) in found.as_slice().iter().zip(expected) {
            assert!(mistake.message.contains(part), "{mistake}");
        }
    }

    #[test]
    fn classes_have_one_code_or_many() {
        let found =
            class_map("m", "# ours\nwood: [1, 0x10]\n\"nodata\": 0\nfield: \n  - 3\n  - 4\n").unwrap();
        let expected = [(0, "nodata"), (1, "wood"), (3, "field"), (4, "field"), (16, "wood")];
        assert_eq!(found, expected.map(|(code, class)| (code, class.to_owned())).into());
    }

    #[test]
    fn every_mistake_has_its_place() {
        check("", &[(0, 0, "there is no class")]);
        check("[1, 2]", &[(1, 1, "a list is no map of classes")]);
        check(
            "forest: 1.5\ngrass: [-1, 70000, x, [2]]",
            &[
                (1, 9, "`1.5` is no whole number of 0 to 65535"),
                (2, 9, "`-1` is no whole number"),
                (2, 13, "`70000`"),
                (2, 20, "`x`"),
                (2, 23, "a list"),
            ],
        );
        check(
            "a: 1\nb: { c: 2 }\nd: []\ne: [1]",
            &[
                (2, 4, "a mapping is no code of `b`"),
                (3, 4, "an empty list"),
                (4, 5, "the code 1 is of `a` already"),
            ],
        );
        check("a: 1\na: 2", &[(2, 1, "the key `a` stands twice")]);
        check("a: [1", &[(1, 6, "not well-formed YAML")]);
        check("a: '1'", &[(1, 4, "the text \"1\"")]);
    }
}
