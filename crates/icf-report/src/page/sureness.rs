//! How sure the map is, should the figures that go in be off.

use icf_results::{ClusterProbabilityRow, QuadrantProbabilityRow};
use icf_units::{RegionId, Year};

use super::HtmlFigure;
use super::glossary::word;
use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use super::tables::plain;
use crate::figure;
use crate::language::say;
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
            all => say!(view.language, ", and {placed} of {all} quadrants", "、{all} 个象限中有 {placed} 个"),
        };
        let rows = clusters
            .filter_map(|row| Doubt::of_cluster(view, row))
            .chain(quadrants.filter_map(|row| Doubt::of_quadrant(view, row)));
        let maps =
            figure::likeliest_clusters(view, year).into_iter().chain(figure::likeliest_quadrants(view, year));
        Some(Self {
            lead: say!(
                view.language,
                "{draws} draws of the figures that go in, each carried to a map of its own. {sure} of {} cluster labels of the run{in_place} \
                 hold in at least {} of them. {} The chances are no better than that, and do not hold the doubt of the \
                 permutation test itself.",
                "对输入数据抽样 {draws} 次，每次各得一图。本次运行的 {0} 个集聚标签中有 {sure} 个{in_place}\
                 在至少 {1} 的抽样中成立。{2}概率的可靠性仅止于此，且不含置换检验本身的不确定性。",
                results.cluster_probability.len(),
                percent(SURE),
                figure::assumed(view)
            ),
            maps: maps.map(|map| HtmlFigure::of(map, view.language)).collect(),
            moran: plain(
                view,
                &results.moran_ensemble,
                view.language.of("The run has no Moran's I.", "本次运行没有莫兰指数。"),
            ),
            doubtful: doubtful(view, rows),
            errors: plain(view, &results.input_errors, ""),
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
    fn of_cluster(view: &View, row: &'a ClusterProbabilityRow) -> Option<Self> {
        let shares = [
            ("HH", row.p_hh),
            ("LL", row.p_ll),
            ("LH", row.p_lh),
            ("HL", row.p_hl),
            ("ns", row.p_ns),
            ("undefined", row.p_undefined),
            ("isolated", row.p_isolated),
        ];
        let variable =
            Variable::of_key(row.variable).map_or(row.variable, |variable| variable.short(view.language));
        Self::of(
            say!(view.language, "cluster of {variable}", "{variable}的集聚"),
            row.year,
            &row.region,
            (row.cluster, row.p_cluster),
            &shares,
        )
    }

    fn of_quadrant(view: &View, row: &'a QuadrantProbabilityRow) -> Option<Self> {
        let shares = [("I", row.p_i), ("II", row.p_ii), ("III", row.p_iii), ("IV", row.p_iv)];
        let what = view.language.of("quadrant", "象限").to_owned();
        Self::of(what, row.year, &row.region, (row.quadrant, row.p_quadrant), &shares)
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
        HtmlRow {
            region: id.to_owned(),
            cells: vec![
                HtmlCell::region_or_text(view, id),
                HtmlCell::Text(doubt.year.to_string()),
                HtmlCell::text(doubt.what.as_str()),
                HtmlCell::text(word(doubt.own.unwrap_or_default(), view.language)),
                HtmlCell::number(doubt.share, percent),
                HtmlCell::text(word(doubt.other.0, view.language)),
                HtmlCell::number(Some(doubt.other.1), percent),
            ],
        }
    };
    let said = |english, chinese| view.language.of(english, chinese);
    HtmlTable {
        id: "table-doubtful".to_owned(),
        caption: say!(
            view.language,
            "Labels that fewer than {} of the draws give, the most doubtful first",
            "不足 {} 的抽样给出的标签，最可疑者居前",
            percent(SURE)
        ),
        heads: vec![
            Head::text(said("Region", "区域")),
            Head::text(said("Year", "年份")),
            Head::text(said("What", "内容")),
            Head::text(said("In the run", "本次运行")),
            Head::number(said("In the draws", "抽样比例"), "")
                .meaning(said("Share of the draws that say the same as the run", "与本次运行一致的抽样比例")),
            Head::text(said("Else", "其他")),
            Head::number(said("In the draws", "抽样比例"), "").meaning(said(
                "Share of the draws that say the likeliest other",
                "最可能的其他标签的抽样比例",
            )),
        ],
        rows: doubts.iter().map(row).collect(),
        empty: say!(
            view.language,
            "Every label holds in at least {} of the draws.",
            "每个标签都在至少 {} 的抽样中成立。",
            percent(SURE)
        ),
        tall: doubts.len() > 24,
    }
}
