//! What the run says, in a few sentences: the head of the page.

use icf_results::ThresholdRow;
use icf_units::Quantity;

use crate::language::say;
use crate::number::{percent, significant, unbroken};
use crate::view::View;

/// The answer.
pub(crate) struct Answer {
    /// One or two sentences.
    pub(crate) headline: String,
    /// What stands behind them, a sentence or two each.
    pub(crate) points: Vec<Point>,
    /// The figures of the last year of the history.
    pub(crate) facts: Vec<Fact>,
}

/// One point under the headline.
pub(crate) struct Point {
    pub(crate) topic: String,
    pub(crate) words: String,
}

/// One figure.
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    pub(crate) note: String,
}

/// Names of regions beyond this many are counted, not listed.
const NAMED: usize = 8;

impl Answer {
    pub(crate) fn new(view: &View) -> Self {
        let mut points = vec![deficits(view)];
        points.extend(depth(view));
        let national = view.results.thresholds.iter().filter(|row| row.scope == "nation");
        points.extend(national.map(|row| threshold(view, row)));
        points.extend(regional_crossings(view));
        for point in &mut points {
            (point.topic, point.words) = (unbroken(&point.topic), unbroken(&point.words));
        }
        let mut facts = facts(view);
        for fact in &mut facts {
            (fact.value, fact.note) = (unbroken(&fact.value), unbroken(&fact.note));
        }
        Self { headline: unbroken(&headline(view)), points, facts }
    }
}

fn headline(view: &View) -> String {
    let year = view.last();
    let row = view.nation(year);
    let totals = row.and_then(|row| Some((row, row.ice_t?.get(), row.cs_t?.get())));
    let Some((row, emissions, sink)) = totals else {
        return say!(
            view.language,
            "The run has no national totals for {year}.",
            "本次运行没有 {year} 年的全国合计。"
        );
    };
    let scaled = view.tonnes(emissions.max(sink));
    let regions = match row.regions {
        1 => view.language.of("the one region", "唯一区域").to_owned(),
        count => say!(view.language, "the {count} regions", "{count} 个区域"),
    };
    let against = if sink <= 0.0 {
        view.language.of("and there is no sink to set against it", "没有碳汇与之相抵").to_owned()
    } else if emissions > sink {
        say!(
            view.language,
            "{} more than the {} their land takes up",
            "比其土地吸收的 {1} 多 {0}",
            percent(emissions / sink - 1.0),
            scaled.text(sink)
        )
    } else {
        say!(
            view.language,
            "{} less than the {} their land takes up",
            "比其土地吸收的 {1} 少 {0}",
            percent(1.0 - emissions / sink),
            scaled.text(sink)
        )
    };
    let deficits = match (row.regions_in_deficit, row.regions) {
        (0, _) => view
            .language
            .of("No region emits more than its own land takes up.", "没有区域的排放超过其自身土地的吸收。")
            .to_owned(),
        (1, 1) => view
            .language
            .of("The region emits more than its own land takes up.", "该区域的排放超过其自身土地的吸收。")
            .to_owned(),
        (1, _) => view
            .language
            .of("One region emits more than its own land takes up.", "一个区域的排放超过其自身土地的吸收。")
            .to_owned(),
        (some, _) => say!(
            view.language,
            "{some} of them emit more than their own land takes up.",
            "其中 {some} 个区域的排放超过其自身土地的吸收。"
        ),
    };
    say!(
        view.language,
        "In {year}, industry in {regions} emitted {}: {against}. {deficits}",
        "{year} 年，{regions}的工业排放 {}，{against}。{deficits}",
        scaled.text(emissions)
    )
}

fn deficits(view: &View) -> Point {
    let mut owing: Vec<(f64, &str)> = view
        .regions()
        .iter()
        .filter_map(|info| Some((view.balance(info.id.as_str(), view.last())?, view.called(info))))
        .filter(|entry| entry.0 < 0.0)
        .collect();
    owing.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    let words = if owing.is_empty() {
        say!(view.language, "No region in {}.", "{} 年没有区域。", view.last())
    } else {
        let scaled = view.hectares(owing[0].0);
        let named = owing.iter().take(NAMED);
        let mut parts: Vec<_> = named
            .map(|(owed, name)| {
                say!(view.language, "{name} ({})", "{name}（{}）", significant(scaled.of(-owed), 3))
            })
            .collect();
        if owing.len() > NAMED {
            parts.push(more(view, owing.len() - NAMED));
        }
        say!(
            view.language,
            "{}; in {}, largest first.",
            "{}；单位 {}，由大到小。",
            view.language.listed(&parts),
            scaled.name()
        )
    };
    Point { topic: say!(view.language, "In deficit in {}", "{} 年赤字区域", view.last()), words }
}

fn depth(view: &View) -> Option<Point> {
    let row = view.nation(view.last())?;
    let (regional, netted) = (row.depth?.get(), row.depth_netted?.get());
    let words = say!(
        view.language,
        "{} netted over all regions; {} region by region, where no surplus cancels a deficit elsewhere.",
        "全部区域相抵为 {}；逐区计算为 {}，盈余不抵消他区的赤字。",
        significant(netted, 3),
        significant(regional, 3)
    );
    Some(Point { topic: view.language.of("Depth of the nation", "全国深度").to_owned(), words })
}

