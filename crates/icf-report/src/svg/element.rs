//! A tree of SVG elements, written with escapes and fixed digits.

use std::fmt::Write as _;

/// One element.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn new(tag: &'static str) -> Self {
        Self { tag, attributes: Vec::new(), children: Vec::new() }
    }

    pub(crate) fn group() -> Self {
        Self::new("g")
    }

    pub(crate) fn line(from: [f64; 2], to: [f64; 2]) -> Self {
        Self::new("line").number("x1", from[0]).number("y1", from[1]).number("x2", to[0]).number("y2", to[1])
    }

    pub(crate) fn rect(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self::new("rect")
            .number("x", x)
            .number("y", y)
            .number("width", width.max(0.0))
            .number("height", height.max(0.0))
    }

    pub(crate) fn circle(x: f64, y: f64, radius: f64) -> Self {
        Self::new("circle").number("cx", x).number("cy", y).number("r", radius)
    }

    pub(crate) fn path(data: impl Into<String>) -> Self {
        Self::new("path").attribute("d", data)
    }

    /// Text whose baseline starts at a point.
    pub(crate) fn words(x: f64, y: f64, words: &str) -> Self {
        Self::new("text").number("x", x).number("y", y).text(words)
    }

    pub(crate) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn number(self, name: &'static str, value: f64) -> Self {
        self.attribute(name, coordinate(value))
    }

    pub(crate) fn class(self, names: &str) -> Self {
        self.attribute("class", names)
    }

    pub(crate) fn fill(self, colour: &str) -> Self {
        self.attribute("fill", colour)
    }

    /// Text ends at the point.
    pub(crate) fn end(self) -> Self {
        self.attribute("text-anchor", "end")
    }

    /// Text is centred on the point.
    pub(crate) fn middle(self) -> Self {
        self.attribute("text-anchor", "middle")
    }

    /// The region that the mark stands for, so that views can be linked.
    pub(crate) fn region(self, id: &str) -> Self {
        self.attribute("data-region", id)
    }

    pub(crate) fn moved(self, x: f64, y: f64) -> Self {
        self.attribute("transform", format!("translate({} {})", coordinate(x), coordinate(y)))
    }

    pub(crate) fn child(mut self, child: Self) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(text.to_owned()));
        self
    }

    /// The words that a browser shows when the pointer rests on the mark.
    pub(crate) fn hint(self, words: &str) -> Self {
        self.child(Self::new("title").text(words))
    }

    pub(crate) fn write(&self, out: &mut String) {
        write!(out, "<{}", self.tag).expect("a string takes every write");
        for (name, value) in &self.attributes {
            write!(out, " {name}=\"{}\"", escaped(value)).expect("a string takes every write");
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => out.push_str(&escaped(text)),
            }
        }
        write!(out, "</{}>", self.tag).expect("a string takes every write");
    }
}

/// A coordinate with at most two decimals, and never a minus zero.
pub(crate) fn coordinate(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if matches!(text, "-0" | "") { "0".to_owned() } else { text.to_owned() }
}

/// Text that means itself in XML and HTML, in an element or an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(character),
            // XML 1.0 has no way to write these.
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_never_minus_zero() {
        let cases = [(0.0, "0"), (-0.001, "0"), (1.0, "1"), (1.25, "1.25"), (-3.5, "-3.5"), (100.0, "100")];
        for (value, expected) in cases {
            assert_eq!(coordinate(value), expected);
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut out = String::new();
        Element::words(0.0, 0.0, "</text><script>\u{1}").attribute("id", "\"'>&").write(&mut out);
        assert_eq!(
            out,
            "<text x=\"0\" y=\"0\" id=\"&quot;&#39;&gt;&amp;\">&lt;/text&gt;&lt;script&gt;\u{fffd}</text>"
        );
    }
}
