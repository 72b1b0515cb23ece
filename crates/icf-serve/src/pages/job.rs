//! A scenario that is run: begun, watched, cancelled.

use std::convert::Infallible;
use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use icf_diagnostics::Diagnostics;
use icf_report::say;
use serde::{Deserialize, Serialize};

use super::edit::read;
use crate::answer::{Refusal, aside, json, page as render};
use crate::app::App;
use crate::draft;
use crate::jobs::{Busy, Job};
use crate::visit::Visit;

/// A scenario to be run.
#[derive(Deserialize)]
struct Asked {
    text: String,
    /// Whether a run of that name may be replaced.
    #[serde(default)]
    replace: bool,
}

/// What became of the wish to run it.
#[derive(Default, Serialize)]
struct Told {
    /// Where it can be watched.
    job: Option<String>,
    /// Why it was not begun.
    why: Option<String>,
    /// Whether it could be begun if the run of its name may be replaced.
    is_there: bool,
    diagnostics: Diagnostics,
}

/// Begins a job: 202, or 422 with its mistakes, 409 when its folder is there, 429 when as many run as may.
pub(crate) async fn begin(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    visit: Visit,
    body: Bytes,
) -> Result<Response, Refusal> {
    let asked: Asked = read(&headers, &body)?;
    let made = aside(move || {
        let root = app.shelf.root().to_owned();
        let family = match draft::read(&asked.text, &root) {
            Ok(family) => family,
            Err(diagnostics) => {
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, Told { diagnostics, ..Told::default() }));
            }
        };
        let refused = |status, why: String, is_there| {
            Ok((status, Told { why: Some(why), is_there, ..Told::default() }))
        };
        let name = family.members[0].name.clone();
        if !asked.replace && !app.shelf.is_free(&name) {
            let why = say!(visit.language, "a run named {name} is there already", "已有名为 {name} 的运行");
            return refused(StatusCode::CONFLICT, why, true);
        }
        match app.jobs.begin(family, asked.text, root) {
            Ok(job) => {
                Ok((StatusCode::ACCEPTED, Told { job: Some(format!("/job/{}", job.id)), ..Told::default() }))
            }
            Err(Busy::Same) => {
                let why = say!(visit.language, "{name} is being run right now", "{name} 正在运行");
                refused(StatusCode::CONFLICT, why, false)
            }
            Err(Busy::Full(running)) => {
                let running = running.join(visit.of(" and ", "、"));
                let why = say!(
                    visit.language,
                    "{running} is being run; wait for it, or cancel it",
                    "{running} 正在运行，请等待或将其取消"
                );
                refused(StatusCode::TOO_MANY_REQUESTS, why, false)
            }
        }
    });
    let (status, told) = made.await?;
    Ok(json(status, &told))
}

#[derive(Template)]
#[template(path = "job.html")]
struct Page {
    visit: Visit,
    id: usize,
    name: String,
}

fn find(app: &App, id: &str) -> Result<Arc<Job>, Refusal> {
    let found = id.parse().ok().and_then(|id| app.jobs.find(id));
    found.ok_or_else(|| {
        Refusal::not_found(
            "there is no such job; the server may have begun anew since",
            "没有这个任务，服务器可能已重新启动",
        )
    })
}

/// The page on which it is watched.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Refusal> {
    let job = find(&app, &id)?;
    Ok(render(&Page { visit, id: job.id, name: job.name.clone() }))
}

/// Asks a job to end.
pub(crate) async fn cancel(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    find(&app, &id)?.cancel();
    Ok(StatusCode::ACCEPTED.into_response())
}

/// What is heard of a job, as it is heard, until it ends. A reader who comes again goes on where it was.
pub(crate) async fn events(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let job = find(&app, &id)?;
    let last = headers.get("last-event-id").and_then(|last| last.to_str().ok()?.parse::<usize>().ok());
    let start = last.map_or(0, |last| last + 1);
    let (news, ending) = (job.news(), app.ending.subscribe());
    let stream = stream::unfold(start, move |place| {
        let (job, mut news, mut ending) = (Arc::clone(&job), news.clone(), ending.clone());
        async move {
            loop {
                if let Some(said) = job.since(place).into_iter().next() {
                    let event =
                        Event::default().id(place.to_string()).data(serde_json::to_string(&said).ok()?);
                    return Some((Ok(event), place + 1));
                }
                if job.has_ended() || *ending.borrow_and_update() {
                    return None;
                }
                tokio::select! {
                    heard = news.wait_for(|said| *said > place) => drop(heard.ok()?),
                    ended = ending.changed() => ended.ok()?,
                }
            }
        }
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}
