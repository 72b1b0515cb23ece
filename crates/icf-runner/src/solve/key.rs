//! A key of the scenario that just keeps a threshold uncrossed.
//!
//! Nothing is known of how a threshold hangs on a key, so the range is looked at first, at evenly spaced values: where those
//! that hold are all on one side, the border is searched between the two values that enclose it. What changes and changes
//! back between two of them is not seen.

use icf_scenario::{Amount, Loaded, Question};

use super::{Answer, Asked, Found, Projection, Slack};
use crate::accounts::Accounts;
use crate::prepare;
use crate::uncertainty::{Draws, Turn};

/// How many values are looked at, both ends among them.
const LOOKS: u32 = 33;

/// Values of a key with what they lead to; `None` where the scenario cannot be run.
pub(super) struct LookedAt {
    key: String,
    /// Some amount in the unit of the key.
    unit: Amount,
    values: Vec<(f64, Option<World>)>,
}

/// The scenario with another value of the key.
pub(super) struct World {
    accounts: Accounts,
    /// The draws, where a probability is asked for.
    draws: Option<Draws>,
}

impl World {
    fn slack(&self, asked: &Asked<'_>) -> Option<Slack> {
        match &self.draws {
            Some(draws) => {
                let of_subject = draws.of_subject(asked.subject, asked.threshold_place)?;
                asked.chance(&of_subject, Turn::Nothing)
            }
            None => asked.slack(&self.accounts, Turn::Nothing),
        }
    }
}

/// Looks at values between the bounds of a question; `None` where it turns no key.
pub(super) fn look(of: Projection<'_>, number: usize, question: &Question) -> Option<LookedAt> {
    let (key, [from, to]) = (question.key.clone()?, question.between.as_ref()?);
    let at = |look: u32| {
        let share = f64::from(look) / f64::from(LOOKS - 1);
        let (least, greatest) = (from.number(), to.number());
        if look + 1 == LOOKS { greatest } else { least + share * (greatest - least) }
    };
    let values = (0..LOOKS).map(at).map(|value| (value, turned(of, number, &key, from.with(value))));
    Some(LookedAt { values: values.collect(), key, unit: from.clone() })
}

pub(super) fn solve(asked: &Asked<'_>, of: Projection<'_>, number: usize, looked_at: &LookedAt) -> Answer {
    let LookedAt { key, unit, values } = looked_at;
    let at = |value: f64| turned(of, number, key, unit.with(value))?.slack(asked);
    Answer {
        unit: unit.unit().to_owned(),
        now: now(of.loaded, key),
        by: key.clone(),
        found: search(asked, values, at),
    }
}

fn search(asked: &Asked<'_>, values: &[(f64, Option<World>)], at: impl Fn(f64) -> Option<Slack>) -> Found {
    let slacks: Option<Vec<(f64, Slack)>> =
        values.iter().map(|(value, world)| Some((*value, world.as_ref()?.slack(asked)?))).collect();
    let Some(slacks) = slacks.filter(|slacks| !slacks.is_empty()) else {
        return Found::Unknown { note: "the scenario cannot be run with every value between".to_owned() };
    };
    let best =
        slacks.iter().copied().reduce(|best, next| if next.1.room > best.1.room { next } else { best });
    let (best, best_slack) = best.expect("there are values");
    let turns: Vec<[(f64, bool); 2]> = slacks
        .windows(2)
        .map(|pair| [(pair[0].0, pair[0].1.holds()), (pair[1].0, pair[1].1.holds())])
        .filter(|[(_, left), (_, right)]| left != right)
        .collect();
    match turns.as_slice() {
        [] if best_slack.holds() => Found::Any { note: "every value between keeps it uncrossed".to_owned() },
        [] => Found::None { best, slack: best_slack },
        [[(left, true), (right, _)]] => Asked::search(*left, *right, at),
        [[(left, _), (right, _)]] => Asked::search(*right, *left, at),
        several => Found::NotMonotone {
            best,
            slack: best_slack,
            note: format!(
                "it is crossed and left {} times between; the value has the most room",
                several.len()
            ),
        },
    }
}

/// The scenario with another value of the key.
fn turned(of: Projection<'_>, number: usize, key: &str, value: String) -> Option<World> {
    let Projection { loaded, cache, projected, draws, .. } = of;
    let other = loaded.with(&format!("solve[{number}].key"), "solve", &[(key, value)]).ok()?;
    let prepared = prepare(&other, cache).ok()?;
    let turned = prepared.accounts_ahead(&other, cache).ok()?;
    let draws = match draws {
        None => None,
        Some(draws) => {
            let drawn =
                other.changed(|scenario| scenario.uncertainty = loaded.scenario().uncertainty.clone());
            Some(draws.again(projected, &drawn, &prepared, &turned)?)
        }
    };
    Some(World { accounts: turned.accounts, draws })
}

/// The value that the scenario has, where it is a number.
fn now(loaded: &Loaded, key: &str) -> Option<f64> {
    let keys = icf_scenario::to_keys(loaded.scenario());
    let (_, text) = keys.into_iter().find(|(of, _)| of == key)?;
    Some(text.parse::<Amount>().ok()?.number())
}
