//! What another run makes of each region at the horizon, less what the first run makes of it: one map a run, all on one scale.

use std::collections::BTreeMap;

use icf_results::RegionStanding;
use icf_units::Year;

use super::map::{Fill, Ground, MapPlan, draw_on};
use super::members::spread;
use crate::Language;
use crate::atlas::Atlas;
use crate::language::say;
use crate::number::{Scaled, percent, significant};
use crate::svg::{DataTable, Drawing, Swatch};
use crate::wording::capitalised;
use crate::{ComparedRun, RegionYears};

/// More maps than this are a wall; of thousands of regions fewer, lest the page grow heavy.
const SHOWN: usize = 11;
const OUTLINES: usize = 30_000;
/// The share of the largest difference of all maps below which one map has hardly more than a colour a side.
const SLIGHT: f64 = 0.1;
/// Rows of a map's table; those that differ most come first.
const LISTED: usize = 200;

/// Colours of a difference that relieves, the slightest first; of none; and of one that burdens. Brown and blue are told
/// apart by every colour vision, and their darkness grows alike.
const RELIEF: [&str; 3] = ["#b9d7dc", "#5f9fb1", "#1c5d76"];
const SAME: &str = "#e8e8e3";
const BURDEN: [&str; 3] = ["#f3cfa6", "#d2854a", "#8f3d18"];

/// The figure of a region that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegionFigure {
    /// Capacity less footprint, hm².
    Balance,
    /// Emissions on the basis of the runs, t.
    Emissions,
}

impl RegionFigure {
    /// What each region of a run has in a year; none where the run does not tell that year.
    fn values<'a>(self, run: &ComparedRun<'a>, year: Year) -> Option<BTreeMap<&'a str, Option<f64>>> {
        if run.summary.horizon.year == year {
            let value = |region: &RegionStanding| match self {
                Self::Balance => region.balance_horizon,
                Self::Emissions => region.emissions_horizon,
            };
            return Some(run.summary.regional.iter().map(|of| (of.region.as_str(), value(of))).collect());
        }
        let value = |region: &RegionYears| {
            let found = region.years.iter().find(|of| of.year == year)?;
            match self {
                Self::Balance => found.balance,
                Self::Emissions => found.emissions,
            }
        };
        let is_told = run.regional.iter().any(|region| region.years.iter().any(|of| of.year == year));
        is_told.then(|| run.regional.iter().map(|of| (of.region.as_str(), value(of))).collect())
    }

    fn stem(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Emissions => "emissions",
        }
    }

    pub(crate) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Balance => language.of("capacity less footprint (CEC − ICF)", "承载力减足迹（CEC − ICF）"),
            Self::Emissions => language.of("emissions (ICE)", "排放（ICE）"),
        }
    }

    fn scaled(self, largest: f64, basis: &str, language: Language) -> Scaled {
        match self {
            Self::Balance => Scaled::hectares(largest, language),
            Self::Emissions => Scaled::of_basis(largest, basis == "t C", language),
        }
    }

    /// Whether a run can be held against another at all.
    fn meets(self, run: &ComparedRun, base: &ComparedRun) -> bool {
        self == Self::Balance || run.summary.unit == base.summary.unit
    }
}

/// The last year that the base and all runs have that are told in every year: the horizon, unless they end in different years.
fn common_year(base: &ComparedRun, others: &[ComparedRun]) -> Year {
    let of_all = others.iter().filter(|run| !run.regional.is_empty()).map(|run| run.summary.horizon.year);
    let year = base.summary.horizon.year;
    if base.regional.is_empty() { year } else { of_all.fold(year, Ord::min) }
}

/// The maps of a figure, and what is to be said before them.
pub(crate) struct DifferenceMaps {
    pub(crate) lead: String,
    pub(crate) maps: Vec<Drawing>,
}

/// How a page of several runs speaks.
pub(crate) struct Speech<'a> {
    pub(crate) language: Language,
    /// The name of a region as summaries have it, and its name in the language.
    pub(crate) regions: BTreeMap<&'a str, &'a str>,
}

