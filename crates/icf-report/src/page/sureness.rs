//! How sure the map is, should the figures that go in be off.

use icf_results::{ClusterProbabilityRow, QuadrantProbabilityRow};
use icf_units::{RegionId, Year};

use super::HtmlFigure;
use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use super::tables::plain;
use crate::figure;
use crate::number::percent;
use crate::variable::Variable;
use crate::view::View;

/// A region whose label has at least this share of the draws is not in doubt.
const SURE: f64 = 0.95;

/// What the draws of what goes in say of the map.
pub(super) struct Sureness {
    pub(super) lead: String,
    pub(super) maps: Vec<HtmlFigure>,
    pub(super) moran: HtmlTable,
    pub(super) doubtful: HtmlTable,
    pub(super) errors: HtmlTable,
}

impl Sureness {
    /// Nothing where the scenario draws no errors.
    pub(super) fn of(view: &View) -> Option<Self> {
        let results = view.results;
        let year = *view.years_with_draws().last()?;
        let draws = results.moran_ensemble.first()?.draws;
        let clusters = results.cluster_probability.iter();
        let quadrants = results.quadrant_probability.iter();
        let sure = clusters.clone().filter(|row| row.p_cluster.is_some_and(|share| share >= SURE)).count();
        let placed =
            quadrants.clone().filter(|row| row.p_quadrant.is_some_and(|share| share >= SURE)).count();
        let in_place = match results.quadrant_probability.len() {
            0 => String::new(),
            all => format!(", and {placed} of {all} quadrants"),
        };
        let rows = clusters.filter_map(Doubt::of_cluster).chain(quadrants.filter_map(Doubt::of_quadrant));
        let maps =
            figure::likeliest_clusters(view, year).into_iter().chain(figure::likeliest_quadrants(view, year));
        Some(Self {
            lead: format!(
                "{draws} draws of the figures that go in, each carried to a map of its own. {sure} of {} cluster labels of the run{in_place} \
                 hold in at least {} of them. {} The chances are no better than that, and do not hold the doubt of the \
                 permutation test itself.",
                results.cluster_probability.len(),
                percent(SURE),
                figure::assumed(view)
            ),
            maps: maps.map(HtmlFigure::from).collect(),
            moran: plain(&results.moran_ensemble, "The run has no Moran's I."),
            doubtful: doubtful(view, rows),
            errors: plain(&results.input_errors, ""),
        })
    }
}

/// A label of a region that other draws do not give.
struct Doubt<'a> {
    what: String,
    year: Year,
    region: &'a RegionId,
    own: Option<&'static str>,
    share: Option<f64>,
    /// The likeliest of the others.
    other: (&'static str, f64),
}

impl<'a> Doubt<'a> {
    fn of_cluster(row: &'a ClusterProbabilityRow) -> Option<Self> {
        let shares = [
            ("HH", row.p_hh),
            ("LL", row.p_ll),
            ("LH", row.p_lh),
            ("HL", row.p_hl),
            ("ns", row.p_ns),
            ("undefined", row.p_undefined),
            ("isolated", row.p_isolated),
        ];
        let variable = Variable::of_key(row.variable).map_or(row.variable, Variable::short);
        Self::of(
            format!("cluster of {variable}"),
            row.year,
            &row.region,
            (row.cluster, row.p_cluster),
            &shares,
        )
    }

    fn of_quadrant(row: &'a QuadrantProbabilityRow) -> Option<Self> {
        let shares = [("I", row.p_i), ("II", row.p_ii), ("III", row.p_iii), ("IV", row.p_iv)];
        Self::of("quadrant".to_owned(), row.year, &row.region, (row.quadrant, row.p_quadrant), &shares)
    }

    fn of(
        what: String,
        year: Year,
        region: &'a RegionId,
        (own, share): (Option<&'static str>, Option<f64>),
        shares: &[(&'static str, f64)],
    ) -> Option<Self> {
        if share.is_some_and(|share| share >= SURE) {
            return None;
        }
        let mut others = shares.iter().copied().filter(|(label, _)| Some(*label) != own);
        let first = others.next()?;
        let other = others.fold(first, |most, next| if next.1 > most.1 { next } else { most });
        Some(Self { what, year, region, own, share, other })
    }
}

/// The regions in doubt, the most doubtful first.
fn doubtful<'a>(view: &View, doubts: impl Iterator<Item = Doubt<'a>>) -> HtmlTable {
    let mut doubts: Vec<Doubt> = doubts.collect();
    // Of equal ones the order of the tables stays.
    doubts.sort_by(|a, b| a.share.unwrap_or(0.0).total_cmp(&b.share.unwrap_or(0.0)));
    let row = |doubt: &Doubt| {
        let id = doubt.region.as_str();
        let region = match view.info(id) {
            Some(info) => HtmlCell::Region(id.to_owned(), info.name.clone(), info.name_zh.clone()),
            None => HtmlCell::text(id),
        };
        HtmlRow {
            region: id.to_owned(),
            cells: vec![
                region,
                HtmlCell::Text(doubt.year.to_string()),
                HtmlCell::text(doubt.what.as_str()),
                HtmlCell::text(doubt.own.unwrap_or_default()),
                HtmlCell::number(doubt.share, percent),
                HtmlCell::text(doubt.other.0),
                HtmlCell::number(Some(doubt.other.1), percent),
            ],
        }
    };
    HtmlTable {
        id: "table-doubtful".to_owned(),
        caption: format!(
            "Labels that fewer than {} of the draws give, the most doubtful first",
            percent(SURE)
        ),
        heads: vec![
            Head::text("Region"),
            Head::text("Year"),
            Head::text("What"),
            Head::text("In the run"),
            Head::number("In the draws", "").meaning("Share of the draws that say the same as the run"),
            Head::text("Else"),
            Head::number("In the draws", "").meaning("Share of the draws that say the likeliest other"),
        ],
        rows: doubts.iter().map(row).collect(),
        empty: format!("Every label holds in at least {} of the draws.", percent(SURE)),
        tall: doubts.len() > 24,
    }
}
