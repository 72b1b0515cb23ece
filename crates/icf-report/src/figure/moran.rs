//! Global Moran's I of each variable through time.

use icf_results::{MoranEnsembleRow, MoranRow};
use icf_units::Year;

use crate::language::{Words, say};
use crate::number::significant;
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, trajectory};
use crate::variable::Variable;
use crate::view::View;

const NAME: &str = "moran";
const TITLE: Words = Words::new("Global spatial autocorrelation through time", "全局空间自相关的变化");
const HEADS: [Words; 6] = [
    Words::new("Variable", "变量"),
    Words::new("Year", "年份"),
    Words::new("Moran's I", "莫兰指数 I"),
    Words::new("Expected", "期望值"),
    Words::new("z", "z"),
    Words::new("Pseudo p", "伪 p 值"),
];
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 300.0;

pub(crate) fn moran(view: &View) -> Drawing {
    let rows = &view.results.moran;
    let level = view.results.significance;
    let drawn = &view.results.moran_ensemble;
    let ends = || drawn.iter().flat_map(|row| [row.q025, row.q975]);
    let values = || rows.iter().flat_map(|row| [row.statistic, row.expected]).chain(ends()).flatten();
    let (Some(first), Some(last)) =
        (rows.iter().map(|row| row.year).min(), rows.iter().map(|row| row.year).max())
    else {
        let words = view.language.of("The run has no global statistics.", "本次运行没有全局统计量。");
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    };
    if rows.iter().all(|row| row.statistic.is_none()) {
        let why = rows.iter().map(|row| row.note.as_str()).find(|note| !note.is_empty());
        let why = why.map_or_else(String::new, |why| say!(view.language, " ({why})", "（{why}）"));
        let words = say!(
            view.language,
            "Moran's I could be computed in no year{why}.",
            "任何年份都无法计算莫兰指数{why}。"
        );
        return Drawing::saying(NAME, TITLE.to(view.language), &words);
    }
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let frame = Frame {
        x: Scale::exact(f64::from(first.get()), f64::from(last.get()), 44.0, WIDTH - 128.0),
        y: Scale::round(low, high, HEIGHT - 26.0, 28.0),
    };
    let mut content = frame.years_axis(first, last, last);
    content.extend(frame.vertical_axis(HEADS[2].to(view.language)));
    let expected: Vec<(Year, Option<f64>)> = rows
        .iter()
        .filter(|row| row.variable == rows[0].variable)
        .map(|row| (row.year, row.expected))
        .collect();
    content.extend(trajectory(&frame, &expected, last, "f-expected"));
    let mut labelled = Vec::new();
    let mut words = Vec::new();
    for variable in view.variables() {
        let class = variable.line();
        let own: Vec<&MoranRow> = rows.iter().filter(|row| row.variable == variable.key()).collect();
        let line: Vec<_> = own.iter().map(|row| (row.year, row.statistic)).collect();
        if line.iter().filter(|point| point.1.is_some()).count() > 1 {
            content.extend(trajectory(&frame, &line, last, class));
        }
        for row in drawn.iter().filter(|row| row.variable == variable.key()) {
            content.extend(interval(view, row, &frame, class));
        }
        for row in &own {
            let Some(statistic) = row.statistic else { continue };
            let significant_here = row.p_folded.is_some_and(|p| p <= level);
            let mark = Element::circle(frame.x.at(f64::from(row.year.get())), frame.y.at(statistic), 3.2)
                .class(&format!("{class} {}", if significant_here { "f-dot" } else { "f-hollow" }));
            content.push(mark.hint(&hint(view, row, statistic, variable.short(view.language))));
        }
        let known: Vec<_> = own.iter().filter(|row| row.statistic.is_some()).collect();
        if let (Some(start), Some(end)) = (known.first(), known.last()) {
            let at = |row: &MoranRow| row.statistic.map(|i| significant(i, 3)).unwrap_or_default();
            let filled = own.iter().filter(|row| row.p_folded.is_some_and(|p| p <= level)).count();
            words.push(say!(
                view.language,
                "{}: {} in {}, {} in {}; significant in {filled} of {} years.",
                "{}：{}（{} 年），{}（{} 年）；{} 个年份中 {filled} 个显著。",
                variable.title(view.language),
                at(start),
                start.year,
                at(end),
                end.year,
                own.len()
            ));
            labelled.push((frame.y.at(end.statistic.unwrap_or_default()), variable, class));
        }
    }
    content.extend(labels(view, &frame, labelled));
    let whiskers = if drawn.is_empty() {
        ""
    } else {
        view.language.of(
            "Bars: 95 % of the draws of what goes in, with their median as a tick. ",
            "竖线：输入抽样的 95% 区间，短横为中位数。",
        )
    };
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "{whiskers}Filled dots: pseudo p (folded) at most {level}; hollow dots: above. Fine dotted line: expectation \
             without autocorrelation, −1/(n−1).",
            "{whiskers}实心点：伪 p 值（折叠）不大于 {level}；空心点：大于。细点线：无自相关时的期望值 −1/(n−1)。"
        ),
        description: view.language.sentences(&words),
        width: WIDTH,
        height: HEIGHT,
        view: None,
        data: Some(table(view)),
        content,
    }
}

