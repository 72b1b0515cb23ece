//! What a model of the scenario cannot see, as warnings.

use icf_diagnostics::{Diagnostic, Diagnostics, Severity};
use icf_ingest::Dataset;
use icf_scenario::{Loaded, Model, NonEnergy};
use icf_units::{Year, YearRange};

use crate::thresholds::ranges;

/// Warns of what a model cannot see: a trend through years with and without feedstock, and points of a population path
/// in years that the data know.
pub(crate) fn of_models(loaded: &Loaded, dataset: &Dataset) -> Diagnostics {
    let mut found = Diagnostics::default();
    let scenario = loaded.scenario();
    let takes_out_feedstock = scenario.accounting.non_energy == NonEnergy::Exclude;
    let years = scenario.years;
    for (key, model) in scenario.projection.models() {
        let fitted = match *model {
            Model::LogLinear { from, to, .. }
            | Model::TheilSen { from, to, .. }
            | Model::Cagr { from, to } => Some((from.unwrap_or(years.first), to.unwrap_or(years.last))),
            Model::Damped { .. } | Model::Drift | Model::Segmented { .. } => Some((years.first, years.last)),
            _ => None,
        };
        if let Some((from, to)) = fitted.filter(|_| takes_out_feedstock && key.contains(".emissions")) {
            found.extend(step_of_feedstock(loaded, dataset, &key, from, to));
        }
        match model {
            Model::Path { points, .. } if key.ends_with(".population") => {
                let last = dataset.population.as_ref().map(|panel| panel.axes().years().last());
                found.extend(points.keys().filter(|year| Some(**year) <= last).map(|year| {
                    let message = format!("the population of {year} is known, so the point has no effect");
                    let place = loaded.diagnose(&key, "point-unused", message);
                    Diagnostic { severity: Severity::Warning, ..place }
                }));
            }
            _ => {}
        }
    }
    found
}

/// A trend through years in which feedstock is taken out and years in which nobody knows it takes the step for a
/// change of emissions.
fn step_of_feedstock(
    loaded: &Loaded,
    dataset: &Dataset,
    key: &str,
    from: Year,
    to: Year,
) -> Option<Diagnostic> {
    let is_known =
        |year: Year| dataset.non_energy.values().any(|panel| panel.column(year).iter().any(Option::is_some));
    let window = YearRange::new(from, to).ok()?;
    let without: Vec<Year> = window.iter().filter(|year| !is_known(*year)).collect();
    let first_known = without.last()?.next();
    if without.len() == window.iter().count() {
        return None;
    }
    let message = format!(
        "the trend of {from}–{to} runs through years whose feedstock is not known ({}), and takes the step for a change",
        ranges(&without)
    );
    let mistake = loaded.diagnose(key, "feedstock-step", message);
    let hint = format!("feedstock is known in every year from {first_known}: `from: {first_known}`");
    Some(Diagnostic { severity: Severity::Warning, ..mistake }.hint(hint))
}
