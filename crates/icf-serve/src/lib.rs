//! A local server that shows runs in a browser: `icf serve`.
//!
//! | what | where |
//! |---|---|
//! | who may ask | `guard.rs`: token, host, origin, headers of each answer |
//! | what lies in the runs folder | `shelf.rs`: runs, families, and the files that their manifests name |
//! | scenarios that are written | `draft.rs`: what is wrong with one, and one value changed |
//! | scenarios that run | `jobs.rs`: how many at once, what is heard of them, how they end |
//! | the pages | `pages/`, one file each, with templates, style and script in `templates/` |
//!
//! One person uses it on their own machine. It answers one address, only to who brings the token that was printed when it
//! began, and it reads and writes below the runs folder alone. Nothing of it runs unless it is asked for: the runtime is
//! built in [`serve`].
//!
//! What this crate does not do: it prints nothing, and it computes nothing that a run does not.
#![expect(clippy::disallowed_methods, reason = "it shows files")]

mod answer;
mod app;
mod draft;
mod guard;
mod jobs;
mod pages;
mod shelf;

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// What a server shows, and where.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of runs.
    pub runs: PathBuf,
    /// The address to listen on.
    pub host: IpAddr,
    /// The port; 0 for one that is free.
    pub port: u16,
    /// Threads of a run; all cores without it.
    pub threads: Option<NonZeroUsize>,
    /// How many scenarios may run at once.
    pub at_once: NonZeroUsize,
}

/// Why there is no server.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The runs folder is none.
    #[error("{}: {why}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The address cannot be had.
    #[error("{address} cannot be listened on: {error}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The system gives no random numbers.
    #[error("no token can be made: {0}")]
    Token(getrandom::Error),
    /// The server ended by itself.
    #[error("the server failed: {0}")]
    Failed(#[from] std::io::Error),
}

/// How long open connections may take to end.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// Serves until Ctrl-C. `announce` is told the address with the token once the server listens.
///
/// # Errors
/// When there is no such folder, the address cannot be had, or the server fails.
pub fn serve(settings: &Settings, announce: impl FnOnce(&str)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(listen(settings, announce));
    // A file that is being read for nobody must not keep the program.
    runtime.shutdown_background();
    done
}

async fn listen(settings: &Settings, announce: impl FnOnce(&str)) -> Result<(), ServeError> {
    let shelf = shelf::Shelf::open(&settings.runs)?;
    let address = SocketAddr::new(settings.host, settings.port);
    let refused = |error| ServeError::Address { address, error };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let guard = guard::Guard::new(address).map_err(ServeError::Token)?;
    announce(&guard.url());
    let jobs = jobs::Jobs::new(settings.at_once.get(), settings.threads.map(NonZeroUsize::get));
    let app = Arc::new(app::App {
        guard,
        shelf,
        jobs,
        checks: Semaphore::new(1),
        ending: watch::Sender::new(false),
    });
    let mut told = app.ending.subscribe();
    let server = axum::serve(listener, app::router(&app)).with_graceful_shutdown(async move {
        // An error means that nobody is left to tell, which is an end too.
        told.wait_for(|is_ending| *is_ending).await.ok();
    });
    let end = async {
        tokio::signal::ctrl_c().await?;
        app.ending.send_replace(true);
        tokio::time::sleep(LAST_WORDS).await;
        Ok::<(), std::io::Error>(())
    };
    let served = tokio::select! {
        served = server.into_future() => served,
        ended = end => ended,
    };
    // Nothing half-written is left behind.
    app.jobs.stop(LAST_WORDS);
    Ok(served?)
}