/// Where 95 % of the draws of a year lie, and their median.
fn interval(view: &View, row: &MoranEnsembleRow, frame: &Frame, class: &str) -> Option<Element> {
    let (low, high, middle) = (row.q025?, row.q975?, row.q50?);
    let x = frame.x.at(f64::from(row.year.get()));
    let tick = |value: f64, half: f64| {
        let y = frame.y.at(value);
        Element::line([x - half, y], [x + half, y]).class(&format!("f-interval {class}"))
    };
    let bar = Element::line([x, frame.y.at(low)], [x, frame.y.at(high)]);
    let hint = say!(
        view.language,
        "{}: 95 % of the draws from {} to {}",
        "{} 年：95% 的抽样在 {} 至 {}",
        row.year,
        significant(low, 3),
        significant(high, 3)
    );
    let bar = bar.class(&format!("f-interval {class}"));
    Some(Element::group().children([bar, tick(low, 3.5), tick(high, 3.5), tick(middle, 6.0)]).hint(&hint))
}

fn table(view: &View) -> DataTable {
    let cell = |value: Option<f64>| value.map_or("–".to_owned(), |value| significant(value, 3));
    let are_drawn = !view.results.moran_ensemble.is_empty();
    let rows = view.results.moran.iter().map(|row| {
        let name =
            Variable::of_key(row.variable).map_or(row.variable, |variable| variable.short(view.language));
        let figures = [row.statistic, row.expected, row.z_rand, row.p_folded].map(cell);
        let mut drawn = view.results.moran_ensemble.iter();
        let drawn = drawn.find(|of| of.variable == row.variable && of.year == row.year);
        let interval = drawn
            .map_or_else(|| "–".to_owned(), |drawn| format!("{}–{}", cell(drawn.q025), cell(drawn.q975)));
        let cells = [name.to_owned(), row.year.to_string()].into_iter().chain(figures);
        cells.chain(are_drawn.then_some(interval)).collect()
    });
    let mut heads: Vec<&str> = HEADS.iter().map(|head| head.to(view.language)).collect();
    heads.extend(are_drawn.then(|| view.language.of("95 % of the draws", "95% 的抽样")));
    DataTable::new(&heads, rows.collect())
}

fn hint(view: &View, row: &MoranRow, statistic: f64, label: &str) -> String {
    let p = row.p_folded.map_or_else(
        || view.language.of("no p", "无 p 值").to_owned(),
        |p| format!("p {}", significant(p, 2)),
    );
    say!(
        view.language,
        "{label} {}: I {}, {p}, n {}",
        "{label} {} 年：I {}，{p}，n {}",
        row.year,
        significant(statistic, 3),
        row.n
    )
}

fn labels(view: &View, frame: &Frame, mut ends: Vec<(f64, Variable, &'static str)>) -> Vec<Element> {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let [upper, lower] = ends.as_mut_slice()
        && lower.0 - upper.0 < 14.0
    {
        let middle = f64::midpoint(upper.0, lower.0);
        (upper.0, lower.0) = (middle - 7.0, middle + 7.0);
    }
    ends.into_iter()
        .map(|(y, variable, class)| {
            Element::words(frame.x.to() + 9.0, y + 4.0, variable.short(view.language))
                .class(&format!("f-label {class}"))
        })
        .collect()
}
