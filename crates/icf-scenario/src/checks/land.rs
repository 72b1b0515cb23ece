//! The land that takes up carbon.

use icf_diagnostics::Diagnostic;

use crate::{LandHistory, LandSource, Loaded};

/// Land that shrinks faster has another history than a constant rate.
const LOWEST_RATE: f64 = -50.0;

/// Shares are written with a few digits, and their sum must still be one.
const TOLERANCE: f64 = 1e-9;

pub(super) fn shares_sum_to_one(loaded: &Loaded) -> Vec<Diagnostic> {
    let classes = &loaded.scenario().land.classes;
    let sum: f64 = classes.values().map(|class| class.share).sum();
    if (sum - 1.0).abs() <= TOLERANCE {
        return Vec::new();
    }
    let shares: Vec<_> = classes.iter().map(|(name, class)| format!("{name} {}", class.share)).collect();
    // The sum is rounded for the eye, and never to the one that it is not.
    let message = format!("the shares of the land classes sum to {}, not to 1", trimmed(sum));
    vec![loaded.diagnose("land.classes", "shares-not-one", message).hint(shares.join(", "))]
}

fn trimmed(sum: f64) -> f64 {
    const DIGITS: f64 = 1e10;
    (sum * DIGITS).round() / DIGITS
}

/// The map is carried back by dividing by 1 + rate, so nothing can have been lost altogether.
pub(super) fn history_can_be_traced_back(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(LandHistory::Rate { rate }) = loaded.scenario().land.history else { return Vec::new() };
    if rate.percent() > LOWEST_RATE {
        return Vec::new();
    }
    let message = format!("`land.history` cannot be traced back at {rate}: little or nothing would be left");
    let mistake = loaded.diagnose("land.history.rate", "history-untraceable", message);
    vec![mistake.hint(format!("the rate lies above {LOWEST_RATE} %/yr"))]
}

pub(super) fn history_needs_one_map(loaded: &Loaded) -> Vec<Diagnostic> {
    let land = &loaded.scenario().land;
    if land.history.is_none() || land.source == LandSource::Modis2019 {
        return Vec::new();
    }
    let message =
        "`land.history` carries the map of 2019 to other years, and `inventory` has its own".to_owned();
    let mistake = loaded.diagnose("land.history", "history-without-map", message);
    vec![mistake.hint("write `history: ~`, or `source: modis-2019`")]
}
