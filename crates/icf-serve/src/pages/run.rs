//! One run: its headline figures, its files, and the scenario it ran.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use icf_results::{Standing, Summary};

use super::{millions, minute};
use crate::answer::{Refusal, aside, encoded, page as render};
use crate::app::App;

#[derive(Template)]
#[template(path = "run.html")]
struct Page {
    name: String,
    /// The name as a part of an address.
    path: String,
    says: String,
    written: String,
    version: String,
    is_family: bool,
    report: Option<String>,
    comparison: Option<String>,
    trouble: String,
    facts: Vec<Fact>,
    thresholds: Vec<Held>,
    figures: Vec<Link>,
    folders: Vec<Folder>,
    /// Runs that it can be compared with.
    others: Vec<String>,
    scenario: String,
}

/// A figure of the nation in the last year of the history and at the horizon.
struct Fact {
    name: String,
    value: String,
    about: String,
}

struct Held {
    threshold: String,
    when: String,
    margin: String,
}

struct Link {
    name: String,
    path: String,
}

/// The files of a run that lie in one folder.
struct Folder {
    name: String,
    files: Vec<Link>,
}

pub(crate) async fn page(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let made = aside(move || {
        let found = app.shelf.find(&name).ok_or_else(|| Refusal::not_found("there is no such run"))?;
        let files = app.guard.files(&found.name);
        let at = |path: &str| found.manifest.has(path).then(|| format!("{files}/{path}"));
        let paths: Vec<&str> = found.manifest.outputs.iter().map(|listed| listed.path.as_str()).collect();
        let (summary, trouble) = match &found.summary {
            Some(Ok(summary)) => (Some(summary), ""),
            Some(Err(why)) => (None, why.as_str()),
            None => (None, ""),
        };
        let runs = app.shelf.all()?.into_iter().filter(|other| matches!(other.summary, Some(Ok(_))));
        let others = runs.map(|other| other.name).filter(|other| *other != found.name && summary.is_some());
        Ok(Page {
            others: others.collect(),
            says: found.says().to_owned(),
            written: found.written.map(minute).unwrap_or_default(),
            version: found.manifest.version.clone(),
            is_family: found.manifest.family.is_some(),
            report: at("report.html"),
            comparison: at("compare.html"),
            trouble: trouble.to_owned(),
            facts: summary.map(facts).unwrap_or_default(),
            thresholds: summary.map(thresholds).unwrap_or_default(),
            figures: figures(&files, &paths),
            folders: folders(&files, &paths),
            scenario: found.manifest.resolved_scenario.clone().unwrap_or_default(),
            path: encoded(&found.name),
            name: found.name,
        })
    });
    Ok(render(&made.await?))
}

fn facts(summary: &Summary) -> Vec<Fact> {
    let years = format!("{} → {}", summary.now.year, summary.horizon.year);
    let fact = |name: &str, unit: &str, of: &dyn Fn(&Standing) -> String| Fact {
        name: name.to_owned(),
        value: format!("{} → {}", of(&summary.now), of(&summary.horizon)),
        about: format!("{unit}{}{years}", if unit.is_empty() { "" } else { ", " }),
    };
    let mass = format!("million {}", summary.unit);
    let depth =
        |standing: &Standing| standing.depth.map_or_else(|| "–".to_owned(), |depth| format!("{depth:.2}"));
    vec![
        fact("Emissions", &mass, &|standing| millions(standing.emissions)),
        fact("Sink", &mass, &|standing| millions(standing.sink)),
        fact("Depth", "", &depth),
        fact("Regions in deficit", &format!("of {}", summary.regions), &|standing| {
            standing.in_deficit.len().to_string()
        }),
    ]
}

fn thresholds(summary: &Summary) -> Vec<Held> {
    let of_nation = summary.thresholds.iter().filter(|held| held.scope == "nation");
    let margin = |value: f64, unit: &str| match unit {
        "1" => format!("{value:.2}").replace('-', "−"),
        unit => format!("{} million {}", millions(Some(value)), unit.replace("hm2", "hm²")),
    };
    of_nation
        .map(|held| Held {
            threshold: held.threshold.clone(),
            when: held.words(),
            margin: held.margin.map_or_else(|| "–".to_owned(), |value| margin(value, &held.unit)),
        })
        .collect()
}

/// The pictures.
fn figures(files: &str, paths: &[&str]) -> Vec<Link> {
    let drawn = paths.iter().filter_map(|path| path.strip_prefix("figures/"));
    drawn
        .filter_map(|file| file.strip_suffix(".svg"))
        .map(|name| Link { name: name.replace('_', " "), path: format!("{files}/figures/{name}.svg") })
        .collect()
}

/// All files by folder, those of none first.
fn folders(files: &str, paths: &[&str]) -> Vec<Folder> {
    let mut folders: Vec<Folder> = Vec::new();
    for path in paths {
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        let link = Link { name: name.to_owned(), path: format!("{files}/{path}") };
        match folders.iter_mut().find(|known| known.name == folder) {
            Some(known) => known.files.push(link),
            None => folders.push(Folder { name: folder.to_owned(), files: vec![link] }),
        }
    }
    folders.sort_by_key(|folder| !folder.name.is_empty());
    folders
}
