//! A local server that shows runs in a browser: `icf serve`.
//!
//! | what | where |
//! |---|---|
//! | who may ask | `guard.rs`: token, host, origin, headers of each answer |
//! | what lies in the runs folder | `shelf.rs`: runs, families, and the files that their manifests name |
//! | scenarios that are written | `draft.rs`: what is wrong with one, and one value changed |
//! | scenarios that run | `jobs.rs`: how many at once, what is heard of them, how they end |
//! | in which language | `visit.rs`: the one chosen, the command's or the browser's |
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
mod visit;

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

pub use guard::Addresses;
pub use icf_report::Language;
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
    /// The language of the pages; that of the browser without it.
    pub language: Option<Language>,
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
    /// It was ended by force.
    #[error(
        "ended without waiting for its runs; what they were writing may lie in folders of the runs folder that begin with .icf-"
    )]
    Forced,
    /// The server ended by itself.
    #[error("the server failed: {0}")]
    Failed(#[from] std::io::Error),
}

/// How long open connections may take to end.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What there is to be told of a server while it serves.
#[derive(Clone, Debug)]
pub enum Notice {
    /// It listens.
    Open(Addresses),
    /// It was asked to end, and does when these runs have; if there are none, at once.
    Ending {
        /// The names of the runs.
        running: Vec<String>,
    },
}

/// Serves until Ctrl-C, and is told of by `tell`. Then its runs end at their next step; a second Ctrl-C does not wait for them.
///
/// # Errors
/// When there is no such folder, the address cannot be had, the server fails, or it was not to wait for its runs.
pub fn serve(settings: &Settings, tell: impl Fn(&Notice)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(listen(settings, tell));
    // A file that is being read for nobody must not keep the program.
    runtime.shutdown_background();
    done
}

async fn listen(settings: &Settings, tell: impl Fn(&Notice)) -> Result<(), ServeError> {
    let shelf = shelf::Shelf::open(&settings.runs)?;
    let address = SocketAddr::new(settings.host, settings.port);
    let refused = |error| ServeError::Address { address, error };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let guard = guard::Guard::new(address).map_err(ServeError::Token)?;
    tell(&Notice::Open(guard.addresses()));
    let jobs = jobs::Jobs::new(settings.at_once.get(), settings.threads.map(NonZeroUsize::get));
    let app = Arc::new(app::App {
        guard,
        shelf,
        jobs,
        checks: Semaphore::new(1),
        language: settings.language,
        ending: watch::Sender::new(false),
    });
    let is_ending = || {
        let mut told = app.ending.subscribe();
        // An error means that nobody is left to tell, which is an end too.
        async move { drop(told.wait_for(|is_ending| *is_ending).await) }
    };
    let server = axum::serve(listener, app::router(&app)).with_graceful_shutdown(is_ending());
    let late = async {
        is_ending().await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    let serving = async {
        tokio::select! {
            served = server.into_future() => served,
            () = late => Ok(()),
        }
    };
    let ending = async {
        tokio::signal::ctrl_c().await?;
        app.ending.send_replace(true);
        let running = app.jobs.stop();
        tell(&Notice::Ending { running: running.iter().map(|job| job.name.clone()).collect() });
        let ended = async {
            for job in &running {
                job.ended().await;
            }
        };
        tokio::select! {
            () = ended => Ok(()),
            again = tokio::signal::ctrl_c() => again.map_err(ServeError::from).and(Err(ServeError::Forced)),
        }
    };
    let (mut serving, mut ending) = (pin!(serving), pin!(ending));
    tokio::select! {
        served = &mut serving => {
            served?;
            if *app.ending.borrow() { ending.await } else { Ok(()) }
        }
        ended = &mut ending => {
            ended?;
            Ok(serving.await?)
        }
    }
}
