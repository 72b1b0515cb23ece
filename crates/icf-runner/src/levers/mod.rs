//! What the scenario's levers change of the projection: `compile` resolves their names, `words` says what they do,
//! `trade` keeps the account of sink trading beside.

mod compile;
mod trade;
mod words;

use icf_diagnostics::Diagnostics;
use icf_ingest::{Dataset, EquivalenceTable};
use icf_levers::{Levers, Paths, Shape, Trace};
use icf_results::{Basis, LeverEffectRow, LeverRow, TradeBalanceRow, TradeFlowRow};
use icf_scenario::{Lever, Loaded};
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
    /// Each of them as if there were no other.
    alone: Vec<Levers>,
    /// Place in the scenario of each of them. Trading is not among them: it changes no path.
    order: Vec<usize>,
}

/// Whether deficits are matched with surpluses. That changes no account, and has tables of its own: where only the accounts are
/// asked for, as in each draw, it is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trades {
    Told,
    LeftOut,
}

/// What the levers leave behind.
#[derive(Default)]
pub(crate) struct Pulled {
    pub(crate) rows: Vec<LeverRow>,
    pub(crate) effects: Vec<LeverEffectRow>,
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
pub(crate) fn pull(
    sources: Sources<'_>,
    accounts: &mut Accounts,
    trades: Trades,
) -> Result<Pulled, Diagnostics> {
    let scenario = sources.loaded.scenario();
    let mut pulled = Pulled::default();
    if scenario.levers.is_empty() {
        return Ok(pulled);
    }
    // Draws and points of a sweep would say so thousands of times.
    tracing::debug!("{}: applying {} levers", scenario.name, scenario.levers.len());
    let (compiled, warnings) = compile(sources)?;
    pulled.warnings = warnings;
    if let Some(compiled) = compiled {
        (pulled.rows, pulled.effects) = apply(sources, &compiled, accounts);
        accounts.require_finite(sources.selection, |_, message| {
            sources.loaded.diagnose("levers", "not-finite", message)
        })?;
    }
    let is_trade = |lever: &Lever| trades == Trades::Told && matches!(lever, Lever::Trade { .. });
    let trade = scenario.levers.iter().position(is_trade);
    if let Some(place) = trade {
        (pulled.flows, pulled.balance) = trade::trade(sources, place, accounts)?;
    }
    Ok(pulled)
}

/// Applies compiled levers to the accounts; gives a row for each cell that a lever changes or has a note of, and what each
/// changes of all regions together.
fn apply(
    sources: Sources<'_>,
    compiled: &Compiled,
    accounts: &mut Accounts,
) -> (Vec<LeverRow>, Vec<LeverEffectRow>) {
    let shape = compiled.levers.shape();
    let before = Paths::of(shape, &accounts.ice, &accounts.cs);
    let mut paths = before.clone();
    let traces = compiled.levers.trace(&mut paths);
    let (mut ice, mut cs) = (accounts.ice.clone(), accounts.cs.clone());
    paths.write_to(shape, &mut ice, &mut cs);
    *accounts = Accounts::new(accounts.convention, accounts.eta, ice, cs, accounts.population.clone());
    let alone = compiled.alone.iter().flat_map(|lever| lever.trace(&mut before.clone()));
    let effects = effects(sources, shape, &compiled.order, &traces, &alone.collect::<Vec<_>>());
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
    (rows, effects)
}

/// What each lever changes of all regions together, in its place, alone, and with those before it.
fn effects(
    sources: Sources<'_>,
    shape: Shape,
    order: &[usize],
    traces: &[Trace],
    alone: &[Trace],
) -> Vec<LeverEffectRow> {
    let mut together = vec![[TonnesCarbon::ZERO; 2]; shape.years.len()];
    let mut rows = Vec::new();
    for ((trace, alone), &order) in traces.iter().zip(alone).zip(order) {
        let lever = &sources.loaded.scenario().levers[order];
        for (place, year) in shape.years.iter().enumerate() {
            let sum = |cells: &[TonnesCarbon]| -> TonnesCarbon {
                (0..shape.regions).map(|region| cells[shape.cell(region, place)]).sum()
            };
            let (emissions, sink) = (sum(&trace.emissions), sum(&trace.sink));
            let [all_emissions, all_sink] = &mut together[place];
            *all_emissions = *all_emissions + emissions;
            *all_sink = *all_sink + sink;
            rows.push(LeverEffectRow {
                order: order + 1,
                name: lever.name().to_owned(),
                lever: lever.kind(),
                year,
                emissions_t: emissions,
                sink_t: sink,
                emissions_alone_t: sum(&alone.emissions),
                sink_alone_t: sum(&alone.sink),
                emissions_together_t: *all_emissions,
                sink_together_t: *all_sink,
            });
        }
    }
    rows
}
