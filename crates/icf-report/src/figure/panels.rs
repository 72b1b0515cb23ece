//! Panels side by side on a common scale, three to a row, with a key below them.

use icf_units::Year;

use crate::svg::{Element, Frame, Scale};

pub(super) const WIDTH: f64 = 1130.0;
/// Where the leftmost panel begins.
pub(super) const LEFT: f64 = 44.0;
const GAP: f64 = 58.0;
/// Room for half of the last year's label.
const RIGHT: f64 = 18.0;
/// Room between the rows of panels.
const BETWEEN: f64 = 24.0;

/// How many panels, and how large each is.
pub(super) struct Panels {
    count: usize,
    columns: usize,
    height: f64,
    /// Width of a panel.
    pub(super) width: f64,
}

impl Panels {
    pub(super) fn new(count: usize, height: f64) -> Self {
        let columns = count.min(3);
        #[expect(clippy::cast_precision_loss, reason = "at most three columns")]
        let width = (WIDTH - LEFT - RIGHT - GAP * (columns - 1) as f64) / columns as f64;
        Self { count, columns, height, width }
    }

    /// Left and top of a panel.
    #[expect(clippy::cast_precision_loss, reason = "a few panels")]
    pub(super) fn at(&self, index: usize) -> (f64, f64) {
        (
            LEFT + (index % self.columns) as f64 * (self.width + GAP),
            (index / self.columns) as f64 * (self.height + BETWEEN),
        )
    }

    /// The axes of a panel: years, and values from zero.
    pub(super) fn frame(&self, index: usize, first: Year, last: Year, largest: f64) -> Frame {
        let (left, top) = self.at(index);
        Frame {
            x: Scale::exact(f64::from(first.get()), f64::from(last.get()), left, left + self.width),
            y: Scale::round(0.0, largest, top + self.height - 26.0, top + 46.0),
        }
    }

    /// Below the last row of panels.
    #[expect(clippy::cast_precision_loss, reason = "a few panels")]
    pub(super) fn bottom(&self) -> f64 {
        self.count.div_ceil(self.columns) as f64 * (self.height + BETWEEN) - BETWEEN
    }

    /// What the two kinds of lines are.
    pub(super) fn key(&self, lines: [(&str, &str); 2]) -> Vec<Element> {
        let bottom = self.bottom();
        let places = lines.into_iter().zip([LEFT, LEFT + 140.0]);
        places
            .flat_map(|((class, label), x)| {
                let line = Element::line([x, bottom + 14.0], [x + 22.0, bottom + 14.0]);
                [
                    line.class(&format!("f-line {class}")),
                    Element::words(x + 28.0, bottom + 18.0, label).class("f-text"),
                ]
            })
            .collect()
    }
}
