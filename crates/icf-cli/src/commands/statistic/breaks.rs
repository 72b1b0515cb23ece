//! `icf breaks`: classes of a column.

use icf_classify::{BreaksError, Classification, Scheme, SchemeName, classify};
use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_ingest::{Wanted, read_columns};
use serde_json::{Map, Value, json};

use super::finish;
use super::printed::{Figures, print, print_json};
use crate::arguments::{Breaks, DataFormat};

/// Multiples of the standard deviation when none are given, as in mapclassify.
const MULTIPLES: [f64; 4] = [-2.0, -1.0, 1.0, 2.0];

/// The classes of a column, of all rows together or of each year.
pub(crate) fn run(arguments: &Breaks) -> u8 {
    finish(classed(arguments))
}

fn classed(arguments: &Breaks) -> Result<u8, Diagnostics> {
    let wanted = Wanted {
        year: arguments.year.as_deref(),
        numbers: vec![&arguments.value],
        only: arguments.only.pairs(),
        ..Wanted::default()
    };
    let columns = read_columns(&arguments.data, &wanted)?;
    let place = || Place::file(arguments.data.display().to_string());
    let scheme = scheme(arguments);
    let mut mistakes = Diagnostics::default();
    let mut found = Vec::new();
    for (year, rows) in columns.by_year() {
        let values: Vec<f64> = rows.iter().filter_map(|row| columns.numbers[0][*row]).collect();
        let of = year.map_or_else(String::new, |year| format!(" in {year}"));
        let mut mistake = |what: String| {
            let message = format!("column `{}`{of}: {what}", arguments.value);
            mistakes.push(Diagnostic::error("classes", message).at(place()));
        };
        if is_counted(&scheme) && arguments.k > values.len() {
            mistake(format!("{} classes are wanted of {} values", arguments.k, values.len()));
            continue;
        }
        match classify(&values, &scheme) {
            Ok(classes) => found.push((year, classes)),
            Err(BreaksError::NotAscending(_)) => {
                mistake(
                    "the bounds do not rise; each lies above the one before it, and is finite".to_owned(),
                );
            }
            Err(error) => mistake(error.to_string()),
        }
    }
    if mistakes.has_errors() {
        return Err(mistakes);
    }
    if !arguments.printing.quiet && is_counted(&scheme) {
        for (year, classes) in &found {
            let (made, of) =
                (classes.counts().len(), year.map_or_else(String::new, |year| format!(" in {year}")));
            if made < arguments.k {
                eprintln!("icf: {made} of {} classes{of}: there are no more distinct values", arguments.k);
            }
        }
    }
    if arguments.printing.format != DataFormat::Json {
        let mut figures = Figures::new(&["year", "class", "above", "up_to", "count", "gvf", "adcm", "ssd"]);
        for (year, classes) in &found {
            rows(year.map(|year| year.get()), classes).into_iter().for_each(|row| figures.push(row));
        }
        return Ok(print(&figures, arguments.printing.format, false));
    }
    let mut objects: Vec<Value> = found
        .iter()
        .map(|(year, classes)| {
            let mut object = Map::new();
            if let Some(year) = year {
                object.insert("year".to_owned(), json!(year.get()));
            }
            object.insert("breaks".to_owned(), json!(classes.upper_bounds()));
            object.insert("counts".to_owned(), json!(classes.counts()));
            object.insert("gvf".to_owned(), json!(classes.gvf()));
            object.insert("adcm".to_owned(), json!(classes.adcm()));
            object.insert("ssd".to_owned(), json!(classes.ssd()));
            object.insert("requested".to_owned(), json!(classes.requested()));
            object.insert("scheme".to_owned(), json!(scheme.as_str()));
            Value::Object(object)
        })
        .collect();
    Ok(print_json(&if arguments.year.is_some() { Value::Array(objects) } else { objects.remove(0) }))
}

/// One row a class.
fn rows(year: Option<i32>, classes: &Classification) -> Vec<Vec<Value>> {
    let mut above = None;
    let bounds = classes.upper_bounds().iter().zip(classes.counts()).enumerate();
    bounds
        .map(|(place, (&up_to, &count))| {
            vec![
                json!(year),
                json!(place + 1),
                json!(above.replace(up_to)),
                json!(up_to),
                json!(count),
                json!(classes.gvf()),
                json!(classes.adcm()),
                json!(classes.ssd()),
            ]
        })
        .collect()
}

/// The scheme that was asked for, with its parameters.
fn scheme(arguments: &Breaks) -> Scheme {
    let (classes, bounds) = (arguments.k, arguments.bounds.clone());
    match arguments.scheme {
        SchemeName::Fisher => Scheme::NaturalBreaks { classes },
        SchemeName::LogFisher => Scheme::LogNaturalBreaks { classes },
        SchemeName::Quantile => Scheme::Quantile { classes },
        SchemeName::EqualInterval => Scheme::EqualInterval { classes },
        SchemeName::StdMean if bounds.is_empty() => {
            Scheme::StandardDeviation { multiples: MULTIPLES.to_vec() }
        }
        SchemeName::StdMean => Scheme::StandardDeviation { multiples: bounds },
        SchemeName::HeadTail => Scheme::HeadTail,
        SchemeName::User => Scheme::UserDefined { upper_bounds: bounds },
    }
}

/// Whether a scheme makes as many classes as it is asked for.
fn is_counted(scheme: &Scheme) -> bool {
    matches!(
        scheme,
        Scheme::NaturalBreaks { .. }
            | Scheme::LogNaturalBreaks { .. }
            | Scheme::Quantile { .. }
            | Scheme::EqualInterval { .. }
    )
}
