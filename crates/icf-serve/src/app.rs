//! What is served under which address.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use icf_report::Language;
use tokio::sync::{Semaphore, watch};

use crate::guard::{self, Guard};
use crate::jobs::Jobs;
use crate::pages::{asset, compare, edit, file, job, language, list, run, show};
use crate::shelf::Shelf;

/// The largest body that is read: a scenario is a page or two.
const LARGEST_BODY: usize = 1 << 20;

/// What every request may see.
pub(crate) struct App {
    pub(crate) guard: Guard,
    pub(crate) shelf: Shelf,
    pub(crate) jobs: Jobs,
    /// As many scenarios may be checked at once; the others wait.
    pub(crate) checks: Semaphore,
    /// The language of who has chosen none.
    pub(crate) language: Option<Language>,
    /// Whether the server ends.
    pub(crate) ending: watch::Sender<bool>,
}

/// Every route, behind the guard.
pub(crate) fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/", get(list::page))
        .route("/run/{name}", get(run::page))
        .route("/show/{name}/{*path}", get(show::page))
        .route("/compare", get(compare::framed))
        .route("/compare/page", get(compare::page))
        .route("/language/{tag}", get(language::choose))
        .route("/new", get(edit::choice))
        .route("/edit", get(edit::page))
        .route("/schema.json", get(edit::schema))
        .route("/check", post(edit::check))
        .route("/begin", post(job::begin))
        .route("/job/{id}", get(job::page))
        .route("/job/{id}/events", get(job::events))
        .route("/job/{id}/cancel", post(job::cancel))
        .route("/assets/{name}", get(asset::get))
        .route(&format!("{}/{{pass}}/{{name}}/{{*path}}", guard::FILES), get(file::get))
        .fallback(crate::answer::nowhere)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(app), guard::guard))
        .with_state(Arc::clone(app))
}
