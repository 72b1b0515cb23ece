//! What drove the emissions: their change between two years as effects of population, product, intensity and fuel mix.

use std::ops::Add;

use icf_projection::{Fit, Model, Segmented, lmdi};
use icf_results::{DecompositionRow, RegionInfo};
use icf_units::{MillionYuan, Panel, Year, YearRange};

use crate::accounts::{self, Accounts};
use crate::subjects::Subject;
use crate::trajectories::total;

/// Effects are counted in 1/1024 t: such figures add up without rounding as long as their sums stay below 2⁴³ t.
const GRID: f64 = 1024.0;

/// Between which years.
#[derive(Clone, Copy)]
struct Span {
    kind: &'static str,
    from: Year,
    to: Year,
}

/// What the emissions of a region are a product of, in one year.
#[derive(Clone, Copy)]
struct Drivers {
    emissions: f64,
    residents: f64,
    product: f64,
    /// Standard coal; `None` where the fuels have no coefficients.
    energy: Option<f64>,
}

/// The change and its effects, on the grid.
#[derive(Clone, Copy)]
struct Effects {
    change: f64,
    population: f64,
    per_head: f64,
    intensity: f64,
    mix: Option<f64>,
}

impl Add for Effects {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            change: self.change + other.change,
            population: self.population + other.population,
            per_head: self.per_head + other.per_head,
            intensity: self.intensity + other.intensity,
            mix: self.mix.zip(other.mix).map(|(a, b)| a + b),
        }
    }
}

impl Effects {
    /// What is left of the change. Every figure is on the grid, so that no addition rounds.
    fn residual(&self) -> f64 {
        self.change - (self.population + self.per_head + self.intensity + self.mix.unwrap_or(0.0))
    }
}

/// One row a region, group and the nation, and span; none where the data set has no product or no residents.
pub(crate) fn rows(
    history: &accounts::History,
    product: &Panel<MillionYuan>,
    infos: &[RegionInfo],
) -> Vec<DecompositionRow> {
    let drivers = |region: usize, year: Year| drivers(history, product, region, year);
    let spans = spans(&history.accounts, infos.len(), &drivers);
    let subjects = Subject::all(infos);
    let mut rows = Vec::new();
    for span in &spans {
        let effects: Vec<Option<Effects>> = (0..infos.len())
            .map(|region| effects(drivers(region, span.from)?, drivers(region, span.to)?))
            .collect();
        for Subject { scope, name, members } in &subjects {
            let unknown: Vec<&str> = members
                .iter()
                .filter(|member| effects[**member].is_none())
                .map(|member| infos[*member].name.as_str())
                .collect();
            let known: Option<Vec<Effects>> = members.iter().map(|member| effects[*member]).collect();
            let sum = known.and_then(|known| known.into_iter().reduce(Add::add));
            rows.push(row(scope.name(), name, *span, sum, &unknown));
        }
    }
    rows.sort_by(|a, b| (a.scope, &a.region, a.from, b.to).cmp(&(b.scope, &b.region, b.from, a.to)));
    rows
}

fn row(
    scope: &'static str,
    name: &str,
    span: Span,
    sum: Option<Effects>,
    unknown: &[&str],
) -> DecompositionRow {
    let why = "emissions, residents, product or energy are zero or not known";
    DecompositionRow {
        scope,
        region: name.to_owned(),
        span: span.kind,
        from: span.from,
        to: span.to,
        change: sum.map(|sum| sum.change),
        population: sum.map(|sum| sum.population),
        nominal_product_per_head: sum.map(|sum| sum.per_head),
        nominal_intensity: sum.map(|sum| sum.intensity),
        fuel_mix: sum.and_then(|sum| sum.mix),
        residual: sum.map(|sum| sum.residual()),
        note: match (unknown, scope) {
            ([], _) => String::new(),
            (_, "region") => why.to_owned(),
            (unknown, _) => format!("{why} in {}", unknown.join(", ")),
        },
    }
}

fn drivers(
    history: &accounts::History,
    product: &Panel<MillionYuan>,
    region: usize,
    year: Year,
) -> Option<Drivers> {
    let positive = |value: f64| (value > 0.0).then_some(value);
    let energy = match &history.energy {
        Some(energy) => Some(positive(energy.get(region, year)?.get())?),
        None => None,
    };
    Some(Drivers {
        emissions: positive(history.accounts.ice.get(region, year)?.get())?,
        residents: positive(history.accounts.population.get(region, year)?.get())?,
        product: positive(product.get(region, year)?.get())?,
        energy,
    })
}

/// The whole of the years in which all is known of every region of which anything is, and the phases within it that
/// `segmented` finds in the emissions of all regions.
fn spans(
    accounts: &Accounts,
    regions: usize,
    drivers: &impl Fn(usize, Year) -> Option<Drivers>,
) -> Vec<Span> {
    let years = accounts.ice.axes().years();
    let able: Vec<usize> =
        (0..regions).filter(|region| years.iter().any(|year| drivers(*region, year).is_some())).collect();
    let mut known = years.iter().filter(|year| able.iter().all(|region| drivers(*region, *year).is_some()));
    let Some((from, to)) = known.next().and_then(|from| Some((from, known.last()?))) else { return vec![] };
    if able.is_empty() {
        return vec![];
    }
    let mut ends = vec![from];
    ends.extend(breaks(accounts).into_iter().filter(|year| from < *year && *year < to));
    ends.push(to);
    let mut spans = vec![Span { kind: "whole", from, to }];
    if ends.len() > 2 {
        spans.extend(ends.windows(2).map(|ends| Span { kind: "phase", from: ends[0], to: ends[1] }));
    }
    spans
}

