//! The nation in each of several runs, one panel each on a common scale.

use icf_results::NationRow;
use icf_units::{Quantity, Year};

use super::crossing::crossings;
use super::nation::{Series, crossing_marks};
use super::panels::{Panels, WIDTH};
use crate::ComparedRun;
use crate::Language;
use crate::language::{Words, say};
use crate::number::{Scaled, significant};
use crate::svg::{DataTable, Drawing, Element, text_width, trajectory};

const PANEL: f64 = 250.0;
/// More panels than this are a wall of lines; the tables have all runs.
const SHOWN: usize = 12;

type Value = fn(&NationRow) -> Option<f64>;

/// What burdens the nation against what carries it.
struct Pair {
    name: &'static str,
    title: Words,
    lines: [(&'static str, Words, Value); 2],
    scaled: fn(f64, Language) -> Scaled,
}

const FLOWS: Pair = Pair {
    name: "members",
    title: Words::new("Emissions and sink of the nation in each run", "各情景的全国排放与碳汇"),
    lines: [
        ("f-load", Words::new("emissions (ICE)", "排放（ICE）"), |row| row.ice_t.map(Quantity::get)),
        ("f-capacity", Words::new("sink (CS)", "碳汇（CS）"), |row| row.cs_t.map(Quantity::get)),
    ],
    // Runs of different bases stand on one scale, so the unit is that of all or none.
    scaled: |largest, language| Scaled::tonnes(largest, "", language),
};

const AREAS: Pair = Pair {
    name: "members_footprint",
    title: Words::new("Footprint and capacity of the nation in each run", "各情景的全国足迹与承载力"),
    lines: [
        ("f-load", Words::new("footprint (ICF)", "足迹（ICF）"), |row| row.icf_hm2.map(Quantity::get)),
        ("f-capacity", Words::new("capacity (CEC)", "承载力（CEC）"), |row| {
            row.cec_hm2.map(Quantity::get)
        }),
    ],
    scaled: Scaled::hectares,
};

/// Emissions and sink.
pub(crate) fn members(runs: &[ComparedRun], language: Language) -> Drawing {
    panels(runs, &FLOWS, language)
}

/// Footprint and capacity.
pub(crate) fn members_footprint(runs: &[ComparedRun], language: Language) -> Drawing {
    panels(runs, &AREAS, language)
}

fn panels(runs: &[ComparedRun], pair: &Pair, language: Language) -> Drawing {
    let rows = || runs.iter().flat_map(|run| run.nation);
    let largest = rows().flat_map(|row| pair.lines.map(|line| line.2(row))).flatten().fold(0.0, f64::max);
    let years = rows().map(|row| row.year).min().zip(rows().map(|row| row.year).max());
    let Some((first, last)) = years.filter(|_| largest > 0.0) else {
        let words = language.of("The runs have no national totals.", "各情景没有全国合计。");
        return Drawing::saying(pair.name, pair.title.to(language), words);
    };
    let scaled = (pair.scaled)(largest, language);
    let shown: Vec<&ComparedRun> = spread(runs.len(), SHOWN).into_iter().map(|place| &runs[place]).collect();
    let panels = Panels::new(shown.len(), PANEL);
    let (mut content, mut words, mut table) = (Vec::new(), Vec::new(), Vec::new());
    for (index, run) in shown.iter().enumerate() {
        let (left, top) = panels.at(index);
        let frame = panels.frame(index, first, last, scaled.of(largest));
        let observed = run.summary.now.year;
        let series = pair.lines.map(|line| series(run, line.2, scaled));
        let crossed: Vec<(String, Year)> = crossings(&series[0], &series[1])
            .into_iter()
            .filter(|year| *year > observed)
            .map(|year| (pair.lines[1].1.to(language).to_owned(), year))
            .collect();
        let (name, ends) = (run.label(), ends(&series, run.summary.horizon.year, language));
        content.push(Element::words(left, top + 14.0, &fitting(&name, panels.width)).class("f-label"));
        content.push(Element::words(left, top + 30.0, &fitting(&ends, panels.width)).class("f-text f-muted"));
        let story: Vec<String> = crossed.iter().map(|(_, year)| year.to_string()).collect();
        words.push(match story.is_empty() {
            true => say!(language, "{name}: {ends}, no crossing.", "{name}：{ends}，未突破。"),
            false => say!(
                language,
                "{name}: {ends}, crossed in {}.",
                "{name}：{ends}，突破于 {} 年。",
                language.listed(&story)
            ),
        });
        content.extend(frame.years_axis(first, observed, run.summary.horizon.year.min(last)));
        content.extend(frame.vertical_axis(""));
        for ((class, ..), values) in pair.lines.iter().zip(&series) {
            content.extend(trajectory(&frame, values, observed, class));
        }
        content.extend(crossing_marks(language, &frame, &series[0], &crossed));
        table.extend(series[0].iter().zip(&series[1]).map(|(load, capacity)| {
            let cell =
                |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| significant(value, 4));
            vec![name.clone(), load.0.to_string(), cell(load.1), cell(capacity.1), scaled.name()]
        }));
    }
    content.extend(panels.key(pair.lines.map(|(class, label, _)| (class, label.to(language)))));
    let cut = if runs.len() > shown.len() {
        say!(
            language,
            " {} of {} runs, spread evenly over their order.",
            "{1} 个情景中的 {0} 次，按顺序均匀选取。",
            shown.len(),
            runs.len()
        )
    } else {
        String::new()
    };
    Drawing {
        name: pair.name.to_owned(),
        title: say!(language, "{}, {}", "{}，{}", pair.title.to(language), scaled.name()),
        year: None,
        caption: say!(
            language,
            "Sums over all regions, on each run’s own basis; dashed: projection; ring: the first year above what carries it.{cut}",
            "全部区域之和，按各情景自身的核算基准；虚线为预测；圆环为首个超出的年份。{cut}"
        ),
        description: language.sentences(&words),
        width: WIDTH,
        height: panels.bottom() + 24.0,
        view: None,
        data: Some(DataTable::new(
            &[
                language.of("Run", "情景"),
                language.of("Year", "年份"),
                pair.lines[0].1.to(language),
                pair.lines[1].1.to(language),
                language.of("Unit", "单位"),
            ],
            table,
        )),
        content,
    }
}

/// At most so many places of a list, the first and the last among them, as evenly apart as they can be.
pub(super) fn spread(count: usize, most: usize) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    match most {
        0 => vec![],
        1 => vec![0],
        _ => (0..most).map(|place| place * (count - 1) / (most - 1)).collect(),
    }
}

fn series(run: &ComparedRun, value: Value, scaled: Scaled) -> Series {
    run.nation.iter().map(|row| (row.year, value(row).map(|value| scaled.of(value)))).collect()
}

/// Both at the horizon.
fn ends(series: &[Series; 2], horizon: Year, language: Language) -> String {
    let value = |series: &Series| {
        let found = series.iter().find(|point| point.0 == horizon).and_then(|point| point.1);
        found.map_or_else(|| "–".to_owned(), |value| significant(value, 3))
    };
    say!(
        language,
        "{} against {} in {horizon}",
        "{} 对 {}（{horizon} 年）",
        value(&series[0]),
        value(&series[1])
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

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn a_spread_holds_both_ends() {
        assert_eq!(spread(3, 12), [0, 1, 2]);
        assert_eq!(spread(201, 5), [0, 50, 100, 150, 200]);
        assert_eq!(spread(13, 12), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
        assert_eq!((spread(9, 1), spread(9, 0), spread(0, 4)), (vec![0], vec![], vec![]));
    }
}
