//! The table of the models behind the trajectories.

use icf_projection::{Backtest, Fit, Phase, Trajectory};
use icf_results::{ModelRow, RegionInfo};

use crate::hindsight::{Carried, Hindsight, Modelled};

/// One row a region and quantity.
pub(crate) fn rows(
    carried: &[Carried],
    hindsights: &[Vec<Hindsight>],
    infos: &[RegionInfo],
) -> Vec<ModelRow> {
    let of = |(carried, hindsights): (&Carried, &Vec<Hindsight>)| -> Vec<ModelRow> {
        let row = |(modelled, hindsight)| row(carried.quantity.name(), modelled, hindsight, infos);
        carried.regions.iter().zip(hindsights).map(row).collect()
    };
    let mut rows: Vec<ModelRow> = carried.iter().zip(hindsights).flat_map(of).collect();
    rows.sort_by(|a, b| (&a.region, a.quantity).cmp(&(&b.region, b.quantity)));
    rows
}

fn row(quantity: &'static str, modelled: &Modelled, hindsight: &Hindsight, infos: &[RegionInfo]) -> ModelRow {
    let fitted = modelled.fitted();
    let tested = Backtest::of(hindsight.own());
    ModelRow {
        region: infos[modelled.region].id.clone(),
        quantity,
        model: modelled.model.name().to_owned(),
        fitted_from: fitted.and_then(|fitted| fitted.fitted_on).map(|(from, _)| from),
        fitted_to: fitted.and_then(|fitted| fitted.fitted_on).map(|(_, to)| to),
        n: fitted.and_then(|fitted| fitted.observations),
        rate: fitted.and_then(|fitted| fitted.rate),
        r_squared: fitted.and_then(|fitted| fitted.r_squared),
        backtest_mape: tested.and_then(|test| test.mape),
        naive_mape: tested.and_then(|test| test.naive_mape),
        note: note(tested, fitted),
    }
}

/// What the reader should know of a model: how it was chosen, what it found, and whether the past speaks against it.
fn note(tested: Option<Backtest>, fitted: Option<&Trajectory>) -> String {
    let mut notes = Vec::new();
    if let Some(chosen) = fitted.and_then(|fitted| fitted.chosen.as_ref()) {
        notes.push(format!(
            "{} chosen: MASE {:.2}, of no change {:.2}, over {} forecasts",
            chosen.model, chosen.mase, chosen.naive_mase, chosen.forecasts
        ));
    }
    let phases = fitted.map_or(&[][..], |fitted| &fitted.phases);
    if !phases.is_empty() {
        let phase = |phase: &Phase| format!("{}–{} {:+.1} %/yr", phase.from, phase.to, 100.0 * phase.rate);
        notes.push(format!("phases {}", phases.iter().map(phase).collect::<Vec<_>>().join(", ")));
    }
    if let Some(trend) = fitted.and_then(|fitted| fitted.trend) {
        let p = if trend.p < 1e-4 { "below 0.0001".to_owned() } else { format!("{:.4}", trend.p) };
        notes.push(format!("Mann–Kendall S {}, p {p}", trend.s));
    }
    match tested {
        None => notes.push("not tested against the past".to_owned()),
        Some(test) if test.mape > test.naive_mape => {
            notes.push("in the past, no change was the better forecast".to_owned());
        }
        Some(_) => {}
    }
    notes.join("; ")
}
