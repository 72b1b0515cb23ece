//! The choropleth of a variable by natural-breaks class.

use icf_results::BreakRow;

use super::map::{Fill, MapPlan, draw};
use crate::language::{Words, say};
use crate::number::significant;
use crate::svg::{Drawing, Swatch};
use crate::variable::Variable;
use crate::view::View;

pub(crate) fn class_map(view: &View, variable: Variable) -> Drawing {
    let name = format!("map_{}_class", variable.stem());
    let year = view.last();
    let title = variable.title(view.language).to_owned();
    let classes = view.breaks(variable, year);
    let Some(lowest) = classes.first() else {
        let words = say!(
            view.language,
            "The run has no classes of {}.",
            "本次运行没有{}的分级。",
            variable.words(view.language)
        );
        return Drawing::saying(&name, &title, &words);
    };
    let legend = classes
        .iter()
        .map(|class| Swatch::new(variable.ramp().class(class.class, classes.len()), bounds_words(class)));
    let fills = view.regions().iter().filter_map(|info| {
        let class = view.class(variable, view.row(info.id.as_str(), year)?)?;
        let row = classes.iter().find(|row| row.class == class)?;
        let words = class_words(view, class, classes.len(), &bounds_words(row));
        Some((
            info.id.as_str(),
            Fill { colour: variable.ramp().class(class, classes.len()), words, mark: None },
        ))
    });
    let plan = MapPlan {
        caption: class_caption(view, lowest, variable.unit(view.language)),
        name,
        title,
        year,
        view: Some(format!("{}_class", variable.stem())),
        legend: legend.collect(),
        fills: fills.collect(),
    };
    draw(view, plan)
}

/// How classes were made, of which `class` is one, and in which unit they are.
pub(crate) fn class_caption(view: &View, class: &BreakRow, unit: &str) -> String {
    let unit = match unit {
        "" => String::new(),
        unit => say!(view.language, " in {unit}", "，单位 {unit}"),
    };
    say!(
        view.language,
        "{}{unit}, {} (goodness of variance fit {}). A class holds its upper bound.",
        "{}{unit}，{}（方差拟合优度 {}）。各级包含其上界。",
        method_words(class.method).to(view.language),
        match class.year {
            None => view.language.of("one set of classes for all years", "所有年份共用一套分级").to_owned(),
            Some(year) => say!(view.language, "the classes of {year} alone", "仅为 {year} 年的分级"),
        },
        significant(class.gvf, 3)
    )
}

/// How the classes were made, as a caption begins.
pub(crate) fn method_words(method: &str) -> Words {
    match method {
        "log-natural-breaks" => Words::new("Natural breaks of logarithms", "对数自然断点"),
        "quantile" => Words::new("Quantiles", "分位数"),
        "equal-interval" => Words::new("Equal intervals", "等间距"),
        "std-mean" => Words::new("Standard deviations around the mean", "均值标准差"),
        "head-tail" => Words::new("Head/tail breaks", "头尾断点"),
        "user" => Words::new("Given bounds", "给定界限"),
        _ => Words::new("Natural breaks", "自然断点"),
    }
}

/// A class among the others, with what stands for its bounds.
pub(crate) fn class_words(view: &View, class: usize, count: usize, bounds: &str) -> String {
    say!(view.language, "class {class} of {count} ({bounds})", "{count} 级中的第 {class} 级（{bounds}）")
}

/// The bounds of a class.
pub(crate) fn bounds_words(class: &BreakRow) -> String {
    let scale = Variable::of_key(class.variable).map_or(1.0, Variable::scale);
    bounds_between(class.above.map(|above| above / scale), class.up_to / scale)
}

/// From above one bound up to another.
pub(crate) fn bounds_between(above: Option<f64>, up_to: f64) -> String {
    // Neighbouring bounds must stay apart when they are rounded.
    let close = above.is_some_and(|above| significant(above, 3) == significant(up_to, 3));
    let digits = if close { 5 } else { 3 };
    match above {
        // A dash beside a minus would be read as one.
        Some(above) if above < 0.0 => {
            format!("{} … {}", significant(above, digits), significant(up_to, digits))
        }
        Some(above) => format!("{}–{}", significant(above, digits), significant(up_to, digits)),
        None => format!("≤ {}", significant(up_to, digits)),
    }
}
