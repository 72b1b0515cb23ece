//! The list of all runs.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use icf_report::{Language, say};
use icf_results::{DeficitStart, Standing, Summary};

use super::{crossed, has_balance, minute, when};
use crate::answer::{Refusal, aside, encoded, page as render};
use crate::app::App;
use crate::jobs::{How, Job};
use crate::shelf::Shelved;
use crate::visit::Visit;

/// Jobs that came to nothing are shown, the latest of them.
const FAILED: usize = 5;

#[derive(Template)]
#[template(path = "list.html")]
struct Page {
    visit: Visit,
    folder: String,
    head: String,
    groups: Vec<Group>,
    /// Whether there are runs to be put side by side.
    can_compare: bool,
}

/// A run alone, or a family: its base and what was made of it.
struct Group {
    rows: Vec<Row>,
    /// The page that puts the members of a family side by side.
    comparison: Option<String>,
}

/// A run in the list.
struct Row {
    name: String,
    /// Its page of ours.
    link: String,
    /// Its report, when it has one.
    report: Option<String>,
    /// Where it can be changed.
    edit: Option<String>,
    says: String,
    written: String,
    /// For the order: milliseconds, since small runs end within a second of each other.
    moment: u128,
    state: &'static str,
    tone: &'static str,
    figures: Option<Figures>,
    /// Why there are no figures.
    trouble: String,
}

struct Figures {
    in_deficit: String,
    /// For the order.
    at_horizon: String,
    of_regions: String,
    years: String,
    nation: String,
    crossed: String,
    crossings: usize,
}

pub(crate) async fn page(State(app): State<Arc<App>>, visit: Visit) -> Result<Response, Refusal> {
    let made = aside(move || {
        let all = app.shelf.all()?;
        let (families, runs): (Vec<Shelved>, Vec<Shelved>) =
            all.into_iter().partition(|shelved| shelved.summary.is_none());
        let head = head(runs.len(), visit.language);
        let can_compare = runs.iter().filter(|run| matches!(run.summary, Some(Ok(_)))).count() > 1;
        let mut groups: Vec<(Option<&Shelved>, Vec<&Shelved>)> = Vec::new();
        for run in &runs {
            let family = families.iter().find(|family| family.members.contains(&run.name));
            let name = |family: Option<&Shelved>| family.map(|family| family.name.clone());
            let same = groups.iter_mut().find(|(of, _)| of.is_some() && name(*of) == name(family));
            match same {
                Some((_, members)) => members.push(run),
                None => groups.push((family, vec![run])),
            }
        }
        // A sweep may leave nothing but what its points say together.
        for family in &families {
            if !groups.iter().any(|(of, _)| of.is_some_and(|of| of.name == family.name)) {
                groups.push((Some(family), vec![family]));
            }
        }
        let jobs = jobs(&app.jobs.all(), &visit);
        let of_runs = groups.into_iter().map(|(family, mut members)| {
            let place = |run: &Shelved| {
                family.and_then(|family| family.members.iter().position(|name| *name == run.name))
            };
            members.sort_by_key(|run| place(run));
            Group {
                rows: members.into_iter().map(|run| row(&app, run, &visit)).collect(),
                comparison: family.and_then(|family| shown(family, "compare.html")),
            }
        });
        let groups = jobs.into_iter().chain(of_runs).collect();
        Ok(Page { folder: app.shelf.root().display().to_string(), head, groups, can_compare, visit })
    });
    Ok(render(&made.await?))
}

fn head(count: usize, language: Language) -> String {
    match count {
        0 => say!(language, "There is no run yet.", "尚无运行结果。"),
        1 => say!(language, "One run.", "共 1 次运行。"),
        many => say!(language, "{many} runs.", "共 {many} 次运行。"),
    }
}

