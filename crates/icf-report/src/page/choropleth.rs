//! What the maps of classes can show by the page's selector, each with the classes that the run made of it.

use icf_results::{BreakRow, RegionRow};
use icf_units::{Quantity, Year};
use serde_json::{Value, json};

use super::data::{CLASS, DEPTH, SIZE, codes, values};
use crate::figure::{bounds_between, class_caption, class_words};
use crate::language::Words;
use crate::number::Scaled;
use crate::palette;
use crate::variable::Variable;
use crate::view::View;

/// A variable that can be mapped.
struct Mapped {
    /// Its name in the table of classes.
    key: &'static str,
    title: String,
    unit: String,
    /// Units of the table in one unit for readers.
    scale: f64,
    /// The view that the page has of it already.
    view: Option<String>,
    /// What the page calls its values, where it has them.
    quantity: Option<&'static str>,
    value: fn(&RegionRow) -> Option<f64>,
}

/// Every variable of which the run has classes.
pub(super) fn data(view: &View, years: &[Year], area: Scaled) -> Value {
    mapped(view, area).filter_map(|mapped| one(view, years, &mapped)).collect()
}

/// The values behind the classes by the name of the variable: a place among the quantities that the page has, or rows.
pub(super) fn values_of(view: &View, years: &[Year], area: Scaled, quantities: &[&str]) -> Value {
    let shown = |mapped: &Mapped| {
        mapped.view.is_some() || view.results.classes.iter().any(|row| row.variable == mapped.key)
    };
    let of = |mapped: Mapped| {
        let mut out = json!({ "label": mapped.title, "unit": mapped.unit });
        match quantities.iter().position(|quantity| mapped.quantity == Some(quantity)) {
            Some(place) => out["quantity"] = place.into(),
            None => {
                let value =
                    |region: &str, year: Year| Some((mapped.value)(view.row(region, year)?)? / mapped.scale);
                out["rows"] = json!(values(view, years, value));
            }
        }
        (mapped.key.to_owned(), out)
    };
    Value::Object(mapped(view, area).filter(shown).map(of).collect())
}

fn mapped<'a>(view: &'a View, area: Scaled) -> impl Iterator<Item = Mapped> + use<'a> {
    let own = view.variables().into_iter().map(|variable| Mapped {
        key: variable.key(),
        title: variable.title(view.language).to_owned(),
        unit: variable.unit(view.language).to_owned(),
        scale: variable.scale(),
        view: Some(format!("{}_class", variable.stem())),
        quantity: match variable {
            Variable::Size => Some(SIZE),
            Variable::Depth => Some(DEPTH),
            Variable::Emissions => None,
        },
        value: match variable {
            Variable::Size => |row| Variable::Size.value(row),
            Variable::Depth => |row| Variable::Depth.value(row),
            Variable::Emissions => |row| Variable::Emissions.value(row),
        },
    });
    let is_own = move |key: &str| view.variables().iter().any(|variable| variable.key() == key);
    let others = others(view, area).into_iter().filter(move |mapped| !is_own(mapped.key));
    own.chain(others)
}

fn others(view: &View, area: Scaled) -> Vec<Mapped> {
    let language = view.language;
    let emissions = Variable::Emissions;
    let of_area = |key, quantity, title: Words, value| Mapped {
        key,
        title: title.to(language).to_owned(),
        unit: area.name(),
        scale: 1.0 / area.of(1.0),
        view: None,
        quantity: Some(quantity),
        value,
    };
    vec![
        Mapped {
            key: emissions.key(),
            title: emissions.title(language).to_owned(),
            unit: emissions.unit(language).to_owned(),
            scale: emissions.scale(),
            view: None,
            quantity: None,
            value: |row| Variable::Emissions.value(row),
        },
        of_area("icf_hm2", "icf", Words::new("Footprint (ICF)", "工业碳生态足迹（ICF）"), |row| {
            row.icf_hm2.map(Quantity::get)
        }),
        of_area("cec_hm2", "cec", Words::new("Capacity (CEC)", "碳生态承载力（CEC）"), |row| {
            row.cec_hm2.map(Quantity::get)
        }),
        of_area(
            "balance_hm2",
            "balance",
            Words::new("Capacity less footprint", "承载力减足迹"),
            |row| Some(row.cec_hm2?.get() - row.icf_hm2?.get()),
        ),
        Mapped {
            key: "icf_hm2_per_capita",
            title: language.of("Footprint per resident", "人均工业碳生态足迹").to_owned(),
            unit: Variable::Size.unit(language).to_owned(),
            scale: 1.0,
            view: None,
            quantity: None,
            value: |row| row.icf_hm2_per_capita.map(Quantity::get),
        },
    ]
}

/// A variable with its classes; none where the run made none of it.
fn one(view: &View, years: &[Year], mapped: &Mapped) -> Option<Value> {
    let classes_of = |year: Year| -> Vec<&BreakRow> {
        let holds = |row: &&BreakRow| row.variable == mapped.key && row.year.is_none_or(|of| of == year);
        view.results.classes.iter().filter(holds).collect()
    };
    let classes = classes_of(view.last());
    let first = classes.first()?;
    let bounds: Vec<String> = classes
        .iter()
        .map(|row| bounds_between(row.above.map(|above| above / mapped.scale), row.up_to / mapped.scale))
        .collect();
    let mut out = json!({
        "key": mapped.key,
        "title": mapped.title,
        "bounds": bounds,
        "caption": class_caption(view, first, &mapped.unit),
        "view": mapped.view,
        "head": CLASS.to(view.language),
        "variables": [mapped.key],
    });
    if mapped.view.is_none() {
        let count = years.iter().map(|&year| classes_of(year).len()).max().unwrap_or(0);
        let label = |(class, row): (usize, &&BreakRow)| match row.year {
            None => class_words(view, class + 1, count, &bounds[class]),
            Some(_) => {
                class_words(view, class + 1, count, view.language.of("bounds of each year", "各年自有界限"))
            }
        };
        let by_year: Vec<Vec<&BreakRow>> = years.iter().map(|&year| classes_of(year)).collect();
        let code = |region: &str, year: Year| {
            let value = (mapped.value)(view.row(region, year)?)?;
            let classes = &by_year[years.iter().position(|of| *of == year)?];
            let class = classes.iter().find(|class| value <= class.up_to).or(classes.last())?;
            Some(class.class - 1)
        };
        out["labels"] = classes.iter().enumerate().map(label).collect();
        out["colours"] = colours(&classes).into();
        out["codes"] = codes(view, years, code).into();
    }
    Some(out)
}

/// Colours of the classes: of a balance brown below zero and blue above it, the darker the farther, else one ramp.
fn colours(classes: &[&BreakRow]) -> Vec<String> {
    let below = classes.iter().filter(|row| row.up_to <= 0.0).count();
    let spans = |row: &BreakRow| row.up_to > 0.0 && row.above.is_none_or(|above| above < 0.0);
    let is_balance = classes.iter().any(|row| row.variable == "balance_hm2");
    if !is_balance {
        return (1..=classes.len()).map(|class| palette::SIZE.class(class, classes.len())).collect();
    }
    let across = usize::from(below > 0 && classes.get(below).is_some_and(|row| spans(row)));
    let above = classes.len() - below - across;
    (0..classes.len())
        .map(|place| match place {
            _ if place < below => palette::DEPTH.class(below - place + 1, below + 1),
            _ if place < below + across => "#e8e8e3".to_owned(),
            _ => palette::SIZE.class(place - below - across + 2, above + 1),
        })
        .collect()
}
