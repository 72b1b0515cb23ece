//! What a change of land means for the carbon sink.

use std::collections::BTreeMap;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_footprint::{LandClass, carbon_sink};
use icf_ingest::{EquivalenceTable, SourceFile, read_equivalence};
use icf_tables::csv_cell;
use icf_units::{Hectares, Ratio, RegionId, TonnesPerHectare};

use super::table::{Change, Label};
use crate::arguments::LandChange;
use crate::commands::zonal::Opened;

pub(super) const HEADER: &str =
    "first_year,last_year,zone,class,npp_t_per_hm2,equivalence_factor,first_t,last_t,change_t\n";

/// What a hectare of each class takes up in each zone: NPP and equivalence factor.
pub(super) struct Uptake {
    npp: BTreeMap<String, TonnesPerHectare>,
    factors: EquivalenceTable,
}

impl Uptake {
    /// What the command line says; nothing when it names no class.
    pub(super) fn of(arguments: &LandChange, opened: &Opened) -> Result<Option<Self>, Diagnostics> {
        let Some(classes) = opened.classes.as_ref().filter(|_| !arguments.npp.is_empty()) else {
            return Ok(None);
        };
        let npp: BTreeMap<String, TonnesPerHectare> =
            arguments.npp.iter().map(|(class, npp)| (class.clone(), npp.get())).collect();
        let words = classes.words();
        let mut mistakes = Diagnostics::default();
        mistakes.extend(npp.keys().filter(|class| !words.contains(class.as_str())).map(|class| {
            let known = words.iter().copied().collect::<Vec<_>>().join(", ");
            Diagnostic::error("npp", format!("--npp names `{class}`, which no code means"))
                .hint(format!("the classes are {known}"))
        }));
        let ((), _) = mistakes.into_result(())?;
        let factors = match &arguments.equivalence {
            None => EquivalenceTable::default(),
            Some(file) => {
                let name = file.display().to_string();
                let bytes = std::fs::read(file).map_err(|error| {
                    Diagnostic::error("equivalence", error.to_string()).at(Place::file(&name))
                })?;
                let zones: Vec<RegionId> =
                    opened.layer.features().iter().map(|feature| feature.region.clone()).collect();
                let classes: Vec<String> = npp.keys().cloned().collect();
                read_equivalence(&SourceFile { name, bytes: bytes.into() }, &zones, &classes)?
            }
        };
        Ok(Some(Self { npp, factors }))
    }

    /// Tonnes that a hectare of a class takes up in a zone, E·NPP; a class that is not named takes up nothing.
    pub(super) fn of_hectare(&self, zone: &RegionId, label: &Label) -> f64 {
        let Label::Word(class) = label else { return 0.0 };
        self.npp.get(class).map_or(0.0, |npp| npp.get() * self.factor(zone, class).get())
    }

    fn factor(&self, zone: &RegionId, class: &str) -> Ratio {
        self.factors.get(zone, class).unwrap_or(Ratio::new(1.0))
    }

    /// The rows of a zone: the sink A·NPP·E of each class that has an uptake, and of all.
    pub(super) fn write(&self, change: &Change, (first, last): (i32, i32), text: &mut String) {
        let (balances, _) = change.balances();
        let zone = csv_cell(change.zone.as_str());
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for (class, npp) in &self.npp {
            let balance = balances.get(&Label::Word(class.clone())).copied().unwrap_or_default();
            let equivalence = self.factor(&change.zone, class);
            let [was, is] = [balance.first, balance.last].map(|area| LandClass {
                area: Hectares::new(area),
                npp: *npp,
                equivalence,
            });
            before.push(was);
            after.push(is);
            let [was, is] = [was, is].map(|class| carbon_sink([class]).get());
            let (class, npp, factor) = (csv_cell(class), npp.get(), equivalence.get());
            text.push_str(&format!("{first},{last},{zone},{class},{npp},{factor},{was},{is},{}\n", is - was));
        }
        let [was, is] = [before, after].map(|classes| carbon_sink(classes).get());
        text.push_str(&format!("{first},{last},{zone},total,,,{was},{is},{}\n", is - was));
    }
}
