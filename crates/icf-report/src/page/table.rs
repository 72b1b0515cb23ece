//! A table of the page.

use askama::Template;
use icf_results::RegionInfo;

/// A table with a head that can sort it.
#[derive(Template, Default)]
#[template(path = "table.html")]
pub(crate) struct HtmlTable {
    pub(crate) id: String,
    /// What one row is.
    pub(crate) caption: String,
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<HtmlRow>,
    /// What stands in the place of a table without rows.
    pub(crate) empty: String,
    /// Tall tables scroll under their head.
    pub(crate) tall: bool,
}

/// A column's head.
#[derive(Default)]
pub(crate) struct Head {
    pub(crate) text: String,
    pub(crate) unit: String,
    /// What the column means.
    pub(crate) meaning: String,
    pub(crate) numeric: bool,
}

/// A row, which may stand for a region.
#[derive(Default)]
pub(crate) struct HtmlRow {
    pub(crate) region: String,
    pub(crate) cells: Vec<HtmlCell>,
}

/// A cell.
pub(crate) enum HtmlCell {
    /// Text.
    Text(String),
    /// A number as shown, and in full for sorting.
    Number(String, f64),
    /// Nothing is known.
    Missing,
    /// A region that can be picked: id, name, its name in the other language and the tag of that.
    Region(String, String, String, &'static str),
    /// A verdict, with the name of its colour.
    Chip(String, &'static str),
}

/// Rows of a list of regions that the page shows, where it is not the list of regions itself.
const SHOWN: usize = 600;

impl HtmlTable {
    /// The table without the rows that make a page of thousands of regions heavy; it says where they are.
    pub(crate) fn cut(mut self, table: &str, language: Language) -> Self {
        let count = self.rows.len();
        if count > SHOWN {
            self.rows.truncate(SHOWN);
            self.caption.push_str(&say!(
                language,
                "; the first {SHOWN} of {count}, all of them in tables/{table}.csv",
                "；仅列前 {SHOWN} 行，共 {count} 行，全部见 tables/{table}.csv"
            ));
        }
        self
    }
}

impl Head {
    pub(crate) fn text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    pub(crate) fn number(text: &str, unit: &str) -> Self {
        Self { text: text.to_owned(), unit: unit.to_owned(), meaning: String::new(), numeric: true }
    }

    pub(crate) fn meaning(mut self, words: &str) -> Self {
        self.meaning = words.to_owned();
        self
    }
}

impl HtmlCell {
    /// A number shown by `words`, or nothing.
    pub(crate) fn number(value: Option<f64>, words: impl Fn(f64) -> String) -> Self {
        value.map_or(Self::Missing, |value| Self::Number(words(value), value))
    }

    /// A region with its names.
    pub(crate) fn region(view: &View, info: &RegionInfo) -> Self {
        let (other, language) = view.also_called(info);
        Self::Region(info.id.to_string(), view.called(info).to_owned(), other.to_owned(), language.tag())
    }

    /// A region by its id, or the text where no region has it.
    pub(crate) fn region_or_text(view: &View, text: &str) -> Self {
        view.info(text).map_or_else(|| Self::text(text), |info| Self::region(view, info))
    }

    /// Text, or nothing where it is empty.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Missing } else { Self::Text(text) }
    }
}
use crate::Language;
use crate::language::say;
use crate::view::View;
