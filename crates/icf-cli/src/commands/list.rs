//! `icf list [WHAT]`

use icf_results::{GroupRow, NationRow, Record, RegionRow};
use icf_workflow::presets;
use serde_json::{Map, Value, json};

use super::comparison::aligned;
use crate::arguments::{Catalogue, Format, List};
use crate::terminal;

/// Lists what a scenario can name.
pub(crate) fn run(arguments: &List) -> u8 {
    let all = [
        Catalogue::Scenarios,
        Catalogue::Data,
        Catalogue::Quantities,
        Catalogue::Models,
        Catalogue::Levers,
        Catalogue::Keys,
    ];
    let wanted: Vec<Catalogue> =
        all.into_iter().filter(|what| arguments.what.is_none_or(|only| only == *what)).collect();
    let lists = wanted.into_iter().map(|what| (what, rows(what)));
    if arguments.format == Format::Json {
        let object: Map<String, Value> = lists
            .map(|(what, rows)| {
                let objects = rows.iter().map(|[name, words]| json!({ "name": name, "about": words }));
                (title(what).to_lowercase(), Value::Array(objects.collect()))
            })
            .collect();
        return terminal::print(&format!("{:#}\n", Value::Object(object)));
    }
    let sections: Vec<String> = lists
        .map(|(what, rows)| {
            let rows: Vec<Vec<String>> =
                rows.into_iter().map(|[name, words]| vec![format!("  {name}"), words]).collect();
            format!("{}\n{}", title(what), aligned(&rows))
        })
        .collect();
    terminal::print(&sections.join("\n"))
}

const fn title(what: Catalogue) -> &'static str {
    match what {
        Catalogue::Scenarios => "Scenarios",
        Catalogue::Data => "Data",
        Catalogue::Quantities => "Quantities",
        Catalogue::Models => "Models",
        Catalogue::Levers => "Levers",
        Catalogue::Keys => "Keys",
    }
}

fn rows(what: Catalogue) -> Vec<[String; 2]> {
    match what {
        Catalogue::Scenarios => presets::PRESETS
            .iter()
            .map(|(name, _)| {
                let about = presets::load(name).map_or_else(
                    |error| error,
                    |loaded| loaded.scenario().description.trim().replace('\n', " "),
                );
                [(*name).to_owned(), about]
            })
            .collect(),
        Catalogue::Data => icf_data::names().map(|name| [name.to_owned(), title_of(name)]).collect(),
        Catalogue::Quantities => quantities(),
        Catalogue::Models => icf_scenario::models().into_iter().map(<[String; 2]>::from).collect(),
        Catalogue::Levers => icf_scenario::levers().into_iter().map(<[String; 2]>::from).collect(),
        Catalogue::Keys => icf_scenario::keys().into_iter().map(<[String; 2]>::from).collect(),
    }
}

/// What a built-in data set says of itself.
fn title_of(name: &str) -> String {
    let package = icf_data::find(name).and_then(|set| set.file("datapackage.json"));
    let package: Option<Value> = package.and_then(|bytes| serde_json::from_slice(bytes).ok());
    let about = |key: &str| Some(package.as_ref()?.get(key)?.as_str()?.to_owned());
    format!("{}; built in, docs/data.md", about("title").unwrap_or_default())
}

/// The columns with a unit of regions, groups and nation, each once.
fn quantities() -> Vec<[String; 2]> {
    let mut found: Vec<[String; 2]> = Vec::new();
    let columns = RegionRow::COLUMNS.iter().chain(GroupRow::COLUMNS).chain(NationRow::COLUMNS);
    for column in columns.filter(|column| !column.unit.is_empty()) {
        if found.iter().all(|[name, _]| name != column.name) {
            let unit = if column.unit == "1" { "a pure number" } else { column.unit };
            found.push([column.name.to_owned(), format!("{unit}: {}", column.description)]);
        }
    }
    found
}