impl<'a> Speech<'a> {
    /// A region in the language; anything else stays.
    pub(crate) fn region(&self, name: &'a str) -> &'a str {
        self.regions.get(name).copied().unwrap_or(name)
    }
}

/// A region of a run beside the same of the first run.
struct Pair<'a> {
    region: &'a str,
    name: &'a str,
    base: Option<f64>,
    value: Option<f64>,
}

impl Pair<'_> {
    /// How much more the run has; what only rounding tells apart is the same.
    fn difference(&self) -> Option<f64> {
        let (value, base) = (self.value?, self.base?);
        let difference = value - base;
        Some(if difference.abs() <= 1e-9 * value.abs().max(base.abs()) { 0.0 } else { difference })
    }
}

pub(crate) fn difference_maps(
    runs: &[ComparedRun],
    atlas: &Atlas,
    of: RegionFigure,
    speech: &Speech,
) -> DifferenceMaps {
    let language = speech.language;
    let Some((base, others)) = runs.split_first() else {
        return DifferenceMaps { lead: String::new(), maps: vec![] };
    };
    let year = common_year(base, others);
    let mut notes = Vec::new();
    if runs.iter().any(|run| run.summary.horizon.year != year) {
        notes.push(say!(
            language,
            "The runs end in different years; {year} is the last that all of them have.",
            "各情景目标年不同，{year} 年为其共有的最后一年。"
        ));
    }
    let paired = |run| if of.meets(run, base) { pairs(run, base, of, year, speech) } else { None };
    let (mut compared, mut apart): (Vec<(&ComparedRun, Vec<Pair>)>, Vec<&ComparedRun>) = (vec![], vec![]);
    for run in others {
        match paired(run) {
            Some(pairs) => compared.push((run, pairs)),
            None => apart.push(run),
        }
    }
    if !apart.is_empty() {
        notes.push(say!(
            language,
            "On another basis than {}, or without its regions in {year}, so not held against it: {}.",
            "基准与 {} 不同，或缺少 {year} 年的区域数据，未作比较：{}。",
            base.summary.scenario,
            names(&apart, language)
        ));
    }
    let differs = |pairs: &[Pair]| pairs.iter().any(|pair| pair.difference().is_some_and(|by| by != 0.0));
    let (differing, same): (Vec<_>, Vec<_>) = compared.into_iter().partition(|(_, pairs)| differs(pairs));
    if !same.is_empty() {
        let same: Vec<&ComparedRun> = same.iter().map(|(run, _)| *run).collect();
        notes.push(say!(
            language,
            "The same in every region: {}.",
            "各区域均相同：{}。",
            names(&same, language)
        ));
    }
    let regions = base.summary.regional.len().max(1);
    let places = spread(differing.len(), SHOWN.min((OUTLINES / regions).max(2)));
    if places.len() < differing.len() {
        notes.push(say!(
            language,
            "{} of {} runs that differ, spread evenly over their order; all that are compared by name are in compare/regions.csv.",
            "{1} 次有差异的运行中的 {0} 次，按顺序均匀选取；按名称比较的全部运行见 compare/regions.csv。",
            places.len(),
            differing.len()
        ));
    }
    let shown: Vec<&(&ComparedRun, Vec<Pair>)> = places.into_iter().map(|place| &differing[place]).collect();
    let largest = shown
        .iter()
        .flat_map(|(_, pairs)| pairs)
        .filter_map(Pair::difference)
        .map(f64::abs)
        .fold(0.0, f64::max);
    let scaled = of.scaled(largest, &base.summary.unit, language);
    let maps = shown.iter().enumerate();
    let maps = maps.map(|(number, (run, pairs))| {
        one(run, base, pairs, year, atlas, of, scaled, largest, number, language)
    });
    let lead = say!(
        language,
        "{} of each run less that of {} in {}, {}; one scale for all maps, brown burdens and blue relieves. {}",
        "各情景的{}减去 {} 的相应值，{} 年，{}；各图同一尺度，棕色为加重，蓝色为缓解。{}",
        capitalised(of.words(language)),
        base.summary.scenario,
        year,
        scaled.name(),
        language.sentences(&notes)
    );
    DifferenceMaps { lead: lead.trim_end().to_owned(), maps: maps.collect() }
}

