//! `icf inequality`: how unequal values are, within and between groups.

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_inequality::{
    InequalityError, gini, gini_by_group, theil_l, theil_l_by_group, theil_t, theil_t_by_group,
};
use icf_ingest::{Wanted, read_columns};
use serde_json::{Value, json};

use super::finish;
use super::printed::{Figures, print};
use crate::arguments::Inequality;

/// Theil's T and L and the Gini coefficient of each year, with their parts when there are groups.
pub(crate) fn run(arguments: &Inequality) -> u8 {
    finish(computed(arguments))
}

fn computed(arguments: &Inequality) -> Result<u8, Diagnostics> {
    let Inequality { data, weight, group, printing } = arguments;
    let wanted = Wanted {
        id: Some(&data.id),
        year: data.year.as_deref(),
        numbers: std::iter::once(data.value.as_str()).chain(weight.as_deref()).collect(),
        texts: group.as_deref().into_iter().collect(),
        only: data.only.pairs(),
        ..Wanted::default()
    };
    let columns = read_columns(&data.data, &wanted)?;
    let mut figures =
        Figures::new(&["year", "measure", "group", "n", "total", "within", "between", "overlap"]);
    let mut mistakes = Diagnostics::default();
    for (year, rows) in columns.by_year() {
        let known: Vec<usize> = rows
            .into_iter()
            .filter(|row| columns.numbers.iter().all(|column| column[*row].is_some()))
            .collect();
        let column = |place: usize| -> Vec<f64> {
            known.iter().filter_map(|row| columns.numbers[place][*row]).collect()
        };
        let sample = Sample {
            values: column(0),
            weights: weight.as_ref().map(|_| column(1)),
            groups: group.as_ref().map(|_| known.iter().map(|row| columns.texts[0][*row].as_str()).collect()),
        };
        match sample.rows() {
            Ok(rows) => rows.into_iter().for_each(|mut row| {
                row.insert(0, json!(year.map(|year| year.get())));
                figures.push(row);
            }),
            Err(error) => {
                let of = year.map_or_else(String::new, |year| format!(" in {year}"));
                let at = |place: usize| &columns.ids[known[place]];
                let why = match error {
                    InequalityError::Negative(place) => {
                        format!("the value of region {} is negative", at(place))
                    }
                    InequalityError::Weight(place) => {
                        format!("the weight of region {} is not above zero", at(place))
                    }
                    other => other.to_string(),
                };
                let message = format!("column `{}`{of}: {why}", data.value);
                let place = Place::file(data.data.display().to_string());
                mistakes.push(Diagnostic::error("inequality", message).at(place));
            }
        }
    }
    if mistakes.has_errors() { Err(mistakes) } else { Ok(print(&figures, printing.format, false)) }
}

/// The values of a year.
struct Sample<'a> {
    values: Vec<f64>,
    weights: Option<Vec<f64>>,
    groups: Option<Vec<&'a str>>,
}

impl Sample<'_> {
    /// One row a measure, and one more for each group within it.
    fn rows(&self) -> Result<Vec<Vec<Value>>, InequalityError> {
        let (values, weights) = (&self.values[..], self.weights.as_deref());
        let n = values.len();
        let none = Value::Null;
        let Some(groups) = &self.groups else {
            let plain = |measure: &str, total: Value| {
                vec![json!(measure), none.clone(), json!(n), total, none.clone(), none.clone(), none.clone()]
            };
            return Ok(vec![
                plain("theil_t", json!(theil_t(values, weights)?)),
                plain("theil_l", json!(theil_l(values, weights)?)),
                plain("gini", json!(gini(values, weights)?)),
            ]);
        };
        let size = |group: &str| groups.iter().filter(|other| **other == group).count();
        let mut rows = Vec::new();
        let theil = [
            ("theil_t", Some(theil_t_by_group(values, weights, groups)?)),
            ("theil_l", theil_l_by_group(values, weights, groups)?),
        ];
        for (measure, found) in theil {
            let Some(found) = found else {
                rows.push(vec![
                    json!(measure),
                    none.clone(),
                    json!(n),
                    none.clone(),
                    none.clone(),
                    none.clone(),
                    none.clone(),
                ]);
                continue;
            };
            rows.push(vec![
                json!(measure),
                none.clone(),
                json!(n),
                json!(found.total),
                json!(found.within),
                json!(found.between),
                none.clone(),
            ]);
            rows.extend(found.groups.iter().map(|group| {
                let (of, within) = (json!(group.index), json!(group.within));
                vec![
                    json!(measure),
                    json!(group.group),
                    json!(size(group.group)),
                    of,
                    within,
                    none.clone(),
                    none.clone(),
                ]
            }));
        }
        let found = gini_by_group(values, weights, groups)?;
        rows.push(vec![
            json!("gini"),
            none.clone(),
            json!(n),
            json!(found.total),
            json!(found.within),
            json!(found.between),
            json!(found.overlap),
        ]);
        rows.extend(found.groups.iter().map(|group| {
            let (of, within) = (json!(group.gini), json!(group.within));
            vec![
                json!("gini"),
                json!(group.group),
                json!(size(group.group)),
                of,
                within,
                none.clone(),
                none.clone(),
            ]
        }));
        Ok(rows)
    }
}
