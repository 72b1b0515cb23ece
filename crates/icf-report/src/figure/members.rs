//! Emissions and sink of the nation in each of several runs, one panel each on a common scale.

use icf_results::NationRow;
use icf_units::{Quantity, Year};

use super::panels::{Panels, WIDTH};
use crate::language::{Words, say};
use crate::number::{Scaled, significant};
use crate::svg::{Drawing, Element, text_width, trajectory};
use crate::{ComparedRun, Language};

const NAME: &str = "members";
const TITLE: Words = Words::new("Emissions and sink of the nation in each run", "各次运行的全国排放与碳汇");
const PANEL: f64 = 250.0;
/// More panels than this are a wall of lines; the tables have all runs.
const SHOWN: usize = 12;

type Value = fn(&NationRow) -> Option<f64>;

const LINES: [(&str, Words, Value); 2] = [
    ("f-load", Words::new("emissions (ICE)", "排放（ICE）"), |row| row.ice_t.map(Quantity::get)),
    ("f-capacity", Words::new("sink (CS)", "碳汇（CS）"), |row| row.cs_t.map(Quantity::get)),
];

pub(crate) fn members(runs: &[ComparedRun], language: Language) -> Drawing {
    let rows = || runs.iter().flat_map(|run| run.nation);
    let largest = rows().flat_map(|row| LINES.map(|(_, _, value)| value(row))).flatten().fold(0.0, f64::max);
    let years = rows().map(|row| row.year).min().zip(rows().map(|row| row.year).max());
    let Some((first, last)) = years.filter(|_| largest > 0.0) else {
        let words = language.of("The runs have no national totals.", "各次运行没有全国合计。");
        return Drawing::saying(NAME, TITLE.to(language), words);
    };
    // Runs of different bases stand on one scale, so the unit is that of all or none.
    let scaled = Scaled::tonnes(largest, "", language);
    let shown = &runs[..runs.len().min(SHOWN)];
    let panels = Panels::new(shown.len(), PANEL);
    let (mut content, mut words) = (Vec::new(), Vec::new());
    for (index, run) in shown.iter().enumerate() {
        let (left, top) = panels.at(index);
        let frame = panels.frame(index, first, last, scaled.of(largest));
        let observed = run.summary.now.year;
        content.push(
            Element::words(left, top + 14.0, &fitting(&run.summary.scenario, panels.width)).class("f-label"),
        );
        let ends = ends(run, scaled, language);
        content.push(Element::words(left, top + 30.0, &fitting(&ends, panels.width)).class("f-text f-muted"));
        words.push(say!(language, "{}: {ends}.", "{}：{ends}。", run.summary.scenario));
        content.extend(frame.years_axis(first, observed, run.summary.horizon.year.min(last)));
        content.extend(frame.vertical_axis(""));
        for (class, _, value) in LINES {
            let values: Vec<(Year, Option<f64>)> =
                run.nation.iter().map(|row| (row.year, value(row).map(|value| scaled.of(value)))).collect();
            content.extend(trajectory(&frame, &values, observed, class));
        }
    }
    content.extend(panels.key(LINES.map(|(class, label, _)| (class, label.to(language)))));
    let cut = if runs.len() > SHOWN {
        say!(language, " The first {SHOWN} of {} runs.", "仅列出 {} 次运行中的前 {SHOWN} 次。", runs.len())
    } else {
        String::new()
    };
    Drawing {
        name: NAME.to_owned(),
        title: say!(language, "{}, {}", "{}，{}", TITLE.to(language), scaled.name()),
        year: None,
        caption: say!(
            language,
            "Sums over all regions, on each run's own basis; dashed: projection.{cut}",
            "全部区域之和，按各次运行自身的核算基准；虚线为预测。{cut}"
        ),
        description: language.sentences(&words),
        width: WIDTH,
        height: panels.bottom() + 24.0,
        view: None,
        data: None,
        content,
    }
}

/// Emissions and sink at the horizon.
fn ends(run: &ComparedRun, scaled: Scaled, language: Language) -> String {
    let horizon = &run.summary.horizon;
    let value =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| significant(scaled.of(value), 3));
    say!(
        language,
        "{} against {} in {}",
        "{} 对 {}（{} 年）",
        value(horizon.emissions),
        value(horizon.sink),
        horizon.year
    )
}

/// As much of a text as fits into a width.
fn fitting(text: &str, width: f64) -> String {
    if text_width(text, 12.0) <= width {
        return text.to_owned();
    }
    let mut short: String = text.to_owned();
    while short.pop().is_some() && text_width(&short, 12.0) > width - 12.0 {}
    short + "…"
}
