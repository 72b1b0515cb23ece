//! One run: its headline figures, its files, and the scenario it ran.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use icf_report::{Language, say};
use icf_results::{Standing, Summary};

use super::list::{link, shown};
use super::{has_balance, millions, minute, when};
use crate::answer::{Refusal, aside, encoded, page as render};
use crate::app::App;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "run.html")]
struct Page {
    visit: Visit,
    name: String,
    /// The name as a part of an address.
    path: String,
    says: String,
    /// What it is, when it was written, and by which version.
    about: String,
    report: Option<String>,
    comparison: Option<String>,
    trouble: String,
    facts: Vec<Fact>,
    thresholds: Vec<Held>,
    figures: Vec<Link>,
    folders: Vec<Folder>,
    /// The members of its family that have folders.
    relatives: Vec<Link>,
    /// The page that puts them side by side.
    of_family: Option<String>,
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

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    visit: Visit,
) -> Result<Response, Refusal> {
    let made = aside(move || {
        let none = || Refusal::not_found("there is no such run", "没有这次运行");
        let found = app.shelf.find(&name).ok_or_else(none)?;
        let language = visit.language;
        let files = app.guard.files(&found.name);
        let paths: Vec<&str> = found.manifest.outputs.iter().map(|listed| listed.path.as_str()).collect();
        let (summary, trouble) = match &found.summary {
            Some(Ok(summary)) => (Some(summary), ""),
            Some(Err(why)) => (None, why.as_str()),
            None => (None, ""),
        };
        let all = app.shelf.all()?;
        let family = all.iter().find(|other| other.name == found.name || other.members.contains(&found.name));
        let family = family.filter(|family| family.summary.is_none());
        let relative = |name: &String| {
            let is_there = all.iter().any(|other| other.name == *name && other.summary.is_some());
            is_there.then(|| Link { name: name.clone(), path: link(name) })
        };
        let relatives = family.map(|family| family.members.iter().filter_map(relative).collect());
        let of_family = family.and_then(|family| shown(family, "compare.html"));
        let runs = all.iter().filter(|other| matches!(other.summary, Some(Ok(_))));
        let others = runs.map(|other| other.name.clone());
        let others = others.filter(|other| *other != found.name && summary.is_some());
        let written = found.written.map(minute).unwrap_or_default();
        let version = &found.manifest.version;
        let about = match found.manifest.family {
            Some(_) => say!(
                language,
                "family written {written} (universal time) by icf {version}",
                "情景族，由 icf {version} 写于 {written}（世界时）"
            ),
            None => say!(
                language,
                "run written {written} (universal time) by icf {version}",
                "运行结果，由 icf {version} 写于 {written}（世界时）"
            ),
        };
        Ok(Page {
            others: others.collect(),
            says: found.says().to_owned(),
            about,
            relatives: relatives.unwrap_or_default(),
            of_family,
            report: shown(&found, "report.html"),
            comparison: shown(&found, "compare.html"),
            trouble: trouble.to_owned(),
            facts: summary.map(|summary| facts(summary, language)).unwrap_or_default(),
            thresholds: summary.map(|summary| thresholds(summary, language)).unwrap_or_default(),
            figures: figures(&files, &paths),
            folders: folders(&files, &paths),
            scenario: found.manifest.resolved_scenario.clone().unwrap_or_default(),
            path: encoded(&found.name),
            name: found.name.clone(),
            visit,
        })
    });
    Ok(render(&made.await?))
}

fn facts(summary: &Summary, language: Language) -> Vec<Fact> {
    let years = format!("{} → {}", summary.now.year, summary.horizon.year);
    let fact = |name: &str, unit: &str, of: &dyn Fn(&Standing) -> String| Fact {
        name: name.to_owned(),
        value: format!("{} → {}", of(&summary.now), of(&summary.horizon)),
        about: format!("{unit}{}{years}", if unit.is_empty() { "" } else { ", " }),
    };
    let said = |english, chinese| language.of(english, chinese);
    let mass = say!(language, "million {}", "百万 {}", summary.unit);
    let depth =
        |standing: &Standing| standing.depth.map_or_else(|| "–".to_owned(), |depth| format!("{depth:.2}"));
    vec![
        fact(said("Emissions", "排放"), &mass, &|standing| millions(standing.emissions)),
        fact(said("Sink", "碳汇"), &mass, &|standing| millions(standing.sink)),
        fact(said("Depth", "深度"), "", &depth),
        fact(
            said("Regions in deficit", "赤字区域"),
            &say!(language, "of {}", "共 {} 个", summary.regions),
            &|standing| {
                if has_balance(summary) { standing.in_deficit.len().to_string() } else { "–".to_owned() }
            },
        ),
    ]
}

fn thresholds(summary: &Summary, language: Language) -> Vec<Held> {
    let of_nation = summary.thresholds.iter().filter(|held| held.scope == "nation");
    let margin = |value: f64, unit: &str| match unit {
        "1" => format!("{value:.2}").replace('-', "−"),
        unit => {
            say!(language, "{} million {}", "{} 百万 {}", millions(Some(value)), unit.replace("hm2", "hm²"))
        }
    };
    of_nation
        .map(|held| Held {
            threshold: held.threshold.clone(),
            when: when(&held.words(), language).to_owned(),
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