/// The last years of all phases but the last, in the emissions of all regions.
fn breaks(accounts: &Accounts) -> Vec<Year> {
    let Some(total) = total(&accounts.ice) else { return vec![] };
    let ahead = YearRange::new(total.last().0.next(), total.last().0.next()).expect("a year is a range");
    let Ok(found) = Model::Segmented(Segmented::default()).project(&total, ahead) else { return vec![] };
    found
        .phases
        .split_last()
        .map_or_else(Vec::new, |(_, others)| others.iter().map(|phase| phase.to).collect())
}

/// The effects between two years as LMDI gives them.
fn exact(before: Drivers, after: Drivers) -> Option<Vec<f64>> {
    let first = |of: Drivers| [of.residents, of.product / of.residents];
    let by_energy = |of: Drivers, energy: f64| {
        let [residents, per_head] = first(of);
        [residents, per_head, energy / of.product, of.emissions / energy]
    };
    let by_emissions = |of: Drivers| {
        let [residents, per_head] = first(of);
        [residents, per_head, of.emissions / of.product]
    };
    match (before.energy, after.energy) {
        (Some(energy), Some(energy_after)) => {
            lmdi(by_energy(before, energy), by_energy(after, energy_after)).map(Vec::from)
        }
        _ => lmdi(by_emissions(before), by_emissions(after)).map(Vec::from),
    }
}

/// The effects between two years, rounded to the grid; what rounding leaves goes to the largest of them.
fn effects(before: Drivers, after: Drivers) -> Option<Effects> {
    let on_grid = |value: f64| (value * GRID).round() / GRID;
    let mut parts: Vec<f64> = exact(before, after)?.into_iter().map(on_grid).collect();
    let change = on_grid(after.emissions) - on_grid(before.emissions);
    let rest = change - parts.iter().sum::<f64>();
    let mut largest = 0;
    for place in 1..parts.len() {
        if parts[place].abs() > parts[largest].abs() {
            largest = place;
        }
    }
    parts[largest] += rest;
    Some(Effects {
        change,
        population: parts[0],
        per_head: parts[1],
        intensity: parts[2],
        mix: parts.get(3).copied(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drivers(emissions: f64, residents: f64, product: f64, energy: Option<f64>) -> Drivers {
        Drivers { emissions, residents, product, energy }
    }

    #[test]
    fn each_driver_alone_has_all_of_the_change() {
        let before = drivers(1000.0, 10.0, 50.0, Some(400.0));
        // Twice the residents with all that goes with them.
        let found = effects(before, drivers(2000.0, 20.0, 100.0, Some(800.0))).unwrap();
        assert_eq!((found.change, found.population), (1000.0, 1000.0));
        // Twice the product for the same energy: richer, and as much leaner.
        let found = effects(before, drivers(1000.0, 10.0, 100.0, Some(400.0))).unwrap();
        assert_eq!((found.change, found.per_head), (0.0, -found.intensity));
        assert!((found.per_head - 1000.0 * 2.0_f64.ln()).abs() < 1e-3);
        // The same energy with half the carbon.
        let found = effects(before, drivers(500.0, 10.0, 50.0, Some(400.0))).unwrap();
        assert_eq!((found.mix, found.intensity), (Some(-500.0), 0.0));
        // Without energy the intensity is that of emissions.
        let found = effects(drivers(1000.0, 10.0, 50.0, None), drivers(500.0, 10.0, 50.0, None)).unwrap();
        assert_eq!((found.mix, found.intensity), (None, -500.0));
    }

    proptest! {
        /// Nothing is left over, also in sums, and rounding moves no effect by more than a few parts of the grid.
        #[test]
        fn effects_sum_to_the_change(
            figures in prop::collection::vec((1.0..1e9_f64, 1e3..1e8_f64, 1.0..1e7_f64, 1.0..1e9_f64), 2..30),
            has_energy: bool,
        ) {
            let all: Vec<Drivers> = figures
                .iter()
                .map(|(emissions, residents, product, energy)| {
                    drivers(*emissions, *residents, *product, has_energy.then_some(*energy))
                })
                .collect();
            let found: Vec<Effects> = all.windows(2).map(|pair| effects(pair[0], pair[1]).unwrap()).collect();
            for (effects, pair) in found.iter().zip(all.windows(2)) {
                prop_assert_eq!(effects.residual(), 0.0);
                prop_assert!((effects.change - (pair[1].emissions - pair[0].emissions)).abs() <= 1.0 / GRID);
                let rounded = [Some(effects.population), Some(effects.per_head), Some(effects.intensity), effects.mix];
                for (rounded, exact) in rounded.into_iter().flatten().zip(exact(pair[0], pair[1]).unwrap()) {
                    prop_assert!((rounded - exact).abs() <= 3.5 / GRID, "{rounded} for {exact}");
                }
            }
            let sum = found.iter().copied().reduce(Add::add).unwrap();
            prop_assert_eq!(sum.residual(), 0.0);
        }
    }
}
