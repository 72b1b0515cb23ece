//! Legends of filled marks.

use super::{Element, coordinate, text_width};

/// One entry of a legend.
#[derive(Clone, Debug)]
pub(crate) struct Swatch {
    /// A colour, or the reference of a pattern.
    pub(crate) fill: String,
    pub(crate) label: String,
    /// What else the style should know of the swatch.
    pub(crate) class: &'static str,
}

impl Swatch {
    pub(crate) fn new(fill: impl Into<String>, label: impl Into<String>) -> Self {
        Self { fill: fill.into(), label: label.into(), class: "f-swatch" }
    }
}

const SWATCH: f64 = 12.0;
const ROW: f64 = 18.0;
const FONT: f64 = 11.0;

/// Entries side by side, broken into rows no wider than `width`; with the height they take.
pub(crate) fn legend(entries: &[Swatch], left: f64, top: f64, width: f64) -> (Element, f64) {
    let mut group = Element::group();
    let (mut x, mut y) = (left, top);
    for entry in entries {
        let room = SWATCH + 5.0 + text_width(&entry.label, FONT) + 14.0;
        if x > left && x + room - 14.0 > left + width {
            x = left;
            y += ROW;
        }
        group = group
            .child(Element::rect(x, y, SWATCH, SWATCH).fill(&entry.fill).class(entry.class))
            .child(Element::words(x + SWATCH + 5.0, y + 10.0, &entry.label).class("f-text"));
        x += room;
    }
    (group, y + ROW - top)
}

/// The hatching of regions without a value, under an id of its own; `scale` undoes the scale of what it fills.
pub(crate) fn hatch(id: &str, ground: &str, scale: f64) -> Element {
    Element::new("defs").child(
        Element::new("pattern")
            .attribute("id", id)
            .attribute("width", "5")
            .attribute("height", "5")
            .attribute("patternUnits", "userSpaceOnUse")
            .attribute("patternTransform", format!("scale({}) rotate(45)", coordinate(scale)))
            .child(Element::rect(0.0, 0.0, 5.0, 5.0).fill(ground))
            .child(Element::rect(0.0, 0.0, 1.2, 5.0).fill("#b3b0a8")),
    )
}
