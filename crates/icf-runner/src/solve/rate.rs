//! The annual change of emissions that just keeps a threshold uncrossed.
//!
//! Each region of the subject goes on from its last observation by the same rate: ICE(t) = ICE(t₀)·(1 + g)^(t − t₀), as the
//! model `rate` does it. Against a fixed level L the rate for the last of n years is g = (L/ICE(t₀))^(1/n) − 1. More emissions
//! never take a threshold farther away, so the rates that hold are all below one.

use icf_projection::{Fit, History, Rate};
use icf_units::{TonnesCarbon, YearRange};

use super::{Answer, Asked, Found};
use crate::accounts::Accounts;
use crate::uncertainty::Turn;

/// The search ends here: no growth that anybody means.
const GREATEST: f64 = 1000.0;
/// All emissions end at once.
const LEAST: f64 = -100.0;

pub(super) fn solve(asked: &Asked<'_>) -> Answer {
    let found = search(asked);
    Answer { unit: "%/yr".to_owned(), now: now(asked), by: "emissions-rate".to_owned(), found }
}

fn search(asked: &Asked<'_>) -> Found {
    let slack = |percent: f64| {
        let accounts = turned(asked, percent)?;
        asked.slack(&accounts, Turn::Emissions(&accounts.ice))
    };
    let Some(least) = slack(LEAST) else {
        return Found::Unknown { note: "the trajectory is not known".to_owned() };
    };
    if !least.holds() {
        return Found::None { best: LEAST, slack: least };
    }
    let mut holds = LEAST;
    let mut next = 0.0;
    while slack(next).is_some_and(super::Slack::holds) {
        holds = next;
        if next >= GREATEST {
            return Found::Any { note: format!("no growth up to {GREATEST} %/yr crosses it") };
        }
        next = (next * 2.0 + 1.0).min(GREATEST);
    }
    Asked::search(holds, next, slack)
}

/// The accounts when the emissions of the subject change by so many per cent a year.
fn turned(asked: &Asked<'_>, percent: f64) -> Option<Accounts> {
    let Accounts { convention, eta, ice, cs, population, .. } = asked.accounts;
    let years = ice.axes().years();
    let ahead = YearRange::new(asked.last.next(), years.last()).ok()?;
    let model = Rate { per_year: percent / 100.0 };
    let mut turned = ice.clone();
    for &region in &asked.subject.members {
        let known = years.iter().filter(|year| *year <= asked.last);
        let history =
            History::new(known.filter_map(|year| Some((year, ice.get(region, year)?.get())))).ok()?;
        let values = model.project(&history, ahead).ok()?.values;
        for (year, value) in ahead.iter().zip(values) {
            turned.set(region, year, Some(TonnesCarbon::new(value)));
        }
    }
    Some(Accounts::new(*convention, *eta, turned, cs.clone(), population.clone()))
}

/// The mean annual change that the scenario has, in per cent.
fn now(asked: &Asked<'_>) -> Option<f64> {
    let of = |year| {
        let sum = asked.accounts.sum(&asked.subject.members, year);
        sum.is_known().then_some(sum.ice.get())
    };
    let until = asked.question.until;
    let (from, to) = (of(asked.last)?, of(until)?);
    (from > 0.0).then(|| ((to / from).powf(1.0 / f64::from(until.since(asked.last))) - 1.0) * 100.0)
}
