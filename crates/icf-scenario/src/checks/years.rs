//! The years of the history.

use icf_diagnostics::Diagnostic;

use crate::Loaded;

pub(super) fn in_order(loaded: &Loaded) -> Vec<Diagnostic> {
    let years = loaded.scenario().years;
    if years.first <= years.last {
        return Vec::new();
    }
    let message = format!("the history ends in {}, before it begins in {}", years.last, years.first);
    vec![loaded.diagnose("years.last", "years-out-of-order", message).hint("exchange `first` and `last`")]
}
