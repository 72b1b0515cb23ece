//! Runs side by side, on the page that the members of a family have.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use icf_workflow::{Finished, side_by_side};

use crate::answer::{Refusal, aside};
use crate::app::App;
use crate::guard::OF_FILES;

/// More columns than these are no help to a reader.
const MOST: usize = 50;

/// `?run=NAME&run=NAME`, the one that others are held against first.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        if key == "run" && !names.iter().any(|name| *name == value) {
            names.push(value.into_owned());
        }
    }
    if names.len() < 2 || names.len() > MOST {
        let why = format!("two runs at least, and {MOST} at most, can be put side by side");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, &why));
    }
    let made = aside(move || {
        let mut runs = Vec::new();
        for name in &names {
            let folder = app.shelf.run_folder(name);
            let folder = folder.ok_or_else(|| Refusal::not_found(&format!("there is no run {name}")))?;
            let read = Finished::read(&folder);
            runs.push(read.map_err(|why| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, &why.to_string()))?);
        }
        let page = side_by_side(&runs);
        page.map_err(|why| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, &why.to_string()))
    });
    let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
    Ok(([kind, (CONTENT_SECURITY_POLICY, OF_FILES)], made.await?).into_response())
}
