//! The report page. Each section's content is made in a file of its own; `templates/page.html` puts them in order.

mod choropleth;
mod compare;
mod data;
mod glossary;
mod hindsight;
mod levers;
mod origin;
mod phrases;
mod policy;
mod sentences;
mod sureness;
mod table;
mod tables;
mod trajectories;

pub use policy::policy;

use askama::Template;
use icf_results::{DataQualityRow, InputFile};

use crate::Language;
use crate::ReportError;
use crate::answer::Answer;
use crate::figure;
use crate::ground;
use crate::language::say;
use crate::number::{unbroken, unit_in};
use crate::svg::{self, DataTable, Drawing, Place};
use crate::view::View;
use crate::zone::ZONES;
use sureness::Sureness;
use table::HtmlTable;

pub(crate) use compare::page as compare_page;
pub(crate) use glossary::word;
pub(crate) use phrases::said;

/// The style of the pages.
pub const STYLE: &str =
    concat!(include_str!("../../templates/figure.css"), include_str!("../../templates/page.css"));
const SCRIPT: &str = concat!(
    include_str!("../../templates/trajectory.js"),
    include_str!("../../templates/choropleth.js"),
    include_str!("../../templates/alternatives.js"),
    include_str!("../../templates/page.js")
);

/// The page's template.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    language: Language,
    policy: String,
    style: &'static str,
    script: &'static str,
    data: String,
    scenario: &'a str,
    description: &'a str,
    source: &'a str,
    span: String,
    last: String,
    last_index: usize,
    year_count: usize,
    region_count: usize,
    version: &'static str,
    seed: u64,
    unit: String,
    answer: Answer,
    outlines: String,
    maps: Vec<HtmlFigure>,
    map_note: Option<&'static str>,
    plots: Vec<HtmlFigure>,
    trajectories: Vec<HtmlFigure>,
    uncertainty: Option<Uncertainty>,
    space: Vec<HtmlFigure>,
    sureness: Option<Sureness>,
    scatter: HtmlFigure,
    groups: HtmlFigure,
    levers: Option<LeverSection>,
    balance: HtmlFigure,
    zones: Vec<ZoneEntry<'a>>,
    options: Vec<(String, String)>,
    regions: HtmlTable,
    thresholds: HtmlTable,
    regional_thresholds: HtmlTable,
    solutions: HtmlTable,
    transitions: HtmlTable,
    models: HtmlTable,
    hindsight: HtmlFigure,
    backtest: HtmlTable,
    drivers: Vec<HtmlFigure>,
    decomposition: HtmlTable,
    claims: HtmlTable,
    assumptions: HtmlTable,
    factors: HtmlTable,
    quality_counts: HtmlTable,
    quality: HtmlTable,
    quality_total: usize,
    quality_shown: usize,
    inputs: &'a [InputFile],
    yaml: &'a str,
}

/// A figure within the page.
#[derive(Template)]
#[template(path = "figure.html")]
struct HtmlFigure {
    language: Language,
    title: String,
    /// With the year.
    full_title: String,
    year: Option<String>,
    comma: &'static str,
    caption: String,
    description: String,
    svg: String,
    data: Option<DataTable>,
    wide: bool,
}

impl HtmlFigure {
    fn of(drawing: Drawing, language: Language) -> Self {
        Self::on(drawing, language, Place::Page)
    }

    fn on(drawing: Drawing, language: Language, place: Place) -> Self {
        Self {
            language,
            comma: drawing.comma(),
            full_title: drawing.full_title(),
            svg: drawing.inline(place),
            data: drawing.data,
            title: drawing.title,
            year: drawing.view.is_some().then(|| drawing.year.map(|year| year.to_string())).flatten(),
            caption: unbroken(&drawing.caption),
            description: drawing.description,
            wide: drawing.width > 700.0,
        }
    }
}

