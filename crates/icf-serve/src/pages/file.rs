//! A file of a run as it was written.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::answer::{Refusal, aside};
use crate::app::App;

pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Path((_, name, path)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let kind = kind(&path);
    let read = move || {
        let found = app.shelf.file(&name, &path);
        Ok(found.ok_or_else(|| {
            Refusal::not_found("the run has written no such file", "该运行没有写出这个文件")
        })??)
    };
    Ok(([(CONTENT_TYPE, kind)], aside(read).await?).into_response())
}

/// What a browser is to take a file for; what it cannot show, it keeps.
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "csv" | "md" | "yaml" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "geojson" => "application/geo+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "gpkg" => "application/geopackage+sqlite3",
        "parquet" => "application/vnd.apache.parquet",
        _ => "application/octet-stream",
    }
}
