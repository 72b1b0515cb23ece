//! The choropleth of a variable by natural-breaks class.

use icf_results::BreakRow;

use super::map::{Fill, MapPlan, draw};
use crate::number::significant;
use crate::svg::{Drawing, Swatch};
use crate::variable::Variable;
use crate::view::View;

pub(crate) fn class_map(view: &View, variable: Variable) -> Drawing {
    let name = format!("map_{}_class", variable.stem());
    let year = view.last();
    let title = variable.title().to_owned();
    let classes = view.breaks(variable, year);
    let Some(lowest) = classes.first() else {
        return Drawing::saying(&name, &title, &format!("The run has no classes of {}.", variable.words()));
    };
    let legend = classes
        .iter()
        .map(|class| Swatch::new(variable.ramp().class(class.class, classes.len()), bounds_words(class)));
    let unit = if variable.unit().is_empty() { String::new() } else { format!(" in {}", variable.unit()) };
    let fills = view.regions().iter().filter_map(|info| {
        let class = view.class(variable, view.row(info.id.as_str(), year)?)?;
        let row = classes.iter().find(|row| row.class == class)?;
        let words = format!("class {class} of {} ({})", classes.len(), bounds_words(row));
        Some((
            info.id.as_str(),
            Fill { colour: variable.ramp().class(class, classes.len()), words, mark: None },
        ))
    });
    let plan = MapPlan {
        caption: format!(
            "{}{unit}, {} (goodness of variance fit {}). A class holds its upper bound.",
            method_words(lowest.method),
            match lowest.year {
                None => "one set of classes for all years".to_owned(),
                Some(year) => format!("the classes of {year} alone"),
            },
            significant(lowest.gvf, 3)
        ),
        name,
        title,
        year,
        view: Some(format!("{}_class", variable.stem())),
        legend: legend.collect(),
        fills: fills.collect(),
    };
    draw(view, plan)
}

/// How the classes were made, as a caption begins.
fn method_words(method: &str) -> &'static str {
    match method {
        "log-natural-breaks" => "Natural breaks of logarithms",
        "quantile" => "Quantiles",
        "equal-interval" => "Equal intervals",
        "std-mean" => "Standard deviations around the mean",
        "head-tail" => "Head/tail breaks",
        "user" => "Given bounds",
        _ => "Natural breaks",
    }
}

/// The bounds of a class.
pub(crate) fn bounds_words(class: &BreakRow) -> String {
    let scale = Variable::of_key(class.variable).map_or(1.0, Variable::scale);
    let (above, up_to) = (class.above.map(|above| above / scale), class.up_to / scale);
    // Neighbouring bounds must stay apart when they are rounded.
    let close = above.is_some_and(|above| significant(above, 3) == significant(up_to, 3));
    let digits = if close { 5 } else { 3 };
    match above {
        Some(above) => format!("{}–{}", significant(above, digits), significant(up_to, digits)),
        None => format!("≤ {}", significant(up_to, digits)),
    }
}
