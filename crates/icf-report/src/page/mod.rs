//! The report page. Each section's content is made in a file of its own; `templates/page.html` puts them in order.

mod compare;
mod data;
mod hindsight;
mod levers;
mod origin;
mod policy;
mod sureness;
mod table;
mod tables;

use askama::Template;
use icf_results::{DataQualityRow, InputFile};

use crate::ReportError;
use crate::answer::Answer;
use crate::figure;
use crate::svg::{self, DataTable, Drawing, Place};
use crate::view::View;
use crate::zone::ZONES;
use sureness::Sureness;
use table::HtmlTable;

pub(crate) use compare::page as compare_page;

/// The style of the pages.
pub const STYLE: &str =
    concat!(include_str!("../../templates/figure.css"), include_str!("../../templates/page.css"));
const SCRIPT: &str = include_str!("../../templates/page.js");

/// The page's template.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
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
    unit: &'static str,
    answer: Answer,
    outlines: String,
    maps: Vec<HtmlFigure>,
    plots: Vec<HtmlFigure>,
    trajectories: Vec<HtmlFigure>,
    uncertainty: Option<Uncertainty>,
    space: Vec<HtmlFigure>,
    sureness: Option<Sureness>,
    scatter: HtmlFigure,
    groups: HtmlFigure,
    levers: Option<LeverSection>,
    balance: HtmlFigure,
    zones: Vec<ZoneEntry>,
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
    title: String,
    year: Option<String>,
    caption: String,
    description: String,
    svg: String,
    data: Option<DataTable>,
    wide: bool,
}

impl From<Drawing> for HtmlFigure {
    fn from(drawing: Drawing) -> Self {
        Self::on(drawing, Place::Page)
    }
}

impl HtmlFigure {
    fn on(drawing: Drawing, place: Place) -> Self {
        Self {
            svg: drawing.inline(place),
            data: drawing.data,
            title: drawing.title,
            year: drawing.view.is_some().then(|| drawing.year.map(|year| year.to_string())).flatten(),
            caption: drawing.caption,
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
        let drawn = if draws > 0 { format!("{draws} draws") } else { "Draws".to_owned() };
        Self {
            lead: format!(
                "{drawn} of what the scenario holds for uncertain; what it does not name is taken as known. Chances count draws, \
                 and their standard errors stand in tables/threshold_probability.csv."
            ),
            sensitivity: tables::plain(&view.results.sensitivity, ""),
            plots: [
                figure::fan(view),
                figure::likelihood(view),
                figure::regional_likelihood(view),
                figure::tornado(view),
            ]
            .map(HtmlFigure::from)
            .into(),
            warnings: tables::warnings(view).cut("early_warning"),
        }
    }
}

/// A mitigation zone with its regions.
struct ZoneEntry {
    quadrant: &'static str,
    name: &'static str,
    place: &'static str,
    strategy: &'static str,
    regions: Vec<(String, String)>,
}

pub(crate) fn page(view: &View) -> Result<String, ReportError> {
    let results = view.results;
    let quality_total = results.data_quality.len();
    let years = view.years();
    let page = Page {
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
        unit: results.basis.unit(),
        answer: Answer::new(view),
        outlines: svg::outlines(
            view.atlas.map.iter().flat_map(|map| map.shapes.iter().map(|shape| shape.path.as_str())),
        ),
        maps: maps(view),
        plots: plots(view),
        trajectories: [figure::emissions_and_sink(view), figure::footprint_and_capacity(view)]
            .map(HtmlFigure::from)
            .into(),
        uncertainty: view.has_draws().then(|| Uncertainty::of(view)),
        space: [figure::moran(view), figure::transitions(view), figure::gravity_track(view)]
            .map(HtmlFigure::from)
            .into(),
        sureness: Sureness::of(view),
        scatter: figure::quadrant_scatter(view).into(),
        groups: figure::groups(view).into(),
        levers: lever_section(view),
        balance: figure::balance(view).into(),
        zones: zones(view),
        options: view.regions().iter().map(|info| (info.id.to_string(), info.name.clone())).collect(),
        regions: tables::regions(view),
        thresholds: tables::thresholds(view, |scope| scope != "region", "table-thresholds"),
        regional_thresholds: tables::thresholds(view, |scope| scope == "region", "table-regional-thresholds")
            .cut("thresholds"),
        solutions: tables::solutions(view),
        transitions: tables::transitions(view).cut("transitions"),
        models: tables::models(view).cut("models"),
        hindsight: figure::hindsight(view).into(),
        backtest: hindsight::backtest(view),
        drivers: [figure::drivers(view), figure::waterfall(view)].map(HtmlFigure::from).into(),
        decomposition: hindsight::decomposition(view).cut("decomposition"),
        claims: tables::claims(&results.paper_claims),
        assumptions: tables::plain(&results.assumptions, "The run states no assumptions."),
        factors: tables::plain(&results.fuel_factors, "The run used no fuel factors."),
        quality_counts: tables::quality_counts(&results.data_quality),
        quality: tables::plain(
            shown_quality(results.data_quality.as_slice()),
            "No cell was filled or flagged.",
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
    maps.map(HtmlFigure::from).collect()
}

/// The plots beside the maps that the year slider moves.
fn plots(view: &View) -> Vec<HtmlFigure> {
    let scatters = view.variables().into_iter().map(|variable| figure::moran_scatter(view, variable));
    scatters.map(HtmlFigure::from).collect()
}

/// The section on levers, where the scenario has some.
fn lever_section(view: &View) -> Option<LeverSection> {
    let (bars, flows) = (figure::levers(view), figure::flow_map(view));
    if bars.is_none() && flows.is_none() {
        return None;
    }
    let effects = bars.iter().flat_map(|_| [levers::Of::Emissions, levers::Of::Sink]);
    Some(LeverSection {
        answer: levers::answer(view),
        effects: effects.map(|of| levers::effects(view, of)).collect(),
        flows: flows.is_some().then(|| levers::flows(view)),
        figures: bars.into_iter().chain(flows).map(HtmlFigure::from).collect(),
    })
}

fn zones(view: &View) -> Vec<ZoneEntry> {
    let members = |quadrant: &str| {
        view.regions()
            .iter()
            .filter(|info| {
                view.row(info.id.as_str(), view.last()).and_then(|row| row.quadrant) == Some(quadrant)
            })
            .map(|info| (info.id.to_string(), info.name.clone()))
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
            name: zone.name,
            place: zone.place,
            strategy: strategy(zone.quadrant),
            regions: members(zone.quadrant),
        })
        .collect()
}
