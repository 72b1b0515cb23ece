//! `icf explain FILE [KEY]`

use icf_scenario::Explained;
use serde_json::{Value, json};

use crate::arguments::{Explain, Format};
use crate::{exit, render, terminal};

/// Which file and line gave each value, through all layers.
pub(crate) fn run(arguments: &Explain) -> u8 {
    let key = arguments.key.as_deref().unwrap_or_default();
    let found = icf_scenario::explain(&arguments.file, key, &arguments.set, arguments.member.as_deref());
    match found {
        Ok(found) if arguments.format == Format::Json => {
            let all: Vec<Value> = found.iter().map(object).collect();
            terminal::print(&format!("{:#}\n", Value::Array(all)))
        }
        Ok(found) => terminal::print(&found.iter().map(text).collect::<String>()),
        // A program that reads JSON finds some on standard output, whatever happens.
        Err(mistakes) if arguments.format == Format::Json => {
            let json = serde_json::to_string_pretty(&mistakes).expect("diagnostics have text keys only");
            terminal::print(&format!("{json}\n")).max(exit::INVALID)
        }
        Err(mistakes) => {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
            exit::INVALID
        }
    }
}

fn text(explained: &Explained) -> String {
    let place = explained.place.as_ref().map_or_else(|| "the default".to_owned(), ToString::to_string);
    let value = if explained.value.is_empty() { "\"\"" } else { &explained.value };
    let mut text = format!("{} = {value}\n  {place}\n", explained.key);
    for (value, place) in &explained.covered {
        text.push_str(&format!("  covers {value} of {place}\n"));
    }
    text
}

fn object(explained: &Explained) -> Value {
    let place = |place: &icf_diagnostics::Place| json!({ "file": place.file, "line": place.line, "column": place.column });
    json!({
        "key": explained.key,
        "value": explained.value,
        "place": explained.place.as_ref().map(place),
        "covers": explained.covered.iter().map(|(value, of)| json!({ "value": value, "place": place(of) })).collect::<Vec<_>>(),
    })
}
