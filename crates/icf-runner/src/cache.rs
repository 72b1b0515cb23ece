//! What the members of a family have in common, computed once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use icf_results::PaperClaimRow;
use serde::Serialize;

use crate::accounts::History;
use crate::space::{Neighbours, Space};
use crate::{Opened, sha256};

/// Results that several runs of one call may share, each by what decides it: where the data lie, and the part of the
/// scenario. Nothing outlives the call, so that data which change on the disk meanwhile are not met.
#[derive(Default)]
pub struct Cache {
    pub(crate) datasets: Shared<Opened>,
    pub(crate) histories: Shared<History>,
    pub(crate) neighbours: Shared<Neighbours>,
    pub(crate) spaces: Shared<Space>,
    pub(crate) claims: Shared<Vec<PaperClaimRow>>,
}

/// Values by the key of their content.
pub(crate) struct Shared<T>(Mutex<HashMap<String, Arc<T>>>);

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Shared<T> {
    /// The value of a key, made when it is not there. The lock is not held meanwhile: two threads may make the same value,
    /// and none waits for another.
    pub(crate) fn get<E>(&self, key: &str, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let known = || self.0.lock().expect("nothing panics while it holds the lock");
        if let Some(value) = known().get(key) {
            return Ok(Arc::clone(value));
        }
        let made = Arc::new(make()?);
        Ok(Arc::clone(known().entry(key.to_owned()).or_insert(made)))
    }
}

/// A key made of parts: the hash of what they are written as.
pub(crate) fn key(parts: &[&str]) -> String {
    sha256(parts.join("\u{0}").as_bytes())
}

/// A part of a scenario as text for a key.
pub(crate) fn part(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("a part of a scenario is made of text, numbers, lists and maps")
}
