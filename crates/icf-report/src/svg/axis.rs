//! The frame of a plot: grid lines, ticks and axis titles.

use icf_units::Year;

use super::{Element, Scale};
use crate::number::fixed;

/// A plotting area with its scales.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) x: Scale,
    pub(crate) y: Scale,
}

impl Frame {
    /// Horizontal grid lines with their values, and the title of the vertical axis above them.
    pub(crate) fn vertical_axis(&self, title: &str) -> Vec<Element> {
        let (ticks, decimals) = self.y.ticks(5.0);
        let mut marks = Vec::new();
        for tick in ticks {
            let y = self.y.at(tick);
            marks.push(Element::line([self.x.from(), y], [self.x.to(), y]).class("f-grid"));
            marks.push(
                Element::words(self.x.from() - 7.0, y + 3.5, &fixed(tick, decimals)).end().class("f-tick"),
            );
        }
        marks.push(Element::words(0.0, self.y.to() - 12.0, title).class("f-axis-title"));
        marks
    }

    /// The horizontal axis of a number, with its title below at the right.
    pub(crate) fn horizontal_axis(&self, title: &str) -> Vec<Element> {
        let (ticks, decimals) = self.x.ticks(6.0);
        let base = self.y.from();
        let mut marks = vec![Element::line([self.x.from(), base], [self.x.to(), base]).class("f-axis")];
        for tick in ticks {
            let x = self.x.at(tick);
            marks.push(Element::line([x, base], [x, base + 4.0]).class("f-axis"));
            marks.push(Element::words(x, base + 16.0, &fixed(tick, decimals)).middle().class("f-tick"));
        }
        marks.push(Element::words(self.x.to(), base + 33.0, title).end().class("f-axis-title"));
        marks
    }

    /// The horizontal axis of years; the years of the projection lie on a shaded ground.
    pub(crate) fn years_axis(&self, first: Year, last_observed: Year, last: Year) -> Vec<Element> {
        let base = self.y.from();
        let x = |year: Year| self.x.at(f64::from(year.get()));
        let mut marks = Vec::new();
        if last > last_observed {
            let (from, to) = (x(last_observed), x(last));
            marks.push(Element::rect(from, self.y.to(), to - from, base - self.y.to()).class("f-future"));
        }
        marks.push(Element::line([self.x.from(), base], [self.x.to(), base]).class("f-axis"));
        let room = (self.x.to() - self.x.from()) / 34.0;
        let span = f64::from(last.since(first).max(1));
        let step =
            [1, 2, 5, 10, 20, 50].into_iter().find(|&step| span / f64::from(step) <= room).unwrap_or(100);
        for year in (first.get()..=last.get()).filter(|year| year % step == 0 || first == last) {
            let at = self.x.at(f64::from(year));
            marks.push(Element::line([at, base], [at, base + 4.0]).class("f-axis"));
            marks.push(Element::words(at, base + 16.0, &year.to_string()).middle().class("f-tick"));
        }
        marks
    }
}
