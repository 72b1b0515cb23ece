//! A figure before it is written: to a file of its own, or into the page.

use icf_units::Year;

use super::text::{is_wide, wrapped};
use super::{Element, Place, coordinate};
use crate::Language;
use crate::language::say;

/// The style of the marks, which the page shares.
pub(crate) const STYLE: &str = include_str!("../../templates/figure.css");

/// A figure as a tree of elements.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    /// File stem; also the prefix of every id within.
    pub(crate) name: String,
    /// Without the year.
    pub(crate) title: String,
    /// The year shown, where the figure is of one year and the page may show another.
    pub(crate) year: Option<Year>,
    pub(crate) caption: String,
    /// What the figure shows, in words, for those who do not see it.
    pub(crate) description: String,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// What the page's year slider recolours, e.g. `size_class`.
    pub(crate) view: Option<String>,
    /// What is drawn, as numbers; `None` where a table of the page or of the run holds it.
    pub(crate) data: Option<DataTable>,
    pub(crate) content: Vec<Element>,
}

/// The figures behind a drawing, as they are read.
#[derive(Clone, Debug)]
pub(crate) struct DataTable {
    pub(crate) heads: Vec<String>,
    /// Each as long as the heads.
    pub(crate) rows: Vec<Vec<String>>,
    /// What follows the title: which rows are not there.
    pub(crate) note: String,
}

/// Regions that the table of a drawing lists; more would make a page of thousands of regions heavy.
const LISTED: usize = 400;

impl DataTable {
    pub(crate) fn new(heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        let heads = heads.iter().map(|head| (*head).to_owned()).collect();
        Self { heads, rows, note: String::new() }
    }

    /// The table without the rows that are too many; it says where they are.
    pub(crate) fn cut(mut self, table: &str, language: Language) -> Self {
        let count = self.rows.len();
        if count > LISTED {
            self.rows.truncate(LISTED);
            self.note = say!(
                language,
                "; the first {LISTED} of {count}, all of them in tables/{table}.csv",
                "；仅列前 {LISTED} 行，共 {count} 行，全部见 tables/{table}.csv"
            );
        }
        self
    }
}

/// Room around the figure in its own file.
const MARGIN: f64 = 16.0;
const TITLE_LINE: f64 = 19.0;

impl Drawing {
    /// A figure that says why there is nothing to show.
    pub(crate) fn saying(name: &str, title: &str, words: &str) -> Self {
        let (width, height) = (440.0, 120.0);
        let lines = wrapped(words, width - 60.0, 12.0);
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let first = height / 2.0 + 4.0 - (lines.len() - 1) as f64 * 8.5;
        let texts = lines.iter().scan(first, |y, line| {
            let text = Element::words(width / 2.0, *y, line).middle().class("f-text f-muted");
            *y += 17.0;
            Some(text)
        });
        let frame = Element::rect(0.5, 0.5, width - 1.0, height - 1.0).class("f-empty");
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            year: None,
            caption: words.to_owned(),
            description: words.to_owned(),
            width,
            height,
            view: None,
            data: None,
            content: std::iter::once(frame).chain(texts).collect(),
        }
    }

    /// The figure as a file of its own, with title, style and white ground.
    pub(crate) fn standalone(&self) -> String {
        let lines = wrapped(&self.full_title(), self.width, 15.0);
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let head = lines.len() as f64 * TITLE_LINE + 8.0;
        let (width, height) = (self.width + 2.0 * MARGIN, self.height + 2.0 * MARGIN + head);
        let mut y = MARGIN - 5.0;
        let title = lines.iter().map(|line| {
            y += TITLE_LINE;
            Element::words(MARGIN, y, line).class("f-title")
        });
        let title: Vec<_> = title.collect();
        let root = self
            .root(width, height)
            .child(Element::new("style").text(STYLE))
            .child(Element::rect(0.0, 0.0, width, height).fill("#ffffff"))
            .children(title)
            .child(Element::group().moved(MARGIN, MARGIN + head).children(self.content.iter().cloned()));
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        root.write(&mut out, Place::File);
        out.push('\n');
        out
    }

    /// The figure for the page, which brings style and title.
    pub(crate) fn inline(&self, place: Place) -> String {
        let mut out = String::new();
        self.root(self.width, self.height).children(self.content.iter().cloned()).write(&mut out, place);
        out
    }

    fn root(&self, width: f64, height: f64) -> Element {
        let mut root = Element::new("svg")
            .attribute("xmlns", "http://www.w3.org/2000/svg")
            .number("width", width)
            .number("height", height)
            .attribute("viewBox", format!("0 0 {} {}", coordinate(width), coordinate(height)))
            .class("figure")
            .attribute("role", "img")
            .attribute("aria-labelledby", format!("{0}-title {0}-desc", self.name));
        if let Some(view) = &self.view {
            root = root.attribute("data-view", view.as_str());
        }
        root.child(
            Element::new("title").attribute("id", format!("{}-title", self.name)).text(&self.full_title()),
        )
        .child(Element::new("desc").attribute("id", format!("{}-desc", self.name)).text(&self.description))
    }

    /// The title with the year, where there is one.
    pub(crate) fn full_title(&self) -> String {
        self.year.map_or_else(|| self.title.clone(), |year| format!("{}{}{year}", self.title, self.comma()))
    }

    /// What stands between title and year: a Chinese title has a Chinese comma.
    pub(crate) fn comma(&self) -> &'static str {
        if self.title.ends_with(is_wide) { "，" } else { ", " }
    }
}