/// A threshold: the margin first, then the crossing.
fn threshold(view: &View, row: &ThresholdRow) -> Point {
    let horizon = view.results.horizon;
    let level = row.value.map_or_else(String::new, |value| {
        say!(view.language, " ({})", "（{}）", view.with_unit(value, &row.unit))
    });
    let share = row.margin_share.map_or_else(String::new, |share| {
        say!(view.language, ", {} of the level", "，为阈值的 {}", percent(share.abs()))
    });
    let margin = match row.margin_horizon {
        Some(margin) if margin < 0.0 => {
            say!(
                view.language,
                "{} beyond it in {horizon}{share}",
                "{horizon} 年超出 {}{share}",
                view.with_unit(-margin, &row.unit)
            )
        }
        Some(margin) => say!(
            view.language,
            "{} of room left in {horizon}{share}",
            "{horizon} 年尚余 {}{share}",
            view.with_unit(margin, &row.unit)
        ),
        None => say!(view.language, "No margin can be given for {horizon}", "无法给出 {horizon} 年的余量"),
    };
    let start = if row.already_at_start == Some(true) {
        say!(view.language, "already crossed in {}", "{} 年已突破", view.last())
    } else {
        String::new()
    };
    let crossing = match (row.first_year, row.already_at_start) {
        (Some(year), Some(true)) => say!(
            view.language,
            "{start} and crossed in the projection from {year} on",
            "{start}，预测中自 {year} 年起突破"
        ),
        (Some(year), _) => say!(view.language, "first crossed in {year}", "{year} 年首次突破"),
        (None, Some(true)) => {
            say!(view.language, "{start}, never in the projection", "{start}，预测中从未突破")
        }
        (None, _) if view.projects() => {
            view.language.of("never crossed in the projection", "预测中从未突破").to_owned()
        }
        (None, _) => view.language.of("not crossed", "未突破").to_owned(),
    };
    let before = match row.historical_crossings.as_str() {
        "" => String::new(),
        years => say!(view.language, " Crossed in the history: {years}.", "历史上突破的年份：{years}。"),
    };
    let chance = view.results.chance(row).map_or_else(String::new, |chance| {
        say!(
            view.language,
            " Crossed by {horizon} in {} of the draws.",
            "{} 的抽样至 {horizon} 年突破。",
            percent(chance.p_by_year)
        )
    });
    Point {
        topic: match view.threshold(&row.threshold) {
            name if name == row.threshold => {
                say!(view.language, "Threshold {name}{level}", "阈值 {name}{level}")
            }
            name => format!("{name}{level}"),
        },
        words: say!(
            view.language,
            "{margin}; {crossing}.{chance}{before}",
            "{margin}；{crossing}。{chance}{before}"
        ),
    }
}

/// Regions that cross a threshold for the first time within the projection.
fn regional_crossings(view: &View) -> Option<Point> {
    let rows = || view.results.thresholds.iter().filter(|row| row.scope == "region");
    rows().next()?;
    let mut new: Vec<_> = rows()
        .filter(|row| row.already_at_start == Some(false))
        .filter_map(|row| {
            row.first_year.map(|year| (year, view.name(&row.region), view.threshold(&row.threshold)))
        })
        .collect();
    new.sort();
    let topic = view.language.of("Regions that cross anew", "新突破阈值的区域").to_owned();
    if new.is_empty() {
        let words = say!(
            view.language,
            "None crosses a threshold by {} that it had not crossed in {}.",
            "至 {} 年没有区域突破其在 {} 年尚未突破的阈值。",
            view.results.horizon,
            view.last()
        );
        return Some(Point { topic, words });
    }
    let mut parts: Vec<_> = new
        .iter()
        .take(NAMED)
        .map(|(year, name, threshold)| {
            say!(view.language, "{name} ({threshold}, {year})", "{name}（{threshold}，{year} 年）")
        })
        .collect();
    if new.len() > NAMED {
        parts.push(more(view, new.len() - NAMED));
    }
    Some(Point { topic, words: say!(view.language, "{}.", "{}。", view.language.listed(&parts)) })
}

fn facts(view: &View) -> Vec<Fact> {
    let year = view.last();
    let Some(row) = view.nation(year) else { return Vec::new() };
    let mut facts = Vec::new();
    if let (Some(emissions), Some(sink)) = (row.ice_t.map(Quantity::get), row.cs_t.map(Quantity::get)) {
        let scaled = view.tonnes(emissions.max(sink));
        let co2 = row.ice_tco2.map_or_else(String::new, |co2| view.with_unit(co2.get(), "t CO₂"));
        facts.push(Fact {
            label: view.language.of("Industrial emissions", "工业碳排放"),
            value: scaled.text(emissions),
            note: co2,
        });
        facts.push(Fact {
            label: view.language.of("Ecosystem sink", "生态系统碳汇"),
            value: scaled.text(sink),
            note: String::new(),
        });
        let share = if sink > 0.0 {
            say!(view.language, "{} of the sink", "为碳汇的 {}", percent((sink - emissions) / sink))
        } else {
            String::new()
        };
        facts.push(Fact {
            label: view.language.of("Margin", "余量"),
            value: scaled.text(sink - emissions),
            note: share,
        });
    }
    if let Some(depth) = row.depth {
        let netted = row.depth_netted.map_or_else(String::new, |netted| {
            say!(view.language, "{} netted", "相抵为 {}", significant(netted.get(), 3))
        });
        facts.push(Fact {
            label: view.language.of("Depth, by region", "深度（逐区）"),
            value: significant(depth.get(), 3),
            note: netted,
        });
    }
    facts.push(Fact {
        label: view.language.of("Regions in deficit", "赤字区域"),
        value: row.regions_in_deficit.to_string(),
        note: say!(view.language, "of {}", "共 {} 个", row.regions),
    });
    facts
}

/// How many are not named.
fn more(view: &View, count: usize) -> String {
    say!(view.language, "and {count} more", "另有 {count} 个")
}
