//! What the members of a family have in common, computed once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_ensemble::{Block, Chain, Drawn};
use icf_landcover::{RasterError, RasterFile, ReadAt};
use icf_results::PaperClaimRow;
use serde::Serialize;

use crate::accounts::History;
use crate::hindsight::OfCandidates;
use crate::space::{Neighbours, Space};
use crate::trajectories::Used;
use crate::{Opened, sha256};

/// Results that several runs of one call may share, each by what decides it: where the data lie, and the part of the
/// scenario. Nothing outlives the call, so that data which change on the disk meanwhile are not met.
#[derive(Default)]
pub struct Cache {
    pub(crate) datasets: Shared<Opened>,
    pub(crate) histories: Shared<History>,
    /// What models say of a quantity.
    pub(crate) used: Shared<Used>,
    /// What models that need no parameters would have said of a history.
    pub(crate) hindsights: Shared<Vec<Arc<OfCandidates>>>,
    /// Histories, projections and levers that were checked, with what was warned of.
    pub(crate) projectable: Shared<Diagnostics>,
    pub(crate) neighbours: Shared<Neighbours>,
    pub(crate) spaces: Shared<Space>,
    pub(crate) claims: Shared<Vec<PaperClaimRow>>,
    is_stopped: AtomicBool,
}

impl Cache {
    /// Makes every run that shares this end at its next step, without results.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked for that.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Between two steps of a run, and between parts of a long one.
    ///
    /// # Errors
    /// When somebody asked for its end.
    pub fn go_on(&self) -> Result<(), Diagnostics> {
        if self.is_stopped() {
            Err(Diagnostic::error("stopped", "the run was stopped").into())
        } else {
            Ok(())
        }
    }
}

/// A chain of draws that ends with its run: each block of draws looks whether somebody stopped it.
pub(crate) struct Stoppable<'a, C, M> {
    pub(crate) chain: &'a C,
    /// What the chain's own errors are as mistakes.
    pub(crate) mistakes: M,
    pub(crate) cache: &'a Cache,
}

impl<C: Chain, M: Fn(C::Error) -> Diagnostics + Sync> Chain for Stoppable<'_, C, M> {
    type Error = Diagnostics;

    fn carry(&self, drawn: &Drawn, block: &mut Block) -> Result<(), Diagnostics> {
        self.cache.go_on()?;
        self.chain.carry(drawn, block).map_err(&self.mistakes)
    }
}

/// A raster's file that ends with its run: each part that is read looks whether somebody stopped it.
pub(crate) struct StoppableFile<'a> {
    pub(crate) file: RasterFile,
    pub(crate) cache: &'a Cache,
}

impl ReadAt for StoppableFile<'_> {
    fn length(&self) -> u64 {
        self.file.length()
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), RasterError> {
        if self.cache.is_stopped() {
            return Err(RasterError::Unreadable("it is read no further: the run was stopped".to_owned()));
        }
        self.file.read_at(offset, into)
    }
}

/// Values by the key of their content, the one used last at the end.
pub(crate) struct Shared<T>(Mutex<Vec<(String, Arc<T>)>>);

/// As many values are kept. A sweep of a hundred thousand points that turns a key of the accounts makes as many histories;
/// those not asked for since longest go first.
const ROOM: usize = 64;

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Shared<T> {
    /// The value of a key, made when it is not there. The lock is not held meanwhile: two threads may make the same value,
    /// and none waits for another.
    pub(crate) fn get<E>(&self, key: &str, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        if let Some(value) = find(&mut self.lock(), key) {
            return Ok(value);
        }
        let made = Arc::new(make()?);
        let mut values = self.lock();
        if let Some(value) = find(&mut values, key) {
            return Ok(value);
        }
        if values.len() >= ROOM {
            values.remove(0);
        }
        values.push((key.to_owned(), Arc::clone(&made)));
        Ok(made)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(String, Arc<T>)>> {
        self.0.lock().expect("nothing panics while it holds the lock")
    }
}

/// The value of a key, which goes to the end.
fn find<T>(values: &mut Vec<(String, Arc<T>)>, key: &str) -> Option<Arc<T>> {
    let place = values.iter().rposition(|(of, _)| of == key)?;
    let found = values.remove(place);
    let value = Arc::clone(&found.1);
    values.push(found);
    Some(value)
}

/// A key made of parts: the hash of what they are written as.
pub(crate) fn key(parts: &[&str]) -> String {
    sha256(parts.join("\u{0}").as_bytes())
}

/// A part of a scenario as text for a key.
pub(crate) fn part(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("a part of a scenario is made of text, numbers, lists and maps")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_used_last_stays_and_the_memory_is_bounded() {
        let cache = Shared::<usize>::default();
        let get = |key: usize, value: usize| {
            *cache.get(&key.to_string(), || Ok::<_, ()>(value)).expect("nothing keeps it from being made")
        };
        assert_eq!(get(0, 0), 0);
        for key in 1..10 * ROOM {
            assert_eq!(get(key, key), key);
            assert_eq!(get(0, 1), 0, "what every point uses is made once");
        }
        assert_eq!(cache.lock().len(), ROOM);
        assert_eq!(get(1, 5), 5, "what was long not used is made again");
        assert!(cache.get("failing", || Err::<usize, _>("why")).is_err());
    }
}
