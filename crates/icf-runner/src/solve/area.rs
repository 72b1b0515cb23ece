//! The area of a land class that just keeps a threshold uncrossed.
//!
//! The area is there from the first projected year on, takes up what the class takes up (NPP·E a hectare), and lies where the
//! sink is: each region of the subject has of it the share that it has of the subject's sink in the year. So the sinks of the
//! subject grow together. A negative area is what may be lost. Netted, A = max(ICE − CS)/(NPP·E) over the years.

use icf_scenario::Loaded;
use icf_units::{Ratio, TonnesCarbon};

use super::{Answer, Asked, Found, Slack};
use crate::Prepared;
use crate::accounts::Accounts;
use crate::uncertainty::Turn;

/// Where the search for enough area ends: so many times the sink that there is.
const MOST_SINKS: f64 = 1e9;

pub(super) fn solve(asked: &Asked<'_>, loaded: &Loaded, prepared: &Prepared) -> Answer {
    let class = asked.question.class.as_deref().unwrap_or_default();
    let npp = loaded.scenario().land.classes.get(class).map_or(0.0, |class| class.npp.get().get());
    let uptake: Vec<f64> = prepared
        .selection
        .infos
        .iter()
        .map(|info| npp * prepared.equivalence.get(&info.id, class).unwrap_or(Ratio::new(1.0)).get())
        .collect();
    let found = search(asked, &uptake);
    Answer { unit: "hm2".to_owned(), now: Some(0.0), by: format!("sink-area {class}"), found }
}

fn search(asked: &Asked<'_>, uptake: &[f64]) -> Found {
    let slack = |area: f64| asked.slack(&turned(asked, uptake, area)?, Turn::Area { hectares: area, uptake });
    let members = &asked.subject.members;
    let greatest = members.iter().map(|region| uptake[*region]).fold(0.0, f64::max);
    let least_sink =
        asked.years().map(|year| asked.accounts.sum(members, year).cs.get()).fold(f64::INFINITY, f64::min);
    let unit = least_sink / greatest;
    if !unit.is_finite() || unit <= 0.0 {
        return Found::Unknown { note: "there is no sink in whose place more of it could lie".to_owned() };
    }
    // With so much less, the sink of some year is gone.
    let Some(least) = slack(-unit) else {
        return Found::Unknown { note: "the trajectory is not known".to_owned() };
    };
    if least.holds() {
        return Found::Any { note: "all of the sink may be lost".to_owned() };
    }
    let mut fails = -unit;
    let mut next = 0.0;
    while !slack(next).is_some_and(Slack::holds) {
        fails = next;
        if next > MOST_SINKS * unit {
            return match slack(next) {
                Some(slack) => Found::None { best: next, slack },
                None => Found::Unknown { note: "the trajectory is not known".to_owned() },
            };
        }
        next = next * 2.0 + unit;
    }
    Asked::search(next, fails, slack)
}

/// The accounts with so much more of the class.
fn turned(asked: &Asked<'_>, uptake: &[f64], area: f64) -> Option<Accounts> {
    let Accounts { convention, eta, ice, cs, population, .. } = asked.accounts;
    let mut turned = cs.clone();
    for year in cs.axes().years().iter().filter(|year| *year > asked.last) {
        let total = asked.accounts.sum(&asked.subject.members, year).cs.get();
        for &region in &asked.subject.members {
            let sink = cs.get(region, year)?.get();
            let more = area * (sink / total) * uptake[region];
            turned.set(region, year, Some(TonnesCarbon::new((sink + more).max(0.0))));
        }
    }
    Some(Accounts::new(*convention, *eta, ice.clone(), turned, population.clone()))
}
