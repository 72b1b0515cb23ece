//! What policy, or the weather, changes of the projection.

use icf_diagnostics::Diagnostic;
use icf_units::Year;

use crate::schema::suggest;
use crate::{Lever, Loaded, Percent, Rate};

fn each(loaded: &Loaded) -> impl Iterator<Item = (String, &Lever)> {
    loaded.scenario().levers.iter().enumerate().map(|(index, lever)| (format!("levers[{index}]"), lever))
}

/// The first and the last year of a lever by their keys, as far as the scenario says them.
fn span(lever: &Lever) -> [(&'static str, Option<Year>); 2] {
    match lever {
        Lever::Efficiency { from, to, .. }
        | Lever::Afforestation { from, to, .. }
        | Lever::SinkDegradation { from, to, .. }
        | Lever::Standards { from, to, .. } => [("from", *from), ("to", *to)],
        Lever::FuelSwitch { from, by, .. }
        | Lever::Electrification { from, by, .. }
        | Lever::Relocation { from, by, .. } => [("from", *from), ("by", Some(*by))],
        Lever::Capture { from, by, .. } => [("from", *from), ("by", *by)],
        Lever::Drought { .. } | Lever::Trade { .. } => [("", None), ("", None)],
    }
}

pub(super) fn years_are_projected(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (key, lever) in each(loaded) {
        let at = |of: &str| format!("{key}.{of}");
        let [(from_key, from), (to_key, to)] = span(lever);
        let beyond = [(from_key, from), (to_key, to)]
            .into_iter()
            .filter_map(|(of, year)| outside(loaded, &at(of), year?))
            .collect::<Vec<_>>();
        if let (Some(from), Some(to), true) = (from, to, beyond.is_empty())
            && to < from
        {
            let message = format!("it ends in {to}, before it begins in {from}");
            let mistake = loaded.diagnose(&at(to_key), "years-out-of-order", message);
            mistakes.push(mistake.hint(format!("write `{to_key}: {from}` or later")));
        }
        mistakes.extend(beyond);
        if let Lever::Drought { years, .. } = lever {
            for (place, year) in years.iter().enumerate() {
                let at = at(&format!("years[{place}]"));
                mistakes.extend(outside(loaded, &at, *year).or_else(|| {
                    let is_twice = years[..place].contains(year);
                    let message = || format!("{year} stands twice among the dry years");
                    is_twice.then(|| loaded.diagnose(&at, "year-twice", message()).hint("keep one of them"))
                }));
            }
        }
    }
    mistakes
}

/// The mistake of a year that no lever changes.
fn outside(loaded: &Loaded, key: &str, year: Year) -> Option<Diagnostic> {
    let (last, horizon) = (loaded.scenario().years.last, loaded.scenario().projection.horizon);
    if year <= last {
        let message = format!("{year} is a year of the history, which no lever changes");
        let mistake = loaded.diagnose(key, "year-in-history", message);
        return Some(mistake.hint(format!("the first projected year is {}", last.next())));
    }
    let message = format!("{year} is after the horizon {horizon}");
    let mistake = loaded.diagnose(key, "year-after-horizon", message);
    (year > horizon).then(|| mistake.hint("take an earlier year, or a later `projection.horizon`"))
}

/// A share that is taken away lies between nothing and everything.
pub(super) fn shares_are_shares(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (key, lever) in each(loaded) {
        let mut percent = |at: &str, value: Percent, beyond: &str| {
            if value.fraction() > 1.0 {
                let message = format!("{value} {beyond}");
                let mistake = loaded.diagnose(&format!("{key}.{at}"), "share-above-all", message);
                mistakes.push(mistake.hint("the highest is `100 %`"));
            }
        };
        match lever {
            Lever::FuelSwitch { share, .. } | Lever::Electrification { share, .. } => {
                percent("share", *share, "of the fuel is more than there is");
            }
            Lever::Capture { rate, .. } => percent("rate", *rate, "is more than the region emits"),
            Lever::Drought { loss, .. } => percent("loss", *loss, "of the sink is more than there is"),
            Lever::Relocation { share, gain, .. } => {
                share.iter().for_each(|share| {
                    percent("share", *share, "of the emissions is more than there are");
                });
                percent("gain", *gain, "is more than what moves");
            }
            _ => {}
        }
        let mut rate = |at: &str, value: Rate| {
            let mistake = |code, message: String| loaded.diagnose(&format!("{key}.{at}"), code, message);
            if value.percent() < 0.0 {
                let hint = format!("write what is taken away without its sign: `{}`", value.negated());
                let message = format!("a lever of {value} would add to what it is to lower");
                mistakes.push(mistake("rate-below-zero", message).hint(hint));
            } else if value.percent() > 100.0 {
                let message = format!("{value} takes away more than there is");
                mistakes.push(mistake("share-above-all", message).hint("the highest is `100 %/yr`"));
            }
        };
        match lever {
            Lever::Efficiency { rate: of, .. } | Lever::SinkDegradation { rate: of, .. } => rate("rate", *of),
            Lever::Standards { rates, .. } => {
                rates.iter().for_each(|(zone, of)| rate(&format!("rates.{zone}"), of));
            }
            _ => {}
        }
    }
    mistakes
}

/// Keys that must fit each other, and the land classes of the scenario.
pub(super) fn keys_fit(loaded: &Loaded) -> Vec<Diagnostic> {
    let classes = &loaded.scenario().land.classes;
    let mut mistakes = Vec::new();
    let mut trade: Option<String> = None;
    for (key, lever) in each(loaded) {
        let mut mistake = |at: &str, code, message: String, hint: String| {
            let key = if at.is_empty() { key.clone() } else { format!("{key}.{at}") };
            mistakes.push(loaded.diagnose(&key, code, message).hint(hint));
        };
        match lever {
            Lever::FuelSwitch { fuel, instead, .. } if fuel == instead => {
                let message = format!("`{fuel}` cannot take its own place");
                mistake("instead", "fuel-for-itself", message, "name another fuel".to_owned());
            }
            Lever::Efficiency { fuels: Some(fuels), .. } => {
                for (place, fuel) in fuels.iter().enumerate() {
                    if fuels[..place].contains(fuel) {
                        let at = format!("fuels[{place}]");
                        let message = format!("the fuel `{fuel}` is listed twice");
                        mistake(&at, "fuel-twice", message, "keep one of them".to_owned());
                    }
                }
            }
            Lever::Afforestation { class, .. } if !classes.contains_key(class) => {
                let message = format!("`land.classes` has no class `{class}`");
                mistake(
                    "class",
                    "unknown-class",
                    message,
                    suggest(class, classes.keys().map(String::as_str)),
                );
            }
            Lever::Relocation { share, amount, .. } => match (share, amount) {
                (Some(_), Some(_)) => mistake(
                    "amount",
                    "share-and-amount",
                    "both `share` and `amount` say how much moves".to_owned(),
                    "keep one of them".to_owned(),
                ),
                (None, None) => mistake(
                    "",
                    "missing-key",
                    "neither `share` nor `amount` says how much moves".to_owned(),
                    "write `share: 10 %` or `amount: 20 Mt CO2`".to_owned(),
                ),
                _ => {}
            },
            Lever::Trade { .. } => match &trade {
                Some(first) => {
                    let hint = loaded.place_of(&format!("{first}.lever")).map_or_else(
                        || "keep one of them".to_owned(),
                        |place| format!("the other is at {place}"),
                    );
                    let message = "two levers are `trade`, and a surplus can be sold once".to_owned();
                    mistake("lever", "trade-twice", message, hint);
                }
                None => trade = Some(key.clone()),
            },
            _ => {}
        }
    }
    mistakes
}
