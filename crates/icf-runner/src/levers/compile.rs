//! The scenario's levers in the terms of icf-levers: names become places, and tonnes stand on the run's basis.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_levers::{
    Afforestation, Capture, Drought, Efficiency, Electrification, Fuel, FuelSwitch, LeverError, Levers,
    Moved, Ramp, Relocation, Setting, Shape, SinkDegradation, Span, Standards,
};
use icf_results::Basis;
use icf_scenario::{Lever, Mass, Percent, Rate, RegionKey, RegionSet, ZoneRates};
use icf_units::{CarbonFactor, Panel, Quantity, Ratio, TonnesCarbon, Year};

use super::{Compiled, Sources};
use crate::{classes, land};

pub(super) fn compile(sources: Sources<'_>) -> Result<(Option<Compiled>, Diagnostics), Diagnostics> {
    let Some(shape) = sources.shape() else { return Ok((None, Diagnostics::default())) };
    let mut resolve = Resolve { sources, shape, key: String::new(), found: Diagnostics::default() };
    let (mut levers, mut order) = (Vec::new(), Vec::new());
    for (place, lever) in sources.loaded.scenario().levers.iter().enumerate() {
        resolve.key = format!("levers[{place}]");
        if let Some(lever) = resolve.lever(lever) {
            levers.push(lever);
            order.push(place);
        }
    }
    let mut found = resolve.found;
    let setting = setting(sources, shape);
    let alone = levers.iter().enumerate().map(|(place, lever)| {
        let at_its_place = |error: LeverError| LeverError { lever: place, ..error };
        Levers::compile(std::slice::from_ref(lever), &setting)
            .map_err(|errors| errors.into_iter().map(at_its_place).collect::<Vec<_>>())
    });
    // Together comes first, so that all mistakes are told.
    let compiled = Levers::compile(&levers, &setting).and_then(|levers| {
        Ok(Compiled { levers, alone: alone.collect::<Result<_, _>>()?, order: order.clone() })
    });
    match compiled {
        Ok(compiled) => {
            let ((), warnings) = found.into_result(())?;
            Ok((Some(compiled), warnings))
        }
        Err(errors) => {
            for error in errors {
                let key = format!("levers[{}]", order[error.lever]);
                found.push(sources.loaded.diagnose(&key, "lever", error.mistake.to_string()));
            }
            Err(found)
        }
    }
}

/// The fuels of the run, and their shares in each region's emissions in its last observed year.
fn setting(sources: Sources<'_>, shape: Shape) -> Setting {
    let history = sources.history;
    let fuels: Vec<Fuel> = history
        .factors
        .iter()
        .map(|row| Fuel {
            name: row.fuel.clone(),
            standard_coal: row.standard_coal,
            factor: CarbonFactor::new(row.applied),
        })
        .collect();
    let shares = (0..shape.regions).flat_map(|region| {
        let ice = &history.accounts.ice;
        let last = ice.axes().years().iter().rev().find(|year| ice.get(region, *year).is_some());
        let of = |panel: &Panel<icf_units::TonnesCo2>| {
            last.and_then(|year| panel.get(region, year)).map_or(0.0, Quantity::get)
        };
        let emissions: Vec<f64> = history.by_fuel.iter().map(of).collect();
        let total: f64 = emissions.iter().sum();
        emissions.into_iter().map(move |of_fuel| if total > 0.0 { of_fuel / total } else { 0.0 })
    });
    Setting { shape, fuel_shares: shares.collect(), fuels }
}

/// What a lever acts on.
#[derive(Clone, Copy)]
enum On {
    Emissions,
    Sink,
}

/// A lever whose names are looked up.
struct Resolve<'a> {
    sources: Sources<'a>,
    shape: Shape,
    /// The key of the lever.
    key: String,
    found: Diagnostics,
}