/// What the levers bring, and who would trade sink with whom.
struct LeverSection {
    answer: Option<String>,
    figures: Vec<HtmlFigure>,
    /// Emissions and sink.
    effects: Vec<HtmlTable>,
    flows: Option<HtmlTable>,
}

/// What the draws say.
struct Uncertainty {
    lead: String,
    plots: Vec<HtmlFigure>,
    sensitivity: HtmlTable,
    warnings: HtmlTable,
}

impl Uncertainty {
    fn of(view: &View) -> Self {
        let draws = view.results.threshold_probability.first().map_or(0, |row| row.draws);
        let drawn = if draws > 0 {
            say!(view.language, "{draws} draws", "{draws} 次抽样")
        } else {
            view.language.of("Draws", "抽样").to_owned()
        };
        Self {
            lead: say!(
                view.language,
                "{drawn} of what the scenario holds for uncertain; what it does not name is taken as known. Chances count draws, \
                 and their standard errors stand in tables/threshold_probability.csv.",
                "对情景中不确定的量作 {drawn} ；未列出的视为已知。概率按抽样计数，标准误见 tables/threshold_probability.csv。"
            ),
            sensitivity: tables::plain(view, &view.results.sensitivity, ""),
            plots: [
                figure::fan(view),
                figure::likelihood(view),
                figure::regional_likelihood(view),
                figure::tornado(view),
            ]
            .map(|drawing| HtmlFigure::of(drawing, view.language))
            .into(),
            warnings: tables::warnings(view).cut("early_warning", view.language),
        }
    }
}

/// A mitigation zone with its regions.
struct ZoneEntry<'a> {
    quadrant: &'static str,
    name: &'static str,
    place: &'static str,
    strategy: &'a str,
    regions: Vec<(String, String)>,
}

