//! Script, style and picture of the pages.

use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::answer::Refusal;

/// Name, type and content of each.
const ASSETS: [(&str, &str, &str); 5] = [
    ("report.css", "text/css; charset=utf-8", icf_report::STYLE),
    ("serve.css", "text/css; charset=utf-8", include_str!("../../templates/serve.css")),
    ("edit.js", "text/javascript; charset=utf-8", include_str!("../../templates/edit.js")),
    ("job.js", "text/javascript; charset=utf-8", include_str!("../../templates/job.js")),
    ("icon.svg", "image/svg+xml", include_str!("../../templates/icon.svg")),
];

pub(crate) async fn get(Path(name): Path<String>) -> Result<Response, Refusal> {
    let found = ASSETS.iter().find(|(of, ..)| *of == name);
    let (_, kind, text) = found.ok_or_else(|| Refusal::not_found("there is no such file"))?;
    Ok(([(CONTENT_TYPE, *kind)], *text).into_response())
}