fn names(runs: &[&ComparedRun], language: Language) -> String {
    const NAMED: usize = 12;
    let named: Vec<&str> = runs.iter().take(NAMED).map(|run| run.summary.scenario.as_str()).collect();
    match runs.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => {
            say!(language, "{} and {more} more", "{}等，另有 {more} 次", named.join(language.of(", ", "、")))
        }
        None => named.join(language.of(", ", "、")),
    }
}

/// Every region of both runs in a year; none where one of them does not tell it.
fn pairs<'a>(
    run: &ComparedRun<'a>,
    base: &ComparedRun<'a>,
    of: RegionFigure,
    year: Year,
    speech: &Speech<'a>,
) -> Option<Vec<Pair<'a>>> {
    let (before, now) = (of.values(base, year)?, of.values(run, year)?);
    let of_both = run.summary.regional.iter().filter_map(|region| {
        let (base, value) = (*before.get(region.region.as_str())?, *now.get(region.region.as_str())?);
        Some(Pair { region: &region.region, name: speech.region(&region.name), base, value })
    });
    Some(of_both.collect())
}

/// The bounds of the classes of a difference's size: each three or so times the one before, the last one no less than the largest.
fn steps(largest: f64) -> [f64; 3] {
    let power = 10_f64.powf(largest.log10().floor());
    let lead = largest / power;
    let top = match lead {
        lead if lead <= 1.0 + 1e-9 => [0.1, 0.3, 1.0],
        lead if lead <= 3.0 + 1e-9 => [0.3, 1.0, 3.0],
        _ => [1.0, 3.0, 10.0],
    };
    top.map(|step| step * power)
}

/// The class of a difference: 0 for none, and 1 to 3 by its size.
fn class(by: f64, steps: [f64; 3]) -> usize {
    let size = by.abs();
    if size == 0.0 { 0 } else { 1 + steps[..2].iter().filter(|step| size > **step).count() }
}

/// Colour and words of a class of differences to one side.
fn look(
    class: usize,
    more: bool,
    steps: [f64; 3],
    of: RegionFigure,
    language: Language,
) -> (&'static str, String) {
    let Some(place) = class.checked_sub(1) else {
        return (SAME, language.of("the same", "相同").to_owned());
    };
    let burdens = more == (of == RegionFigure::Emissions);
    let colour = if burdens { BURDEN[place] } else { RELIEF[place] };
    let sign = if more { "+" } else { "−" };
    let bound = |place: usize| format!("{sign}{}", significant(steps[place], 1));
    let low = if place == 0 { "0".to_owned() } else { bound(place - 1) };
    (colour, say!(language, "{low} to {}", "{low} 至 {}", bound(place)))
}

