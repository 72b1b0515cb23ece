//! The page on which a scenario is written, and what it asks for.

use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use icf_workflow::presets;
use serde::de::DeserializeOwned;

use crate::answer::{Refusal, aside, json, page as render};
use crate::app::App;
use crate::draft;
use crate::shelf::Shelf;

#[derive(Template)]
#[template(path = "new.html")]
struct Choice {
    presets: Vec<Preset>,
}

/// A scenario to start from.
struct Preset {
    name: &'static str,
    about: String,
}

/// The scenarios that come with the program.
pub(crate) async fn choice() -> Result<Response, Refusal> {
    let made = aside(|| {
        let about = |name| presets::load(name).map(|loaded| loaded.scenario().description.clone());
        let presets =
            presets::PRESETS.iter().map(|(name, _)| Preset { name, about: about(name).unwrap_or_default() });
        Ok(Choice { presets: presets.collect() })
    });
    Ok(render(&made.await?))
}

#[derive(Template)]
#[template(path = "edit.html")]
struct Page {
    from: String,
    text: String,
    folder: String,
}

/// A scenario to start from, `?preset=NAME` or `?run=NAME`, under a name that is free.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    let of = |key: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(of, _)| of == key)
            .map(|(_, value)| value.into_owned())
    };
    let (preset, run) = (of("preset"), of("run"));
    let made = aside(move || {
        let (from, text) = match (preset, run) {
            (_, Some(run)) => {
                let text = of_run(&app.shelf, &run)?;
                (run, text)
            }
            (preset, None) => {
                let preset = preset.unwrap_or_else(|| presets::BASELINE.0.to_owned());
                let loaded = presets::load(&preset).map_err(|why| Refusal::not_found(&why))?;
                let text = presets::written_out(loaded.scenario(), &app.shelf.free_name(&preset));
                (preset, text)
            }
        };
        Ok(Page { from, text, folder: app.shelf.root().display().to_string() })
    });
    Ok(render(&made.await?))
}

/// The text of the scenario of a run: as it was saved here, or else every key that it ran with.
fn of_run(shelf: &Shelf, run: &str) -> Result<String, Refusal> {
    if let Some(text) = shelf.scenario(run) {
        let free = shelf.free_name(run);
        return Ok(icf_scenario::edit(&text, "name", icf_scenario::Change::Text(&free)).unwrap_or(text));
    }
    let found = shelf.find(run).ok_or_else(|| Refusal::not_found("there is no such run"))?;
    let resolved =
        found.manifest.resolved_scenario.ok_or_else(|| Refusal::not_found("the run names no scenario"))?;
    let loaded = icf_scenario::load_str(&format!("{run}.yaml"), &resolved, Some(shelf.root()));
    let free = shelf.free_name(run);
    Ok(match loaded {
        Ok(loaded) => presets::written_out(loaded.scenario(), &free),
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
    let _turn = app.checks.acquire().await.map_err(|_| Refusal::not_found("the server ends"))?;
    let asking = Arc::clone(&app);
    let told = aside(move || Ok(draft::told(&asked, asking.shelf.root()))).await?;
    Ok(json(StatusCode::OK, &told))
}

/// The value of a body of JSON. A form of another site cannot send that type.
pub(super) fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Refusal> {
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().is_none_or(|kind| kind.trim() != "application/json") {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body must be application/json"));
    }
    serde_json::from_slice(body)
        .map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, &format!("the body: {error}")))
}
