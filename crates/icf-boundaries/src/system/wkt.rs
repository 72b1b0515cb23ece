//! The grammar of well-known text: keywords with lists of texts, numbers and further keywords.

/// Lists within lists; no system of coordinates is so deep.
const DEEPEST: usize = 24;
/// Bytes; no system of coordinates is described at such a length.
const LONGEST: usize = 1 << 16;

/// A keyword and its list.
#[derive(Debug)]
pub(super) struct Node {
    /// In capital letters.
    pub(super) keyword: String,
    values: Vec<Value>,
}

#[derive(Debug)]
enum Value {
    Text(String),
    Number(f64),
    /// A bare word, such as the direction of an axis.
    Word,
    Node(Node),
}

impl Node {
    /// The first text of the list: mostly a name.
    pub(super) fn text(&self) -> Option<&str> {
        self.values.iter().find_map(|value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    pub(super) fn numbers(&self) -> Vec<f64> {
        self.values
            .iter()
            .filter_map(|value| match value {
                Value::Number(number) => Some(*number),
                _ => None,
            })
            .collect()
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Node> {
        self.values.iter().filter_map(|value| match value {
            Value::Node(node) => Some(node),
            _ => None,
        })
    }

    pub(super) fn child(&self, keyword: &str) -> Option<&Node> {
        self.children().find(|child| child.keyword == keyword)
    }

    /// The name of a system for a sentence.
    pub(super) fn named(&self) -> String {
        match (self.text(), self.keyword.starts_with("PROJ") || self.keyword.starts_with("GEO")) {
            (Some(name), true) => name.to_owned(),
            (Some(name), false) => format!("{} {name}", self.keyword),
            (None, _) => format!("a nameless {}", self.keyword),
        }
    }
}

/// The one node of a text; else what is wrong.
pub(super) fn parse(text: &str) -> Result<Node, String> {
    if text.len() > LONGEST {
        return Err(format!("it has {} bytes", text.len()));
    }
    let mut reader = Reader {
        rest: text.trim_matches(|letter: char| letter.is_whitespace() || "\0\u{feff}".contains(letter)),
    };
    let Value::Node(node) = reader.value(0)? else { return Err("it is no well-known text".to_owned()) };
    if reader.rest.is_empty() { Ok(node) } else { Err("something follows its end".to_owned()) }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, String> {
        if depth > DEEPEST {
            return Err("its lists are too deep".to_owned());
        }
        self.skip_space();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            return self.text(quoted);
        }
        let end = self.rest.find(|letter: char| "[](),\"".contains(letter)).unwrap_or(self.rest.len());
        let word = self.rest[..end].trim();
        if word.is_empty() {
            return Err("it is no well-known text".to_owned());
        }
        let word = word.to_owned();
        self.rest = &self.rest[end..];
        if !self.take(&['[', '(']) {
            return Ok(word.parse().map_or(Value::Word, Value::Number));
        }
        let mut values = vec![self.value(depth + 1)?];
        while self.take(&[',']) {
            values.push(self.value(depth + 1)?);
        }
        if self.take(&[']', ')']) {
            Ok(Value::Node(Node { keyword: word.to_ascii_uppercase(), values }))
        } else {
            Err("a bracket is not closed".to_owned())
        }
    }

    /// A text whose quotation marks are doubled.
    fn text(&mut self, quoted: &'a str) -> Result<Value, String> {
        let mut text = String::new();
        let mut letters = quoted.char_indices();
        while let Some((place, letter)) = letters.next() {
            if letter != '"' {
                text.push(letter);
            } else if quoted[place + 1..].starts_with('"') {
                text.push('"');
                letters.next();
            } else {
                self.rest = &quoted[place + 1..];
                return Ok(Value::Text(text));
            }
        }
        Err("a text is not closed".to_owned())
    }

    fn take(&mut self, letters: &[char]) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(letters) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_numbers_words_and_lists() {
        let node = parse(" Axis (\"a \"\"b\"\", [c]\", 1.5e1 ,north, ID[\"x\",2]) \n").unwrap();
        assert_eq!((node.keyword.as_str(), node.text()), ("AXIS", Some("a \"b\", [c]")));
        assert_eq!(node.numbers(), [15.0]);
        assert_eq!(node.child("ID").unwrap().numbers(), [2.0]);
        for broken in ["", "A", "A[", "A[]", "A[1", "A[\"x]", "A[1]]", "A[1],B[2]", &"A[".repeat(100_000)] {
            assert!(parse(broken).is_err(), "{broken}");
        }
        assert_eq!(parse(&"A[".repeat(1000)).unwrap_err(), "its lists are too deep");
    }

    proptest! {
        #[test]
        fn never_panics(text in "[A-C\\[\\](),\"é1 ]{0,40}") {
            let _ = parse(&text);
        }
    }
}
