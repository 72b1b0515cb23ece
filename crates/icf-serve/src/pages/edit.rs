//! The page on which a scenario is written, and what it asks for.

use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use icf_report::say;
use icf_workflow::presets;
use serde::de::DeserializeOwned;

use crate::answer::{Refusal, aside, json, page as render};
use crate::app::App;
use crate::draft;
use crate::shelf::Shelf;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "new.html")]
struct Choice {
    visit: Visit,
    presets: Vec<Start>,
    /// Scenarios of the project that cannot be started from.
    apart: &'static [&'static str],
    /// The run to start from.
    run: Option<Start>,
}

/// A scenario to start from.
struct Start {
    name: String,
    about: String,
}

/// The values of a query.
fn query(query: Option<String>) -> impl Fn(&str) -> Option<String> {
    let query = query.unwrap_or_default();
    move |key| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(of, _)| of == key).map(|(_, value)| value.trim().to_owned())
    }
}

/// What to start from, and what the copy is called: the scenarios that come with the program, or `?run=NAME`.
pub(crate) async fn choice(
    State(app): State<Arc<App>>,
    RawQuery(asked): RawQuery,
    visit: Visit,
) -> Result<Response, Refusal> {
    let asked = query(asked);
    let made = aside(move || {
        let run = asked("run").map(|name| {
            let found = app.shelf.find(&name).ok_or_else(no_run)?;
            Ok::<_, Refusal>(Start { about: found.says().to_owned(), name })
        });
        let about = |name| presets::load(name).map(|loaded| loaded.scenario().description.clone());
        let presets = presets::PRESETS
            .iter()
            .map(|(name, _)| Start { name: (*name).to_owned(), about: about(name).unwrap_or_default() });
        Ok(Choice { presets: presets.collect(), apart: &presets::APART, run: run.transpose()?, visit })
    });
    Ok(render(&made.await?))
}

fn no_run() -> Refusal {
    Refusal::not_found("there is no such run", "没有这次运行")
}

#[derive(Template)]
#[template(path = "edit.html")]
struct Page {
    visit: Visit,
    from: String,
    text: String,
    folder: String,
}

/// A copy of a scenario, `?preset=NAME` or `?run=NAME`, under a `name` that is free unless one is given, with a `description` of
/// its own.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(asked): RawQuery,
    visit: Visit,
) -> Result<Response, Refusal> {
    let asked = query(asked);
    let made = aside(move || {
        let given = |key: &str| asked(key).filter(|value| !value.is_empty());
        let preset = given("preset").unwrap_or_else(|| presets::BASELINE.0.to_owned());
        let from = given("run").unwrap_or_else(|| preset.clone());
        let name = given("name").unwrap_or_else(|| app.shelf.free_name(&from));
        let text = match given("run") {
            Some(run) => of_run(&app.shelf, &run, &name)?,
            None => presets::copy(&preset, &name).map_err(|why| {
                let chinese = format!("没有名为 {preset} 的自带情景");
                Refusal::not_found(why, chinese)
            })?,
        };
        // What the scenario said of itself is not true of a copy that is to be changed.
        let description = given("description")
            .unwrap_or_else(|| say!(visit.language, "Starts from {from}.", "以 {from} 为起点。"));
        let text = changed(text, "description", &description);
        Ok(Page { from, text, folder: app.shelf.root().display().to_string(), visit })
    });
    Ok(render(&made.await?))
}

/// A text with another value of a key; as it was where that cannot be.
fn changed(text: String, key: &str, value: &str) -> String {
    icf_scenario::edit(&text, key, icf_scenario::Change::Text(value)).unwrap_or(text)
}

/// The text of the scenario of a run under another name: as it was saved here, or else every key that it ran with.
fn of_run(shelf: &Shelf, run: &str, name: &str) -> Result<String, Refusal> {
    if let Some(text) = shelf.scenario(run) {
        return Ok(changed(text, "name", name));
    }
    let found = shelf.find(run).ok_or_else(no_run)?;
    let resolved = found.manifest.resolved_scenario;
    let resolved =
        resolved.ok_or_else(|| Refusal::not_found("the run names no scenario", "该运行没有记录情景"))?;
    let loaded = icf_scenario::load_str(&format!("{run}.yaml"), &resolved, Some(shelf.root()));
    Ok(match loaded {
        Ok(loaded) => presets::written_out(loaded.scenario(), name),
        // Another version of the program may have written it; the page says what is wrong with it.
        Err(_) => resolved,
    })
}

/// The published schema, of which the form is made.
pub(crate) async fn schema() -> Response {
    json(StatusCode::OK, &icf_scenario::json_schema())
}

/// What is wrong with a scenario, after one change if one is asked for.
pub(crate) async fn check(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let asked: draft::Asked = read(&headers, &body)?;
    // One scenario is checked at a time; who no longer waits has closed the connection, and is not checked for.
    let _turn =
        app.checks.acquire().await.map_err(|_| Refusal::not_found("the server ends", "服务器正在结束"))?;
    let asking = Arc::clone(&app);
    let told = aside(move || Ok(draft::told(&asked, asking.shelf.root()))).await?;
    Ok(json(StatusCode::OK, &told))
}

/// The value of a body of JSON. A form of another site cannot send that type.
pub(super) fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Refusal> {
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().is_none_or(|kind| kind.trim() != "application/json") {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body must be application/json",
            "请求正文须为 application/json",
        ));
    }
    serde_json::from_slice(body).map_err(|error| {
        Refusal::new(StatusCode::BAD_REQUEST, format!("the body: {error}"), format!("请求正文：{error}"))
    })
}