/// What is being run, and what came to nothing since the server began.
fn jobs(all: &[Arc<Job>], visit: &Visit) -> Vec<Group> {
    let mut failed = 0;
    let shown = all.iter().filter_map(|job| {
        let (state, tone, trouble) = match job.how() {
            None => {
                (visit.of("running", "运行中"), "half", visit.of("its steps are on its page", "步骤见其页面"))
            }
            Some(How::Done) => return None,
            Some(How::Failed) => {
                (visit.of("failed", "失败"), "bad", visit.of("why is on its page", "原因见其页面"))
            }
            Some(How::Cancelled) => {
                (visit.of("cancelled", "已取消"), "none", visit.of("nothing was written", "未写入任何内容"))
            }
        };
        failed += usize::from(job.has_ended());
        // What ran under the same name since says more.
        let is_old = all.iter().any(|other| other.name == job.name && other.id > job.id);
        if job.has_ended() && (is_old || failed > FAILED) {
            return None;
        }
        let begun = job.begun;
        let row = Row {
            name: job.name.clone(),
            link: format!("/job/{}", job.id),
            report: None,
            edit: None,
            says: String::new(),
            written: minute(begun),
            moment: moment(begun),
            state,
            tone,
            figures: None,
            trouble: trouble.to_owned(),
        };
        Some(Group { rows: vec![row], comparison: None })
    });
    shown.collect()
}

fn row(app: &App, shelved: &Shelved, visit: &Visit) -> Row {
    let (state, tone, figures, trouble) = match &shelved.summary {
        None => (
            visit.of("family", "情景族"),
            "none",
            None,
            visit.of("its members left no folders", "成员未留下文件夹").to_owned(),
        ),
        Some(Ok(summary)) => {
            (visit.of("done", "完成"), "good", Some(figures(summary, visit.language)), String::new())
        }
        Some(Err(why)) => {
            let trouble = say!(visit.language, "its figures cannot be read: {why}", "数据无法读取：{why}");
            (visit.of("damaged", "损坏"), "bad", None, trouble)
        }
    };
    let has_scenario =
        shelved.manifest.resolved_scenario.is_some() || app.shelf.scenario(&shelved.name).is_some();
    Row {
        link: link(&shelved.name),
        report: shown(shelved, "report.html"),
        edit: (figures.is_some() && has_scenario).then(|| format!("/new?run={}", encoded(&shelved.name))),
        says: shelved.says().to_owned(),
        written: shelved.written.map(minute).unwrap_or_default(),
        moment: shelved.written.map(moment).unwrap_or_default(),
        name: shelved.name.clone(),
        state,
        tone,
        figures,
        trouble,
    }
}

fn moment(time: SystemTime) -> u128 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis())
}

/// Where our page of a run is.
pub(super) fn link(name: &str) -> String {
    format!("/run/{}", encoded(name))
}

/// Where a page of a run is shown below a bar of ours, when it has one.
pub(super) fn shown(shelved: &Shelved, page: &str) -> Option<String> {
    shelved.manifest.has(page).then(|| format!("/show/{}/{page}", encoded(&shelved.name)))
}

fn figures(summary: &Summary, language: Language) -> Figures {
    let pair = |of: &dyn Fn(&Standing) -> String| format!("{} → {}", of(&summary.now), of(&summary.horizon));
    let (crossings, crossed) = crossed(summary, language);
    let nation = summary.deficits.iter().find(|deficit| deficit.scope == "nation");
    let nation = nation.map_or_else(|| "unknown".to_owned(), DeficitStart::words);
    // Where there is no land, nobody can be in deficit.
    let is_known = has_balance(summary);
    Figures {
        in_deficit: match is_known {
            true => pair(&|standing| standing.in_deficit.len().to_string()),
            false => when("unknown", language).to_owned(),
        },
        at_horizon: if is_known { summary.horizon.in_deficit.len().to_string() } else { String::new() },
        of_regions: match is_known {
            true => say!(language, "of {}", "共 {} 个", summary.regions),
            false => String::new(),
        },
        nation: when(&nation, language).to_owned(),
        years: pair(&|standing| standing.year.to_string()),
        crossed,
        crossings,
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