#[expect(clippy::too_many_arguments, reason = "one map is all that they have in common")]
fn one(
    run: &ComparedRun,
    base: &ComparedRun,
    pairs: &[Pair],
    year: Year,
    atlas: &Atlas,
    of: RegionFigure,
    scaled: Scaled,
    largest: f64,
    number: usize,
    language: Language,
) -> Drawing {
    let name = format!("difference_{}_{number}", of.stem());
    let steps = steps(scaled.of(largest));
    let by = |pair: &Pair| pair.difference().map(|by| scaled.of(by));
    let fills = pairs.iter().filter_map(|pair| {
        let by = by(pair)?;
        let (colour, words) = look(class(by, steps), by > 0.0, steps, of, language);
        Some((pair.region, Fill { colour: colour.to_owned(), words, mark: None }))
    });
    let fills: BTreeMap<&str, Fill> = fills.collect();
    let mut ranked: Vec<(&Pair, f64)> = pairs.iter().filter_map(|pair| Some((pair, by(pair)?))).collect();
    ranked.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.region.cmp(b.0.region)));
    let count = |wanted: fn(f64) -> bool| ranked.iter().filter(|(_, by)| wanted(*by)).count();
    let most: Vec<String> = ranked
        .iter()
        .take(3)
        .filter(|(_, by)| *by != 0.0)
        .map(|(pair, by)| format!("{} {}", pair.name, signed(*by)))
        .collect();
    let cut = if ranked.len() > LISTED {
        say!(
            language,
            " The table has the {LISTED} regions that differ most.",
            "表中为差异最大的 {LISTED} 个区域。"
        )
    } else {
        String::new()
    };
    // On one scale with runs that differ much, one that differs little has one colour.
    let own = ranked.first().map_or(0.0, |(_, by)| by.abs()) / scaled.of(largest);
    let slight = if own < SLIGHT {
        say!(
            language,
            " Slight on the scale of all maps: the largest difference here is {} of the largest in any; the table has each.",
            "相对各图共用的尺度差异很小：此处最大差值为各图最大差值的 {}，逐区数值见表。",
            percent(own)
        )
    } else {
        String::new()
    };
    let caption = say!(
        language,
        "More in {} regions, less in {}, the same in {}. Most, in {}: {}.{slight}{cut}",
        "{} 个区域增大，{} 个减小，{} 个相同。最大者（{}）：{}。{slight}{cut}",
        count(|by| by > 0.0),
        count(|by| by < 0.0),
        count(|by| by == 0.0),
        scaled.name(),
        language.listed(&most)
    );
    let table = ranked.iter().take(LISTED).map(|(pair, by)| {
        let cell = |value: Option<f64>| {
            value.map_or_else(|| "–".to_owned(), |value| significant(scaled.of(value), 4))
        };
        vec![pair.name.to_owned(), cell(pair.base), cell(pair.value), signed(*by), scaled.name()]
    });
    let heads = [
        language.of("Region", "区域"),
        base.summary.scenario.as_str(),
        run.summary.scenario.as_str(),
        language.of("Difference", "差值"),
        language.of("Unit", "单位"),
    ];
    let table = DataTable::new(&heads, table.collect());
    let entries = (1..=3).rev().map(|class| look(class, false, steps, of, language));
    let entries = entries.chain((0..=3).map(|class| look(class, true, steps, of, language)));
    let plan = MapPlan {
        name,
        title: run.label(),
        year,
        caption,
        view: None,
        legend: entries.map(|(colour, words)| Swatch::new(colour, words)).collect(),
        fills,
    };
    let regions = pairs.iter().map(|pair| (pair.region, pair.name)).collect();
    let mut drawing = draw_on(&Ground { map: atlas.map.as_ref(), language, regions }, plan);
    drawing.description = language.sentences(&[drawing.caption.clone(), drawing.description]);
    drawing.data = Some(table);
    drawing
}

/// A number with its sign.
fn signed(value: f64) -> String {
    let text = significant(value, 3);
    if value > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_hold_the_largest() {
        let is = |largest: f64, expected: [f64; 3]| {
            for (step, wanted) in steps(largest).into_iter().zip(expected) {
                assert!((step - wanted).abs() < 1e-12 * wanted, "{largest}: {step}");
            }
        };
        is(25.0, [3.0, 10.0, 30.0]);
        is(0.31, [0.1, 0.3, 1.0]);
        is(100.0, [10.0, 30.0, 100.0]);
    }

    #[test]
    fn a_class_holds_its_upper_bound_on_both_sides() {
        let steps = [3.0, 10.0, 30.0];
        for (by, expected) in [(0.0, 0), (0.1, 1), (3.0, 1), (3.1, 2), (-10.0, 2), (-30.0, 3)] {
            assert_eq!(class(by, steps), expected, "{by}");
        }
        assert_eq!(
            look(2, true, steps, RegionFigure::Emissions, Language::English),
            (BURDEN[1], "+3 to +10".to_owned())
        );
        assert_eq!(
            look(1, false, steps, RegionFigure::Balance, Language::English),
            (BURDEN[0], "0 to −3".to_owned())
        );
        assert_eq!(look(0, true, steps, RegionFigure::Balance, Language::English).0, SAME);
    }
}
