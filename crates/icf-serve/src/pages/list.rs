//! The list of all runs.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use icf_results::{Standing, Summary};

use super::{millions, minute};
use crate::answer::{Refusal, aside, encoded, page as render};
use crate::app::App;
use crate::shelf::Shelved;

#[derive(Template)]
#[template(path = "list.html")]
struct Page {
    /// What is being run.
    jobs: Vec<Running>,
    folder: String,
    runs: Vec<Row>,
    families: Vec<FamilyRow>,
}

struct Running {
    name: String,
    link: String,
}

/// A run in the list.
struct Row {
    name: String,
    /// Its page of ours.
    link: String,
    /// Its report, when it has one.
    report: Option<String>,
    says: String,
    written: String,
    /// The figures, or why there are none.
    figures: Result<Figures, String>,
}

struct Figures {
    data: String,
    years: String,
    unit: String,
    emissions: String,
    sink: String,
    in_deficit: String,
    deficit: String,
}

/// What the members of a family say together.
struct FamilyRow {
    name: String,
    link: String,
    /// The page that puts the members side by side.
    comparison: Option<String>,
    written: String,
}

pub(crate) async fn page(State(app): State<Arc<App>>) -> Result<Response, Refusal> {
    let made = aside(move || {
        let (mut runs, mut families) = (Vec::new(), Vec::new());
        for shelved in app.shelf.all()? {
            let (link, written) = (link(&shelved.name), shelved.written.map(minute).unwrap_or_default());
            let at = |path: &str| {
                let files = app.guard.files(&shelved.name);
                shelved.manifest.has(path).then(|| format!("{files}/{path}"))
            };
            match &shelved.summary {
                None => {
                    let comparison = at("compare.html");
                    families.push(FamilyRow { comparison, name: shelved.name.clone(), link, written });
                }
                Some(summary) => {
                    let (report, figures) = (at("report.html"), summary.as_ref().map(figures));
                    let figures = figures.map_err(Clone::clone);
                    let (name, says) = (shelved.name.clone(), shelved.says().to_owned());
                    runs.push(Row { name, link, report, says, written, figures });
                }
            }
        }
        let running = app.jobs.all().into_iter().filter(|job| !job.has_ended());
        let jobs = running.map(|job| Running { name: job.name.clone(), link: format!("/job/{}", job.id) });
        Ok(Page { jobs: jobs.collect(), folder: app.shelf.root().display().to_string(), runs, families })
    });
    Ok(render(&made.await?))
}

/// Where our page of a run is.
pub(super) fn link(name: &str) -> String {
    format!("/run/{}", encoded(name))
}

fn figures(summary: &Summary) -> Figures {
    let pair = |of: &dyn Fn(&Standing) -> String| format!("{} → {}", of(&summary.now), of(&summary.horizon));
    Figures {
        data: summary.data.clone(),
        years: pair(&|standing| standing.year.to_string()),
        unit: summary.unit.clone(),
        emissions: pair(&|standing| millions(standing.emissions)),
        sink: pair(&|standing| millions(standing.sink)),
        in_deficit: format!(
            "{} of {}",
            pair(&|standing| standing.in_deficit.len().to_string()),
            summary.regions
        ),
        deficit: summary.deficit_year.map_or_else(|| "–".to_owned(), |year| year.to_string()),
    }
}

impl Shelved {
    /// The sentence that the run gives about itself.
    pub(super) fn says(&self) -> &str {
        let summary = self.summary.as_ref().and_then(|summary| summary.as_ref().ok());
        let inputs = summary.map(|summary| summary.inputs.as_slice()).unwrap_or_default();
        inputs.iter().find(|(key, _)| key == "description").map_or("", |(_, text)| text)
    }
}
