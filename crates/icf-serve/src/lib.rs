//! A local server that shows runs in a browser: `icf serve`.
//!
//! | what | where |
//! |---|---|
//! | who may ask | `guard.rs`: token, host, origin, headers of each answer |
//! | what lies in the runs folder | `shelf.rs`: runs, families, and the files that their manifests name |
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
mod guard;
mod pages;
mod shelf;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;

/// What a server shows, and where.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of runs.
    pub runs: PathBuf,
    /// The address to listen on.
    pub host: IpAddr,
    /// The port; 0 for one that is free.
    pub port: u16,
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
    let ended = tokio::sync::watch::Sender::new(false);
    let router = app::router(app::App { guard, shelf });
    let mut told = ended.subscribe();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        // An error means that nobody is left to tell, which is an end too.
        told.wait_for(|is_ended| *is_ended).await.ok();
    });
    let end = async {
        tokio::signal::ctrl_c().await?;
        ended.send_replace(true);
        tokio::time::sleep(LAST_WORDS).await;
        Ok::<(), std::io::Error>(())
    };
    tokio::select! {
        served = server.into_future() => Ok(served?),
        ended = end => Ok(ended?),
    }
}