impl Resolve<'_> {
    /// The lever with places for names; `None` for a trade, and where a mistake was found.
    fn lever(&mut self, lever: &Lever) -> Option<icf_levers::Lever> {
        Some(match lever {
            Lever::Efficiency { regions, fuels, rate, from, to, .. } => {
                let regions = self.regions(regions, On::Emissions)?;
                let fuels = fuels.as_deref().map(|fuels| self.fuels(fuels));
                let fuels = match fuels {
                    Some(fuels) => Some(fuels?),
                    None => None,
                };
                let span = self.span(*from, *to);
                icf_levers::Lever::Efficiency(Efficiency { regions, fuels, per_year: yearly(*rate), span })
            }
            Lever::FuelSwitch { regions, fuel, instead, share, from, by, .. } => {
                let regions = self.regions(regions, On::Emissions)?;
                let fuel = self.fuel("fuel", fuel);
                let instead = self.fuel("instead", instead);
                let ramp = self.ramp(*from, Some(*by));
                icf_levers::Lever::FuelSwitch(FuelSwitch {
                    regions,
                    fuel: fuel?,
                    instead: instead?,
                    share: part(*share),
                    ramp,
                })
            }
            Lever::Electrification { regions, fuel, share, factor, per_heat, from, by, .. } => {
                let regions = self.regions(regions, On::Emissions)?;
                let fuel = self.fuel("fuel", fuel)?;
                icf_levers::Lever::Electrification(Electrification {
                    regions,
                    fuel,
                    share: part(*share),
                    per_heat: Ratio::new(*per_heat),
                    grid_factor: factor.tonnes_per_mwh(),
                    ramp: self.ramp(*from, Some(*by)),
                })
            }
            Lever::Capture { regions, rate, cap, from, by, .. } => {
                let regions = self.regions(regions, On::Emissions)?;
                let cap = cap.map(|cap| on_basis(cap, self.sources.basis));
                let ramp = self.ramp(*from, by.or(*from).or(Some(self.shape.years.first())));
                icf_levers::Lever::Capture(Capture { regions, share: part(*rate), ramp, cap })
            }
            Lever::Afforestation { regions, area, class, lag, from, to, .. } => {
                let regions = self.regions(regions, On::Sink)?;
                self.afforestation(regions, area.get(), class, *lag, self.span(*from, *to))?
            }
            Lever::SinkDegradation { regions, rate, from, to, .. } => {
                let regions = self.regions(regions, On::Sink)?;
                let span = self.span(*from, *to);
                icf_levers::Lever::SinkDegradation(SinkDegradation { regions, per_year: yearly(*rate), span })
            }
            Lever::Drought { regions, years, loss, recovery, .. } => {
                let regions = self.regions(regions, On::Sink)?;
                icf_levers::Lever::Drought(Drought {
                    regions,
                    years: years.clone(),
                    loss: part(*loss),
                    recovery: *recovery,
                })
            }
            Lever::Relocation { out_of, into, share, amount, gain, from, by, .. } => {
                let out_of = self.region("out_of", out_of);
                let into = self.region("into", into);
                let moved = match (share, amount) {
                    (Some(share), _) => Moved::Share(part(*share)),
                    (None, Some(amount)) => Moved::Amount(on_basis(*amount, self.sources.basis)),
                    (None, None) => return None,
                };
                let ramp = self.ramp(*from, Some(*by));
                icf_levers::Lever::Relocation(Relocation {
                    out_of: out_of?,
                    into: into?,
                    moved,
                    gain: part(*gain),
                    ramp,
                })
            }
            Lever::Standards { regions, rates, from, to, .. } => {
                let regions = self.regions(regions, On::Emissions)?;
                self.standards(&regions, *rates, self.span(*from, *to))
            }
            Lever::Trade { .. } => return None,
        })
    }

    fn afforestation(
        &mut self,
        regions: Vec<usize>,
        area: icf_units::Hectares,
        class: &str,
        lag: u32,
        span: Span,
    ) -> Option<icf_levers::Lever> {
        let Sources { loaded, dataset, selection, equivalence, .. } = self.sources;
        let scenario = loaded.scenario();
        let npp = scenario.land.classes.get(class)?.npp.get();
        let uptake = |region: &usize| {
            npp * equivalence.get(&selection.infos[*region].id, class).map_or(1.0, |factor| factor.get())
        };
        let weight = |region: &usize| {
            let row = selection.rows[*region];
            land::area(dataset, &scenario.land, class, row, scenario.years.last)
                .map_or(0.0, |area| area.get())
        };
        let (uptake, weights) = (regions.iter().map(uptake).collect(), regions.iter().map(weight).collect());
        Some(icf_levers::Lever::Afforestation(Afforestation { regions, area, span, lag, uptake, weights }))
    }

    fn standards(&mut self, regions: &[usize], rates: ZoneRates, span: Span) -> icf_levers::Lever {
        let scenario = self.sources.loaded.scenario();
        let last = scenario.years.last;
        let placed = classes::quadrants_of(scenario.quadrants.split, &self.sources.history.accounts, last);
        let zone = |region: usize| placed[region].map(|placed| placed.quadrant.as_str());
        for (number, _) in rates.iter() {
            if !regions.iter().any(|region| zone(*region) == Some(number)) {
                let message = format!("no region is in zone {number} in {last}, so its rate has no effect");
                self.warn(&format!("rates.{number}"), "rate-unused", message);
            }
        }
        let nowhere: Vec<usize> = regions.iter().copied().filter(|region| zone(*region).is_none()).collect();
        if !nowhere.is_empty() {
            let names = self.sources.names(&nowhere);
            self.warn("", "no-zone", format!("in no zone in {last}, so left as they are: {names}"));
        }
        let rate = |region: usize| {
            let zone = zone(region).filter(|_| regions.contains(&region))?;
            rates.iter().find(|(number, _)| *number == zone).map(|(_, rate)| yearly(rate))
        };
        icf_levers::Lever::Standards(Standards {
            per_year: (0..self.shape.regions).map(rate).collect(),
            span,
        })
    }

    fn span(&self, from: Option<Year>, to: Option<Year>) -> Span {
        let years = self.shape.years;
        Span { from: from.unwrap_or(years.first()), to: to.unwrap_or(years.last()) }
    }

    fn ramp(&self, from: Option<Year>, by: Option<Year>) -> Ramp {
        let Span { from, to } = self.span(from, by);
        Ramp { from, by: to }
    }

    /// The places of the regions of which what the lever acts on is known; a warning names the others.
    fn regions(&mut self, set: &RegionSet, on: On) -> Option<Vec<usize>> {
        let (known, unknown): (Vec<usize>, Vec<usize>) =
            self.sources.selection.places(set).into_iter().partition(|region| self.is_known(*region, on));
        let what = match on {
            On::Emissions => "emissions",
            On::Sink => "sink",
        };
        if known.is_empty() {
            let message = format!("the {what} of none of its regions is known");
            self.error("regions", "lever-unknown", message, "the data set, or its gaps, leave it open");
            return None;
        }
        if !unknown.is_empty() {
            let names = self.sources.names(&unknown);
            self.warn(
                "regions",
                "lever-unknown",
                format!("the {what} is not known, so it is left as it is: {names}"),
            );
        }
        Some(known)
    }

    fn is_known(&self, region: usize, on: On) -> bool {
        let accounts = &self.sources.history.accounts;
        let row = match on {
            On::Emissions => accounts.ice.row(region),
            On::Sink => accounts.cs.row(region),
        };
        row.iter().any(Option::is_some)
    }

    fn region(&mut self, end: &str, key: &RegionKey) -> Option<usize> {
        let infos = &self.sources.selection.infos;
        let place = infos.iter().position(|info| key.names(info.id.as_str(), &info.name))?;
        if self.is_known(place, On::Emissions) {
            return Some(place);
        }
        let message = format!("the emissions of `{key}` are not known");
        self.error(end, "lever-unknown", message, "the data set, or its gaps, leave them open");
        None
    }

    fn fuels(&mut self, fuels: &[String]) -> Option<Vec<usize>> {
        let places: Vec<_> =
            fuels.iter().enumerate().map(|(nth, fuel)| self.fuel(&format!("fuels[{nth}]"), fuel)).collect();
        places.into_iter().collect()
    }

    /// The place of a fuel among those of the run.
    fn fuel(&mut self, at: &str, fuel: &str) -> Option<usize> {
        let factors = &self.sources.history.factors;
        let place = factors.iter().position(|row| row.fuel == fuel);
        if place.is_none() {
            let known: Vec<&str> = factors.iter().map(|row| row.fuel.as_str()).collect();
            let message = format!("`{fuel}` is not among the fuels of the run");
            let hint = format!("take it into `accounting.fuels`; they are {}", known.join(", "));
            self.error(at, "fuel-not-counted", message, &hint);
        }
        place
    }

    fn at(&self, key: &str) -> String {
        if key.is_empty() { self.key.clone() } else { format!("{}.{key}", self.key) }
    }

    fn error(&mut self, key: &str, code: &'static str, message: String, hint: &str) {
        self.found.push(self.sources.loaded.diagnose(&self.at(key), code, message).hint(hint));
    }

    fn warn(&mut self, key: &str, code: &'static str, message: String) {
        let severity = icf_diagnostics::Severity::Warning;
        let mistake = self.sources.loaded.diagnose(&self.at(key), code, message);
        self.found.push(Diagnostic { severity, ..mistake });
    }
}

fn part(percent: Percent) -> Ratio {
    Ratio::new(percent.fraction())
}

fn yearly(rate: Rate) -> Ratio {
    Ratio::new(rate.fraction())
}

/// A mass on the basis on which emissions meet the sink. On the printed basis a tonne is a tonne, whatever of.
pub(super) fn on_basis(mass: Mass, basis: Basis) -> TonnesCarbon {
    match (mass, basis) {
        (Mass::Co2(mass), Basis::Carbon) => mass.to_carbon(),
        (Mass::Co2(mass), Basis::AsPrinted) => mass.taken_for_carbon_as_printed(),
        (Mass::Carbon(mass), _) => mass,
        (Mass::Basis(mass), _) => TonnesCarbon::new(mass.get()),
    }
}
