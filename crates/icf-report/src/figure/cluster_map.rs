//! The map of local Moran clusters of a variable in one year.

use std::collections::BTreeMap;

use icf_units::Year;

use super::likeliest_map::label_words;
use super::map::{Fill, MapPlan, draw};
use crate::language::say;
use crate::palette;
use crate::svg::{Drawing, Swatch};
use crate::variable::Variable;
use crate::view::View;

pub(crate) fn cluster_map(view: &View, variable: Variable, year: Option<Year>) -> Drawing {
    let stem = format!("map_{}_clusters", variable.stem());
    let title = say!(view.language, "Clusters of {}", "{}的集聚", variable.short(view.language));
    let Some(year) = year else {
        return Drawing::saying(&stem, &title, &no_local(view, variable));
    };
    let fills = view.regions().iter().filter_map(|info| {
        let label = view.lisa(variable, year, info.id.as_str())?.cluster;
        let (label, colour, words) = *palette::CLUSTERS.iter().find(|entry| entry.0 == label)?;
        Some((
            info.id.as_str(),
            Fill {
                colour: colour.to_owned(),
                words: label_words(label, words.to(view.language)),
                mark: None,
            },
        ))
    });
    let fills: BTreeMap<_, _> = fills.collect();
    let legend = palette::CLUSTERS
        .iter()
        .take(5)
        .chain(palette::CLUSTERS.iter().skip(5).filter(|entry| used(view, variable, entry.0)))
        .map(|(label, colour, words)| {
            Swatch::new((*colour).to_owned(), label_words(label, words.to(view.language)))
        });
    let plan = MapPlan {
        name: format!("{stem}_{year}"),
        title,
        year,
        caption: view
            .language
            .of(
                "Local Moran's I, in GeoDa's colours; the test and its level stand in the method.",
                "局部莫兰指数，采用 GeoDa 配色；检验方法及显著性水平见“方法”一节。",
            )
            .to_owned(),
        view: Some(format!("{}_cluster", variable.stem())),
        legend: legend.collect(),
        fills,
    };
    draw(view, plan)
}

/// What stands in the place of a figure of local statistics that are not there.
pub(super) fn no_local(view: &View, variable: Variable) -> String {
    say!(
        view.language,
        "The run has no local statistics of {}.",
        "本次运行没有{}的局部统计量。",
        variable.words(view.language)
    )
}

/// Labels that hardly ever occur stand in the legend only where they do.
fn used(view: &View, variable: Variable, label: &str) -> bool {
    view.results.lisa.iter().any(|row| row.variable == variable.key() && row.cluster == label)
}
