//! The page that puts several runs side by side.

use std::collections::BTreeMap;

use askama::Template;
use icf_results::{Comparison, Difference, Standing, Summary, ThresholdComparison};

use super::HtmlFigure;
use super::glossary::word;
use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use super::{STYLE, policy};
use crate::atlas::Atlas;
use crate::figure;
use crate::language::say;
use crate::number::{percent, significant, with_unit};
use crate::svg::{self, Place};
use crate::wording::capitalised;
use crate::{Compared, ComparedRun, Language, ReportError};

/// Rows of the table of the nation; the table of members beside the page has all.
const SHOWN: usize = 600;

/// The page's template.
#[derive(Template)]
#[template(path = "compare.html")]
struct Page {
    language: Language,
    policy: String,
    style: &'static str,
    version: &'static str,
    base: String,
    count: usize,
    has_tables: bool,
    headline: String,
    nation: HtmlTable,
    members: Vec<HtmlFigure>,
    outlines: String,
    differences: Vec<DifferenceSection>,
    inputs: HtmlTable,
    deficits: HtmlTable,
    thresholds: HtmlTable,
    regional_thresholds: HtmlTable,
    ranking: HtmlTable,
    quadrants: HtmlTable,
}

/// How a figure of the regions differs from the first run.
struct DifferenceSection {
    head: String,
    lead: String,
    maps: Vec<HtmlFigure>,
}

pub(crate) fn page(compared: Compared, language: Language) -> Result<String, ReportError> {
    let summaries: Vec<Summary> = compared.runs.iter().map(|run| run.summary.clone()).collect();
    let all: Vec<ComparedRun> = compared.runs.iter().chain(compared.points).copied().collect();
    let regions = all.iter().flat_map(|run| &run.summary.regional).map(|region| region.region.as_str());
    let atlas = Atlas::of(compared.boundaries, regions.collect())?;
    let shapes = atlas.map.iter().flat_map(|map| map.shapes.iter().map(|shape| shape.path.as_str()));
    let comparison = Comparison::of(&summaries);
    let said = |english, chinese| language.of(english, chinese);
    let chinese =
        compared.regions.iter().filter(|info| language == Language::Chinese && !info.name_zh.is_empty());
    let names = chinese.map(|info| (info.name.as_str(), info.name_zh.as_str()));
    let speech = figure::Speech { language, regions: names.collect() };
    let page = Page {
        language,
        // There is no script to allow.
        policy: policy::policy(STYLE, ""),
        style: STYLE,
        version: env!("CARGO_PKG_VERSION"),
        base: summaries.first().map(|summary| summary.scenario.clone()).unwrap_or_default(),
        count: all.len(),
        has_tables: compared.has_tables,
        headline: headline(&all, language),
        nation: nation(&all, language),
        members: vec![
            HtmlFigure::of(figure::members(&all, language), language),
            HtmlFigure::of(figure::members_footprint(&all, language), language),
        ],
        outlines: svg::outlines(shapes),
        differences: [figure::RegionFigure::Balance, figure::RegionFigure::Emissions]
            .into_iter()
            .map(|of| {
                let found = figure::difference_maps(&all, &atlas, of, &speech);
                let maps = found.maps.into_iter().map(|map| HtmlFigure::on(map, language, Place::Still));
                DifferenceSection {
                    head: capitalised(of.words(language)),
                    lead: found.lead,
                    maps: maps.collect(),
                }
            })
            .collect(),
        inputs: differences(
            &speech,
            &comparison,
            &comparison.inputs,
            "table-inputs",
            said("Key", "键"),
            said("Keys whose values differ", "取值不同的键"),
            said("The scenarios say the same.", "各情景内容相同。"),
        ),
        deficits: differences(
            &speech,
            &comparison,
            &comparison.deficit_years,
            "table-deficits",
            said("Nation, group or region", "全国、分组或区域"),
            said("First projected year in deficit, where the runs differ", "各情景不同时首个赤字预测年"),
            said(
                "Nation, groups and regions come into deficit in the same years.",
                "全国、分组与区域进入赤字的年份相同。",
            ),
        ),
        thresholds: thresholds(
            &speech,
            &comparison,
            &summaries,
            |scope| scope != "region",
            "table-thresholds",
        ),
        regional_thresholds: thresholds(
            &speech,
            &comparison,
            &summaries,
            |scope| scope == "region",
            "table-regional-thresholds",
        ),
        ranking: ranking(&speech, &comparison),
        quadrants: differences(
            &speech,
            &comparison,
            &comparison.quadrants,
            "table-quadrants",
            said("Region", "区域"),
            said(
                "Quadrant in the last year of the history → at the horizon, where the runs differ",
                "历史末年 → 目标年的象限，各情景不同者",
            ),
            said("Every region goes the same way in all runs.", "每个区域在各情景中的走向相同。"),
        ),
    };
    Ok(page.render()?)
}

