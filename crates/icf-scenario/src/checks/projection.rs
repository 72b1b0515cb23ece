//! How the history goes on.

use icf_diagnostics::Diagnostic;

use crate::{Loaded, Model};

/// A trend through fewer years has no error to speak of.
const SHORTEST_WINDOW: i32 = 3;

pub(super) fn horizon_after_history(loaded: &Loaded) -> Vec<Diagnostic> {
    let (last, horizon) = (loaded.scenario().years.last, loaded.scenario().projection.horizon);
    if horizon > last {
        return Vec::new();
    }
    let message = format!("the horizon {horizon} is not after the last year of the history, {last}");
    vec![loaded.diagnose("projection.horizon", "horizon-not-after-history", message)]
}

pub(super) fn fitted_windows(loaded: &Loaded) -> Vec<Diagnostic> {
    let years = loaded.scenario().years;
    let mut mistakes = Vec::new();
    if years.first > years.last {
        return mistakes;
    }
    for (key, model) in models(loaded) {
        let Model::Fitted { from, to, .. } = *model else { continue };
        let mut mistake = |end: &str, code, message| {
            mistakes.push(loaded.diagnose(&format!("{key}.{end}"), code, message));
        };
        if to < from {
            mistake(
                "to",
                "years-out-of-order",
                format!("the fitted years end in {to}, before they begin in {from}"),
            );
            continue;
        }
        let mut inside = true;
        for (end, year) in [("from", from), ("to", to)] {
            if year < years.first || year > years.last {
                let message = format!("{year} is not a year of the history, {}–{}", years.first, years.last);
                mistake(end, "year-outside-history", message);
                inside = false;
            }
        }
        let length = to.since(from) + 1;
        if inside && length < SHORTEST_WINDOW {
            let message = format!("a trend needs at least {SHORTEST_WINDOW} years, found {from}–{to}");
            mistake("from", "too-few-years", message);
        }
    }
    mistakes
}

pub(super) fn path_points(loaded: &Loaded) -> Vec<Diagnostic> {
    let (last, horizon) = (loaded.scenario().years.last, loaded.scenario().projection.horizon);
    let mut mistakes = Vec::new();
    for (key, model) in models(loaded) {
        let Model::Path { points } = model else { continue };
        let parent = format!("{key}.points");
        let mut before = None;
        for year in points.keys().copied() {
            let mut mistake = |code, message| {
                mistakes.push(loaded.diagnose_key(&parent, &year.to_string(), code, message));
            };
            if year <= last || year > horizon {
                let message = format!("{year} is not a projected year: they are {}–{horizon}", last.next());
                mistake("year-outside-projection", message);
            } else if let Some(before) = before.filter(|before| *before > year) {
                mistake("years-out-of-order", format!("{year} stands after {before}"));
            }
            before = Some(year);
        }
    }
    mistakes
}

/// Every model of the scenario with its key.
fn models(loaded: &Loaded) -> Vec<(String, &Model)> {
    let projection = &loaded.scenario().projection;
    let nation = [Some(&projection.emissions), Some(&projection.sink), Some(&projection.population)];
    let own = projection.regions.iter().map(|(region, models)| {
        let of = [models.emissions.as_ref(), models.sink.as_ref(), models.population.as_ref()];
        (format!("projection.regions.{region}"), of)
    });
    std::iter::once(("projection".to_owned(), nation))
        .chain(own)
        .flat_map(|(parent, of)| {
            ["emissions", "sink", "population"]
                .into_iter()
                .zip(of)
                .filter_map(move |(name, model)| Some((format!("{parent}.{name}"), model?)))
        })
        .collect()
}
