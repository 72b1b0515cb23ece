//! Final consumption, or feedstock, by region, year and fuel.

use std::collections::{BTreeMap, HashMap};

use icf_diagnostics::Diagnostic;
use icf_units::{Dimension, FuelQuantity, Panel, YearRange};

use super::RegionIndex;
use super::yearly::Collected;
use crate::reader::Reader;
use crate::{Fuel, Observed};

type Panels = BTreeMap<String, Panel<Observed<FuelQuantity>>>;

pub(crate) fn read(
    mut table: Reader<'_>,
    regions: &RegionIndex,
    fuels: &[Fuel],
) -> Option<(YearRange, Panels)> {
    let names = ["region", "year", "fuel", "quantity", "unit"].map(|column| table.column(column));
    let [Some(region), Some(year), Some(fuel), Some(quantity), Some(unit)] = names else { return None };
    let quality = table.optional("quality");
    let known: HashMap<String, usize> =
        fuels.iter().enumerate().map(|(place, fuel)| (fuel.id.clone(), place)).collect();
    let mut collected: Vec<Collected<FuelQuantity>> = fuels.iter().map(|_| Collected::default()).collect();
    let mut seen = HashMap::new();
    for row in table.rows() {
        let place = regions.find(&mut table, row, region);
        let which = table.known(row, fuel, "fuel", &known);
        let when = table.year(row, year);
        let amount = table.amount(row, quantity);
        let measured = table.unit(row, unit, &[Dimension::Mass, Dimension::Volume, Dimension::StandardCoal]);
        let flag = table.quality(row, quality);
        let (Some(place), Some(which), Some(when)) = (place, which, when) else { continue };
        let shown = format_args!("{} of {} in {when}", fuels[which].id, regions.ids[place]).to_string();
        if !table.unique(row, region, &mut seen, (place, which, when), shown) {
            continue;
        }
        let (Some(amount), Some(measured), Some(quality)) = (amount, measured, flag) else { continue };
        match in_base_units(&fuels[which], measured, amount) {
            Ok(value) => collected[which].push(place, when, Observed { value, quality }),
            Err(mistake) => table.mistake(row, unit, mistake),
        }
    }
    table.finish();
    let years = collected.iter().filter_map(Collected::years).reduce(|a, b| {
        YearRange::new(a.first().min(b.first()), a.last().max(b.last())).expect("both ranges are in order")
    })?;
    let panels = fuels
        .iter()
        .zip(collected)
        .filter(|(_, rows)| rows.years().is_some())
        .map(|(fuel, rows)| (fuel.id.clone(), rows.into_panel(regions, years)))
        .collect();
    Some((years, panels))
}

/// An amount in kg, or m³ of a gas. Standard coal is turned back with the fuel's own coefficient.
fn in_base_units(fuel: &Fuel, unit: icf_units::Unit, amount: f64) -> Result<FuelQuantity, Diagnostic> {
    if unit.dimension() == fuel.unit.dimension() {
        return Ok(FuelQuantity::new(unit.to_base(amount)));
    }
    if unit.dimension() == Dimension::StandardCoal {
        return match fuel.standard_coal {
            Some(coefficient) => Ok(FuelQuantity::new(unit.to_base(amount) / coefficient)),
            None => Err(Diagnostic::error("unit", format!("{} has no standard-coal coefficient", fuel.id))
                .hint("give the quantity in its physical unit")),
        };
    }
    Err(Diagnostic::error("unit", format!("{} is not measured in {unit}", fuel.id))
        .hint(format!("its unit is {} or tce", fuel.unit)))
}
