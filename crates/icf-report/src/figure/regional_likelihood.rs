//! How likely each region is above each threshold, as a heat map of regions and years.

use std::collections::BTreeMap;

use icf_results::ThresholdProbabilityRow;
use icf_units::Year;

use crate::language::{Words, say};
use crate::number::percent;
use crate::palette;
use crate::svg::{DataTable, Drawing, Element, Swatch, legend, text_width};
use crate::view::View;

const NAME: &str = "threshold_probability_regions";
const TITLE: Words =
    Words::new("How likely each region is above a threshold, by year", "各区域逐年超过阈值的概率");
const ROW: f64 = 15.0;
const HEAD: f64 = 44.0;
const GAP: f64 = 40.0;
/// Width of the figure, of one threshold and of several.
const WIDTHS: [f64; 2] = [560.0, 1130.0];
/// Rows that can be read one below the other; the likeliest stay.
const SHOWN: usize = 60;
/// Upper ends of the classes of a probability, the last of which holds 1 too.
const CLASSES: [(f64, Words); 5] = [
    (0.05, Words::new("up to 5 %", "不超过 5 %")),
    (0.33, Words::new("5–33 %", "5–33 %")),
    (0.66, Words::new("33–66 %", "33–66 %")),
    (0.95, Words::new("66–95 %", "66–95 %")),
    (1.0, Words::new("above 95 %", "超过 95 %")),
];

/// One threshold: probabilities by region and year.
type Panel<'a> = (String, BTreeMap<(&'a str, Year), f64>);

pub(crate) fn regional_likelihood(view: &View) -> Drawing {
    let is_regional = |row: &&ThresholdProbabilityRow| row.scope == "region";
    let rows: Vec<&ThresholdProbabilityRow> =
        view.results.threshold_probability.iter().filter(is_regional).collect();
    if rows.is_empty() {
        let words =
            view.language.of("No threshold is held against the single regions.", "没有针对单个区域的阈值。");
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    }
    let panels: Vec<Panel> = rows
        .chunk_by(|a, b| a.threshold == b.threshold)
        .map(|rows| {
            let of = rows.iter().map(|row| ((row.region.as_str(), row.year), row.p_in_year));
            (view.threshold(&rows[0].threshold), of.collect())
        })
        .collect();
    let mut years: Vec<Year> = rows.iter().map(|row| row.year).collect();
    years.sort_unstable();
    years.dedup();
    let order = order(&panels, &years);
    let shown = &order[..order.len().min(SHOWN)];
    let left = 10.0 + shown.iter().map(|id| text_width(view.name(id), 11.0)).fold(40.0, f64::max).min(170.0);
    #[expect(clippy::cast_precision_loss, reason = "a few panels, years and regions")]
    let (panel_count, year_count, row_count) = (panels.len() as f64, years.len() as f64, shown.len() as f64);
    let bottom = HEAD + row_count * ROW;
    let width = WIDTHS[usize::from(panels.len() > 1)];
    let panel_width = (width - left - (panel_count - 1.0) * GAP) / panel_count;
    let step = panel_width / year_count;
    let mut content = Vec::new();
    let mut x = left;
    for (threshold, _) in &panels {
        content.push(Element::words(x, 14.0, threshold).class("f-label"));
        content.extend(ticks(&years, x, step));
        x += panel_width + GAP;
    }
    let mut y = HEAD;
    for region in shown {
        content.push(row(view, region, &panels, &years, [left, y, step], width));
        y += ROW;
    }
    let key: Vec<Swatch> = (1..=CLASSES.len())
        .map(|class| {
            Swatch::new(palette::DEPTH.class(class, CLASSES.len()), CLASSES[class - 1].1.to(view.language))
        })
        .collect();
    let (key, key_height) = legend(&key, left, bottom + 14.0, width - left);
    content.push(key);
    let cut = if shown.len() < order.len() {
        say!(
            view.language,
            " The {SHOWN} likeliest of {} regions.",
            "仅列出 {} 个区域中概率最大的 {SHOWN} 个。",
            order.len()
        )
    } else {
        String::new()
    };
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "Share of the draws in which the region is above the threshold in the year; those that are so most often, over all \
             years and thresholds, stand first.{cut}",
            "区域当年超过阈值的抽样所占比例；按全部年份和阈值合计，超过最多者居前。{cut}"
        ),
        description: in_words(view, &panels, &years, shown),
        width,
        height: bottom + 14.0 + key_height,
        view: None,
        data: Some(table(view, &panels, &years, shown)),
        content,
    }
}

