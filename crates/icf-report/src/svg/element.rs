//! A tree of SVG elements, written with escapes and fixed digits.

use std::fmt::Write as _;

/// One element.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
    /// The outline that this path draws, where a page holds it once for all its maps.
    outline: Option<usize>,
}

/// Where a tree of elements is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A document of its own.
    File,
    /// A page that holds the outlines, and a script that says what they are.
    Page,
    /// A page that holds the outlines and has no script.
    Still,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn new(tag: &'static str) -> Self {
        Self { tag, attributes: Vec::new(), children: Vec::new(), outline: None }
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

    /// An outline by its path data and its number. In a page it refers to the one that [`outlines`] wrote, and what hint it
    /// gives is the script's.
    pub(crate) fn outline(data: &str, number: usize) -> Self {
        Self { outline: Some(number), ..Self::path(data) }
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

    pub(crate) fn write(&self, out: &mut String, place: Place) {
        let shared = self.outline.filter(|_| place != Place::File);
        if let Some(number) = shared {
            write!(out, "<use href=\"#outline-{number}\"").expect("a string takes every write");
        } else {
            write!(out, "<{}", self.tag).expect("a string takes every write");
        }
        for (name, value) in self.attributes.iter().filter(|it| shared.is_none() || it.0 != "d") {
            write!(out, " {name}=\"{}\"", escaped(value)).expect("a string takes every write");
        }
        if self.children.is_empty() || (shared.is_some() && place == Place::Page) {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out, place),
                Node::Text(text) => out.push_str(&escaped(text)),
            }
        }
        let tag = if shared.is_some() { "use" } else { self.tag };
        write!(out, "</{tag}>").expect("a string takes every write");
    }
}

/// The outlines that a page holds once, each under its number.
pub(crate) fn outlines<'a>(data: impl Iterator<Item = &'a str>) -> String {
    let mut out =
        String::from("<svg class=\"outlines\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>");
    for (number, data) in data.enumerate() {
        write!(out, "<path id=\"outline-{number}\" d=\"{data}\"/>").expect("a string takes every write");
    }
    out.push_str("</defs></svg>");
    out
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
    fn a_page_holds_an_outline_once() {
        let outline = Element::outline("M0 0l1 0z", 3).fill("#fff").hint("here");
        let mut out = String::new();
        outline.write(&mut out, Place::Page);
        assert_eq!(out, r##"<use href="#outline-3" fill="#fff"/>"##);
        out.clear();
        outline.write(&mut out, Place::File);
        assert_eq!(out, r##"<path d="M0 0l1 0z" fill="#fff"><title>here</title></path>"##);
        out.clear();
        outline.write(&mut out, Place::Still);
        assert_eq!(out, r##"<use href="#outline-3" fill="#fff"><title>here</title></use>"##);
        let held = outlines(["M0 0z", "M1 1z"].into_iter());
        assert!(held.contains(r##"<path id="outline-1" d="M1 1z"/>"##), "{held}");
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut out = String::new();
        Element::words(0.0, 0.0, "</text><script>\u{1}")
            .attribute("id", "\"'>&")
            .write(&mut out, Place::File);
        assert_eq!(
            out,
            "<text x=\"0\" y=\"0\" id=\"&quot;&#39;&gt;&amp;\">&lt;/text&gt;&lt;script&gt;\u{fffd}</text>"
        );
    }
}
