//! A page of a run below a slim bar that leads back. The page itself is the file as it was written, in a frame.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::list::link;
use crate::answer::{Refusal, aside, page as render};
use crate::app::App;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "frame.html")]
pub(super) struct Frame {
    pub(super) visit: Visit,
    pub(super) title: String,
    /// Our page of the run.
    pub(super) run: Option<String>,
    /// What is shown in the frame.
    pub(super) inner: String,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    Path((name, path)): Path<(String, String)>,
    visit: Visit,
) -> Result<Response, Refusal> {
    let made = aside(move || {
        let found =
            app.shelf.find(&name).filter(|found| found.manifest.has(&path) && path.ends_with(".html"));
        let found = found.ok_or_else(|| {
            Refusal::not_found("the run has written no such page", "该运行没有写出这个页面")
        })?;
        let inner = format!("{}/{path}", app.guard.files(&found.name));
        Ok(Frame { visit, run: Some(link(&found.name)), title: found.name, inner })
    });
    Ok(render(&made.await?))
}