/// Where the nation ends in deficit, in a sentence.
fn headline(runs: &[ComparedRun], language: Language) -> String {
    let summaries = || runs.iter().map(|run| run.summary);
    let within: Vec<&Summary> = summaries().filter(|summary| summary.deficit_year.is_some()).collect();
    let years = || within.iter().filter_map(|summary| summary.deficit_year);
    match (within.len(), years().min(), years().max()) {
        (0, ..) | (_, None, _) | (_, _, None) => {
            say!(
                language,
                "In none of {} runs does the nation come into deficit.",
                "{} 个情景中全国均未进入赤字。",
                runs.len()
            )
        }
        (count, Some(first), Some(last)) => {
            let when = if first == last {
                say!(language, "in {first}", "{first} 年")
            } else {
                say!(language, "between {first} and {last}", "{first} 至 {last} 年间")
            };
            let names: Vec<&str> = within.iter().take(4).map(|summary| summary.scenario.as_str()).collect();
            let more = if count > names.len() {
                say!(language, " and {} more", "等，另有 {} 次", count - names.len())
            } else {
                String::new()
            };
            say!(
                language,
                "In {count} of {} runs the nation comes into deficit, {when}: {}{more}.",
                "{} 个情景中有 {count} 次全国进入赤字（{when}）：{}{more}。",
                runs.len(),
                names.join(language.of(", ", "、"))
            )
        }
    }
}

/// The nation of each run, a row a run.
fn nation(runs: &[ComparedRun], language: Language) -> HtmlTable {
    let said = |english, chinese| language.of(english, chinese);
    let years = |of: fn(&Summary) -> &Standing| {
        let mut years: Vec<String> = runs.iter().map(|run| of(run.summary).year.to_string()).collect();
        years.dedup();
        (years.len() == 1).then(|| years.remove(0))
    };
    let horizons = years(|summary| &summary.horizon);
    // Runs that end in different years say theirs beside their name.
    let label = |run: &ComparedRun| match &horizons {
        Some(_) => run.label(),
        None => say!(language, "{} (to {})", "{}（至 {} 年）", run.label(), run.summary.horizon.year),
    };
    let now = years(|summary| &summary.now).unwrap_or_else(|| said("last year known", "历史末年").to_owned());
    let horizon = horizons.clone().unwrap_or_else(|| said("at the horizon", "目标年").to_owned());
    let named = |text: &str, year: &str| format!("{text} {year}").trim_end().to_owned();
    let mut heads = vec![Head::text(said("Run", "情景"))];
    for year in [&now, &horizon] {
        heads.extend([
            Head::number(&named(said("Emissions", "排放"), year), ""),
            Head::number(&named(said("Sink", "碳汇"), year), ""),
            Head::number(&named(said("Depth", "深度"), year), "")
                .meaning(said("Counted region by region", "逐区计算")),
            Head::number(&named(said("In deficit", "赤字区域数"), year), "")
                .meaning(said("Regions in deficit", "赤字区域数")),
        ]);
    }
    heads.push(
        Head::text(said("Nation in deficit from", "全国赤字始于"))
            .meaning(said("Netted over all regions", "全部区域相抵")),
    );
    let row = |run: &ComparedRun| {
        let summary = run.summary;
        let mut cells = vec![HtmlCell::text(label(run))];
        for standing in [&summary.now, &summary.horizon] {
            let mass = |value: Option<f64>| {
                HtmlCell::number(value, |value| with_unit(value, &summary.unit, language))
            };
            #[expect(clippy::cast_precision_loss, reason = "regions are few")]
            let count = standing.in_deficit.len() as f64;
            cells.extend([
                mass(standing.emissions),
                mass(standing.sink),
                HtmlCell::number(standing.depth, |depth| significant(depth, 3)),
                HtmlCell::Number(standing.in_deficit.len().to_string(), count),
            ]);
        }
        cells.push(HtmlCell::text(
            summary.deficit_year.map_or_else(|| said("never", "未出现").to_owned(), |year| year.to_string()),
        ));
        HtmlRow { region: String::new(), cells }
    };
    HtmlTable {
        id: "table-nation".to_owned(),
        caption: match runs.len() {
            0..=SHOWN => said("All regions together, a row a run", "全部区域合计，每行一个情景").to_owned(),
            many => say!(
                language,
                "All regions together, a row a run; the first {SHOWN} of {many}, all of them in members.csv",
                "全部区域合计，每行一个情景；仅列前 {SHOWN} 次，共 {many} 次，全部见 members.csv"
            ),
        },
        heads,
        rows: runs.iter().take(SHOWN).map(row).collect(),
        tall: runs.len() > 24,
        ..HtmlTable::default()
    }
}

