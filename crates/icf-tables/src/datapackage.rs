//! `tables/datapackage.json`: what the CSV files are, as a Data Package of the Frictionless standard.

use icf_results::{Column, ColumnType, RunResults, Table};
use serde_json::{Value, json};

/// The description of a run's CSV files: a resource a table, a field a column with its type, unit and meaning.
#[must_use]
pub fn datapackage(results: &RunResults) -> String {
    let tables = results.tables();
    let resources: Vec<Value> = tables.iter().map(resource).collect();
    let package = json!({
        "profile": "tabular-data-package",
        "name": results.scenario.to_lowercase(),
        "title": results.scenario,
        "description": results.description,
        "resources": resources,
    });
    format!("{package:#}\n")
}

fn resource(table: &Table) -> Value {
    let fields: Vec<Value> = table.columns.iter().map(field).collect();
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": format!("{}.csv", table.name),
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields, "missingValues": [""] },
    })
}

fn field(column: &Column) -> Value {
    let ty = match column.ty {
        ColumnType::Text => "string",
        ColumnType::Integer => "integer",
        ColumnType::Number => "number",
        ColumnType::Boolean => "boolean",
    };
    let mut field = json!({ "name": column.name, "type": ty, "description": column.description });
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
    }
    field
}