pub(crate) fn page(view: &View) -> Result<String, ReportError> {
    let results = view.results;
    let quality_total = results.data_quality.len();
    let years = view.years();
    let language = view.language;
    let html = |drawing: Drawing| HtmlFigure::of(drawing, language);
    let page = Page {
        language,
        policy: policy::policy(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        data: data::data(view),
        scenario: &results.scenario,
        description: &results.description,
        source: &results.data,
        span: format!("{}–{}", results.history.first(), results.horizon.max(view.last())),
        last: view.last().to_string(),
        last_index: results.history.len() - 1,
        year_count: years.len(),
        region_count: view.regions().len(),
        version: env!("CARGO_PKG_VERSION"),
        seed: results.seed,
        unit: unit_in(results.basis.unit(), language),
        answer: Answer::new(view),
        outlines: svg::outlines(
            view.atlas.map.iter().flat_map(|map| map.shapes.iter().map(|shape| shape.path.as_str())),
        ),
        maps: maps(view),
        map_note: ground::note(results, language),
        plots: plots(view),
        trajectories: [figure::emissions_and_sink(view), figure::footprint_and_capacity(view)]
            .map(html)
            .into(),
        uncertainty: view.has_draws().then(|| Uncertainty::of(view)),
        space: [figure::moran(view), figure::transitions(view), figure::gravity_track(view)].map(html).into(),
        sureness: Sureness::of(view),
        scatter: html(figure::quadrant_scatter(view)),
        groups: html(figure::groups(view)),
        levers: lever_section(view),
        balance: html(figure::balance(view)),
        zones: zones(view),
        options: view
            .regions()
            .iter()
            .map(|info| (info.id.to_string(), view.called(info).to_owned()))
            .collect(),
        regions: tables::regions(view),
        thresholds: tables::thresholds(view, |scope| scope != "region", "table-thresholds"),
        regional_thresholds: tables::thresholds(view, |scope| scope == "region", "table-regional-thresholds")
            .cut("thresholds", language),
        solutions: tables::solutions(view),
        transitions: tables::transitions(view).cut("transitions", language),
        models: tables::models(view).cut("models", language),
        hindsight: html(figure::hindsight(view)),
        backtest: hindsight::backtest(view),
        drivers: [figure::drivers(view), figure::waterfall(view)].map(html).into(),
        decomposition: hindsight::decomposition(view).cut("decomposition", language),
        claims: tables::claims(view),
        assumptions: tables::plain(
            view,
            &results.assumptions,
            language.of("The run states no assumptions.", "本次运行没有声明假设。"),
        ),
        factors: tables::plain(
            view,
            &results.fuel_factors,
            language.of("The run used no fuel factors.", "本次运行没有使用燃料系数。"),
        ),
        quality_counts: tables::quality_counts(view),
        quality: tables::plain(
            view,
            shown_quality(results.data_quality.as_slice()),
            language.of("No cell was filled or flagged.", "没有数据项被填补或标记。"),
        ),
        quality_total,
        quality_shown: quality_total.min(tables::QUALITY_SHOWN),
        inputs: &results.inputs,
        yaml: &results.resolved_yaml,
    };
    Ok(page.render()?)
}

fn shown_quality(rows: &[DataQualityRow]) -> &[DataQualityRow] {
    &rows[..rows.len().min(tables::QUALITY_SHOWN)]
}

/// The maps that the year slider recolours; the balance of regions follows them.
fn maps(view: &View) -> Vec<HtmlFigure> {
    let clusters =
        |variable| figure::cluster_map(view, variable, view.lisa_years(variable).map(|years| years.1));
    let variables = view.variables();
    let classes = variables.iter().map(|variable| figure::class_map(view, *variable));
    let clusters = variables.iter().map(|variable| clusters(*variable));
    let significance = variables.iter().map(|variable| figure::significance_map(view, *variable));
    let maps = classes.chain([figure::quadrant_map(view)]).chain(clusters).chain(significance);
    maps.map(|drawing| HtmlFigure::of(drawing, view.language)).collect()
}

/// The plots beside the maps that the year slider moves.
fn plots(view: &View) -> Vec<HtmlFigure> {
    let scatters = view.variables().into_iter().map(|variable| figure::moran_scatter(view, variable));
    scatters.map(|drawing| HtmlFigure::of(drawing, view.language)).collect()
}

/// The section on levers, where the scenario has some.
fn lever_section(view: &View) -> Option<LeverSection> {
    let (bars, flows) = (figure::levers(view), figure::flow_map(view));
    if bars.is_none() && flows.is_none() {
        return None;
    }
    let effects = bars.iter().flat_map(|_| [levers::Of::Emissions, levers::Of::Sink]);
    Some(LeverSection {
        answer: levers::answer(view).map(|words| unbroken(&words)),
        effects: effects.map(|of| levers::effects(view, of)).collect(),
        flows: flows.is_some().then(|| levers::flows(view)),
        figures: bars
            .into_iter()
            .chain(flows)
            .map(|drawing| HtmlFigure::of(drawing, view.language))
            .collect(),
    })
}

fn zones<'a>(view: &View<'a>) -> Vec<ZoneEntry<'a>> {
    let members = |quadrant: &str| {
        view.regions()
            .iter()
            .filter(|info| {
                view.row(info.id.as_str(), view.last()).and_then(|row| row.quadrant) == Some(quadrant)
            })
            .map(|info| (info.id.to_string(), view.called(info).to_owned()))
            .collect()
    };
    let strategy = |quadrant: &str| {
        let row = view.results.quadrants.iter().find(|row| row.quadrant == quadrant);
        row.map_or("", |row| row.strategy)
    };
    ZONES
        .iter()
        .map(|zone| ZoneEntry {
            quadrant: zone.quadrant,
            name: zone.name.to(view.language),
            place: zone.place.to(view.language),
            strategy: glossary::strategy(zone.quadrant, strategy(zone.quadrant), view.language),
            regions: members(zone.quadrant),
        })
        .collect()
}
