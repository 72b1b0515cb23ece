//! What a run assumes, with the source of each, so that a reader need not look for it.

use icf_ingest::Dataset;
use icf_results::AssumptionRow;
use icf_scenario::{
    Equivalence, Formula, GapPolicy, LandHistory, LandSource, MassBasis, NonEnergy, Preset, Scenario,
};
use icf_units::TonnesPerHectare;

use crate::land::{self, Areas};
use crate::levers::words;
use crate::models::describe;

const SCENARIO: &str = "scenario";

/// One row an assumption, in the order of the chain.
pub(crate) fn rows(
    scenario: &Scenario,
    dataset: &Dataset,
    left_out: &[String],
    eta: TonnesPerHectare,
    space: &[String],
) -> Vec<AssumptionRow> {
    let mut rows = Vec::new();
    let mut add = |key: &str, value: String, source: &str| {
        rows.push(AssumptionRow { key: key.to_owned(), value, source: source.to_owned() });
    };
    let accounting = &scenario.accounting;
    let (preset, is_whole) = (accounting.preset, accounting.formula.is_none() && accounting.basis.is_none());
    add(
        "accounting.preset",
        match preset {
            Preset::Coherent if !is_whole => "coherent, but for what follows".to_owned(),
            Preset::AsPublished if !is_whole => "as-published, but for what follows".to_owned(),
            Preset::Coherent if dataset.energy.is_empty() => {
                "coherent: emissions as given, and sink, both in t C".to_owned()
            }
            Preset::Coherent => "coherent: Σ Q·D, emissions and sink both in t C".to_owned(),
            Preset::AsPublished => {
                "as-published: Σ Q·S·D counts heat content twice, and t CO2 is taken for t C, as printed"
                    .to_owned()
            }
        },
        SCENARIO,
    );
    if let Some(formula) = accounting.formula {
        let value = match formula {
            Formula::Physical => "q-d: Σ Q·D with the factors of the fuel set",
            Formula::HeatTwice => "q-s-d: Σ Q·S·D counts heat content twice",
            Formula::Ceads => "ceads: Σ Q·D with the factors that the CEADs inventories imply",
        };
        add("accounting.formula", value.to_owned(), SCENARIO);
    }
    if let Some(basis) = accounting.basis {
        let value = match basis {
            MassBasis::Carbon => "carbon: emissions and sink both in t C",
            MassBasis::AsPrinted => "as-printed: t CO2 is taken for t C",
        };
        add("accounting.basis", value.to_owned(), SCENARIO);
    }
    if dataset.emissions.is_some() {
        let value = match dataset.energy.is_empty() {
            true => "as the table `emissions` gives them; no fuel and no factor is the run's",
            false => "the table `emissions` is not used: the data set has fuels",
        };
        add("emissions", value.to_owned(), "data set");
    }
    if dataset.land.is_empty() {
        add("land", "no land: no sink, footprint, size and depth".to_owned(), "data set");
    }
    if dataset.population.is_none() {
        add("population", "no residents: nothing per resident".to_owned(), "data set");
    }
    if !left_out.is_empty() {
        add(
            "accounting.fuels",
            format!("left out, since some year has no figure: {}", left_out.join(", ")),
            "data set",
        );
    }
    if scenario.accounting.non_energy == NonEnergy::Exclude {
        add(
            "accounting.non_energy",
            "feedstock is subtracted where the data know it; other years keep it".to_owned(),
            SCENARIO,
        );
    }
    for class in scenario.land.classes.keys() {
        let key = format!("land.source ({class})");
        let value = match Areas::of(dataset, &scenario.land, class) {
            Some(Areas::Inventories(_)) => {
                "on straight lines between the national inventories, before the first by its first slope, after the \
                 last constant"
                    .to_owned()
            }
            Some(Areas::Rasters(areas)) => {
                let years: Vec<String> = land::known_years(areas).iter().map(ToString::to_string).collect();
                format!(
                    "cells of the rasters of {} on the ellipsoid; on straight lines between these years, constant before \
                     and after",
                    years.join(", ")
                )
            }
            Some(Areas::OneYear(_)) => match &scenario.land.history {
                None | Some(LandHistory::Constant) => "the map of MODIS 2019 in every year".to_owned(),
                Some(LandHistory::Rate { rate }) => {
                    format!("the map of MODIS 2019, changing by {rate} in the other years")
                }
            },
            None => continue,
        };
        let is_own = scenario.land.source == LandSource::Rasters;
        add(&key, value, if is_own { SCENARIO } else { "docs/data.md" });
    }
    let has_land = !dataset.land.is_empty();
    for (name, class) in scenario.land.classes.iter().filter(|_| has_land) {
        add(&format!("land.classes.{name}.npp"), class.npp.to_string(), &class.source);
        add(&format!("land.classes.{name}.share"), class.share.to_string(), &class.source);
    }
    let equivalence = || {
        let npp = scenario.land.rasters.as_ref().and_then(|rasters| rasters.npp.as_ref());
        match (&scenario.land.equivalence, npp) {
            (Equivalence::None, Some(npp)) => format!(
                "mean of {} on the cells of the class in {}, in the region over that in all regions with a polygon; the \
                 nation's level is that of NPP above",
                npp.file, npp.year
            ),
            (Equivalence::None, None) => {
                "E = 1 everywhere: the paper's provincial table (Liu & Li 2010) is not at hand, and the national factors \
                 (1.41, 0.44) are relative to all land"
                    .to_owned()
            }
            (Equivalence::Table(path), _) => format!("factors of {path}; 1 where it has none"),
        }
    };
    if has_land {
        add("η = Σ NPP·P", format!("{:.6} t/hm2", eta.get()), "computed");
        add("land.equivalence", equivalence(), SCENARIO);
    }
    let table = if dataset.energy.is_empty() { "emissions" } else { "energy" };
    add(
        "gaps.policy",
        match scenario.gaps.policy {
            GapPolicy::None => {
                format!(
                    "no gap of the {table} table is filled; a region and year with a gap has no emissions"
                )
            }
            GapPolicy::Linear => {
                format!("gaps of the {table} table lie on the line between their neighbours")
            }
            GapPolicy::Nearest => format!("gaps of the {table} table take the figure of the nearest year"),
        },
        SCENARIO,
    );
    for (quantity, model) in [
        ("emissions", &scenario.projection.emissions),
        ("sink", &scenario.projection.sink),
        ("population", &scenario.projection.population),
    ] {
        let is_known = match quantity {
            "sink" => has_land,
            "population" => dataset.population.is_some(),
            _ => true,
        };
        if !is_known {
            continue;
        }
        add(&format!("projection.{quantity}"), describe(model), SCENARIO);
    }
    if !scenario.projection.regions.is_empty() {
        let names: Vec<&str> = scenario.projection.regions.keys().map(String::as_str).collect();
        add("projection.regions", format!("models of their own: {}", names.join(", ")), SCENARIO);
    }
    let known = dataset.population.as_ref().map(|panel| panel.axes().years().last());
    if let Some(known) = known.filter(|known| *known > scenario.years.last) {
        add(
            "population",
            format!("observed to {}, then by its model", known.min(scenario.projection.horizon)),
            "data set",
        );
    }
    for (place, lever) in scenario.levers.iter().enumerate() {
        let source = if lever.source().is_empty() { SCENARIO } else { lever.source() };
        add(&format!("levers.{} {}", place + 1, lever.name()), words(lever), source);
    }
    for threshold in &scenario.thresholds {
        if let Some(level) = &threshold.level {
            let source = if threshold.source.is_empty() { SCENARIO } else { &threshold.source };
            add(&format!("thresholds.{}", threshold.name), level.to_string(), source);
        }
    }
    for line in space {
        add("spatial", line.clone(), SCENARIO);
    }
    rows
}