/// A column a run.
fn heads(comparison: &Comparison, first: &[&str]) -> Vec<Head> {
    first.iter().copied().chain(comparison.runs.iter().map(String::as_str)).map(Head::text).collect()
}

fn differences(
    speech: &figure::Speech,
    comparison: &Comparison,
    found: &[Difference],
    id: &str,
    first: &str,
    caption: &str,
    empty: &str,
) -> HtmlTable {
    let row = |difference: &Difference| HtmlRow {
        region: String::new(),
        cells: std::iter::once(word(speech.region(&difference.of), speech.language))
            .chain(difference.values.iter().map(String::as_str))
            .map(HtmlCell::text)
            .collect(),
    };
    HtmlTable {
        id: id.to_owned(),
        caption: caption.to_owned(),
        heads: heads(comparison, &[first]),
        rows: found.iter().map(row).collect(),
        empty: empty.to_owned(),
        tall: found.len() > 24,
    }
}

/// Year of crossing, margin at the horizon, cumulative overshoot, and the probability of a crossing where it is drawn, a row each.
fn thresholds(
    speech: &figure::Speech,
    comparison: &Comparison,
    summaries: &[Summary],
    wanted: impl Fn(&str) -> bool,
    id: &str,
) -> HtmlTable {
    let standings = summaries.iter().flat_map(|summary| &summary.thresholds);
    let units: BTreeMap<&str, &str> =
        standings.map(|held| (held.threshold.as_str(), held.unit.as_str())).collect();
    let found = comparison.thresholds.iter().filter(|held| wanted(&held.scope));
    let rows: Vec<HtmlRow> =
        found.flat_map(|held| rows_of(speech, held, units.get(held.threshold.as_str()).copied())).collect();
    let said = |english, chinese| speech.language.of(english, chinese);
    HtmlTable {
        id: id.to_owned(),
        caption: said("Thresholds, where the runs differ", "各情景不同的阈值").to_owned(),
        heads: heads(comparison, &[said("Threshold", "阈值"), said("Of", "范围"), said("Figure", "量")]),
        tall: rows.len() > 24,
        rows,
        empty: said(
            "No threshold is crossed differently, and no margin differs.",
            "各阈值的突破情况与余量均相同。",
        )
        .to_owned(),
    }
}

fn rows_of(speech: &figure::Speech, held: &ThresholdComparison, unit: Option<&str>) -> Vec<HtmlRow> {
    let language = speech.language;
    let shown = |value: &Option<f64>| {
        HtmlCell::number(*value, |value| with_unit(value, unit.unwrap_or_default(), language))
    };
    let row = |figure: &str, values: Vec<HtmlCell>| {
        let names =
            [held.threshold.as_str(), word(speech.region(&held.name), language), figure].map(HtmlCell::text);
        HtmlRow { region: String::new(), cells: names.into_iter().chain(values).collect() }
    };
    let mut rows = vec![
        row(
            language.of("first year", "首年"),
            held.first_year.iter().map(|year| HtmlCell::text(year.as_str())).collect(),
        ),
        row(language.of("margin at the horizon", "目标年余量"), held.margin.iter().map(shown).collect()),
        row(
            language.of("overshoot, summed over years", "逐年累计超出"),
            held.overshoot.iter().map(shown).collect(),
        ),
    ];
    if held.probability.iter().any(Option::is_some) {
        let share = |share: &Option<f64>| HtmlCell::number(*share, percent);
        let figure = language.of("crossed by the horizon, share of the draws", "至目标年突破的抽样比例");
        rows.push(row(figure, held.probability.iter().map(share).collect()));
    }
    rows
}

fn ranking(speech: &figure::Speech, comparison: &Comparison) -> HtmlTable {
    let language = speech.language;
    let rank = |rank: &Option<usize>| HtmlCell::text(rank.map_or_else(String::new, |rank| rank.to_string()));
    let rows: Vec<HtmlRow> = comparison
        .ranking
        .iter()
        .map(|region| HtmlRow {
            region: String::new(),
            cells: std::iter::once(HtmlCell::text(speech.region(&region.name)))
                .chain(region.rank.iter().map(rank))
                .collect(),
        })
        .collect();
    HtmlTable {
        id: "table-ranking".to_owned(),
        caption: language
            .of(
                "Rank of each region by depth at the horizon, 1 = deepest",
                "目标年各区域按深度排名，1 为最深",
            )
            .to_owned(),
        heads: heads(comparison, &[language.of("Region", "区域")]),
        tall: rows.len() > 24,
        rows,
        empty: language.of("No region has a depth at the horizon.", "目标年没有区域有深度值。").to_owned(),
    }
}
