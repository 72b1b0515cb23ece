//! The account of sink trading: who could cover whose deficit.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_levers::{Account, sink_trading};
use icf_results::{TradeBalanceRow, TradeFlowRow};
use icf_scenario::{Lever, Per, Price, TradeYears};
use icf_spatial::Distance;
use icf_units::{Hectares, TonnesCarbon, Year};

use super::Sources;
use crate::accounts::Accounts;
use crate::space;

/// Matches deficits with surpluses in the years that the lever asks for.
///
/// # Errors
/// When a region that takes part has no place on the map, or the problem cannot be solved exactly.
pub(super) fn trade(
    sources: Sources<'_>,
    place: usize,
    accounts: &Accounts,
) -> Result<(Vec<TradeFlowRow>, Vec<TradeBalanceRow>), Diagnostics> {
    let scenario = sources.loaded.scenario();
    let (Lever::Trade { regions, years, price, .. }, Some(shape)) =
        (&scenario.levers[place], sources.shape())
    else {
        return Ok((vec![], vec![]));
    };
    let key = format!("levers[{place}]");
    let members = sources.selection.places(regions);
    let places = space::places(sources.dataset, sources.selection);
    let without: Vec<usize> = members.iter().copied().filter(|region| places[*region].is_none()).collect();
    if !without.is_empty() {
        let message = format!("no boundaries tell where these lie: {}", sources.names(&without));
        let mistake = sources.loaded.diagnose(&key, "no-place", message);
        let hint = "trade goes by distance: add `boundaries.geojson`, or name the others in `regions`";
        return Err(mistake.hint(hint).into());
    }
    let metres = |a: usize, b: usize| match (places[a], places[b]) {
        (Some(a), Some(b)) => whole_metres(Distance::GreatCircle.between(a, b)),
        _ => 0,
    };
    let of_years: Vec<Year> = match years {
        TradeYears::Horizon => vec![shape.years.last()],
        TradeYears::EveryYear => shape.years.iter().collect(),
    };
    let mut writing =
        Writing { sources, accounts, price: price.as_ref(), flows: Vec::new(), balance: Vec::new() };
    for year in of_years {
        let balance = |region: usize| {
            let known = || Some(accounts.cs.get(region, year)? - accounts.ice.get(region, year)?);
            members.contains(&region).then(known).flatten()
        };
        let balance: Vec<Option<TonnesCarbon>> = (0..shape.regions).map(balance).collect();
        let account = sink_trading(&balance, metres).map_err(|error| -> Diagnostic {
            sources.loaded.diagnose(&key, "trade", format!("sink trading in {year}: {error}"))
        })?;
        writing.year(year, &account);
    }
    Ok((writing.flows, writing.balance))
}

struct Writing<'a> {
    sources: Sources<'a>,
    accounts: &'a Accounts,
    price: Option<&'a Price>,
    flows: Vec<TradeFlowRow>,
    balance: Vec<TradeBalanceRow>,
}

impl Writing<'_> {
    fn year(&mut self, year: Year, account: &Account) {
        let info = |region: usize| &self.sources.selection.infos[region];
        let currency = || self.price.map(|price| price.currency().to_owned()).unwrap_or_default();
        for flow in &account.flows {
            let (from, to) = (info(flow.from), info(flow.to));
            self.flows.push(TradeFlowRow {
                year,
                from: from.id.clone(),
                from_name: from.name.clone(),
                to: to.id.clone(),
                to_name: to.name.clone(),
                t: flow.tonnes,
                hm2: self.land(flow.tonnes),
                km: kilometres(flow.metres),
                money: self.money(flow.tonnes),
                currency: currency(),
            });
        }
        for (region, standing) in account.standings.iter().enumerate() {
            let Some(standing) = standing else { continue };
            let sells = standing.before > TonnesCarbon::ZERO;
            let after =
                if sells { standing.before - standing.traded } else { standing.before + standing.traded };
            self.balance.push(TradeBalanceRow {
                year,
                region: info(region).id.clone(),
                name: info(region).name.clone(),
                role: if sells { "seller" } else { "buyer" },
                before_t: standing.before,
                traded_t: standing.traded,
                after_t: after,
                after_hm2: self.land(after),
                shadow_km: signed_kilometres(standing.price_metres),
                money: self.money(standing.traded),
                currency: currency(),
            });
        }
    }

    /// Land of mean uptake that takes up so much: ICF and CEC are masses over η.
    fn land(&self, tonnes: TonnesCarbon) -> Hectares {
        Hectares::new(tonnes.get() / self.accounts.eta.get())
    }

    fn money(&self, tonnes: TonnesCarbon) -> Option<f64> {
        let price = self.price?;
        let units = match price.per() {
            Per::TonneCo2 => self.accounts.convention.from_basis(tonnes).get(),
            Per::TonneCarbon => tonnes.get(),
            Per::Hectare => self.land(tonnes).get(),
        };
        Some(price.amount() * units)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no two places of the Earth are further apart than 2·10⁷ m"
)]
fn whole_metres(kilometres: f64) -> u64 {
    (kilometres * 1000.0).round() as u64
}

#[expect(clippy::cast_precision_loss, reason = "a distance on the Earth in metres is far below 2^53")]
fn kilometres(metres: u64) -> f64 {
    metres as f64 / 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a price is a sum of distances, one a region at most")]
fn signed_kilometres(metres: i64) -> f64 {
    metres as f64 / 1000.0
}
