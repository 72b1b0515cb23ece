//! How much may be emitted until the year asked for.
//!
//! The budget is the sum over the projected years of the most that the subject may emit in each without crossing: the level of
//! a threshold of emissions; the sink, of the capacity; the level times residents and η, of a footprint per resident; of depth,
//! what the subject emits times the factor that its regions may be scaled by together. Size has none: it is never more than
//! the capacity.

use icf_footprint::{Footprint, GroupFootprint};
use icf_projection::last_holding;
use icf_scenario::ThresholdKind;
use icf_units::{TonnesCarbon, Year};

use super::Asked;
use crate::thresholds::step;

/// The most that may be emitted, and what the scenario emits, both in t on its basis.
#[derive(Default)]
pub(super) struct Budget {
    pub(super) most: Option<f64>,
    pub(super) planned: Option<f64>,
    pub(super) note: Option<String>,
}

pub(super) fn of(asked: &Asked<'_>) -> Budget {
    let years = || (asked.last.next().get()..=asked.question.until.get()).map(Year::new);
    let planned = years()
        .map(|year| {
            let sum = asked.accounts.sum(&asked.subject.members, year);
            sum.is_known().then_some(sum.ice.get())
        })
        .sum();
    let most = years().map(|year| ceiling(asked, year)).sum();
    let note = (asked.threshold.kind == ThresholdKind::SizePerCapita)
        .then(|| "no budget: size is never more than the capacity".to_owned());
    Budget { most, planned, note }
}

/// The most that may be emitted in a year, in t on the basis.
fn ceiling(asked: &Asked<'_>, year: Year) -> Option<f64> {
    let sum = asked.accounts.sum(&asked.subject.members, year);
    let level = step(asked.threshold, &sum, year, asked.basis)?.level;
    let eta = asked.accounts.eta.get();
    match asked.threshold.kind {
        ThresholdKind::Emissions => Some(level),
        ThresholdKind::Capacity => Some(sum.cs.get()),
        ThresholdKind::IcfPerCapita => Some(level * sum.population.get() * eta),
        ThresholdKind::SizePerCapita => None,
        ThresholdKind::Depth => {
            let depth = |factor: f64| {
                let footprints = asked.subject.members.iter().filter_map(|region| {
                    let ice = asked.accounts.ice.get(*region, year)?.get() * factor;
                    let cs = asked.accounts.cs.get(*region, year)?;
                    Some(Footprint::new(TonnesCarbon::new(ice), cs, asked.accounts.eta))
                });
                footprints.collect::<GroupFootprint>().depth().map_or(f64::INFINITY, |depth| depth.get())
            };
            let holds = |factor: f64| depth(factor) <= level;
            if sum.ice.get() <= 0.0 || !holds(0.0) {
                return None;
            }
            let beyond = std::iter::successors(Some(1.0), |factor| Some(factor * 2.0))
                .take(100)
                .find(|factor| !holds(*factor))?;
            Some(last_holding(0.0, beyond, holds) * sum.ice.get())
        }
    }
}
