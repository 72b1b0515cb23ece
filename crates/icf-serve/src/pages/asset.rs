//! Script, style and picture of the pages.

use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::answer::Refusal;

/// The style of our pages, beside that of reports.
pub(crate) const STYLE: &str = include_str!("../../templates/serve.css");

/// Name, type and content of each.
const ASSETS: [(&str, &str, &str); 7] = [
    ("report.css", "text/css; charset=utf-8", icf_report::STYLE),
    ("serve.css", "text/css; charset=utf-8", STYLE),
    ("words.js", "text/javascript; charset=utf-8", include_str!("../../templates/words.js")),
    ("list.js", "text/javascript; charset=utf-8", include_str!("../../templates/list.js")),
    ("edit.js", "text/javascript; charset=utf-8", include_str!("../../templates/edit.js")),
    ("job.js", "text/javascript; charset=utf-8", include_str!("../../templates/job.js")),
    ("icon.svg", "image/svg+xml", include_str!("../../templates/icon.svg")),
];

pub(crate) async fn get(Path(name): Path<String>) -> Result<Response, Refusal> {
    let found = ASSETS.iter().find(|(of, ..)| *of == name);
    let (_, kind, text) = found.ok_or_else(|| Refusal::not_found("there is no such file", "没有这个文件"))?;
    Ok(([(CONTENT_TYPE, *kind)], *text).into_response())
}
