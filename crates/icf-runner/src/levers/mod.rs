//! What the scenario's levers change of the projection: `compile` resolves their names, `words` says what they do,
//! `trade` keeps the account of sink trading beside.

mod compile;
mod trade;
mod words;

use icf_diagnostics::Diagnostics;
use icf_ingest::{Dataset, EquivalenceTable};
use icf_levers::{Levers, Paths, Shape};
use icf_results::{Basis, LeverRow, RegionInfo, TradeBalanceRow, TradeFlowRow};
use icf_scenario::{Lever, Loaded, RegionKey, RegionSet};
use icf_units::{TonnesCarbon, YearRange};

use crate::accounts::{Accounts, History};
use crate::dataset::Selection;

pub(crate) use words::words;

/// What the names of levers are looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Sources<'a> {
    pub(crate) loaded: &'a Loaded,
    pub(crate) dataset: &'a Dataset,
    pub(crate) selection: &'a Selection,
    pub(crate) history: &'a History,
    pub(crate) equivalence: &'a EquivalenceTable,
    pub(crate) basis: Basis,
}

/// The scenario's levers, resolved: they can be applied to any paths of the run's regions and projected years.
pub(crate) struct Compiled {
    pub(crate) levers: Levers,
    /// Place in the scenario of each of them. Trading is not among them: it changes no path.
    order: Vec<usize>,
}

/// What the levers leave behind.
#[derive(Default)]
pub(crate) struct Pulled {
    pub(crate) rows: Vec<LeverRow>,
    pub(crate) flows: Vec<TradeFlowRow>,
    pub(crate) balance: Vec<TradeBalanceRow>,
    pub(crate) warnings: Diagnostics,
}

impl Sources<'_> {
    /// Regions and projected years; `None` where nothing is projected.
    pub(crate) fn shape(self) -> Option<Shape> {
        let scenario = self.loaded.scenario();
        let years = YearRange::new(scenario.years.last.next(), scenario.projection.horizon).ok()?;
        Some(Shape { regions: self.selection.infos.len(), years })
    }

    /// The places of a lever's regions: by code, by name, or by group.
    fn regions(self, set: &RegionSet) -> Vec<usize> {
        let infos = || self.selection.infos.iter();
        let names = |key: &RegionKey, info: &RegionInfo| key.names(info.id.as_str(), &info.name);
        // A name of both a region and a group is that of the region.
        let names_a_region = |key: &RegionKey| infos().any(|info| names(key, info));
        let is_meant = |info: &RegionInfo| match set {
            RegionSet::All => true,
            RegionSet::Listed(keys) => keys
                .iter()
                .any(|key| names(key, info) || (key.as_str() == info.group && !names_a_region(key))),
        };
        infos().enumerate().filter(|(_, info)| is_meant(info)).map(|(place, _)| place).collect()
    }

    fn names(self, regions: &[usize]) -> String {
        let names: Vec<&str> =
            regions.iter().map(|place| self.selection.infos[*place].name.as_str()).collect();
        names.join(", ")
    }
}

/// Resolves the names of the scenario's levers; gives warnings beside.
///
/// # Errors
/// Every lever that the data or the run do not allow, with its place.
pub(crate) fn compile(sources: Sources<'_>) -> Result<(Option<Compiled>, Diagnostics), Diagnostics> {
    compile::compile(sources)
}

/// Applies the levers to the projected accounts, and matches deficits with surpluses where the scenario asks for it.
///
/// # Errors
/// As [`compile`], and where levers lead beyond every number.
pub(crate) fn pull(sources: Sources<'_>, accounts: &mut Accounts) -> Result<Pulled, Diagnostics> {
    let scenario = sources.loaded.scenario();
    let mut pulled = Pulled::default();
    if scenario.levers.is_empty() {
        return Ok(pulled);
    }
    tracing::info!("{}: applying {} levers", scenario.name, scenario.levers.len());
    let (compiled, warnings) = compile(sources)?;
    pulled.warnings = warnings;
    if let Some(compiled) = compiled {
        pulled.rows = apply(sources, &compiled, accounts);
        accounts.require_finite(sources.selection, |_, message| {
            sources.loaded.diagnose("levers", "not-finite", message)
        })?;
    }
    let trade = scenario.levers.iter().position(|lever| matches!(lever, Lever::Trade { .. }));
    if let Some(place) = trade {
        (pulled.flows, pulled.balance) = trade::trade(sources, place, accounts)?;
    }
    Ok(pulled)
}

/// Applies compiled levers to the accounts; gives a row for each cell that a lever changes or has a note of.
fn apply(sources: Sources<'_>, compiled: &Compiled, accounts: &mut Accounts) -> Vec<LeverRow> {
    let shape = compiled.levers.shape();
    let mut paths = Paths::of(shape, &accounts.ice, &accounts.cs);
    let traces = compiled.levers.trace(&mut paths);
    let (mut ice, mut cs) = (accounts.ice.clone(), accounts.cs.clone());
    paths.write_to(shape, &mut ice, &mut cs);
    *accounts = Accounts::new(accounts.convention, accounts.eta, ice, cs, accounts.population.clone());
    let mut rows = Vec::new();
    for (trace, &order) in traces.iter().zip(&compiled.order) {
        let lever = &sources.loaded.scenario().levers[order];
        for (region, info) in sources.selection.infos.iter().enumerate() {
            for (place, year) in shape.years.iter().enumerate() {
                let cell = shape.cell(region, place);
                let (emissions, sink) = (trace.emissions[cell], trace.sink[cell]);
                let notes = trace.notes.iter().filter(|note| note.region == region && note.year == year);
                let note = notes.map(|note| note.words.as_str()).collect::<Vec<_>>().join("; ");
                if emissions == TonnesCarbon::ZERO && sink == TonnesCarbon::ZERO && note.is_empty() {
                    continue;
                }
                rows.push(LeverRow {
                    order: order + 1,
                    name: lever.name().to_owned(),
                    lever: lever.kind(),
                    region: info.id.clone(),
                    year,
                    emissions_t: emissions,
                    sink_t: sink,
                    note,
                });
            }
        }
    }
    rows
}
