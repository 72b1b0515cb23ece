//! The page that puts several runs side by side.

use std::collections::BTreeMap;

use askama::Template;
use icf_results::{Comparison, Difference, Standing, Summary, ThresholdComparison};

use super::HtmlFigure;
use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use super::{STYLE, policy};
use crate::atlas::Atlas;
use crate::figure;
use crate::number::{percent, significant, with_unit};
use crate::svg::{self, Place};
use crate::wording::capitalised;
use crate::{Compared, ComparedRun, ReportError};

/// Rows of the table of the nation; the table of members beside the page has all.
const SHOWN: usize = 600;

/// The page's template.
#[derive(Template)]
#[template(path = "compare.html")]
struct Page {
    policy: String,
    style: &'static str,
    version: &'static str,
    base: String,
    count: usize,
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

pub(crate) fn page(compared: Compared) -> Result<String, ReportError> {
    let summaries: Vec<Summary> = compared.runs.iter().map(|run| run.summary.clone()).collect();
    let all: Vec<ComparedRun> = compared.runs.iter().chain(compared.points).copied().collect();
    let regions = all.iter().flat_map(|run| &run.summary.regional).map(|region| region.region.as_str());
    let atlas = Atlas::of(compared.boundaries, regions.collect())?;
    let shapes = atlas.map.iter().flat_map(|map| map.shapes.iter().map(|shape| shape.path.as_str()));
    let comparison = Comparison::of(&summaries);
    let page = Page {
        // There is no script to allow.
        policy: policy::policy(STYLE, ""),
        style: STYLE,
        version: env!("CARGO_PKG_VERSION"),
        base: summaries.first().map(|summary| summary.scenario.clone()).unwrap_or_default(),
        count: all.len(),
        headline: headline(&all),
        nation: nation(&all),
        members: vec![figure::members(&all).into(), figure::members_footprint(&all).into()],
        outlines: svg::outlines(shapes),
        differences: [figure::RegionFigure::Balance, figure::RegionFigure::Emissions]
            .into_iter()
            .map(|of| {
                let found = figure::difference_maps(&all, &atlas, of);
                let maps = found.maps.into_iter().map(|map| HtmlFigure::on(map, Place::Still));
                DifferenceSection { head: capitalised(of.words()), lead: found.lead, maps: maps.collect() }
            })
            .collect(),
        inputs: differences(
            &comparison,
            &comparison.inputs,
            "table-inputs",
            "Key",
            "Keys whose values differ",
            "The scenarios say the same.",
        ),
        deficits: differences(
            &comparison,
            &comparison.deficit_years,
            "table-deficits",
            "Nation, group or region",
            "First projected year in deficit, where the runs differ",
            "Nation, groups and regions come into deficit in the same years.",
        ),
        thresholds: thresholds(&comparison, &summaries, |scope| scope != "region", "table-thresholds"),
        regional_thresholds: thresholds(
            &comparison,
            &summaries,
            |scope| scope == "region",
            "table-regional-thresholds",
        ),
        ranking: ranking(&comparison),
        quadrants: differences(
            &comparison,
            &comparison.quadrants,
            "table-quadrants",
            "Region",
            "Quadrant in the last year of the history → at the horizon, where the runs differ",
            "Every region goes the same way in all runs.",
        ),
    };
    Ok(page.render()?)
}

/// Where the nation ends in deficit, in a sentence.
fn headline(runs: &[ComparedRun]) -> String {
    let summaries = || runs.iter().map(|run| run.summary);
    let within: Vec<&Summary> = summaries().filter(|summary| summary.deficit_year.is_some()).collect();
    let years = || within.iter().filter_map(|summary| summary.deficit_year);
    match (within.len(), years().min(), years().max()) {
        (0, ..) | (_, None, _) | (_, _, None) => {
            format!("In none of {} runs does the nation come into deficit.", runs.len())
        }
        (count, Some(first), Some(last)) => {
            let when =
                if first == last { format!("in {first}") } else { format!("between {first} and {last}") };
            let names: Vec<&str> = within.iter().take(4).map(|summary| summary.scenario.as_str()).collect();
            let more = if count > names.len() {
                format!(" and {} more", count - names.len())
            } else {
                String::new()
            };
            format!(
                "In {count} of {} runs the nation comes into deficit, {when}: {}{more}.",
                runs.len(),
                names.join(", ")
            )
        }
    }
}

/// The nation of each run, a row a run.
fn nation(runs: &[ComparedRun]) -> HtmlTable {
    let years = |of: fn(&Summary) -> &Standing| {
        let mut years: Vec<String> = runs.iter().map(|run| of(run.summary).year.to_string()).collect();
        years.dedup();
        if years.len() == 1 { years.remove(0) } else { String::new() }
    };
    let (now, horizon) = (years(|summary| &summary.now), years(|summary| &summary.horizon));
    let named = |text: &str, year: &str| format!("{text} {year}").trim_end().to_owned();
    let mut heads = vec![Head::text("Run")];
    for year in [&now, &horizon] {
        heads.extend([
            Head::number(&named("Emissions", year), ""),
            Head::number(&named("Sink", year), ""),
            Head::number(&named("Depth", year), "").meaning("Counted region by region"),
            Head::number(&named("In deficit", year), "").meaning("Regions in deficit"),
        ]);
    }
    heads.push(Head::text("Nation in deficit from").meaning("Netted over all regions"));
    let row = |run: &ComparedRun| {
        let summary = run.summary;
        let mut cells = vec![HtmlCell::text(run.label())];
        for standing in [&summary.now, &summary.horizon] {
            let mass = |value: Option<f64>| HtmlCell::number(value, |value| with_unit(value, &summary.unit));
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
            summary.deficit_year.map_or_else(|| "never".to_owned(), |year| year.to_string()),
        ));
        HtmlRow { region: String::new(), cells }
    };
    HtmlTable {
        id: "table-nation".to_owned(),
        caption: match runs.len() {
            0..=SHOWN => "All regions together, a row a run".to_owned(),
            many => format!(
                "All regions together, a row a run; the first {SHOWN} of {many}, all of them in members.csv"
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
    comparison: &Comparison,
    found: &[Difference],
    id: &str,
    first: &str,
    caption: &str,
    empty: &str,
) -> HtmlTable {
    let row = |difference: &Difference| HtmlRow {
        region: String::new(),
        cells: std::iter::once(&difference.of)
            .chain(&difference.values)
            .map(|text| HtmlCell::text(text.as_str()))
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
        found.flat_map(|held| rows_of(held, units.get(held.threshold.as_str()).copied())).collect();
    HtmlTable {
        id: id.to_owned(),
        caption: "Thresholds, where the runs differ".to_owned(),
        heads: heads(comparison, &["Threshold", "Of", "Figure"]),
        tall: rows.len() > 24,
        rows,
        empty: "No threshold is crossed differently, and no margin differs.".to_owned(),
    }
}

fn rows_of(held: &ThresholdComparison, unit: Option<&str>) -> Vec<HtmlRow> {
    let shown =
        |value: &Option<f64>| HtmlCell::number(*value, |value| with_unit(value, unit.unwrap_or_default()));
    let row = |figure: &str, values: Vec<HtmlCell>| {
        let names = [held.threshold.as_str(), held.name.as_str(), figure].map(HtmlCell::text);
        HtmlRow { region: String::new(), cells: names.into_iter().chain(values).collect() }
    };
    let mut rows = vec![
        row("first year", held.first_year.iter().map(|year| HtmlCell::text(year.as_str())).collect()),
        row("margin at the horizon", held.margin.iter().map(shown).collect()),
        row("overshoot, summed over years", held.overshoot.iter().map(shown).collect()),
    ];
    if held.probability.iter().any(Option::is_some) {
        let share = |share: &Option<f64>| HtmlCell::number(*share, percent);
        let figure = "crossed by the horizon, share of the draws";
        rows.push(row(figure, held.probability.iter().map(share).collect()));
    }
    rows
}

fn ranking(comparison: &Comparison) -> HtmlTable {
    let rank = |rank: &Option<usize>| HtmlCell::text(rank.map_or_else(String::new, |rank| rank.to_string()));
    let rows: Vec<HtmlRow> = comparison
        .ranking
        .iter()
        .map(|region| HtmlRow {
            region: String::new(),
            cells: std::iter::once(HtmlCell::text(region.name.as_str()))
                .chain(region.rank.iter().map(rank))
                .collect(),
        })
        .collect();
    HtmlTable {
        id: "table-ranking".to_owned(),
        caption: "Rank of each region by depth at the horizon, 1 = deepest".to_owned(),
        heads: heads(comparison, &["Region"]),
        tall: rows.len() > 24,
        rows,
        empty: "No region has a depth at the horizon.".to_owned(),
    }
}
