//! The figures, one kind a file. A new figure is a new file and a line in `drawings`.

mod balance;
mod class_map;
mod cluster_map;
mod crossing;
mod difference_map;
mod drivers;
mod fan;
mod flow_map;
mod gravity_track;
mod groups;
mod hindsight;
mod levers;
mod likeliest_map;
mod likelihood;
mod map;
mod members;
mod moran;
mod moran_scatter;
mod nation;
mod panels;
mod quadrant_map;
mod quadrant_scatter;
mod regional_likelihood;
mod significance_map;
mod tornado;
mod transitions;
mod waterfall;

use crate::svg::Drawing;
use crate::view::View;

pub(crate) use balance::balance;
pub(crate) use class_map::{
    bounds_between, bounds_words, class_caption, class_map, class_words, method_words,
};
pub(crate) use cluster_map::cluster_map;
pub(crate) use crossing::crossings;
pub(crate) use difference_map::{RegionFigure, Speech, difference_maps};
pub(crate) use drivers::drivers;
pub(crate) use fan::fan;
pub(crate) use flow_map::flow_map;
pub(crate) use gravity_track::gravity_track;
pub(crate) use groups::groups;
pub(crate) use hindsight::hindsight;
pub(crate) use levers::{levers, signed};
pub(crate) use likeliest_map::{assumed, label_words, likeliest_clusters, likeliest_quadrants};
pub(crate) use likelihood::likelihood;
pub(crate) use members::{members, members_footprint};
pub(crate) use moran::moran;
pub(crate) use moran_scatter::{MORAN_AXES, moran_frame, moran_scatter, slope};
pub(crate) use nation::{emissions_and_sink, footprint_and_capacity};
pub(crate) use quadrant_map::quadrant_map;
pub(crate) use quadrant_scatter::{quadrant_frame, quadrant_scatter};
pub(crate) use regional_likelihood::regional_likelihood;
pub(crate) use significance_map::{significance, significance_map};
pub(crate) use tornado::tornado;
pub(crate) use transitions::transitions;
pub(crate) use waterfall::waterfall;

/// One figure, ready to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// File stem.
    pub name: String,
    /// Title, which the drawing shows as well.
    pub title: String,
    /// What the reader should know to read it.
    pub caption: String,
    /// The drawing, a whole SVG document.
    pub svg: String,
}

/// Every figure of the run.
pub(crate) fn figures(view: &View) -> Vec<Figure> {
    let figure = |drawing: Drawing| Figure {
        svg: drawing.standalone(),
        title: drawing.full_title(),
        name: drawing.name,
        caption: drawing.caption,
    };
    drawings(view).into_iter().map(figure).collect()
}

fn drawings(view: &View) -> Vec<Drawing> {
    let mut drawings: Vec<Drawing> =
        view.variables().into_iter().map(|variable| class_map(view, variable)).collect();
    for variable in view.variables() {
        match view.lisa_years(variable) {
            Some((first, last)) if first < last => {
                drawings.push(cluster_map(view, variable, Some(first)));
                drawings.push(cluster_map(view, variable, Some(last)));
            }
            years => drawings.push(cluster_map(view, variable, years.map(|(first, _)| first))),
        }
    }
    drawings.extend(view.variables().into_iter().map(|variable| significance_map(view, variable)));
    drawings.extend(view.variables().into_iter().map(|variable| moran_scatter(view, variable)));
    drawings.extend([
        quadrant_map(view),
        quadrant_scatter(view),
        moran(view),
        emissions_and_sink(view),
        footprint_and_capacity(view),
        groups(view),
        hindsight(view),
        drivers(view),
        waterfall(view),
        balance(view),
        transitions(view),
        gravity_track(view),
    ]);
    let years = view.years_with_draws();
    // Of many years the first and the last, as of the clusters themselves.
    for year in [years.first(), years.get(1..).and_then(<[_]>::last)].into_iter().flatten() {
        drawings.extend(likeliest_clusters(view, *year));
        drawings.extend(likeliest_quadrants(view, *year));
    }
    drawings.extend(levers(view));
    drawings.extend(flow_map(view));
    if view.has_draws() {
        drawings.extend([fan(view), likelihood(view), regional_likelihood(view), tornado(view)]);
    }
    drawings
}
