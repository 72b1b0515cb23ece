//! What is served under which address.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;

use crate::guard::{self, Guard};
use crate::pages::{asset, file, list, run};
use crate::shelf::Shelf;

/// The largest body that is read: a scenario is a page or two.
const LARGEST_BODY: usize = 1 << 20;

/// What every request may see.
pub(crate) struct App {
    pub(crate) guard: Guard,
    pub(crate) shelf: Shelf,
}

/// Every route, behind the guard.
pub(crate) fn router(app: App) -> Router {
    let app = Arc::new(app);
    Router::new()
        .route("/", get(list::page))
        .route("/run/{name}", get(run::page))
        .route("/assets/{name}", get(asset::get))
        .route(&format!("{}/{{pass}}/{{name}}/{{*path}}", guard::FILES), get(file::get))
        .fallback(crate::answer::nowhere)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}