/// The regions by the sum of their probabilities, over all thresholds and years, the largest first.
fn order<'a>(panels: &[Panel<'a>], years: &[Year]) -> Vec<&'a str> {
    let mut regions: Vec<&str> = panels.iter().flat_map(|panel| panel.1.keys().map(|key| key.0)).collect();
    regions.sort_unstable();
    regions.dedup();
    let sum = |region: &str| -> f64 {
        let of = |panel: &Panel| years.iter().filter_map(|year| panel.1.get(&(region, *year))).sum::<f64>();
        panels.iter().map(of).sum()
    };
    regions.sort_by(|a, b| sum(b).total_cmp(&sum(a)).then(a.cmp(b)));
    regions
}

fn ticks(years: &[Year], left: f64, step: f64) -> Vec<Element> {
    let every = if step < 32.0 { 5 } else { 1 };
    let mut x = left + step / 2.0;
    let mut marks = Vec::new();
    for year in years {
        if year.get() % every == 0 || years.len() == 1 {
            marks.push(Element::words(x, HEAD - 7.0, &year.to_string()).middle().class("f-tick"));
        }
        x += step;
    }
    marks
}

fn row(view: &View, region: &str, panels: &[Panel], years: &[Year], place: [f64; 3], width: f64) -> Element {
    let [left, top, step] = place;
    #[expect(clippy::cast_precision_loss, reason = "a few years")]
    let step_of_panels = step * years.len() as f64 + GAP;
    let name = view.name(region);
    let mut marks = Element::group()
        .class("f-row")
        .region(region)
        .child(Element::rect(0.0, top, width, ROW).class("f-hit"))
        .child(Element::words(left - 7.0, top + 11.5, name).end().class("f-text"));
    let mut start = left;
    for (threshold, of) in panels {
        let mut x = start;
        for year in years {
            if let Some(p) = of.get(&(region, *year)) {
                let cell = Element::rect(x, top + 0.5, step - 1.0, ROW - 1.0)
                    .fill(&palette::DEPTH.class(class(*p), CLASSES.len()));
                marks = marks.child(cell.hint(&say!(
                    view.language,
                    "{name}, {year}: {} above {threshold}",
                    "{name}，{year} 年：{} 超过 {threshold}",
                    percent(*p)
                )));
            }
            x += step;
        }
        start += step_of_panels;
    }
    marks
}

/// The class of a probability, 1 being the lowest.
fn class(p: f64) -> usize {
    CLASSES.iter().position(|(up_to, _)| p <= *up_to).map_or(CLASSES.len(), |place| place + 1)
}

fn in_words(view: &View, panels: &[Panel], years: &[Year], shown: &[&str]) -> String {
    let Some(last) = years.last() else { return String::new() };
    let of = |(threshold, of): &Panel| {
        let likely = shown.iter().filter_map(|region| {
            let p = of.get(&(*region, *last)).filter(|p| **p > 0.05)?;
            Some(format!("{} {}", view.name(region), percent(*p)))
        });
        let likely: Vec<String> = likely.collect();
        match likely.len() {
            0 => say!(
                view.language,
                "Above {threshold} in {last}: no region with more than 5 %.",
                "{last} 年超过 {threshold}：没有区域的概率大于 5 %。"
            ),
            _ => say!(
                view.language,
                "Above {threshold} in {last}: {}; the others at most 5 %.",
                "{last} 年超过 {threshold}：{}；其余不超过 5 %。",
                view.language.listed(&likely)
            ),
        }
    };
    panels.iter().map(of).collect::<Vec<_>>().join(view.language.of(" ", ""))
}

fn table(view: &View, panels: &[Panel], years: &[Year], shown: &[&str]) -> DataTable {
    let mut heads =
        vec![view.language.of("Threshold", "阈值").to_owned(), view.language.of("Region", "区域").to_owned()];
    heads.extend(years.iter().map(ToString::to_string));
    let rows = panels.iter().flat_map(|(threshold, of)| {
        shown.iter().map(move |region| {
            let name = view.name(region);
            let cell = |year: &Year| of.get(&(*region, *year)).map_or("–".to_owned(), |p| percent(*p));
            [threshold.clone(), name.to_owned()].into_iter().chain(years.iter().map(cell)).collect()
        })
    });
    DataTable { heads, rows: rows.collect(), note: String::new() }
}

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn a_class_holds_its_upper_bound() {
        let classes = [0.0, 0.05, 0.051, 0.33, 0.66, 0.95, 0.951, 1.0].map(class);
        assert_eq!(classes, [1, 1, 2, 2, 3, 4, 5, 5]);
    }
}
