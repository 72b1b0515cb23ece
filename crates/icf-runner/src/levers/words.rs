//! What a lever does, in words for the table of assumptions.

use icf_scenario::{Lever, RegionSet, TradeYears};
use icf_units::Year;

/// What a lever does, with every figure of it.
pub(crate) fn words(lever: &Lever) -> String {
    let what = match lever {
        Lever::Efficiency { fuels, rate, from, to, .. } => {
            let fuels = match fuels {
                None => "all fuels".to_owned(),
                Some(fuels) => {
                    format!("{}, by their shares of the last observed year", fuels.join(", "))
                }
            };
            format!("{rate} less of {fuels}{}", years(*from, *to))
        }
        Lever::FuelSwitch { fuel, instead, share, from, by, .. } => {
            format!("{share} of {fuel} gives way to {instead} for the same heat{}", years(*from, Some(*by)))
        }
        Lever::Electrification { fuel, share, factor, per_heat, from, by, .. } => format!(
            "{share} of {fuel} gives way to electricity at {factor}, {per_heat} kWh a kWh of heat; the power plants' \
             emissions are counted where it is used{}",
            years(*from, Some(*by))
        ),
        Lever::Capture { rate, cap, from, by, .. } => {
            let cap = cap.map_or_else(String::new, |cap| format!(", up to {cap} a year in all"));
            format!("{rate} of emissions captured{cap}{}", years(*from, *by))
        }
        Lever::Afforestation { area, class, lag, from, to, .. } => format!(
            "{area} of {class} planted a year in all, shared out by its area today, full uptake after {lag} years{}",
            years(*from, *to)
        ),
        Lever::SinkDegradation { rate, from, to, .. } => {
            format!("{rate} of the sink lost{}", years(*from, *to))
        }
        Lever::Drought { years, loss, recovery, .. } => {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            format!("{loss} of the sink lost in {}, back within {recovery} years", years.join(", "))
        }
        Lever::Relocation { out_of, into, share, amount, gain, from, by, .. } => {
            let much = share.map(|share| format!("{share} of emissions"));
            let much = much.or(amount.map(|amount| amount.to_string())).unwrap_or_default();
            let gain = if gain.percent() > 0.0 { format!(", {gain} less there") } else { String::new() };
            format!("{much} from {out_of} to {into}{gain}{}", years(*from, Some(*by)))
        }
        Lever::Standards { rates, from, to, .. } => {
            let rates: Vec<String> = rates.iter().map(|(zone, rate)| format!("{zone} {rate}")).collect();
            format!(
                "emissions fall by zone of the last observed year: {}{}",
                rates.join(", "),
                years(*from, *to)
            )
        }
        Lever::Trade { years, price, .. } => {
            let when = match years {
                TradeYears::Horizon => "at the horizon",
                TradeYears::EveryYear => "in every projected year",
            };
            let price = price.as_ref().map_or_else(String::new, |price| format!(" at {price}"));
            format!("deficits matched with surpluses at least distance {when}{price}; no footprint changes")
        }
    };
    match lever.regions() {
        None | Some(RegionSet::All) => what,
        Some(RegionSet::Listed(keys)) => {
            let names: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
            format!("{what}; in {}", names.join(", "))
        }
    }
}

/// The years of a lever as far as the scenario says them.
fn years(from: Option<Year>, to: Option<Year>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        (Some(from), None) => format!(", from {from}"),
        (None, Some(to)) => format!(", by {to}"),
        (None, None) => String::new(),
    }
}
