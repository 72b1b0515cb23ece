//! The table of back-tests: the scenario's own models, and beside each those that need no parameters.

use std::collections::BTreeSet;

use icf_projection::{AHEAD, Attempt, Backtest, Blocks, Coverage, Fit, Model};
use icf_results::{BacktestRow, RegionInfo};
use icf_units::Year;
use rayon::prelude::*;

use crate::hindsight::{Carried, Hindsight, Modelled};

/// Why a model stands there twice under one name.
const SAME_NAME: &str = "fitted on all years that were known; the scenario's own has its window and anchor";

/// When a forecast was made, and for when.
type Key = (Year, Year);

fn key(attempt: &Attempt) -> Key {
    (attempt.origin, attempt.year)
}

/// The forecasts of several models of one series: first the scenario's own, then the candidates in their order.
struct Looked<'a> {
    of_models: Vec<Vec<&'a Attempt>>,
    /// What every model that can be tested has foretold.
    common: Vec<Key>,
}

impl<'a> Looked<'a> {
    fn new(of_models: Vec<Vec<&'a Attempt>>) -> Self {
        let mut able = of_models.iter().filter(|attempts| !attempts.is_empty());
        let first = able.next().map_or(&[][..], Vec::as_slice);
        let is_common = |wanted: &Key| {
            able.clone().all(|made| made.binary_search_by_key(wanted, |made| key(made)).is_ok())
        };
        let common = first.iter().map(|made| key(made)).filter(is_common).collect();
        Self { of_models, common }
    }

    /// The forecasts of a model that all have made.
    fn compared(&self, model: usize) -> Vec<&'a Attempt> {
        let is_common = |made: &&Attempt| self.common.binary_search(&key(made)).is_ok();
        self.of_models[model].iter().copied().filter(is_common).collect()
    }
}

/// Whose forecasts a row is about.
#[derive(Clone, Copy)]
struct Subject<'a> {
    quantity: &'static str,
    unit: &'a str,
    scope: &'static str,
    region: &'a str,
}

/// The rows of all quantities, one a scope, region and model.
pub(crate) fn rows(
    carried: &[Carried],
    hindsights: &[Vec<Hindsight>],
    infos: &[RegionInfo],
    seed: u64,
) -> Vec<BacktestRow> {
    let years = |modelled: &Modelled| modelled.history.observations().len();
    let most = carried.iter().flat_map(|carried| carried.regions.iter()).map(years).max().unwrap_or(0);
    let blocks = Blocks::new(usize::from(AHEAD), most, seed, "backtest coverage");
    let mut rows: Vec<BacktestRow> = carried
        .iter()
        .zip(hindsights)
        .flat_map(|(carried, hindsights)| of_quantity(carried, hindsights, infos, &blocks))
        .collect();
    rows.sort_by(|a, b| {
        let key = |row: &BacktestRow| (row.quantity, row.scope, row.region.clone(), !row.chosen);
        key(a).cmp(&key(b)).then_with(|| a.model.cmp(&b.model))
    });
    rows
}

