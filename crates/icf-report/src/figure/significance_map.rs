//! The map of how significant local Moran's I is of a variable in one year, in GeoDa's greens.

use std::collections::BTreeMap;

use super::cluster_map::no_local;
use super::map::{Fill, MapPlan, draw};
use crate::language::say;
use crate::palette::{self, SIGNIFICANCE};
use crate::svg::{Drawing, Swatch};
use crate::variable::Variable;
use crate::view::View;

pub(crate) fn significance_map(view: &View, variable: Variable) -> Drawing {
    let stem = format!("map_{}_significance", variable.stem());
    let title = say!(view.language, "Significance of {}", "{}的显著性", variable.short(view.language));
    let Some((_, year)) = view.lisa_years(variable) else {
        return Drawing::saying(&stem, &title, &no_local(view, variable));
    };
    let fills = view.regions().iter().filter_map(|info| {
        let (colour, words) =
            SIGNIFICANCE[significance(view.lisa(variable, year, info.id.as_str())?.p_folded?)];
        Some((
            info.id.as_str(),
            Fill { colour: colour.to_owned(), words: words.to(view.language).to_owned(), mark: None },
        ))
    });
    let fills: BTreeMap<_, _> = fills.collect();
    let least = view
        .results
        .moran
        .iter()
        .map(|row| row.permutations)
        .max()
        .filter(|permutations| *permutations > 0)
        .map_or_else(String::new, |permutations| {
            say!(
                view.language,
                " With {permutations} permutations no p is below 1/{}.",
                "{permutations} 次置换下 p 值不会低于 1/{}。",
                permutations + 1
            )
        });
    let plan = MapPlan {
        name: format!("{stem}_{year}"),
        title,
        year,
        caption: say!(
            view.language,
            "Pseudo p (folded) of local Moran's I, not adjusted for the number of regions; the clusters are what is left at the \
             scenario's level.{least}",
            "局部莫兰指数的伪 p 值（折叠），未按区域数目校正；集聚图按情景所设水平筛选。{least}"
        ),
        view: Some(format!("{}_significance", variable.stem())),
        legend: SIGNIFICANCE
            .iter()
            .map(|(colour, words)| Swatch::new((*colour).to_owned(), words.to(view.language)))
            .collect(),
        fills,
    };
    draw(view, plan)
}

/// The place of a p in [`palette::SIGNIFICANCE`]: each class holds its upper bound.
pub(crate) fn significance(p: f64) -> usize {
    palette::SIGNIFICANCE_BOUNDS
        .iter()
        .position(|bound| p > *bound)
        .unwrap_or(palette::SIGNIFICANCE_BOUNDS.len())
}

#[cfg(test)]
mod tests {
    use super::significance;

    #[test]
    fn a_class_holds_its_upper_bound() {
        let classes = [0.5, 0.051, 0.05, 0.01, 0.001, 0.0001, 0.0].map(significance);
        assert_eq!(classes, [0, 0, 1, 2, 3, 4, 4]);
    }
}
