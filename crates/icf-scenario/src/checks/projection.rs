//! How the history goes on.

use icf_diagnostics::Diagnostic;

use crate::{Loaded, Model};

/// Years that a trend has at least: through fewer it has no error to speak of.
const SHORTEST_TREND: i32 = 3;
/// Years between whose ends there is a rate.
const SHORTEST_RATE: i32 = 2;

pub(super) fn horizon_after_history(loaded: &Loaded) -> Vec<Diagnostic> {
    let (last, horizon) = (loaded.scenario().years.last, loaded.scenario().projection.horizon);
    if horizon > last {
        return Vec::new();
    }
    let message = format!("the horizon {horizon} is not after the last year of the history, {last}");
    let mistake = loaded.diagnose("projection.horizon", "horizon-not-after-history", message);
    vec![mistake.hint(format!("write a year after {last}"))]
}

pub(super) fn fitted_windows(loaded: &Loaded) -> Vec<Diagnostic> {
    let years = loaded.scenario().years;
    let mut mistakes = Vec::new();
    if years.first > years.last {
        return mistakes;
    }
    for (key, model) in loaded.scenario().projection.models() {
        let (from, to, shortest) = match *model {
            Model::LogLinear { from, to, .. } | Model::TheilSen { from, to, .. } => {
                (from, to, SHORTEST_TREND)
            }
            Model::Cagr { from, to } => (from, to, SHORTEST_RATE),
            _ => continue,
        };
        let ends = [("from", from), ("to", to)].map(|(end, year)| year.map(|year| (end, year)));
        let (from, to) = (from.unwrap_or(years.first), to.unwrap_or(years.last));
        let hint = format!(
            "write at least {shortest} years within {}–{}; without `from` and `to` they are the whole history",
            years.first, years.last
        );
        let mut mistake = |end: &str, code, message| {
            mistakes.push(loaded.diagnose(&format!("{key}.{end}"), code, message).hint(hint.clone()));
        };
        let mut inside = true;
        for (end, year) in ends.into_iter().flatten() {
            if year < years.first || year > years.last {
                let message = format!("{year} is not a year of the history, {}–{}", years.first, years.last);
                mistake(end, "year-outside-history", message);
                inside = false;
            }
        }
        if !inside {
            continue;
        }
        if to < from {
            mistake(
                "to",
                "years-out-of-order",
                format!("the fitted years end in {to}, before they begin in {from}"),
            );
        } else if to.since(from) + 1 < shortest {
            let what = if shortest == SHORTEST_RATE { "a rate" } else { "a trend" };
            let message = format!("{what} needs at least {shortest} years, found {from}–{to}");
            mistake("from", "too-few-years", message);
        }
    }
    mistakes
}

pub(super) fn path_points(loaded: &Loaded) -> Vec<Diagnostic> {
    let (last, horizon) = (loaded.scenario().years.last, loaded.scenario().projection.horizon);
    let mut mistakes = Vec::new();
    for (key, model) in loaded.scenario().projection.models() {
        let Model::Path { points, .. } = model else { continue };
        let parent = format!("{key}.points");
        for year in points.keys().copied() {
            let mistake = |code, message| loaded.diagnose_key(&parent, &year.to_string(), code, message);
            if year <= last || year > horizon {
                let message = format!("{year} is not a projected year: they are {}–{horizon}", last.next());
                mistakes.push(
                    mistake("year-outside-projection", message).hint("take it out, or move the horizon"),
                );
            } else if let Some(before) = loaded.behind(&parent, &year.to_string()) {
                let message = format!("{year} stands after {before}");
                mistakes.push(mistake("years-out-of-order", message).hint("write the years in order"));
            }
        }
    }
    mistakes
}

pub(super) fn peaks(loaded: &Loaded) -> Vec<Diagnostic> {
    let last = loaded.scenario().years.last;
    let mut mistakes = Vec::new();
    for (key, model) in loaded.scenario().projection.models() {
        let Model::LogisticPeak { peak, height, steepest, floor } = *model else { continue };
        let mut mistake = |of: &str, code, message| {
            mistakes.push(loaded.diagnose(&format!("{key}.{of}"), code, message));
        };
        if peak <= last {
            mistake(
                "peak",
                "year-outside-projection",
                format!("the peak in {peak} is not after the history, which ends in {last}"),
            );
        }
        if steepest <= peak {
            mistake(
                "steepest",
                "years-out-of-order",
                format!("the steepest fall in {steepest} is not after the peak in {peak}"),
            );
        }
        if height.fraction() < 1.0 {
            mistake(
                "height",
                "out-of-range",
                format!("a peak of {height} lies below the last historical value"),
            );
        }
        if floor >= height {
            mistake("floor", "out-of-range", format!("a fall from {height} to {floor} is none"));
        }
    }
    mistakes
}

/// Which models can be made of which.
pub(super) fn parts(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (key, model) in loaded.scenario().projection.models() {
        let of_emissions = key.split('.').any(|step| step == "emissions");
        if matches!(model, Model::Kaya { .. }) && !of_emissions {
            let message = "kaya makes emissions, and nothing else".to_owned();
            mistakes.push(loaded.diagnose(&key, "model-out-of-place", message).hint("choose another model"));
        }
        for (part, inner) in model.parts() {
            let refused = match (model, inner) {
                (Model::Best { .. }, Model::Best { .. }) => {
                    Some("best chooses among models that are not best themselves")
                }
                (Model::Best { .. }, Model::Path { .. } | Model::LogisticPeak { .. }) => {
                    Some("a model of given years cannot be tested on the past, so best cannot choose it")
                }
                (Model::Best { .. }, _) => None,
                (_, Model::Kaya { .. } | Model::TopDown { .. }) => {
                    Some("a model of all regions or of several quantities cannot be part of another")
                }
                _ => None,
            };
            if let Some(message) = refused {
                let mistake =
                    loaded.diagnose(&format!("{key}.{part}"), "model-out-of-place", message.to_owned());
                mistakes.push(mistake.hint("choose another model"));
            }
        }
    }
    mistakes
}