fn of_quantity(
    carried: &Carried,
    hindsights: &[Hindsight],
    infos: &[RegionInfo],
    blocks: &Blocks,
) -> Vec<BacktestRow> {
    let candidates = Model::candidates();
    let subject =
        |scope, region| Subject { quantity: carried.quantity.name(), unit: &carried.unit, scope, region };
    let looked: Vec<Looked> = hindsights
        .iter()
        .map(|hindsight| {
            let candidates = hindsight.candidates.iter().map(|made| made.iter().collect());
            Looked::new(std::iter::once(hindsight.own().collect()).chain(candidates).collect())
        })
        .collect();
    // The scenario's own model stands there already.
    let is_own = |place: usize, modelled: &Modelled| place > 0 && candidates[place - 1] == modelled.model;
    let is_everywhere_own = |place| carried.regions.iter().all(|modelled| is_own(place, modelled));
    let own_name = carried.regions.split_first().map_or("", |(first, others)| {
        let name = first.model.name();
        if others.iter().all(|other| other.model.name() == name) { name } else { "several" }
    });
    let name = |place: usize, own| if place == 0 { own } else { candidates[place - 1].name() };
    // A candidate of the same name has no window and anchor of the scenario's.
    let noted = |row: BacktestRow, own: &str| {
        let is_other = !row.chosen && row.model == own && row.note.is_empty();
        BacktestRow { note: if is_other { SAME_NAME } else { row.note }, ..row }
    };
    let places = 0..=candidates.len();

    let of_region = |(modelled, looked): (&Modelled, &Looked)| -> Vec<BacktestRow> {
        let subject = subject("region", infos[modelled.region].id.as_str());
        let wanted = places.clone().filter(|place| !is_own(*place, modelled));
        let row = |place: usize| {
            let name = name(place, modelled.model.name());
            let own = modelled.model.name();
            let compared = looked.compared(place);
            noted(row(subject, name, place == 0, &compared, &looked.of_models[place], blocks), own)
        };
        wanted.map(row).collect()
    };
    let regions: Vec<Vec<BacktestRow>> = carried
        .regions
        .par_iter()
        .zip(&looked)
        .map(|(modelled, looked)| of_region((modelled, looked)))
        .collect();

    let wanted: Vec<usize> = places.clone().filter(|place| !is_everywhere_own(*place)).collect();
    let together = |place: &usize| {
        let compared: Vec<&Attempt> = looked.iter().flat_map(|looked| looked.compared(*place)).collect();
        let all: Vec<&Attempt> =
            looked.iter().flat_map(|looked| &looked.of_models[*place]).copied().collect();
        noted(
            row(subject("all", "all"), name(*place, own_name), *place == 0, &compared, &all, blocks),
            own_name,
        )
    };
    let together: Vec<BacktestRow> = wanted.par_iter().map(together).collect();

    let sums: Vec<Vec<Attempt>> = places.map(|place| summed(carried, &looked, place, infos.len())).collect();
    let nation = Looked::new(sums.iter().map(|made| made.iter().collect()).collect());
    let sum = |place: &usize| {
        let made = &nation.of_models[*place];
        let found = row(
            subject("nation", "nation"),
            name(*place, own_name),
            *place == 0,
            &nation.compared(*place),
            made,
            blocks,
        );
        noted(found, own_name)
    };
    regions.into_iter().flatten().chain(together).chain(wanted.iter().map(sum)).collect()
}

/// A model's forecasts of the sum over all regions; none when a region has none.
fn summed(carried: &Carried, looked: &[Looked], place: usize, regions: usize) -> Vec<Attempt> {
    let Some(total) = carried.total.as_ref().filter(|_| looked.len() == regions) else { return vec![] };
    let parts: Vec<&[&Attempt]> = looked.iter().map(|looked| looked.of_models[place].as_slice()).collect();
    Attempt::summed(&parts, total)
}

fn row(
    subject: Subject<'_>,
    model: &str,
    chosen: bool,
    compared: &[&Attempt],
    all: &[&Attempt],
    blocks: &Blocks,
) -> BacktestRow {
    let tested = Backtest::of(compared.iter().copied());
    let origins: BTreeSet<Year> = compared.iter().map(|attempt| attempt.origin).collect();
    let coverage = |level: usize| {
        let held = |attempt: &&Attempt| Some((attempt.year, (*attempt.held.get(level)?)?));
        Coverage::of(all.iter().filter_map(held), blocks)
    };
    let [at80, at95] = [0, 1].map(coverage);
    let note = match (all.is_empty(), tested) {
        (true, _) => "speaks of given years only, or could not be used on what was known in the past",
        (false, None) => "no forecast that the other models have made too",
        (false, Some(_)) => "",
    };
    BacktestRow {
        quantity: subject.quantity,
        scope: subject.scope,
        region: subject.region.to_owned(),
        model: model.to_owned(),
        chosen,
        origins: origins.len(),
        forecasts: tested.map_or(0, |test| test.forecasts),
        mae: tested.map(|test| test.mae),
        unit: subject.unit.to_owned(),
        mase: tested.and_then(|test| test.mase),
        naive_mase: tested.and_then(|test| test.naive_mase),
        mape: tested.and_then(|test| test.mape),
        intervals80: at80.map_or(0, |found| found.count),
        coverage80: at80.map(|found| found.share),
        coverage80_low: at80.and_then(|found| found.bounds).map(|(low, _)| low),
        coverage80_high: at80.and_then(|found| found.bounds).map(|(_, high)| high),
        intervals95: at95.map_or(0, |found| found.count),
        coverage95: at95.map(|found| found.share),
        coverage95_low: at95.and_then(|found| found.bounds).map(|(low, _)| low),
        coverage95_high: at95.and_then(|found| found.bounds).map(|(_, high)| high),
        note,
    }
}
